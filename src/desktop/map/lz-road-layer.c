/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-road-layer.h"

#include "lz-road-paint.h"
#include "lz-tile-work.h"

#define TILE_PX   256
#define MAX_TILES 160
#define PICK_PX   3.0

typedef struct
{
  guint zoom;
  int x;
  int y;
} TileKey;

struct _LzRoadLayer
{
  ShumateLayer parent_instance;

  GPtrArray *roads;
  GHashTable *healths; /* LzId -> LzRoadHealth */
  LzId selected;       /* nil: none */
  gboolean dark;
  LzDatum datum;

  GArray *bands; /* LzRoadBand, one for each road */
  LzBoxTree *tree;
  GArray *owners;    /* guint: which band each box of the tree is of */
  GHashTable *tiles; /* TileKey -> GdkTexture, or NULL where there is no road */
};

G_DEFINE_FINAL_TYPE (LzRoadLayer, lz_road_layer, SHUMATE_TYPE_LAYER)

static guint
tile_key_hash (gconstpointer data)
{
  const TileKey *key = data;

  return (guint) key->x * 73856093u ^ (guint) key->y * 19349663u ^ key->zoom * 83492791u;
}

static gboolean
tile_key_equal (gconstpointer a, gconstpointer b)
{
  const TileKey *left = a, *right = b;

  return left->zoom == right->zoom && left->x == right->x && left->y == right->y;
}

static void
texture_clear (gpointer texture)
{
  g_clear_object (&texture);
}

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
drop_tiles (LzRoadLayer *self)
{
  g_hash_table_remove_all (self->tiles);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
add_part (LzRoadLayer *self, LzRoadBand *band, const LzLine *line)
{
  LzRoadPart part = { line->n, g_new (LzWorld, line->n), LZ_WORLD_BOX_EMPTY };

  for (guint i = 0; i < line->n; i++)
    {
      part.points[i] = lz_map_view_shift (self->datum, lz_world_from_point (line->points[i]));
      lz_world_box_add (&part.box, part.points[i]);
    }
  g_array_append_val (band->parts, part);
}

static LzRoadBand
make_band (LzRoadLayer *self, const LzRoad *road)
{
  LzRoadBand band = { road->grade, LZ_ROAD_UNKNOWN, FALSE,
                      g_array_new (FALSE, FALSE, sizeof (LzRoadPart)) };

  g_array_set_clear_func (band.parts, part_clear);
  band.health = GPOINTER_TO_UINT (g_hash_table_lookup (self->healths, &road->id));
  band.selected = lz_id_equal (&road->id, &self->selected);
  for (guint i = 0; road->parts != NULL && i < road->parts->len; i++)
    add_part (self, &band, road->parts->pdata[i]);
  if (band.parts->len == 0 && road->line != NULL)
    add_part (self, &band, road->line);

  return band;
}

/* Projects all roads anew: after other roads came, or another datum. */
static void
rebuild (LzRoadLayer *self)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (LzWorldBox));

  g_array_set_size (self->bands, 0);
  g_array_set_size (self->owners, 0);
  for (guint i = 0; self->roads != NULL && i < self->roads->len; i++)
    {
      LzRoadBand band = make_band (self, self->roads->pdata[i]);

      for (guint j = 0; j < band.parts->len; j++)
        {
          g_array_append_val (boxes, g_array_index (band.parts, LzRoadPart, j).box);
          g_array_append_val (self->owners, i);
        }
      g_array_append_val (self->bands, band);
    }
  g_clear_pointer (&self->tree, lz_box_tree_free);
  self->tree = lz_box_tree_new ((const LzWorldBox *) (gpointer) boxes->data, boxes->len);
  drop_tiles (self);
}

/* (element-type guint): the bands with a part in @box, each once, in order of drawing. */
static GArray *
find_bands (LzRoadLayer *self, const LzWorldBox *box)
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

static void
paint_bands (LzRoadLayer *self, const GArray *numbers, cairo_t *cr, const TileKey *key)
{
  for (gboolean selected = FALSE; selected <= TRUE; selected++)
    for (guint health = LZ_ROAD_UNKNOWN; health <= LZ_ROAD_OVERDUE; health++)
      for (guint i = 0; i < numbers->len; i++)
        {
          const LzRoadBand *band =
              &g_array_index (self->bands, LzRoadBand, g_array_index (numbers, guint, i));

          if (band->health == health && band->selected == selected)
            lz_road_band_paint (band, cr, key->zoom, ldexp (TILE_PX, (int) key->zoom),
                                key->x * (double) TILE_PX, key->y * (double) TILE_PX, TILE_PX,
                                self->dark);
        }
}

static GdkTexture *
make_tile (LzRoadLayer *self, const TileKey *key)
{
  double n = ldexp (1, (int) key->zoom);
  LzWorldBox box = { key->x / n, key->y / n, (key->x + 1) / n, (key->y + 1) / n };
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autoptr (GArray) numbers = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;

  box = lz_world_box_grow (box, .12 / n);
  numbers = find_bands (self, &box);
  if (numbers->len == 0)
    return NULL;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, TILE_PX * scale, TILE_PX * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  paint_bands (self, numbers, cr, key);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return lz_tile_work_take_surface (surface);
}

static GdkTexture *
get_tile (LzRoadLayer *self, const TileKey *key)
{
  gpointer texture;

  if (g_hash_table_lookup_extended (self->tiles, key, NULL, &texture))
    return texture;

  texture = make_tile (self, key);
  g_hash_table_insert (self->tiles, g_memdup2 (key, sizeof *key), texture);
  return texture;
}

static void
lz_road_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzRoadLayer *self = LZ_ROAD_LAYER (widget);
  LzMapView view;
  LzWorldBox box;
  guint zoom;
  double n, side;

  if (self->bands->len == 0 ||
      !lz_map_view_init (&view, shumate_layer_get_viewport (SHUMATE_LAYER (self)), widget,
                         self->datum))
    return;

  /* All of it can be made again, and one view needs about 40. */
  if (g_hash_table_size (self->tiles) > MAX_TILES)
    g_hash_table_remove_all (self->tiles);

  zoom = (guint) view.zoom;
  n = ldexp (1, (int) zoom);
  side = view.size_px / n;
  box = lz_map_view_get_shown_box (&view, 0);
  for (int x = (int) floor (box.x0 * n); x <= (int) floor (box.x1 * n); x++)
    for (int y = (int) floor (box.y0 * n); y <= (int) floor (box.y1 * n); y++)
      {
        GdkTexture *texture = get_tile (self, &(TileKey){ zoom, x, y });
        double left, top;

        if (texture == NULL)
          continue;
        /* As ShumateMapLayer places its tiles, or bands and streets would jitter apart. */
        lz_map_view_place (&view, (LzWorld){ x / n, y / n }, &left, &top);
        gtk_snapshot_append_texture (snapshot, texture,
                                     &GRAPHENE_RECT_INIT ((float) round (left), (float) round (top),
                                                          (float) side, (float) side));
      }
}

static double
part_distance_px (const LzRoadPart *part, const LzMapView *view, double x, double y)
{
  double best = G_MAXDOUBLE, ax, ay;

  lz_map_view_place (view, part->points[0], &ax, &ay);
  for (guint i = 1; i < part->n_points; i++)
    {
      double bx, by, length2, t;

      lz_map_view_place (view, part->points[i], &bx, &by);
      length2 = (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
      t = length2 > 0 ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2 : 0;
      t = CLAMP (t, 0, 1);
      best = MIN (best, hypot (ax + t * (bx - ax) - x, ay + t * (by - ay) - y));
      ax = bx;
      ay = by;
    }

  return best;
}

const LzId *
lz_road_layer_pick (LzRoadLayer *self, double x, double y)
{
  LzMapView view;
  LzWorld at;
  LzWorldBox box;
  g_autoptr (GArray) numbers = NULL;
  const LzId *best = NULL;
  double best_distance = G_MAXDOUBLE;

  g_return_val_if_fail (LZ_IS_ROAD_LAYER (self), NULL);

  if (self->tree == NULL ||
      !lz_map_view_init (&view, shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                         GTK_WIDGET (self), self->datum))
    return NULL;

  at = lz_map_view_shift (self->datum, lz_map_view_from_widget (&view, x, y));
  box = lz_world_box_grow ((LzWorldBox){ at.x, at.y, at.x, at.y }, TILE_PX / 4 / view.size_px);
  numbers = find_bands (self, &box);
  for (guint i = 0; i < numbers->len; i++)
    {
      guint number = g_array_index (numbers, guint, i);
      const LzRoadBand *band = &g_array_index (self->bands, LzRoadBand, number);
      double reach = lz_road_band_width (band->grade, (guint) view.zoom) / 2 + PICK_PX;

      for (guint j = 0; j < band->parts->len; j++)
        {
          const LzRoadPart *part = &g_array_index (band->parts, LzRoadPart, j);
          double distance = lz_world_box_touches (&part->box, &box)
                                ? part_distance_px (part, &view, x, y)
                                : G_MAXDOUBLE;

          if (distance > reach || distance >= best_distance)
            continue;
          best_distance = distance;
          best = &((const LzRoad *) self->roads->pdata[number])->id;
        }
    }

  return best;
}

static void
lz_road_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (lz_road_layer_parent_class)->constructed (object);

  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
lz_road_layer_finalize (GObject *object)
{
  LzRoadLayer *self = LZ_ROAD_LAYER (object);

  g_clear_pointer (&self->roads, g_ptr_array_unref);
  g_clear_pointer (&self->healths, g_hash_table_unref);
  g_clear_pointer (&self->tree, lz_box_tree_free);
  g_clear_pointer (&self->bands, g_array_unref);
  g_clear_pointer (&self->owners, g_array_unref);
  g_clear_pointer (&self->tiles, g_hash_table_unref);

  G_OBJECT_CLASS (lz_road_layer_parent_class)->finalize (object);
}

static void
lz_road_layer_class_init (LzRoadLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = lz_road_layer_constructed;
  object_class->finalize = lz_road_layer_finalize;
  widget_class->snapshot = lz_road_layer_snapshot;
}

static void
lz_road_layer_init (LzRoadLayer *self)
{
  self->healths = g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, NULL);
  self->bands = g_array_new (FALSE, FALSE, sizeof (LzRoadBand));
  g_array_set_clear_func (self->bands, band_clear);
  self->owners = g_array_new (FALSE, FALSE, sizeof (guint));
  self->tiles = g_hash_table_new_full (tile_key_hash, tile_key_equal, g_free, texture_clear);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (drop_tiles), NULL);
}

LzRoadLayer *
lz_road_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (LZ_TYPE_ROAD_LAYER, "viewport", viewport, NULL);
}

void
lz_road_layer_set_roads (LzRoadLayer *self, GPtrArray *roads, GArray *tallies)
{
  g_return_if_fail (LZ_IS_ROAD_LAYER (self));

  if (roads != NULL)
    g_ptr_array_ref (roads);
  g_clear_pointer (&self->roads, g_ptr_array_unref);
  self->roads = roads;

  g_hash_table_remove_all (self->healths);
  for (guint i = 0; tallies != NULL && i < tallies->len; i++)
    {
      const LzRoadTally *tally = &g_array_index (tallies, LzRoadTally, i);
      LzRoadHealth health = tally->n_overdue > 0  ? LZ_ROAD_OVERDUE
                            : tally->n_warned > 0 ? LZ_ROAD_WARNED
                                                  : LZ_ROAD_GOOD;

      g_hash_table_insert (self->healths, g_memdup2 (&tally->road, sizeof tally->road),
                           GUINT_TO_POINTER (health));
    }
  rebuild (self);
}

void
lz_road_layer_set_selected (LzRoadLayer *self, const LzId *road)
{
  g_return_if_fail (LZ_IS_ROAD_LAYER (self));

  self->selected = road != NULL ? *road : (LzId){ { 0 } };
  for (guint i = 0; i < self->bands->len; i++)
    g_array_index (self->bands, LzRoadBand, i).selected =
        road != NULL && lz_id_equal (&((const LzRoad *) self->roads->pdata[i])->id, road);
  drop_tiles (self);
}

void
lz_road_layer_set_dark (LzRoadLayer *self, gboolean dark)
{
  g_return_if_fail (LZ_IS_ROAD_LAYER (self));

  self->dark = dark;
  drop_tiles (self);
}

void
lz_road_layer_set_datum (LzRoadLayer *self, LzDatum datum)
{
  g_return_if_fail (LZ_IS_ROAD_LAYER (self));

  if (self->datum == datum)
    return;

  self->datum = datum;
  rebuild (self);
}
