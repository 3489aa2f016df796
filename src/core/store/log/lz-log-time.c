/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-log-private.h"
#include "lz-projection.h"
#include "lz-stmt.h"

#define MAX_AT_ONCE 500

/* clang-format off */
/* 10 suspended. */
static const char sql_over[] =
  "SELECT id, until_at FROM case_row INDEXED BY case_suspended"
  " WHERE state = 10 AND until_at > 0 AND until_at <= ?1 ORDER BY until_at, fid LIMIT ?2";
/* clang-format on */

typedef struct
{
  LzId id;
  gint64 until_ms;
} Suspension;

static GArray *
list_over (LzStation *station, gint64 now_ms, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_over, error);
  g_autoptr (GArray) over = g_array_new (FALSE, FALSE, sizeof (Suspension));
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, now_ms);
  sqlite3_bind_int (stmt, 2, MAX_AT_ONCE);
  while (lz_db_step (db, stmt, "looking for suspensions that are over", &failure))
    {
      Suspension suspension = { lz_stmt_column_id (stmt, 0), sqlite3_column_int64 (stmt, 1) };

      g_array_append_val (over, suspension);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&over) : NULL;
}

/* The clock goes on from the end date, whenever somebody notices. */
static gboolean
resume (LzStation *station, const Suspension *suspension, GError **error)
{
  g_autoptr (LzCase) self = lz_projection_load (station, &suspension->id, error);
  g_autoptr (LzEvent) event = lz_event_new ();

  if (self == NULL)
    return FALSE;
  event->kind = LZ_KIND_RESUMED;
  event->subject = suspension->id;
  event->actor = g_strdup (LZ_RULE_ACTOR);
  event->occurred_ms = suspension->until_ms;
  event->body = lz_body_new ();
  return lz_log_append (station, self, event, LZ_ROLE_RULE, NULL, error);
}

/**
 * lz_log_follow_time:
 * @station: a station
 * @n_done: (out) (optional): how many acts of the rule that made
 * @error: (nullable): return location
 *
 * Does what the passing of time does by itself: a suspension ends at its end date (domain §2.2 row
 * 16), as an act of the office's rule.  Only a dispatcher's station does; others hear of it.  Costs
 * one look into an index while there is nothing to do.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_log_follow_time (LzStation *station, guint *n_done, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GArray) over = NULL;

  if (n_done != NULL)
    *n_done = 0;
  if ((lz_station_get_roles (station) & LZ_ROLE_DISPATCHER) == 0)
    return TRUE;
  over = list_over (station, lz_station_now (station), error);
  if (over == NULL || over->len == 0)
    return over != NULL;

  if (!lz_db_begin (db, error))
    return FALSE;
  for (guint i = 0; i < over->len; i++)
    if (!resume (station, &g_array_index (over, Suspension, i), error))
      {
        lz_db_rollback (db);
        return FALSE;
      }
  if (n_done != NULL)
    *n_done = over->len;
  return lz_db_commit (db, error);
}
