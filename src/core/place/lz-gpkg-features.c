/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-error.h"
#include "lz-features-private.h"
#include "lz-wkb.h"

#include <sqlite3.h>

/* A foreign file may hold a view that never ends. */
#define LOOK_EVERY      100000
#define MAX_LOOKS       2000
#define MAX_VALUE_BYTES (16 * 1024 * 1024)

typedef struct
{
  sqlite3 *db;
  LzFeatureFunc func;
  gpointer data;
  GCancellable *cancellable;
  GHashTable *properties;
  guint n_looks;
  guint n;
} Reader;

static int
look_cb (void *data)
{
  Reader *self = data;

  return g_cancellable_is_cancelled (self->cancellable) || ++self->n_looks > MAX_LOOKS;
}

static gboolean
set_error (Reader *self, const char *doing, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading a GeoPackage: %s: %s", doing,
               sqlite3_errmsg (self->db));
  return FALSE;
}

static void
take_first_cb (LzShape shape, const LzPoint *points, guint n, gpointer data)
{
  LzPoint *place = data;

  if (n > 0 && !lz_point_is_valid (*place))
    *place = points[0];
}

static gboolean
read_row (Reader *self, sqlite3_stmt *stmt, GError **error)
{
  LzPoint place = { 0, 0 };
  guint n_holes = 0;

  if (++self->n > LZ_FEATURES_MAX)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, "reading a GeoPackage: more than %d rows",
                   LZ_FEATURES_MAX);
      return FALSE;
    }
  self->n_looks = 0;
  g_hash_table_remove_all (self->properties);
  lz_gpkg_geometry_read (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0),
                         &n_holes, take_first_cb, &place);
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
read_layer (Reader *self, const char *table, const char *column, GError **error)
{
  char *sql = sqlite3_mprintf ("SELECT \"%w\", * FROM \"%w\"", column, table);
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL);
  gboolean going = rc == SQLITE_OK;

  sqlite3_free (sql);
  if (!going)
    return set_error (self, "reading a layer", error);
  while (going && (rc = sqlite3_step (stmt)) == SQLITE_ROW)
    going = read_row (self, stmt, error);
  if (going && rc != SQLITE_DONE)
    going = set_error (self, "reading a layer", error);
  sqlite3_finalize (stmt);
  return going;
}

static gboolean
read_layers (Reader *self, GError **error)
{
  static const char sql[] = "SELECT g.table_name, g.column_name, "
                            "  g.srs_id IN (0, 4326, 4490) OR (upper(s.organization) = 'EPSG' "
                            "    AND s.organization_coordsys_id IN (4326, 4490)) "
                            "FROM gpkg_geometry_columns AS g "
                            "LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = g.srs_id "
                            "ORDER BY g.table_name LIMIT 1000";
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL);
  gboolean going = rc == SQLITE_OK;

  if (!going)
    return set_error (self, "looking for its layers", error);
  while (going && (rc = sqlite3_step (stmt)) == SQLITE_ROW)
    if (sqlite3_column_int (stmt, 2) != 0)
      {
        going = read_layer (self, (const char *) sqlite3_column_text (stmt, 0),
                            (const char *) sqlite3_column_text (stmt, 1), error);
      }
    else
      {
        g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                     "reading a GeoPackage: the layer “%.60s” is not in WGS 84",
                     (const char *) sqlite3_column_text (stmt, 0));
        going = FALSE;
      }
  if (going && rc != SQLITE_DONE)
    going = set_error (self, "looking for its layers", error);
  sqlite3_finalize (stmt);
  return going;
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
  Reader reader = { NULL, func, data, cancellable, properties, 0, 0 };
  gboolean is_read;

  if (sqlite3_open_v2 (path, &reader.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    {
      is_read = set_error (&reader, "opening it", error);
    }
  else
    {
      /* The file is not ours: nothing in its schema may run with more rights than reading. */
      sqlite3_db_config (reader.db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      sqlite3_db_config (reader.db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_limit (reader.db, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
      sqlite3_limit (reader.db, SQLITE_LIMIT_ATTACHED, 0);
      sqlite3_progress_handler (reader.db, LOOK_EVERY, look_cb, &reader);
      is_read = read_layers (&reader, error);
    }
  sqlite3_close (reader.db);
  return is_read;
}
