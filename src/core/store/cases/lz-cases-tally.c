/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-cases.h"
#include "lz-event-table.h"
#include "lz-stmt.h"

/* clang-format off */
static const char sql_tally_roads[] =
  "SELECT road, count(*),"
  " sum (due_at > 0 AND (CASE stopped_at WHEN 0 THEN ?1 ELSE stopped_at END) > warn_at"
  "  AND (CASE stopped_at WHEN 0 THEN ?1 ELSE stopped_at END) <= due_at),"
  " sum (due_at > 0 AND (CASE stopped_at WHEN 0 THEN ?1 ELSE stopped_at END) > due_at)"
  " FROM case_row INDEXED BY case_open WHERE closed_at = 0 AND road IS NOT NULL GROUP BY road";

static const char sql_tally_open[] =
  "SELECT dimension, count(*),"
  " sum (due_at > 0 AND (CASE stopped_at WHEN 0 THEN ?1 ELSE stopped_at END) > warn_at"
  "  AND (CASE stopped_at WHEN 0 THEN ?1 ELSE stopped_at END) <= due_at),"
  " sum (due_at > 0 AND (CASE stopped_at WHEN 0 THEN ?1 ELSE stopped_at END) > due_at),"
  " sum (due_at > 0 AND stopped_at = 0 AND due_at >= ?1 AND due_at < ?2)"
  " FROM case_row INDEXED BY case_open WHERE closed_at = 0 GROUP BY dimension";

static const char sql_uses[] =
  "SELECT category, count(*) FROM (SELECT category FROM case_row ORDER BY reported_at DESC LIMIT ?1)"
  " GROUP BY category";
/* clang-format on */

/**
 * lz_cases_tally_roads:
 * @station: a station
 * @now_ms: the moment to judge at
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type LzRoadTally): the roads that have open cases
 */
GArray *
lz_cases_tally_roads (LzStation *station, gint64 now_ms, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GArray) tallies = g_array_new (FALSE, TRUE, sizeof (LzRoadTally));
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_tally_roads, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, now_ms);
  while (lz_db_step (db, stmt, "counting by road", &failure))
    {
      LzRoadTally tally = { .road = lz_stmt_column_id (stmt, 0),
                            .n_open = (guint) sqlite3_column_int64 (stmt, 1),
                            .n_warned = (guint) sqlite3_column_int64 (stmt, 2),
                            .n_overdue = (guint) sqlite3_column_int64 (stmt, 3) };

      g_array_append_val (tallies, tally);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&tallies);
}

/**
 * lz_cases_tally_open:
 * @station: a station
 * @now_ms: the moment to judge at
 * @day_end_ms: end of the local day
 * @tally: (out caller-allocates): the counts
 * @error: (nullable): return location
 *
 * Counts what is open, for the chips above the map.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_cases_tally_open (LzStation *station,
                     gint64 now_ms,
                     gint64 day_end_ms,
                     LzOpenTally *tally,
                     GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_tally_open, error);
  g_autoptr (GError) failure = NULL;
  LzOpenTally sum = { 0 };

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, now_ms);
  sqlite3_bind_int64 (stmt, 2, day_end_ms);
  while (lz_db_step (db, stmt, "counting open cases", &failure))
    {
      guint dimension = (guint) sqlite3_column_int (stmt, 0);
      guint n = (guint) sqlite3_column_int64 (stmt, 1);

      sum.n_open += n;
      if (dimension < LZ_N_DIMENSIONS)
        sum.n_by_dimension[dimension] += n;
      sum.n_warned += (guint) sqlite3_column_int64 (stmt, 2);
      sum.n_overdue += (guint) sqlite3_column_int64 (stmt, 3);
      sum.n_due_today += (guint) sqlite3_column_int64 (stmt, 4);
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  *tally = sum;
  return TRUE;
}

/**
 * lz_cases_count_uses:
 * @station: a station
 * @latest: how many of the latest cases to look at
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): category code → how often, for lz_catalogue_search()
 */
GHashTable *
lz_cases_count_uses (LzStation *station, guint latest, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GHashTable) uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_uses, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, latest);
  while (lz_db_step (db, stmt, "counting categories", &failure))
    g_hash_table_insert (uses, lz_stmt_dup_text (stmt, 0),
                         GUINT_TO_POINTER ((guint) sqlite3_column_int64 (stmt, 1)));
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&uses);
}
