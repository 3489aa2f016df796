/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-drafts.h"
#include "lz-event-table.h"
#include "lz-log.h"
#include "lz-projection.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "ID N": the act ID and the N - 1 before it are one act to the person. */
#define SETTING_JOINED "undo_joined"

/* clang-format off */
/* Ours, never offered to a server, and nobody but the rules has built on it.  A patrol that is
 * finished is sealed, also where nobody has seen it yet (domain §7.2). */
static const char sql_can[] =
  "SELECT subject FROM event AS e WHERE id = ?1 AND home_seq IS NULL AND device = ?2"
  " AND kind NOT IN ('event.withdrawn', 'patrol.finished') AND cause IS NULL"
  " AND device_seq > coalesce ((SELECT CAST (value AS INTEGER) FROM setting"
  "  WHERE key = '" LZ_SETTING_OFFERED "'), 0)"
  " AND NOT EXISTS (SELECT 1 FROM event AS later WHERE later.subject = e.subject AND later.n > e.n"
  "  AND later.kind <> 'event.withdrawn' AND later.cause IS NOT e.id)";

/* What the rules answered is about the same subject. */
#define WITH_ANSWERS " WHERE id = ?1 OR (subject = ?2 AND cause = ?1)"

static const char sql_keep[] =
  "INSERT INTO withdrawn (event, kind, body, withdrawn_at)"
  " SELECT id, kind, body, ?3 FROM event" WITH_ANSWERS;

static const char sql_empty[] =
  "UPDATE event SET kind = 'event.withdrawn', body = '{}'" WITH_ANSWERS;

/* All that was one act with it; itself alone if it was not one of many. */
static const char sql_group[] =
  "SELECT event FROM bulk_act WHERE bulk = (SELECT bulk FROM bulk_act WHERE event = ?1)"
  " UNION SELECT ?1";

static const char sql_last[] =
  "SELECT id FROM event INDEXED BY event_waiting"
  " WHERE home_seq IS NULL AND device = ?1 AND cause IS NULL"
  " AND kind <> 'event.withdrawn' ORDER BY device_seq DESC LIMIT 1";
/* clang-format on */

/* TRUE with the subject if @event can be taken back. */
static gboolean
find_withdrawable (LzStation *station, const LzId *event, LzId *subject, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_can, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, event);
  lz_stmt_bind_text (stmt, 2, lz_station_get_device (station));
  if (lz_db_step (db, stmt, "looking at an act", &failure))
    {
      *subject = lz_stmt_column_id (stmt, 0);
      return TRUE;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED,
                         _ ("This was sent already, or something was built on it since: it can "
                            "only be answered by another step."));
  return FALSE;
}

static GArray *
list_group (LzStation *station, const LzId *event, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_group, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, event);
  return lz_db_read_ids (db, stmt, "looking for what was one act", error);
}

/**
 * lz_log_can_withdraw:
 * @station: a station
 * @event: an act
 *
 * Returns: whether it is this station's, not sent, and nothing was built on it since; of an act on
 *   many cases, whether that is so for all
 */
gboolean
lz_log_can_withdraw (LzStation *station, const LzId *event)
{
  g_autoptr (GArray) group = list_group (station, event, NULL);
  LzId subject;

  for (guint i = 0; group != NULL && i < group->len; i++)
    if (!find_withdrawable (station, &g_array_index (group, LzId, i), &subject, NULL))
      return FALSE;
  return group != NULL;
}

static gboolean
run_for_event (LzStation *station,
               const char *sql,
               const LzId *event,
               const LzId *subject,
               GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, event);
  lz_stmt_bind_id (stmt, 2, subject);
  if (sql == sql_keep)
    sqlite3_bind_int64 (stmt, 3, lz_station_now (station));
  return lz_db_run (db, stmt, "taking back an act", error);
}

/* A report that is taken back becomes a draft again: nothing that was entered is lost. */
static gboolean
save_as_draft (LzStation *station, const LzEvent *event, GError **error)
{
  g_autoptr (LzDraft) draft = NULL;

  if (event->kind != LZ_KIND_REPORTED && event->kind != LZ_KIND_SELF_HANDLED)
    return TRUE;
  if (!lz_id_is_nil (&event->basis)) /* fixed on the spot after it was reported */
    return TRUE;

  draft = lz_draft_new ();
  lz_body_free (draft->body);
  draft->body = lz_body_copy (event->body);
  g_clear_pointer (&draft->body->number, g_free);
  draft->fixed_on_spot = event->kind == LZ_KIND_SELF_HANDLED;
  return lz_drafts_save (station, draft, error);
}

static gboolean
withdraw_one (LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (LzEvent) event = NULL;
  LzId subject;

  if (!find_withdrawable (station, id, &subject, error))
    return FALSE;
  event = lz_event_table_find (station, id, error);
  return event != NULL && run_for_event (station, sql_keep, id, &subject, error) &&
         run_for_event (station, sql_empty, id, &subject, error) &&
         lz_projection_refold (station, &subject, error) && save_as_draft (station, event, error);
}

static gboolean
withdraw_in_transaction (LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (GArray) group = list_group (station, id, error);

  for (guint i = 0; group != NULL && i < group->len; i++)
    if (!withdraw_one (station, &g_array_index (group, LzId, i), error))
      return FALSE;
  return group != NULL;
}

/**
 * lz_log_withdraw:
 * @station: a station
 * @event: an act of this station that was not sent
 * @error: (nullable): %LZ_ERROR_REFUSED if it is too late for that
 *
 * Undo: takes back an act and what the rules answered to it.  Their numbers stay in the log, so
 * that no gap shows; a report becomes a draft again.  An act on many cases is taken back as a
 * whole.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_log_withdraw (LzStation *station, const LzId *event, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (withdraw_in_transaction (station, event, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

static gboolean
find_last_event (LzStation *station, LzId *event, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_last, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, lz_station_get_device (station));
  if (lz_db_step (db, stmt, "looking for the last act", &failure))
    {
      *event = lz_stmt_column_id (stmt, 0);
      return TRUE;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is nothing to take back."));
  return FALSE;
}

/**
 * lz_log_find_last:
 * @station: a station
 * @event: (out): the last act of this station that was not sent
 *
 * What Undo would take back, also after a restart.
 *
 * Returns: %FALSE if there is none, or something was built on it since
 */
gboolean
lz_log_find_last (LzStation *station, LzId *event)
{
  LzId last;

  if (!find_last_event (station, &last, NULL) || !lz_log_can_withdraw (station, &last))
    return FALSE;
  *event = last;
  return TRUE;
}

/**
 * lz_log_join:
 * @station: a station, in the transaction that logged them
 * @n: how many
 * @error: (nullable): as lz_station_set_setting()
 *
 * The last @n acts of this station are one act to the person: Undo takes all of them back.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_log_join (LzStation *station, guint n, GError **error)
{
  g_autofree char *text = NULL;
  char id[LZ_ID_STRING_SIZE];
  LzId last;

  if (n < 2 || !lz_log_find_last (station, &last))
    return TRUE;
  lz_id_format (&last, id);
  text = g_strdup_printf ("%s %u", id, n);
  return lz_station_set_setting (station, SETTING_JOINED, text, error);
}

/* How many acts the last one, @last, stands for. */
static guint
count_joined (LzStation *station, const LzId *last)
{
  g_autofree char *text = lz_station_dup_setting (station, SETTING_JOINED, "");
  char id[LZ_ID_STRING_SIZE];

  lz_id_format (last, id);
  if (!g_str_has_prefix (text, id))
    return 1;
  return MAX ((guint) g_ascii_strtoull (text + strlen (id), NULL, 10), 1);
}

/**
 * lz_log_withdraw_last:
 * @station: a station
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is none; %LZ_ERROR_REFUSED if it is too late
 *   for one of those that are joined to it
 *
 * Undo: takes the last act back, with all that lz_log_join() joined to it, or nothing.
 *
 * Returns: how many acts were taken back; 0 with @error set
 */
guint
lz_log_withdraw_last (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  LzId last;
  guint n;

  if (!lz_log_find_last (station, &last))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
                           _ ("There is nothing to take back."));
      return 0;
    }
  n = count_joined (station, &last);
  if (!lz_db_begin (db, error))
    return 0;
  for (guint i = 0; i < n; i++)
    if ((i > 0 && !find_last_event (station, &last, error)) ||
        !withdraw_in_transaction (station, &last, error))
      {
        lz_db_rollback (db);
        return 0;
      }
  return lz_db_commit (db, error) ? n : 0;
}
