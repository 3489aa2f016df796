/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-error.h"
#include "lz-features-private.h"
#include "lz-gpkg-file.h"
#include "lz-wkb.h"

typedef struct
{
  LzFeatureFunc func;
  gpointer data;
  GHashTable *properties;
  guint n;
} Reader;

static void
take_first_cb (LzShape shape, const LzPoint *points, guint n, gpointer data)
{
  LzPoint *place = data;

  if (n > 0 && !lz_point_is_valid (*place))
    *place = points[0];
}

static gboolean
read_row (sqlite3_stmt *stmt, gpointer user_data, GError **error)
{
  Reader *self = user_data;
  LzPoint place = { 0, 0 };

  if (++self->n > LZ_FEATURES_MAX)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, "reading a GeoPackage: more than %d rows",
                   LZ_FEATURES_MAX);
      return FALSE;
    }
  g_hash_table_remove_all (self->properties);
  lz_gpkg_geometry_read (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0),
                         take_first_cb, &place);
  for (int i = 1; i < sqlite3_column_count (stmt); i++)
    {
      const char *text = sqlite3_column_type (stmt, i) != SQLITE_BLOB
                             ? (const char *) sqlite3_column_text (stmt, i)
                             : NULL;

      if (text != NULL && g_utf8_validate (text, -1, NULL))
        g_hash_table_replace (self->properties, g_strdup (sqlite3_column_name (stmt, i)),
                              g_strdup (text));
    }
  return self->func (self->n, place, self->properties, self->data, error);
}

static gboolean
read_layers (Reader *self, LzGpkgFile *file, GError **error)
{
  g_autoptr (GArray) layers = lz_gpkg_file_list_layers (file, error);

  for (guint i = 0; layers != NULL && i < layers->len; i++)
    {
      const LzGpkgLayer *layer = &g_array_index (layers, LzGpkgLayer, i);

      if (!layer->is_wgs84)
        {
          g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                       "reading a GeoPackage: the layer “%.60s” is not in WGS 84", layer->table);
          return FALSE;
        }
      if (!lz_gpkg_file_read_layer (file, layer, read_row, self, error))
        return FALSE;
    }
  return layers != NULL;
}

gboolean
lz_features_read_gpkg (const char *path,
                       LzFeatureFunc func,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GHashTable) properties =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Reader reader = { func, data, properties, 0 };
  LzGpkgFile file;
  gboolean is_read =
      lz_gpkg_file_open (&file, path, cancellable, error) && read_layers (&reader, &file, error);

  lz_gpkg_file_close (&file);
  return is_read;
}
