/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-patrol-projection.h"
#include "lz-patrols-private.h"
#include "lz-record-projection.h"
#include "lz-records-act.h"
#include "lz-records.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
/* A list needs no tracks, which are nearly all of a patrol's bytes. */
static const char sql_list[] =
  "SELECT id, type, state, feed, author, lat7, lon7, road, json_remove (facts, '$.track'), begun_at,"
  "  changed_at, n_photos, n_events, last_event FROM record AS r"
  " WHERE type = 1 AND (?1 IS NULL OR author = ?1)"
  "  AND (?2 IS NULL OR EXISTS (SELECT 1 FROM patrol_road AS p WHERE p.record_fid = r.fid AND p.road = ?2))"
  "  AND (?3 = 0 OR ifnull (from_at, begun_at) >= ?3) AND (?4 = 0 OR ifnull (from_at, begun_at) < ?4)"
  " ORDER BY ifnull (from_at, begun_at) DESC, fid DESC LIMIT ?5";

static const char sql_cases[] =
  "SELECT fid FROM case_row WHERE patrol = ?1 ORDER BY reported_at, fid";
/* clang-format on */

gboolean
lz_patrols_find_open (LzStation *station, const char *person, LzId *patrol, GError **error)
{
  return lz_patrol_projection_find_open (station, person, 0, patrol, error);
}

gboolean
lz_patrols_start (LzStation *station, LzId *patrol, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonObject) facts = json_object_new ();
  LzId open;

  if (lz_patrols_find_open (station, NULL, &open, &failure))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED,
                           _ ("A patrol is under way already. Finish it first."));
      return FALSE;
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;

  json_object_set_int_member (facts, "from", lz_station_now (station));
  json_object_set_string_member (facts, "kind", lz_patrol_how_to_string (LZ_PATROL_HOW_LIVE));
  return lz_records_act (station, "patrol.started", NULL, facts, NULL, patrol, error);
}

static gboolean
act_with_text (LzStation *station,
               const char *kind,
               const LzId *patrol,
               const char *text,
               GError **error)
{
  g_autoptr (LzBody) body = lz_body_new ();

  body->text = g_strdup (text);
  return lz_records_act (station, kind, patrol, NULL, body, NULL, error);
}

gboolean
lz_patrols_abandon (LzStation *station, const LzId *patrol, const char *reason, GError **error)
{
  return act_with_text (station, "patrol.abandoned", patrol, reason, error);
}

gboolean
lz_patrols_note (LzStation *station, const LzId *patrol, const char *text, GError **error)
{
  return act_with_text (station, "patrol.noted", patrol, text, error);
}

LzPatrol *
lz_patrols_load (LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (LzRecord) record = lz_records_load (station, id, error);
  g_autoptr (LzPatrol) patrol = record != NULL ? lz_patrol_from_record (record) : NULL;
  g_autoptr (LzCleanTrack) track = NULL;

  if (record != NULL && patrol == NULL)
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no such patrol."));
  if (patrol == NULL || patrol->state != LZ_RECORD_OPEN)
    return g_steal_pointer (&patrol);

  track = lz_patrols_read_fixes (station, id, error);
  if (track == NULL || !lz_patrols_take_track (station, patrol, track, error))
    return NULL;
  return g_steal_pointer (&patrol);
}

static void
free_patrol (gpointer data)
{
  lz_patrol_free (data);
}

GPtrArray *
lz_patrols_list (LzStation *station, const LzPatrolQuery *query, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) patrols = g_ptr_array_new_with_free_func (free_patrol);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_list, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, query->person);
  if (!lz_id_is_nil (&query->road))
    lz_stmt_bind_id (stmt, 2, &query->road);
  sqlite3_bind_int64 (stmt, 3, query->from_ms);
  sqlite3_bind_int64 (stmt, 4, query->until_ms);
  sqlite3_bind_int64 (stmt, 5, query->limit != 0 ? (gint64) query->limit : -1);
  while (lz_db_step (db, stmt, "listing patrols", &failure))
    {
      g_autoptr (LzRecord) record = lz_record_read (stmt, error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (patrols, lz_patrol_from_record (record));
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&patrols) : NULL;
}

GArray *
lz_patrols_list_cases (LzStation *station, const LzId *patrol, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_cases, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, patrol);
  return lz_db_read_fids (db, stmt, "listing the cases of a patrol", error);
}
