/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-export-private.h"
#include "lz-stmt.h"

/* clang-format off */
/* What happened to the cases.  The order is that of the fold. */
static const char sql_history[] =
  "CREATE TABLE events (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, uuid TEXT, n INTEGER,"
  " kind TEXT, at DATETIME, actor TEXT, source TEXT, unit TEXT, deadline DATETIME, clock TEXT,"
  " until DATETIME, level INTEGER, recurs TEXT, merged_into TEXT, description TEXT,"
  " subdistrict TEXT);"
  "CREATE INDEX events_of ON events (uuid, n);"
  "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES"
  " ('events', 'attributes', 'events', 'What happened to the cases');";

#define MOMENT(path) \
  "strftime('%Y-%m-%dT%H:%M:%fZ', json_extract (body, '$." path "') / 1000.0, 'unixepoch')"

static const char sql_list_events[] =
  "SELECT lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-'"
  " || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-'"
  " || substr(hex(subject), 21)),"
  " row_number() OVER (ORDER BY home_seq IS NULL, home_seq, n), kind,"
  " strftime('%Y-%m-%dT%H:%M:%fZ', occurred_at / 1000.0, 'unixepoch'), actor,"
  " json_extract (body, '$.source'), json_extract (body, '$.unit'), " MOMENT ("due_at") ","
  " json_extract (body, '$.limit.clock'), " MOMENT ("until") ", json_extract (body, '$.level'),"
  " json_extract (body, '$.recurs'), json_extract (body, '$.other'),"
  " json_extract (body, '$.text'), feed"
  " FROM event WHERE subject = (SELECT id FROM case_row WHERE fid = ?1) AND status = 0"
  " AND kind <> 'event.withdrawn' ORDER BY 2";

static const char sql_add_event[] =
  "INSERT INTO events (uuid, n, kind, at, actor, source, unit, deadline, clock, until, level,"
  " recurs, merged_into, description, subdistrict)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
#define N_EVENT_COLUMNS 15
/* clang-format on */

static gboolean
copy_events (sqlite3 *to, sqlite3_stmt *add, LzDb *db, gint64 fid, GError **error)
{
  g_autoptr (LzStmt) from = lz_db_borrow (db, sql_list_events, error);
  g_autoptr (GError) failure = NULL;

  if (from == NULL)
    return FALSE;
  sqlite3_bind_int64 (from, 1, fid);
  while (lz_db_step (db, from, "reading what happened to a case", &failure))
    if (!lz_gpkg_layers_copy_row (to, add, from, N_EVENT_COLUMNS, error))
      return FALSE;
  return lz_stmt_ended (&failure, error);
}

gboolean
lz_export_add_history (sqlite3 *to,
                       LzDb *db,
                       GArray *fids,
                       GCancellable *cancellable,
                       GError **error)
{
  sqlite3_stmt *add = NULL;
  gboolean ok = lz_gpkg_layers_exec (to, sql_history, error);

  if (ok && sqlite3_prepare_v2 (to, sql_add_event, -1, &add, NULL) != SQLITE_OK)
    ok = lz_error_set_sqlite (error, to, "writing the GeoPackage");
  for (guint i = 0; ok && i < fids->len; i++)
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         copy_events (to, add, db, g_array_index (fids, gint64, i), error);
  sqlite3_finalize (add);
  return ok;
}
