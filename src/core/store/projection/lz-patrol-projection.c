/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-patrol-projection.h"
#include "lz-patrol.h"
#include "lz-stmt.h"

/* clang-format off */
static const char sql_clear[] =
  "DELETE FROM patrol_road WHERE record_fid = (SELECT fid FROM record WHERE id = ?1)";

static const char sql_put[] =
  "INSERT INTO patrol_road (record_fid, road, person, from_at, until_at, length_cm, covered_cm, spans)"
  " SELECT fid, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM record WHERE id = ?1"
  " ON CONFLICT (record_fid, road) DO NOTHING";
static const char sql_open[] =
  "SELECT id FROM record WHERE type = 1 AND state = 1 AND author = ?1 AND begun_at >= ?2"
  " ORDER BY begun_at DESC LIMIT 1";
/* clang-format on */

static gboolean
put_road (LzStation *station, const LzPatrol *patrol, const LzRoadCover *cover, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autofree char *spans = lz_spans_to_string (cover->spans);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_put, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &patrol->id);
  lz_stmt_bind_id (stmt, 2, &cover->road);
  lz_stmt_bind_text (stmt, 3, patrol->person);
  sqlite3_bind_int64 (stmt, 4, patrol->from_ms);
  sqlite3_bind_int64 (stmt, 5, patrol->until_ms);
  sqlite3_bind_int64 (stmt, 6, cover->length_cm);
  sqlite3_bind_int64 (stmt, 7, lz_spans_length_cm (cover->spans));
  lz_stmt_bind_text (stmt, 8, spans);
  return lz_db_run (db, stmt, "keeping what a patrol covers", error);
}

gboolean
lz_patrol_projection_put (LzStation *station, const LzRecord *record, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzPatrol) patrol = lz_patrol_from_record (record);
  g_autoptr (LzStmt) stmt = NULL;

  if (patrol == NULL || patrol->state != LZ_RECORD_DONE)
    return TRUE;

  stmt = lz_db_borrow (db, sql_clear, error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &patrol->id);
  if (!lz_db_run (db, stmt, "keeping what a patrol covers", error))
    return FALSE;
  for (guint i = 0; i < patrol->covers->len; i++)
    if (!put_road (station, patrol, patrol->covers->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
lz_patrol_projection_find_open (LzStation *station,
                                const char *person,
                                gint64 since_ms,
                                LzId *patrol,
                                GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_open, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, person != NULL ? person : lz_station_get_actor (station));
  sqlite3_bind_int64 (stmt, 2, since_ms);
  if (!lz_db_step (db, stmt, "looking for a patrol under way", error))
    return FALSE;
  *patrol = lz_stmt_column_id (stmt, 0);
  return TRUE;
}
