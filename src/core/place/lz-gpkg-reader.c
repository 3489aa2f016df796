/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-street-sink.h"
#include "lz-wkb.h"

#include "lz-error.h"

#include <sqlite3.h>
#include <string.h>

/* A foreign file may hold a view that never ends: steps of SQLite's machine between two looks at
 * the cancellable, and how many looks a row may take. */
#define LOOK_EVERY 100000
#define MAX_LOOKS  400

#define MAX_ROWS        5000000
#define MAX_LAYERS      1000
#define MAX_VALUE_BYTES (64 * 1024 * 1024)

typedef struct
{
  sqlite3 *db;
  LzStreetSink *sink;
  GCancellable *cancellable;
  guint n_looks;
  guint n_rows;
  LzStreetTags tags;
  gint64 id;
} Reader;

typedef struct
{
  char *table;
  char *column;
  gboolean is_wgs84;
} Layer;

static void
clear_layer (gpointer data)
{
  Layer *layer = data;

  sqlite3_free (layer->table);
  sqlite3_free (layer->column);
}

static gboolean
set_sqlite_error (Reader *self, const char *doing, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  switch (sqlite3_errcode (self->db))
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, LZ_ERROR, LZ_ERROR_BUSY, "reading a GeoPackage: %s: %s", doing,
                   sqlite3_errmsg (self->db));
      break;
    case SQLITE_INTERRUPT:
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                   "reading a GeoPackage: %s: a table or view that never ends", doing);
      break;
    default:
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading a GeoPackage: %s: %s", doing,
                   sqlite3_errmsg (self->db));
    }
  return FALSE;
}

static int
look_cb (void *data)
{
  Reader *self = data;

  return g_cancellable_is_cancelled (self->cancellable) || ++self->n_looks > MAX_LOOKS;
}

static gboolean
list_layers (Reader *self, GArray *layers, GError **error)
{
  static const char sql[] = "SELECT g.table_name, g.column_name, "
                            "  g.srs_id = 0 OR (upper(s.organization) = 'EPSG' "
                            "    AND s.organization_coordsys_id IN (4326, 4490)) "
                            "  OR (upper(s.organization) = 'OGC' AND s.definition LIKE '%84%') "
                            "FROM gpkg_geometry_columns AS g "
                            "LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = g.srs_id "
                            "ORDER BY g.table_name LIMIT ?1";
  sqlite3_stmt *statement = NULL;
  int rc;

  rc = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);
  if (rc == SQLITE_ERROR)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                   "reading a GeoPackage: this SQLite database is none: %s",
                   sqlite3_errmsg (self->db));
      return FALSE;
    }
  if (rc != SQLITE_OK)
    return set_sqlite_error (self, "looking for its layers", error);

  sqlite3_bind_int (statement, 1, MAX_LAYERS);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    {
      Layer layer = { sqlite3_mprintf ("%s", sqlite3_column_text (statement, 0)),
                      sqlite3_mprintf ("%s", sqlite3_column_text (statement, 1)),
                      sqlite3_column_int (statement, 2) != 0 };

      g_array_append_val (layers, layer);
    }
  if (rc != SQLITE_DONE)
    set_sqlite_error (self, "looking for its layers", error);
  sqlite3_finalize (statement);
  return rc == SQLITE_DONE;
}

static void
add_part_cb (LzShape shape, const LzPoint *points, guint n, gpointer user_data)
{
  Reader *self = user_data;

  lz_street_sink_add (self->sink, &self->tags, self->id, shape, points, n);
}

static void
read_row (Reader *self, sqlite3_stmt *statement)
{
  int n_columns = sqlite3_column_count (statement);
  LzSkip why;

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
                               (gsize) sqlite3_column_bytes (statement, 0),
                               &self->sink->skipped[LZ_SKIP_HOLES], add_part_cb, self);
  if (why != LZ_SKIP_NONE)
    self->sink->skipped[why]++;
  lz_street_tags_clear (&self->tags);
}

static gboolean
read_layer (Reader *self, const Layer *layer, GError **error)
{
  char *sql = sqlite3_mprintf ("SELECT \"%w\", * FROM \"%w\"", layer->column, layer->table);
  g_autofree char *doing = g_strdup_printf ("reading its layer “%.60s”", layer->table);
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  sqlite3_free (sql);
  if (rc != SQLITE_OK)
    return set_sqlite_error (self, doing, error);

  self->n_looks = 0;
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW && ++self->n_rows <= MAX_ROWS)
    {
      read_row (self, statement);
      self->n_looks = 0;
    }
  if (rc == SQLITE_ROW)
    g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, "reading a GeoPackage: more than %d rows",
                 MAX_ROWS);
  else if (rc != SQLITE_DONE)
    set_sqlite_error (self, doing, error);
  sqlite3_finalize (statement);
  return rc == SQLITE_DONE;
}

static gboolean
read_layers (Reader *self, GError **error)
{
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (Layer));

  g_array_set_clear_func (layers, clear_layer);
  if (!list_layers (self, layers, error))
    return FALSE;

  for (guint i = 0; i < layers->len; i++)
    {
      const Layer *layer = &g_array_index (layers, Layer, i);

      if (!layer->is_wgs84)
        self->sink->skipped[LZ_SKIP_LAYER]++;
      else if (!read_layer (self, layer, error))
        return FALSE;
    }
  return TRUE;
}

/* The file is not ours: nothing in its schema may run with more rights than reading. */
static void
restrict_db (Reader *self)
{
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
  sqlite3_limit (self->db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_exec (self->db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", NULL, NULL, NULL);
  sqlite3_progress_handler (self->db, LOOK_EVERY, look_cb, self);
}

/* Reads every layer of a GeoPackage where it lies. */
gboolean
lz_gpkg_read (const char *path, LzStreetSink *sink, GCancellable *cancellable, GError **error)
{
  Reader reader = { .sink = sink, .cancellable = cancellable };
  gboolean is_read;

  if (sqlite3_open_v2 (path, &reader.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    {
      is_read = set_sqlite_error (&reader, "opening it", error);
    }
  else
    {
      restrict_db (&reader);
      is_read = read_layers (&reader, error);
    }
  sqlite3_close (reader.db);
  return is_read;
}

/* Reads every layer of a GeoPackage that came in memory, such as from a compressed file. */
gboolean
lz_gpkg_read_bytes (GBytes *bytes, LzStreetSink *sink, GCancellable *cancellable, GError **error)
{
  Reader reader = { .sink = sink, .cancellable = cancellable };
  g_autofree guint8 *copy = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gboolean is_read;

  /* A copy in memory cannot be in WAL mode; the two bytes that say so are all there is to it. */
  copy = g_memdup2 (data, size);
  if (size > 20 && copy[18] == 2)
    copy[18] = copy[19] = 1;

  if (sqlite3_open_v2 (":memory:", &reader.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
          SQLITE_OK ||
      sqlite3_deserialize (reader.db, "main", copy, (sqlite3_int64) size, (sqlite3_int64) size,
                           SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    {
      is_read = set_sqlite_error (&reader, "opening it", error);
    }
  else
    {
      restrict_db (&reader);
      is_read = read_layers (&reader, error);
    }
  sqlite3_close (reader.db);
  return is_read;
}
