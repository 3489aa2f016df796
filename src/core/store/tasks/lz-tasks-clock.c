/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-routes.h"
#include "lz-stmt.h"
#include "lz-tasks.h"

/* clang-format off */
#define AT "(CASE stopped_at WHEN 0 THEN ?1 ELSE stopped_at END)"

/* 6 dispatched … 12 done, 15 rework: what a unit has to do with. */
static const char sql_units[] =
  "SELECT unit, count (*), sum (due_at > 0 AND " AT " > due_at),"
  " sum (due_at > 0 AND " AT " > warn_at AND " AT " <= due_at),"
  " sum (due_at > 0 AND stopped_at = 0 AND due_at >= ?1 AND due_at < ?2),"
  " sum (due_at > 0 AND stopped_at = 0 AND due_at >= ?2 AND due_at < ?2 + 86400000),"
  " sum (sent_back)"
  " FROM case_row INDEXED BY case_of_unit"
  " WHERE closed_at = 0 AND state IN (6, 7, 8, 9, 10, 11, 12, 15) GROUP BY unit ORDER BY 3 DESC, 2 DESC, 1";

static const char sql_levels[] =
  "SELECT supervision, count (*) FROM case_row INDEXED BY case_supervised"
  " WHERE supervision > 0 AND closed_at = 0 GROUP BY supervision";

#define RUNNING " closed_at = 0 AND stopped_at = 0 AND due_at > 0"
#define MINE " AND (?2 IS NULL OR unit IN (SELECT value FROM json_each (?2)))"

static const char sql_next_due[] =
  "SELECT due_at, fid FROM case_row INDEXED BY case_running WHERE" RUNNING " AND due_at > ?1" MINE
  " ORDER BY due_at, fid LIMIT 1";
static const char sql_next_warn[] =
  "SELECT warn_at, fid FROM case_row INDEXED BY case_warning WHERE" RUNNING " AND warn_at > ?1" MINE
  " ORDER BY warn_at, fid LIMIT 1";
static const char sql_n_due[] =
  "SELECT count (*) FROM case_row INDEXED BY case_running WHERE" RUNNING " AND due_at = ?1" MINE;
static const char sql_n_warn[] =
  "SELECT count (*) FROM case_row INDEXED BY case_warning WHERE" RUNNING " AND warn_at = ?1" MINE;
static const char sql_id[] = "SELECT id FROM case_row WHERE fid = ?1";

static const char sql_turning_red[] =
  "SELECT fid FROM case_row INDEXED BY case_running WHERE" RUNNING " AND due_at >= ?1" MINE
  " AND due_at < ?3 ORDER BY due_at, fid LIMIT ?4";
/* clang-format on */

static void
clear_tally (gpointer data)
{
  g_free (((LzUnitTally *) data)->unit);
}

/**
 * lz_tasks_tally_units:
 * @station: a station
 * @now_ms: the moment to judge at
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type LzUnitTally): the units that have work, the one
 *   with most overdue first
 */
GArray *
lz_tasks_tally_units (LzStation *station, gint64 now_ms, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_units, error);
  g_autoptr (GArray) tallies = g_array_new (FALSE, TRUE, sizeof (LzUnitTally));
  g_autoptr (GError) failure = NULL;

  g_array_set_clear_func (tallies, clear_tally);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, now_ms);
  sqlite3_bind_int64 (stmt, 2, lz_calendar_day_end (lz_station_get_calendar (station), now_ms));
  while (lz_db_step (db, stmt, "counting by unit", &failure))
    {
      LzUnitTally tally = { .unit = lz_stmt_dup_text (stmt, 0),
                            .n_open = (guint) sqlite3_column_int64 (stmt, 1),
                            .n_overdue = (guint) sqlite3_column_int64 (stmt, 2),
                            .n_warned = (guint) sqlite3_column_int64 (stmt, 3),
                            .n_today = (guint) sqlite3_column_int64 (stmt, 4),
                            .n_tomorrow = (guint) sqlite3_column_int64 (stmt, 5),
                            .n_sent_back = (guint) sqlite3_column_int64 (stmt, 6) };

      g_array_append_val (tallies, tally);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&tallies) : NULL;
}

/**
 * lz_tasks_tally_supervised:
 * @station: a station
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type guint): how many open cases are supervised at
 *   each level; its index is the level, and 0 holds nothing
 */
GArray *
lz_tasks_tally_supervised (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_levels, error);
  g_autoptr (GArray) levels = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "counting by level", &failure))
    {
      guint level = (guint) sqlite3_column_int64 (stmt, 0);

      if (level >= levels->len)
        g_array_set_size (levels, level + 1);
      g_array_index (levels, guint, level) = (guint) sqlite3_column_int64 (stmt, 1);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&levels) : NULL;
}

/* Two numbers of a statement's one row; FALSE with @failure unset if there is none. */
static gboolean
ask (LzDb *db,
     const char *sql,
     gint64 at_ms,
     const char *unit_names,
     gint64 *first,
     gint64 *second,
     GError **failure)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, failure);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, at_ms);
  lz_stmt_bind_text (stmt, 2, unit_names);
  if (!lz_db_step (db, stmt, "looking for the next deadline", failure))
    return FALSE;
  *first = sqlite3_column_int64 (stmt, 0);
  if (second != NULL)
    *second = sqlite3_column_int64 (stmt, 1);
  return TRUE;
}

/* All names of @unit; nothing for nobody. */
static gboolean
find_names (LzStation *station, const char *unit, char **names, GError **error)
{
  *names = unit != NULL ? lz_routes_dup_unit_names (station, unit, error) : NULL;
  return unit == NULL || *names != NULL;
}

static gboolean
load_id (LzDb *db, gint64 fid, LzId *id, GError **failure)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_id, failure);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  if (!lz_db_step (db, stmt, "looking for a case", failure))
    return FALSE;
  *id = lz_stmt_column_id (stmt, 0);
  return TRUE;
}

/**
 * lz_tasks_find_lamp_change:
 * @station: a station
 * @after_ms: the present
 * @unit: (nullable): only of cases with this unit
 * @change: (out caller-allocates): the next moment after @after_ms at which a lamp stops being what
 *   it is, so that a timer can wait for it
 * @error: (nullable): return location
 *
 * Returns: %TRUE on success, also if no lamp will change
 */
gboolean
lz_tasks_find_lamp_change (LzStation *station,
                           gint64 after_ms,
                           const char *unit,
                           LzLampChange *change,
                           GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  gint64 due = 0, due_fid = 0, warn = 0, warn_fid = 0, n = 0;
  g_autofree char *names = NULL;
  gboolean red;

  *change = (LzLampChange){ .to = LZ_LAMP_NONE };
  if (!find_names (station, unit, &names, error))
    return FALSE;
  ask (db, sql_next_due, after_ms, names, &due, &due_fid, &failure);
  if (failure == NULL)
    ask (db, sql_next_warn, after_ms, names, &warn, &warn_fid, &failure);
  if (failure == NULL && (due != 0 || warn != 0))
    {
      red = warn == 0 || (due != 0 && due <= warn);
      change->at_ms = red ? due : warn;
      change->to = red ? LZ_LAMP_RED : LZ_LAMP_YELLOW;
      if (load_id (db, red ? due_fid : warn_fid, &change->id, &failure) &&
          ask (db, red ? sql_n_due : sql_n_warn, change->at_ms, names, &n, NULL, &failure))
        change->n = (guint) n;
    }
  return lz_stmt_ended (&failure, error);
}

/**
 * lz_tasks_list_turning_red:
 * @station: a station
 * @from_ms: start
 * @until_ms: end
 * @unit: (nullable): only what is with this unit
 * @limit: at most so many; 0 = all
 * @error: (nullable): return location
 *
 * Lists the cases whose deadline passes from @from_ms on and before @until_ms if nobody acts: what
 * a notification warns of.
 *
 * Returns: (transfer full) (nullable): their fids, gint64, soonest first
 */
GArray *
lz_tasks_list_turning_red (LzStation *station,
                           gint64 from_ms,
                           gint64 until_ms,
                           const char *unit,
                           guint limit,
                           GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_turning_red, error);
  g_autofree char *names = NULL;

  if (stmt == NULL || !find_names (station, unit, &names, error))
    return NULL;
  sqlite3_bind_int64 (stmt, 1, from_ms);
  lz_stmt_bind_text (stmt, 2, names);
  sqlite3_bind_int64 (stmt, 3, until_ms);
  sqlite3_bind_int64 (stmt, 4, limit > 0 ? (gint64) limit : -1);
  return lz_db_read_fids (db, stmt, "listing what falls due", error);
}
