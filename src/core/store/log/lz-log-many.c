/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-log-private.h"
#include "lz-stmt.h"

/* clang-format off */
static const char sql_add[] = "INSERT INTO bulk_act (event, bulk) VALUES (?1, ?2)";

static const char sql_first[] =
  "SELECT id FROM event WHERE device = ?1 AND device_seq >= ?2 ORDER BY device_seq LIMIT 1";

static const char sql_add_since[] =
  "INSERT INTO bulk_act (event, bulk) SELECT id, ?3 FROM event"
  " WHERE device = ?1 AND device_seq >= ?2 AND cause IS NULL";
/* clang-format on */

static void
clear_refusal (gpointer data)
{
  g_free (((LzActRefusal *) data)->reason);
}

void
lz_act_many_clear (LzActMany *self)
{
  g_clear_pointer (&self->done, g_array_unref);
  g_clear_pointer (&self->refused, g_array_unref);
}

static gboolean
add_to_bulk (LzStation *station, const LzId *event, const LzId *bulk, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, event);
  lz_stmt_bind_id (stmt, 2, bulk);
  return lz_db_run (db, stmt, "keeping acts together", error);
}

/* One of the acts; what the rules refuse is noted and left out. */
static gboolean
act_once (LzStation *station, const LzAct *act, LzActMany *many, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_auto (LzActResult) result = { 0 };
  LzId event;

  if (!lz_log_act_in_transaction (station, act, &result, &failure))
    {
      if (g_error_matches (failure, LZ_ERROR, LZ_ERROR_REFUSED) && result.events == NULL)
        {
          LzActRefusal refusal = { act->subject, g_strdup (failure->message) };

          g_array_append_val (many->refused, refusal);
          return TRUE;
        }
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  event = g_array_index (result.events, LzId, 0);
  if (many->done->len == 0)
    many->bulk = event;
  g_array_append_val (many->done, act->subject);
  return add_to_bulk (station, &event, &many->bulk, error);
}

/**
 * lz_log_act_many:
 * @station: a station
 * @acts: (array length=n): acts on cases that are there
 * @n: how many
 * @many: (out caller-allocates): what became of them; clear with lz_act_many_clear()
 * @error: (nullable): return location; that rules refuse some of them is no error
 *
 * Does the same, or different things, to many cases as one act of a person: one transaction, one
 * undo (lz_log_withdraw() of any of them).  What the rules refuse is left out, with the reason.
 *
 * Returns: %TRUE once everything is durable; %FALSE and nothing has changed
 */
gboolean
lz_log_act_many (LzStation *station, const LzAct *acts, guint n, LzActMany *many, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_auto (LzActMany) result = { 0 };

  result.done = g_array_new (FALSE, FALSE, sizeof (LzId));
  result.refused = g_array_new (FALSE, FALSE, sizeof (LzActRefusal));
  g_array_set_clear_func (result.refused, clear_refusal);
  if (!lz_db_begin (db, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!act_once (station, &acts[i], &result, error))
      {
        lz_db_rollback (db);
        return FALSE;
      }
  if (!lz_db_commit (db, error))
    return FALSE;
  *many = result;
  result = (LzActMany){ 0 };
  return TRUE;
}

/**
 * lz_log_bundle:
 * @station: a station, in the transaction that logged them
 * @first_seq: number of the first of this station's acts that is meant
 * @bulk: (out): names all of it for lz_log_withdraw(); nil = there are none
 * @error: (nullable): return location
 *
 * All acts of this station from one on are one act of its person, such as an import: undone as a
 * whole.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_log_bundle (LzStation *station, gint64 first_seq, LzId *bulk, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) first = lz_db_borrow (db, sql_first, error);
  g_autoptr (LzStmt) add = first != NULL ? lz_db_borrow (db, sql_add_since, error) : NULL;
  g_autoptr (GError) failure = NULL;

  if (add == NULL)
    return FALSE;
  *bulk = (LzId){ { 0 } };
  lz_stmt_bind_text (first, 1, lz_station_get_device (station));
  sqlite3_bind_int64 (first, 2, first_seq);
  if (!lz_db_step (db, first, "keeping acts together", &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return failure == NULL;
    }
  *bulk = lz_stmt_column_id (first, 0);
  lz_stmt_bind_text (add, 1, lz_station_get_device (station));
  sqlite3_bind_int64 (add, 2, first_seq);
  lz_stmt_bind_id (add, 3, bulk);
  return lz_db_run (db, add, "keeping acts together", error);
}
