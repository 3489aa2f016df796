/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all GeoPackages that are written have in common. */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-gpkg-layers.h"
#include "lz-stmt.h"

/* clang-format off */
static const char sql_head[] =
  "PRAGMA journal_mode = OFF;"
  "PRAGMA synchronous = OFF;"
  "PRAGMA application_id = 1196444487;"
  "PRAGMA user_version = 10300;";

/* What a GeoPackage must have (OGC 12-128r17, clause 1.1). */
static const char sql_tables[] =
  "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,"
  " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,"
  " definition TEXT NOT NULL, description TEXT);"
  "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
  " identifier TEXT UNIQUE, description TEXT DEFAULT '',"
  " last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
  " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,"
  " CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
  "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
  " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,"
  " m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
  " CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
  " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
  " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));";

static const char sql_list_systems[] =
  "SELECT srs_name, srs_id, organization, organization_coordsys_id, definition, description"
  " FROM gpkg_spatial_ref_sys";

static const char sql_add_system[] =
  "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

static const char sql_add_contents[] =
  "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
  " VALUES (?1, 'features', ?1, ?2, 4326)";

static const char sql_add_geometry[] =
  "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, 4326, 0, 0)";

static const char sql_set_extent[] =
  "UPDATE gpkg_contents SET min_x = ?1, min_y = ?2, max_x = ?3, max_y = ?4"
  " WHERE table_name = ?5";
/* clang-format on */

gboolean
lz_gpkg_layers_exec (sqlite3 *to, const char *sql, GError **error)
{
  return sqlite3_exec (to, sql, NULL, NULL, NULL) == SQLITE_OK ||
         lz_error_set_sqlite (error, to, "writing the GeoPackage");
}

gboolean
lz_gpkg_layers_prepare (sqlite3 *to, const char *sql, sqlite3_stmt **stmt, GError **error)
{
  return sqlite3_prepare_v2 (to, sql, -1, stmt, NULL) == SQLITE_OK ||
         lz_error_set_sqlite (error, to, "writing the GeoPackage");
}

gboolean
lz_gpkg_layers_copy_row (sqlite3 *to,
                         sqlite3_stmt *add,
                         LzStmt *from,
                         int n_columns,
                         GError **error)
{
  for (int i = 0; i < n_columns; i++)
    sqlite3_bind_value (add, i + 1, sqlite3_column_value (from, i));
  if (sqlite3_step (add) != SQLITE_DONE)
    return lz_error_set_sqlite (error, to, "writing the GeoPackage");
  sqlite3_reset (add);
  return TRUE;
}

gboolean
lz_gpkg_layers_copy_all (sqlite3 *to,
                         LzDb *db,
                         const char *list,
                         const char *add_sql,
                         int n_columns,
                         GError **error)
{
  g_autoptr (LzStmt) from = lz_db_borrow (db, list, error);
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *add = NULL;
  gboolean ok = from != NULL;

  ok = ok && lz_gpkg_layers_prepare (to, add_sql, &add, error);
  while (ok && lz_db_step (db, from, "reading the station", &failure))
    ok = lz_gpkg_layers_copy_row (to, add, from, n_columns, error);
  sqlite3_finalize (add);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  return ok;
}

void
lz_gpkg_layers_grow (LzBox *box, gboolean first, gint32 lon7, gint32 lat7)
{
  if (first)
    *box = (LzBox){ lat7, lon7, lat7, lon7 };
  box->west7 = MIN (box->west7, lon7);
  box->east7 = MAX (box->east7, lon7);
  box->south7 = MIN (box->south7, lat7);
  box->north7 = MAX (box->north7, lat7);
}

gboolean
lz_gpkg_layers_set_extent (sqlite3 *to, const char *table, const LzBox *box, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok;

  if (!lz_gpkg_layers_prepare (to, sql_set_extent, &stmt, error))
    return FALSE;
  sqlite3_bind_double (stmt, 1, box->west7 / LZ_POINT_SCALE);
  sqlite3_bind_double (stmt, 2, box->south7 / LZ_POINT_SCALE);
  sqlite3_bind_double (stmt, 3, box->east7 / LZ_POINT_SCALE);
  sqlite3_bind_double (stmt, 4, box->north7 / LZ_POINT_SCALE);
  sqlite3_bind_text (stmt, 5, table, -1, SQLITE_STATIC);
  ok = sqlite3_step (stmt) == SQLITE_DONE;
  if (!ok)
    lz_error_set_sqlite (error, to, "writing the GeoPackage");
  sqlite3_finalize (stmt);
  return ok;
}

/* Runs @sql with two texts. */
static gboolean
run_with (sqlite3 *to, const char *sql, const char *first, const char *second, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok;

  if (!lz_gpkg_layers_prepare (to, sql, &stmt, error))
    return FALSE;
  sqlite3_bind_text (stmt, 1, first, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, second, -1, SQLITE_STATIC);
  ok = sqlite3_step (stmt) == SQLITE_DONE;
  if (!ok)
    lz_error_set_sqlite (error, to, "writing the GeoPackage");
  sqlite3_finalize (stmt);
  return ok;
}

gboolean
lz_gpkg_layers_add_layer (sqlite3 *to,
                          const char *table,
                          const char *description,
                          const char *geometry,
                          GError **error)
{
  return run_with (to, sql_add_contents, table, description, error) &&
         run_with (to, sql_add_geometry, table, geometry, error);
}

gboolean
lz_gpkg_layers_open (const char *path, LzDb *db, sqlite3 **to, GError **error)
{
  if (sqlite3_open_v2 (path, to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
    return lz_error_set_sqlite (error, *to, path);
  return lz_gpkg_layers_exec (*to, sql_head, error) && lz_gpkg_layers_exec (*to, "BEGIN", error) &&
         lz_gpkg_layers_exec (*to, sql_tables, error) &&
         lz_gpkg_layers_copy_all (*to, db, sql_list_systems, sql_add_system, 6, error);
}
