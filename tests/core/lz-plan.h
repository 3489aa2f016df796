/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How SQLite goes about the statements of a station. */

#include "lz-db.h"
#include "lz-station.h"

#include <string.h>

/* The indexes that hold few rows, whatever the history. */
static inline gboolean
lz_plan_is_narrow (const char *step)
{
  static const char *const narrow[] = { "case_open",      "case_running",    "case_warning",
                                        "case_of_unit",   "case_in_stage",   "case_supervised",
                                        "case_appealed",  "case_void_asked", "case_suspended",
                                        "case_sent_back", "event_waiting" };

  for (guint i = 0; i < G_N_ELEMENTS (narrow); i++)
    if (g_str_has_suffix (step, narrow[i]))
      return TRUE;
  return FALSE;
}

/* Of the tables that grow with the history. */
static inline gboolean
lz_plan_is_scan (const char *step)
{
  static const char *const scans[] = { "SCAN case_row", "SCAN c ",     "SCAN event",
                                       "SCAN e ",       "SCAN record", "SCAN patrol_road" };

  for (guint i = 0; i < G_N_ELEMENTS (scans); i++)
    if (g_str_has_prefix (step, scans[i]) || g_str_has_suffix (step, scans[i]))
      return !lz_plan_is_narrow (step);
  return FALSE;
}

/* Every statement that the station has used so far, at least @n of them over cases or patrols,
 * finds what it wants by an index: none walks past all there is. */
static inline void
lz_plan_assert_narrow (LzStation *station, guint n)
{
  sqlite3 *db = lz_db_get_handle (lz_station_get_db (station));
  guint seen = 0;

  for (sqlite3_stmt *stmt = sqlite3_next_stmt (db, NULL); stmt != NULL;
       stmt = sqlite3_next_stmt (db, stmt))
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", sqlite3_sql (stmt), NULL);
      sqlite3_stmt *plan = NULL;

      if (strstr (sql, "case_row") != NULL || strstr (sql, "patrol_road") != NULL)
        seen++;
      g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &plan, NULL), ==, SQLITE_OK);
      while (sqlite3_step (plan) == SQLITE_ROW)
        if (lz_plan_is_scan ((const char *) sqlite3_column_text (plan, 3)))
          g_error ("%s: %s", sqlite3_column_text (plan, 3), sql);
      sqlite3_finalize (plan);
    }
  g_assert_cmpuint (seen, >=, n);
}
