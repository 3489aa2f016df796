/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-line.h"
#include "lz-office.h"
#include "lz-recurs.h"
#include "lz-stmt.h"

#include <math.h>

#define DAY_MS            G_GINT64_CONSTANT (86400000)
#define METRES_PER_DEGREE 111000

/* clang-format off */
/* 16 closed, 17 closed by force: it was put right, or given up. */
static const char sql_closed[] =
  "SELECT id, lat7, lon7 FROM case_row INDEXED BY case_closed_place"
  " WHERE category = ?1 AND lat7 BETWEEN ?2 AND ?3 AND lon7 BETWEEN ?4 AND ?5"
  " AND closed_at > 0 AND closed_at BETWEEN ?6 AND ?7 AND state IN (16, 17)";
/* clang-format on */

gboolean
lz_recurs_find (LzStation *station,
                const char *category,
                LzPoint place,
                gint64 at_ms,
                LzId *id,
                GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzRules) rules = lz_office_load_rules (station, error);
  g_autoptr (LzStmt) stmt = rules != NULL ? lz_db_borrow (db, sql_closed, error) : NULL;
  g_autoptr (GError) failure = NULL;
  double radius_m, nearest_m, d_lat, d_lon;

  *id = (LzId){ 0 };
  if (stmt == NULL)
    return FALSE;
  radius_m = nearest_m = (double) lz_rules_get (rules, LZ_RULE_RECURS_M);
  d_lat = radius_m / METRES_PER_DEGREE * LZ_POINT_SCALE;
  d_lon = d_lat / MAX (0.01, cos (lz_point_latitude (place) * G_PI / 180));
  lz_stmt_bind_text (stmt, 1, category);
  sqlite3_bind_int64 (stmt, 2, (gint64) (place.lat7 - d_lat));
  sqlite3_bind_int64 (stmt, 3, (gint64) (place.lat7 + d_lat));
  sqlite3_bind_int64 (stmt, 4, (gint64) (place.lon7 - d_lon));
  sqlite3_bind_int64 (stmt, 5, (gint64) (place.lon7 + d_lon));
  sqlite3_bind_int64 (stmt, 6, at_ms - lz_rules_get (rules, LZ_RULE_RECURS_DAYS) * DAY_MS);
  sqlite3_bind_int64 (stmt, 7, at_ms);
  while (lz_db_step (db, stmt, "looking for a recurrence", &failure))
    {
      LzPoint there = { sqlite3_column_int (stmt, 1), sqlite3_column_int (stmt, 2) };
      double distance_m = lz_distance_m (there, place);

      if (distance_m > nearest_m)
        continue;
      nearest_m = distance_m;
      *id = lz_stmt_column_id (stmt, 0);
    }
  return lz_stmt_ended (&failure, error);
}
