/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-error.h"
#include "lz-gpkg-file.h"

/* A foreign file may hold a view that never ends: steps of SQLite's machine between two looks at
 * the cancellable, and how many looks a row may take. */
#define LOOK_EVERY 100000
#define MAX_LOOKS  400

#define MAX_LAYERS      1000
#define MAX_VALUE_BYTES (64 * 1024 * 1024)

static gboolean
set_error (LzGpkgFile *self, const char *doing, GError **error)
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
  LzGpkgFile *self = data;

  return g_cancellable_is_cancelled (self->cancellable) || ++self->n_looks > MAX_LOOKS;
}

static void
restrict_db (LzGpkgFile *self)
{
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
  sqlite3_limit (self->db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_exec (self->db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", NULL, NULL, NULL);
  sqlite3_progress_handler (self->db, LOOK_EVERY, look_cb, self);
}

gboolean
lz_gpkg_file_open (LzGpkgFile *self, const char *path, GCancellable *cancellable, GError **error)
{
  *self = (LzGpkgFile){ .cancellable = cancellable };
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    return set_error (self, "opening it", error);
  restrict_db (self);
  return TRUE;
}

gboolean
lz_gpkg_file_open_bytes (LzGpkgFile *self, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  *self = (LzGpkgFile){ .cancellable = cancellable, .copy = g_memdup2 (data, size) };
  /* A copy in memory cannot be in WAL mode; the two bytes that say so are all there is to it. */
  if (size > 20 && self->copy[18] == 2)
    self->copy[18] = self->copy[19] = 1;

  if (sqlite3_open_v2 (":memory:", &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
          SQLITE_OK ||
      sqlite3_deserialize (self->db, "main", self->copy, (sqlite3_int64) size, (sqlite3_int64) size,
                           SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    return set_error (self, "opening it", error);
  restrict_db (self);
  return TRUE;
}

void
lz_gpkg_file_close (LzGpkgFile *self)
{
  sqlite3_close (self->db);
  g_free (self->copy);
}

static void
clear_layer (gpointer data)
{
  LzGpkgLayer *layer = data;

  g_free (layer->table);
  g_free (layer->column);
}

GArray *
lz_gpkg_file_list_layers (LzGpkgFile *self, GError **error)
{
  static const char sql[] = "SELECT g.table_name, g.column_name, "
                            "  g.srs_id IN (0, 4326, 4490) OR (upper(s.organization) = 'EPSG' "
                            "    AND s.organization_coordsys_id IN (4326, 4490)) "
                            "  OR (upper(s.organization) = 'OGC' AND s.definition LIKE '%84%') "
                            "FROM gpkg_geometry_columns AS g "
                            "LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = g.srs_id "
                            "ORDER BY g.table_name LIMIT ?1";
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (LzGpkgLayer));
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL);

  if (rc == SQLITE_ERROR)
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                 "reading a GeoPackage: this SQLite database is none: %s",
                 sqlite3_errmsg (self->db));
  else if (rc != SQLITE_OK)
    set_error (self, "looking for its layers", error);
  if (rc != SQLITE_OK)
    return NULL;

  g_array_set_clear_func (layers, clear_layer);
  sqlite3_bind_int (stmt, 1, MAX_LAYERS);
  while ((rc = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      LzGpkgLayer layer = { g_strdup ((const char *) sqlite3_column_text (stmt, 0)),
                            g_strdup ((const char *) sqlite3_column_text (stmt, 1)),
                            sqlite3_column_int (stmt, 2) != 0 };

      g_array_append_val (layers, layer);
    }
  if (rc != SQLITE_DONE)
    set_error (self, "looking for its layers", error);
  sqlite3_finalize (stmt);
  return rc == SQLITE_DONE ? g_steal_pointer (&layers) : NULL;
}

gboolean
lz_gpkg_file_read_layer (LzGpkgFile *self,
                         const LzGpkgLayer *layer,
                         LzGpkgRowFunc func,
                         gpointer user_data,
                         GError **error)
{
  char *sql = sqlite3_mprintf ("SELECT \"%w\", * FROM \"%w\"", layer->column, layer->table);
  g_autofree char *doing = g_strdup_printf ("reading its layer “%.60s”", layer->table);
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL);
  gboolean going = TRUE;

  sqlite3_free (sql);
  if (rc != SQLITE_OK)
    return set_error (self, doing, error);

  self->n_looks = 0;
  while (going && (rc = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      going = func (stmt, user_data, error);
      self->n_looks = 0;
    }
  if (going && rc != SQLITE_DONE)
    going = set_error (self, doing, error);
  sqlite3_finalize (stmt);
  return going;
}
