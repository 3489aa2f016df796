/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-source.h"

#include "lz-street-paint.h"
#include "lz-tile-work.h"

#define MIN_ZOOM 3
#define MAX_ZOOM 20

struct _LzStreetSource
{
  ShumateMapSource parent_instance;

  LzStreetPart part;
  LzStreetMap *map;
  LzStreetLabels *labels;
  const LzStreetStyle *style;
  guint scale;
  GdkTexture *empty; /* land, or nothing */
};

G_DEFINE_FINAL_TYPE (LzStreetSource, lz_street_source, SHUMATE_TYPE_MAP_SOURCE)

static GdkTexture *
make_tile (ShumateMapSource *source,
           guint zoom,
           guint x,
           guint y,
           GCancellable *cancellable,
           GError **error)
{
  LzStreetSource *self = LZ_STREET_SOURCE (source);
  cairo_surface_t *surface = NULL;

  if (self->part == LZ_STREET_NAMES && self->labels != NULL)
    surface =
        lz_street_paint_labels (self->labels, self->style, zoom, x, y, self->scale, cancellable);
  else if (self->part == LZ_STREET_GROUND && self->map != NULL)
    surface = lz_street_paint_ground (self->map, self->style, zoom, x, y, self->scale, cancellable);

  /* Half a tile must not get into Shumate's cache. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_clear_pointer (&surface, cairo_surface_destroy);
      return NULL;
    }

  return surface != NULL ? lz_tile_work_take_surface (surface) : g_object_ref (self->empty);
}

static void
lz_street_source_fill_tile_async (ShumateMapSource *source,
                                  ShumateTile *tile,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  lz_tile_work_start (source, tile, make_tile, cancellable, callback, user_data);
}

static void
lz_street_source_finalize (GObject *object)
{
  LzStreetSource *self = LZ_STREET_SOURCE (object);

  g_clear_pointer (&self->map, lz_street_map_unref);
  g_clear_pointer (&self->labels, lz_street_labels_unref);
  g_clear_object (&self->empty);

  G_OBJECT_CLASS (lz_street_source_parent_class)->finalize (object);
}

static void
lz_street_source_class_init (LzStreetSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  object_class->finalize = lz_street_source_finalize;
  source_class->fill_tile_async = lz_street_source_fill_tile_async;
  source_class->fill_tile_finish = lz_tile_work_finish;
}

static void
lz_street_source_init (LzStreetSource *self)
{
}

static GdkTexture *
make_empty (const GdkRGBA *colour)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);

  if (colour != NULL)
    {
      cairo_t *cr = cairo_create (surface);

      cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
  cairo_surface_flush (surface);
  return lz_tile_work_take_surface (surface);
}

LzStreetSource *
lz_street_source_new (LzStreetPart part,
                      LzStreetMap *map,
                      LzStreetLabels *labels,
                      const LzStreetStyle *style,
                      guint scale)
{
  static guint serial;
  LzStreetSource *self = g_object_new (LZ_TYPE_STREET_SOURCE, NULL);
  ShumateMapSource *source = SHUMATE_MAP_SOURCE (self);
  g_autofree char *id = g_strdup_printf ("lz-streets-%u", serial++);

  self->part = part;
  self->map = map != NULL ? lz_street_map_ref (map) : NULL;
  self->labels = labels != NULL ? lz_street_labels_ref (labels) : NULL;
  self->style = style;
  self->scale = CLAMP (scale, 1, 4);
  self->empty = make_empty (part == LZ_STREET_GROUND ? &self->style->land : NULL);

  shumate_map_source_set_id (source, id);
  shumate_map_source_set_tile_size (source, LZ_TILE_PX);
  shumate_map_source_set_min_zoom_level (source, MIN_ZOOM);
  shumate_map_source_set_max_zoom_level (source, MAX_ZOOM);
  shumate_map_source_set_projection (source, SHUMATE_MAP_PROJECTION_MERCATOR);

  return self;
}
