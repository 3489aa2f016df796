/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-desk-private.h"
#include "lz-event-table.h"
#include "lz-patrols.h"
#include "lz-stmt.h"

/* clang-format off */
/* There are rows for finished patrols only. */
static const char sql_patrols[] =
  "SELECT r.id, p.person, p.until_at, p.covered_cm, p.length_cm FROM patrol_road AS p"
  " INDEXED BY patrol_road_by_road JOIN record AS r ON r.fid = p.record_fid WHERE p.road = ?1"
  " ORDER BY p.until_at DESC LIMIT ?2";
/* clang-format on */

static gboolean
fill_last (LzStation *station, GHashTable *roads, const LzId *only, GError **error)
{
  g_autoptr (GPtrArray) visits = lz_patrols_list_last (station, only, error);

  for (guint i = 0; visits != NULL && i < visits->len; i++)
    {
      const LzPatrolVisit *visit = visits->pdata[i];
      LzDeskRoad *road = g_hash_table_lookup (roads, &visit->road);

      if (road != NULL)
        road->patrolled_ms = visit->until_ms;
    }
  return visits != NULL;
}

static gboolean
is_same_charge (const LzPatrolDuty *duty, const LzPatrolDuty *next)
{
  return lz_id_equal (&next->road, &duty->road) && g_strcmp0 (next->person, duty->person) == 0 &&
         next->level == duty->level;
}

/* Overdue is a road whose last patrol whose time is over was missed by somebody who owed it. */
gboolean
lz_desk_fill_patrols (LzStation *station, GHashTable *roads, const LzId *only, GError **error)
{
  g_autoptr (GPtrArray) duties = NULL;

  if (!fill_last (station, roads, only, error))
    return FALSE;
  duties = lz_patrols_list_latest_duties (station, only, error);
  for (guint i = 0; duties != NULL && i < duties->len; i++)
    {
      const LzPatrolDuty *duty = duties->pdata[i];
      const LzPatrolDuty *next = i + 1 < duties->len ? duties->pdata[i + 1] : NULL;
      LzDeskRoad *road = g_hash_table_lookup (roads, &duty->road);

      if (road == NULL || duty->state != LZ_PATROL_MISSED)
        continue;
      if (next == NULL || !is_same_charge (duty, next) || next->state == LZ_PATROL_DUE)
        road->facts.patrol_overdue = 1;
    }
  return duties != NULL;
}

static void
free_patrol (gpointer data)
{
  g_free (((LzDeskPatrol *) data)->person);
  g_free (data);
}

GPtrArray *
lz_desk_list_patrols (LzStation *station, const LzId *road, guint n, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_patrol);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_patrols, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, road);
  sqlite3_bind_int64 (stmt, 2, n);
  while (lz_db_step (db, stmt, "listing a road's patrols", &failure))
    {
      LzDeskPatrol *seen = g_new0 (LzDeskPatrol, 1);
      gint64 length_cm = sqlite3_column_int64 (stmt, 4);

      seen->id = lz_stmt_column_id (stmt, 0);
      seen->person = lz_stmt_dup_text (stmt, 1);
      seen->until_ms = sqlite3_column_int64 (stmt, 2);
      if (length_cm > 0)
        seen->percent = (int) (sqlite3_column_int64 (stmt, 3) * 100 / length_cm);
      g_ptr_array_add (list, seen);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&list) : NULL;
}
