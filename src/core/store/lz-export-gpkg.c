/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-export-private.h"
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
  " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
  "CREATE TABLE cases (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, number TEXT,"
  " uuid TEXT, code TEXT, category TEXT, dimension TEXT, state TEXT, reported DATETIME,"
  " deadline DATETIME, closed DATETIME, road TEXT, chainage_m DOUBLE, side TEXT, offset_m DOUBLE,"
  " address TEXT, description TEXT, unit TEXT, photos INTEGER);"
  "CREATE TABLE roads (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTILINESTRING,"
  " name TEXT, from_name TEXT, to_name TEXT, length_m DOUBLE, uuid TEXT);"
  "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES"
  " ('cases', 'features', 'cases', 'Cases', 4326), ('roads', 'features', 'roads', 'Roads', 4326);"
  "INSERT INTO gpkg_geometry_columns VALUES ('cases', 'geom', 'POINT', 4326, 0, 0),"
  " ('roads', 'geom', 'MULTILINESTRING', 4326, 0, 0);";

static const char sql_list_systems[] =
  "SELECT srs_name, srs_id, organization, organization_coordsys_id, definition, description"
  " FROM gpkg_spatial_ref_sys";

static const char sql_add_system[] =
  "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

static const char sql_list_roads[] =
  "SELECT geom, name, from_name, to_name, length_m, uuid FROM roads";

static const char sql_add_road[] =
  "INSERT INTO roads (geom, name, from_name, to_name, length_m, uuid)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

static const char sql_add_case[] =
  "INSERT INTO cases (" LZ_EXPORT_COLUMNS ", geom)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";

/* What a ledger tells besides: in the order of LzLedgerColumn. */
static const char sql_ledger_columns[] =
  "ALTER TABLE cases ADD COLUMN since DATETIME;"
  "ALTER TABLE cases ADD COLUMN until DATETIME;"
  "ALTER TABLE cases ADD COLUMN hours DOUBLE;"
  "ALTER TABLE cases ADD COLUMN about TEXT;"
  "ALTER TABLE cases ADD COLUMN words TEXT;";

static const char sql_add_entry[] =
  "UPDATE cases SET since = nullif (?1, ''), until = nullif (?2, ''),"
  " hours = CAST (nullif (?3, '') AS REAL), about = nullif (?4, ''), words = nullif (?5, '')"
  " WHERE fid = ?6";

static const char sql_set_extent[] =
  "UPDATE gpkg_contents SET min_x = ?1, min_y = ?2, max_x = ?3, max_y = ?4"
  " WHERE table_name = 'cases'";
/* clang-format on */

gboolean
lz_export_exec (sqlite3 *to, const char *sql, GError **error)
{
  return sqlite3_exec (to, sql, NULL, NULL, NULL) == SQLITE_OK ||
         lz_error_set_sqlite (error, to, "writing the GeoPackage");
}

static gboolean
prepare (sqlite3 *to, const char *sql, sqlite3_stmt **stmt, GError **error)
{
  return sqlite3_prepare_v2 (to, sql, -1, stmt, NULL) == SQLITE_OK ||
         lz_error_set_sqlite (error, to, "writing the GeoPackage");
}

gboolean
lz_export_copy_row (sqlite3 *to, sqlite3_stmt *add, LzStmt *from, int n_columns, GError **error)
{
  for (int i = 0; i < n_columns; i++)
    sqlite3_bind_value (add, i + 1, sqlite3_column_value (from, i));
  if (sqlite3_step (add) != SQLITE_DONE)
    return lz_error_set_sqlite (error, to, "writing the GeoPackage");
  sqlite3_reset (add);
  return TRUE;
}

static gboolean
copy_all (sqlite3 *to,
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

  ok = ok && prepare (to, add_sql, &add, error);
  while (ok && lz_db_step (db, from, "reading the station", &failure))
    ok = lz_export_copy_row (to, add, from, n_columns, error);
  sqlite3_finalize (add);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return ok;
}

static void
grow (LzBox *box, gboolean first, gint32 lon7, gint32 lat7)
{
  if (first)
    *box = (LzBox){ lat7, lon7, lat7, lon7 };
  box->west7 = MIN (box->west7, lon7);
  box->east7 = MAX (box->east7, lon7);
  box->south7 = MIN (box->south7, lat7);
  box->north7 = MAX (box->north7, lat7);
}

static gboolean
copy_case (sqlite3 *to,
           sqlite3_stmt *add,
           LzDb *db,
           gint64 fid,
           LzBox *box,
           gboolean first,
           GError **error)
{
  g_autoptr (LzStmt) from = lz_export_borrow_case (db, error);
  g_autoptr (GError) failure = NULL;

  if (from == NULL)
    return FALSE;
  sqlite3_bind_int64 (from, 1, fid);
  if (!lz_db_step (db, from, "reading a case", &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return failure == NULL;
    }
  grow (box, first, sqlite3_column_int (from, LZ_EXPORT_LON7),
        sqlite3_column_int (from, LZ_EXPORT_LAT7));
  sqlite3_bind_value (add, LZ_EXPORT_N_COLUMNS + 1, sqlite3_column_value (from, LZ_EXPORT_GEOM));
  return lz_export_copy_row (to, add, from, LZ_EXPORT_N_COLUMNS, error);
}

/* Adds what the ledger tells of the row that was inserted last. */
static gboolean
add_entry (sqlite3 *to, sqlite3_stmt *add, const LzLedgerEntry *entry, GError **error)
{
  g_auto (GStrv) cells = lz_export_dup_entry (entry);

  if (entry->fid == 0)
    return TRUE; /* gone: no row was inserted */
  for (int i = 0; i < LZ_LEDGER_N_COLUMNS; i++)
    sqlite3_bind_text (add, i + 1, cells[i], -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (add, LZ_LEDGER_N_COLUMNS + 1, sqlite3_last_insert_rowid (to));
  if (sqlite3_step (add) != SQLITE_DONE)
    return lz_error_set_sqlite (error, to, "writing the GeoPackage");
  sqlite3_reset (add);
  return TRUE;
}

static gboolean
set_extent (sqlite3 *to, const LzBox *box, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok;

  if (!prepare (to, sql_set_extent, &stmt, error))
    return FALSE;
  sqlite3_bind_double (stmt, 1, box->west7 / LZ_POINT_SCALE);
  sqlite3_bind_double (stmt, 2, box->south7 / LZ_POINT_SCALE);
  sqlite3_bind_double (stmt, 3, box->east7 / LZ_POINT_SCALE);
  sqlite3_bind_double (stmt, 4, box->north7 / LZ_POINT_SCALE);
  ok = sqlite3_step (stmt) == SQLITE_DONE;
  if (!ok)
    lz_error_set_sqlite (error, to, "writing the GeoPackage");
  sqlite3_finalize (stmt);
  return ok;
}

static gboolean
copy_cases (sqlite3 *to,
            LzDb *db,
            GArray *fids,
            GPtrArray *entries,
            GCancellable *cancellable,
            GError **error)
{
  sqlite3_stmt *add = NULL, *tell = NULL;
  LzBox box = { 0 };
  gboolean ok = prepare (to, sql_add_case, &add, error);

  if (ok && entries != NULL)
    ok =
        lz_export_exec (to, sql_ledger_columns, error) && prepare (to, sql_add_entry, &tell, error);
  for (guint i = 0; ok && i < fids->len; i++)
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         copy_case (to, add, db, g_array_index (fids, gint64, i), &box, i == 0, error) &&
         (entries == NULL || add_entry (to, tell, entries->pdata[i], error));
  sqlite3_finalize (add);
  sqlite3_finalize (tell);
  return ok && (fids->len == 0 || set_extent (to, &box, error));
}

gboolean
lz_export_write_gpkg (LzStation *station,
                      GArray *fids,
                      GPtrArray *entries,
                      gboolean history,
                      const char *path,
                      GCancellable *cancellable,
                      GError **error)
{
  LzDb *db = lz_station_get_db (station);
  sqlite3 *to = NULL;
  gboolean ok;

  ok =
      sqlite3_open_v2 (path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL) == SQLITE_OK;
  if (!ok)
    lz_error_set_sqlite (error, to, path);
  ok = ok && lz_export_exec (to, sql_head, error) && lz_export_exec (to, "BEGIN", error) &&
       lz_export_exec (to, sql_tables, error) &&
       copy_all (to, db, sql_list_systems, sql_add_system, 6, error) &&
       copy_all (to, db, sql_list_roads, sql_add_road, 6, error) &&
       copy_cases (to, db, fids, entries, cancellable, error) &&
       (!history || lz_export_add_history (to, db, fids, cancellable, error)) &&
       lz_export_exec (to, "COMMIT", error);
  sqlite3_close (to);
  return ok;
}
