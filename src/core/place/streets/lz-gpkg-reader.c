/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-gpkg-file.h"
#include "lz-street-sink.h"
#include "lz-wkb.h"

#include "lz-error.h"

#include <string.h>

#define MAX_ROWS 5000000

typedef struct
{
  LzGpkgFile file;
  LzStreetSink *sink;
  guint n_rows;
  LzStreetTags tags;
  gint64 id;
} Reader;

static void
add_part_cb (LzShape shape, const LzPoint *points, guint n, gpointer user_data)
{
  Reader *self = user_data;

  lz_street_sink_add (self->sink, &self->tags, self->id, shape, points, n);
}

static gboolean
read_row (sqlite3_stmt *statement, gpointer user_data, GError **error)
{
  Reader *self = user_data;
  int n_columns = sqlite3_column_count (statement);
  LzSkip why;

  if (++self->n_rows > MAX_ROWS)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, "reading a GeoPackage: more than %d rows",
                   MAX_ROWS);
      return FALSE;
    }
  for (int i = 1; i < n_columns; i++)
    {
      const char *name = sqlite3_column_name (statement, i);
      const char *value;

      if (sqlite3_column_type (statement, i) == SQLITE_BLOB || name == NULL)
        continue;

      value = (const char *) sqlite3_column_text (statement, i);
      if (value != NULL && !g_utf8_validate (value, -1, NULL))
        continue;
      if (value != NULL && strcmp (name, "other_tags") == 0)
        lz_street_tags_set_hstore (&self->tags, value);
      else
        lz_street_tags_set (&self->tags, name, value);
    }

  self->id = 0;
  if (self->tags.values[LZ_TAG_OSM_ID] != NULL)
    {
      self->id = g_ascii_strtoll (self->tags.values[LZ_TAG_OSM_ID], NULL, 10);
      self->sink->is_osm = TRUE;
    }

  why = lz_gpkg_geometry_read (sqlite3_column_blob (statement, 0),
                               (gsize) sqlite3_column_bytes (statement, 0), add_part_cb, self);
  if (why != LZ_SKIP_NONE)
    self->sink->skipped[why]++;
  lz_street_tags_clear (&self->tags);
  return TRUE;
}

static gboolean
read_layers (Reader *self, GError **error)
{
  g_autoptr (GArray) layers = lz_gpkg_file_list_layers (&self->file, error);

  for (guint i = 0; layers != NULL && i < layers->len; i++)
    {
      const LzGpkgLayer *layer = &g_array_index (layers, LzGpkgLayer, i);

      if (!layer->is_wgs84)
        self->sink->skipped[LZ_SKIP_LAYER]++;
      else if (!lz_gpkg_file_read_layer (&self->file, layer, read_row, self, error))
        return FALSE;
    }
  return layers != NULL;
}

/* Reads every layer of a GeoPackage where it lies. */
gboolean
lz_gpkg_read (const char *path, LzStreetSink *sink, GCancellable *cancellable, GError **error)
{
  Reader reader = { .sink = sink };
  gboolean is_read =
      lz_gpkg_file_open (&reader.file, path, cancellable, error) && read_layers (&reader, error);

  lz_gpkg_file_close (&reader.file);
  return is_read;
}

/* Reads every layer of a GeoPackage that came in memory, such as from a compressed file. */
gboolean
lz_gpkg_read_bytes (GBytes *bytes, LzStreetSink *sink, GCancellable *cancellable, GError **error)
{
  Reader reader = { .sink = sink };
  gboolean is_read = lz_gpkg_file_open_bytes (&reader.file, bytes, cancellable, error) &&
                     read_layers (&reader, error);

  lz_gpkg_file_close (&reader.file);
  return is_read;
}
