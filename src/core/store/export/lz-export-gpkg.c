/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-export-private.h"
#include "lz-stmt.h"

/* clang-format off */
static const char sql_tables[] =
  "CREATE TABLE cases (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, number TEXT,"
  " uuid TEXT, code TEXT, category TEXT, dimension TEXT, state TEXT, reported DATETIME,"
  " deadline DATETIME, closed DATETIME, road TEXT, chainage_m DOUBLE, side TEXT, offset_m DOUBLE,"
  " address TEXT, description TEXT, unit TEXT, photos INTEGER);"
  "CREATE TABLE roads (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTILINESTRING,"
  " name TEXT, from_name TEXT, to_name TEXT, length_m DOUBLE, uuid TEXT);";

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

/* clang-format on */

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
  lz_gpkg_layers_grow (box, first, sqlite3_column_int (from, LZ_EXPORT_LON7),
                       sqlite3_column_int (from, LZ_EXPORT_LAT7));
  sqlite3_bind_value (add, LZ_EXPORT_N_COLUMNS + 1, sqlite3_column_value (from, LZ_EXPORT_GEOM));
  return lz_gpkg_layers_copy_row (to, add, from, LZ_EXPORT_N_COLUMNS, error);
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
copy_cases (sqlite3 *to,
            LzDb *db,
            GArray *fids,
            GPtrArray *entries,
            GCancellable *cancellable,
            GError **error)
{
  sqlite3_stmt *add = NULL, *tell = NULL;
  LzBox box = { 0 };
  gboolean ok = lz_gpkg_layers_prepare (to, sql_add_case, &add, error);

  if (ok && entries != NULL)
    ok = lz_gpkg_layers_exec (to, sql_ledger_columns, error) &&
         lz_gpkg_layers_prepare (to, sql_add_entry, &tell, error);
  for (guint i = 0; ok && i < fids->len; i++)
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         copy_case (to, add, db, g_array_index (fids, gint64, i), &box, i == 0, error) &&
         (entries == NULL || add_entry (to, tell, entries->pdata[i], error));
  sqlite3_finalize (add);
  sqlite3_finalize (tell);
  return ok && (fids->len == 0 || lz_gpkg_layers_set_extent (to, "cases", &box, error));
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
  gboolean ok = lz_gpkg_layers_open (path, db, &to, error) &&
                lz_gpkg_layers_exec (to, sql_tables, error) &&
                lz_gpkg_layers_add_layer (to, "cases", "Cases", "POINT", error) &&
                lz_gpkg_layers_add_layer (to, "roads", "Roads", "MULTILINESTRING", error) &&
                lz_gpkg_layers_copy_all (to, db, sql_list_roads, sql_add_road, 6, error) &&
                copy_cases (to, db, fids, entries, cancellable, error) &&
                (!history || lz_export_add_history (to, db, fids, cancellable, error)) &&
                lz_gpkg_layers_exec (to, "COMMIT", error);

  sqlite3_close (to);
  return ok;
}
