/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-road-set.h"

#include "lz-map-view.h"
#include "lz-street-paint.h"

/* So much of a tile's side may a band of a neighbour reach in. */
#define REACH .12

static void
part_clear (gpointer data)
{
  g_free (((LzRoadPart *) data)->points);
}

static void
band_clear (gpointer data)
{
  g_array_unref (((LzRoadBand *) data)->parts);
}

static void
add_part (LzRoadBand *band, const LzLine *line, LzDatum datum)
{
  LzRoadPart part = { line->n, g_new (LzWorld, line->n), LZ_WORLD_BOX_EMPTY };

  for (guint i = 0; i < line->n; i++)
    {
      part.points[i] = lz_map_view_shift (datum, lz_world_from_point (line->points[i]));
      lz_world_box_add (&part.box, part.points[i]);
    }
  g_array_append_val (band->parts, part);
}

static LzRoadBand
make_band (const LzRoad *road, LzRoadHealth health, LzDatum datum)
{
  LzRoadBand band = { road->grade, health, g_array_new (FALSE, FALSE, sizeof (LzRoadPart)) };

  g_array_set_clear_func (band.parts, part_clear);
  for (guint i = 0; road->parts != NULL && i < road->parts->len; i++)
    add_part (&band, road->parts->pdata[i], datum);
  if (band.parts->len == 0 && road->line != NULL)
    add_part (&band, road->line, datum);

  return band;
}

LzRoadSet *
lz_road_set_new (GPtrArray *roads, GHashTable *healths, LzDatum datum)
{
  LzRoadSet *self = g_new0 (LzRoadSet, 1);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (LzWorldBox));

  g_atomic_ref_count_init (&self->ref_count);
  self->bands = g_array_new (FALSE, FALSE, sizeof (LzRoadBand));
  self->owners = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_set_clear_func (self->bands, band_clear);

  for (guint i = 0; roads != NULL && i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];
      LzRoadBand band =
          make_band (road, GPOINTER_TO_UINT (g_hash_table_lookup (healths, &road->id)), datum);

      for (guint j = 0; j < band.parts->len; j++)
        {
          g_array_append_val (boxes, g_array_index (band.parts, LzRoadPart, j).box);
          g_array_append_val (self->owners, i);
        }
      g_array_append_val (self->bands, band);
    }
  self->tree = lz_box_tree_new ((const LzWorldBox *) (gpointer) boxes->data, boxes->len);

  return self;
}

LzRoadSet *
lz_road_set_ref (LzRoadSet *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lz_road_set_unref (LzRoadSet *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->bands);
  g_array_unref (self->owners);
  lz_box_tree_free (self->tree);
  g_free (self);
}

GArray *
lz_road_set_find (const LzRoadSet *self, const LzWorldBox *box)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0;

  lz_box_tree_find (self->tree, box, hits);
  for (guint i = 0; i < hits->len; i++)
    {
      guint band = g_array_index (self->owners, guint, g_array_index (hits, guint, i));

      if (n == 0 || g_array_index (hits, guint, n - 1) != band)
        g_array_index (hits, guint, n++) = band;
    }
  g_array_set_size (hits, n);

  return hits;
}

GArray *
lz_road_set_find_tile (const LzRoadSet *self, guint zoom, int x, int y)
{
  double n = ldexp (1, (int) zoom);
  LzWorldBox box = { x / n, y / n, (x + 1) / n, (y + 1) / n };

  box = lz_world_box_grow (box, REACH / n);
  return lz_road_set_find (self, &box);
}

cairo_surface_t *
lz_road_set_paint_tile (const LzRoadSet *self,
                        const GArray *numbers,
                        guint zoom,
                        int x,
                        int y,
                        int scale,
                        gboolean dark,
                        guint selected)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, LZ_TILE_PX * scale, LZ_TILE_PX * scale);
  LzRoadTile tile = { NULL,
                      zoom,
                      ldexp (LZ_TILE_PX, (int) zoom),
                      (double) x * LZ_TILE_PX,
                      (double) y * LZ_TILE_PX,
                      LZ_TILE_PX,
                      dark };

  cairo_surface_set_device_scale (surface, scale, scale);
  tile.cr = cairo_create (surface);
  /* The worst lie uppermost, and the selected one above them all. */
  for (guint round = 0; round <= 1; round++)
    for (guint health = LZ_ROAD_UNKNOWN; health <= LZ_ROAD_OVERDUE; health++)
      for (guint i = 0; i < numbers->len; i++)
        {
          guint number = g_array_index (numbers, guint, i);
          const LzRoadBand *band = &g_array_index (self->bands, LzRoadBand, number);

          if (band->health == health && (number == selected) == (round == 1))
            lz_road_band_paint (band, &tile, number == selected);
        }
  cairo_destroy (tile.cr);
  cairo_surface_flush (surface);

  return surface;
}
