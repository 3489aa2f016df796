/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-mbtiles-source.h"

#include "lz-tile-work.h"
#include "lz-world.h"

struct _LzMbtilesSource
{
  ShumateMapSource parent_instance;

  LzMbtiles *tiles;
};

G_DEFINE_FINAL_TYPE (LzMbtilesSource, lz_mbtiles_source, SHUMATE_TYPE_MAP_SOURCE)

static GdkTexture *
make_tile (ShumateMapSource *source,
           guint zoom,
           guint x,
           guint y,
           GCancellable *cancellable,
           GError **error)
{
  return lz_mbtiles_draw (LZ_MBTILES_SOURCE (source)->tiles, zoom, x, y, error);
}

static void
lz_mbtiles_source_fill_tile_async (ShumateMapSource *source,
                                   ShumateTile *tile,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  lz_tile_work_start (source, tile, make_tile, cancellable, callback, user_data);
}

static void
lz_mbtiles_source_finalize (GObject *object)
{
  g_clear_pointer (&LZ_MBTILES_SOURCE (object)->tiles, lz_mbtiles_unref);

  G_OBJECT_CLASS (lz_mbtiles_source_parent_class)->finalize (object);
}

static void
lz_mbtiles_source_class_init (LzMbtilesSourceClass *klass)
{
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lz_mbtiles_source_finalize;
  source_class->fill_tile_async = lz_mbtiles_source_fill_tile_async;
  source_class->fill_tile_finish = lz_tile_work_finish;
}

static void
lz_mbtiles_source_init (LzMbtilesSource *self)
{
}

LzMbtilesSource *
lz_mbtiles_source_new (LzMbtiles *tiles)
{
  static guint serial;
  LzMbtilesSource *self = g_object_new (LZ_TYPE_MBTILES_SOURCE, NULL);
  ShumateMapSource *source = SHUMATE_MAP_SOURCE (self);
  g_autofree char *id = g_strdup_printf ("lz-mbtiles-%u", serial++);

  self->tiles = lz_mbtiles_ref (tiles);
  /* Shumate's cache goes by the id: each file its own. */
  shumate_map_source_set_id (source, id);
  shumate_map_source_set_tile_size (source, LZ_TILE_PX);
  shumate_map_source_set_min_zoom_level (source, 0);
  shumate_map_source_set_max_zoom_level (source, 20);

  return self;
}
