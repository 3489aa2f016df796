/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-deadline.h"
#include "lz-store-push.h"
#include "lz-wire.h"

/* Deadlines that stations work out are worked out again here, by the office's calendar.  One that
 * differs (a station with an old calendar, or a forged one) is not refused, since what was built on
 * it with no network would be refused with it, but answered at once by an event of the office's
 * rule that puts it right: everybody sees both. */

#define OWN_DEVICE "server"
#define RULE_ACTOR "rule"

/* clang-format off */
/* No account is called "rule", so nobody can take the device. */
static const char sql_next[] =
  "INSERT INTO device VALUES (?1, '" RULE_ACTOR "', 1)"
  " ON CONFLICT (id) DO UPDATE SET seq = seq + 1 RETURNING seq";
/* clang-format on */

/* NULL without @error: the server was given no calendar, and judges nothing. */
static const LzCalendar *
get_calendar (PushJob *job, GError **error)
{
  g_autoptr (GBytes) table = NULL;
  g_autoptr (GError) failure = NULL;

  if (job->calendar_read)
    return job->calendar;
  table = lz_store_read_part (job->db, "calendar", NULL, &failure);
  if (table != NULL)
    {
      job->calendar = lz_calendar_new (LZ_PUSH_UTC_OFFSET_MIN);
      lz_calendar_load_tsv (job->calendar, table, &failure);
    }
  job->calendar_read = failure == NULL;
  if (failure == NULL)
    return job->calendar;
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/**
 * lz_push_judge_due:
 * @kase: the case before @event
 * @event: an act that was accepted
 * @right: (out caller-allocates): the deadline that the office's calendar gives
 *
 * A history that was imported keeps the deadlines it had.  The limit is that of the filing
 * condition, not of the act that starts the clock.
 *
 * Returns: whether @event says another deadline; FALSE with @error set on failure
 */
gboolean
lz_push_judge_due (PushJob *job,
                   const LzCase *kase,
                   const LzEvent *event,
                   LzDeadline *right,
                   GError **error)
{
  const LzTransition *row = lz_fold_find_row (kase, event->kind);
  g_autoptr (LzEvent) judged = NULL;
  const LzCalendar *calendar;

  if (row == NULL || (row->needs & LZ_NEEDS_DUE) == 0 || event->body == NULL ||
      event->kind == LZ_KIND_DUE_SET || event->body->imported_from != NULL)
    return FALSE;
  calendar = get_calendar (job, error);
  if (calendar == NULL)
    return FALSE;
  judged = lz_event_copy (event);
  if (kase->limit.count > 0)
    judged->body->limit = kase->limit;
  return lz_deadline_compute (calendar, kase, judged, right) &&
         (right->due_ms != event->body->due_ms || right->warn_ms != event->body->warn_ms);
}

static gboolean
find_next_seq (PushJob *job, gint64 *seq, GError **error)
{
  g_autoptr (LzSdbStmt) stmt = lz_sdb_borrow (job->db, sql_next, error);

  if (stmt == NULL)
    return FALSE;
  lz_sdb_bind_text (stmt, 1, OWN_DEVICE);
  if (!lz_sdb_step (job->db, stmt, "numbering an act of the rule", error))
    return FALSE;
  *seq = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* Adds the rule's answer behind the event that was just added. */
gboolean
lz_push_put_due_right (PushJob *job, const LzEvent *wrong, const LzDeadline *right, GError **error)
{
  g_autoptr (LzEvent) event = lz_event_new ();
  g_autofree char *canonical = NULL;
  LzPushItem item = { .event = event };

  event->id = lz_id_new (job->push->now_ms);
  event->feed = g_strdup (wrong->feed);
  event->subject = wrong->subject;
  event->kind = LZ_KIND_DUE_SET;
  event->kind_name = g_strdup (lz_kind_to_string (LZ_KIND_DUE_SET));
  event->actor = g_strdup (RULE_ACTOR);
  event->device = g_strdup (OWN_DEVICE);
  event->basis = wrong->id;
  event->occurred_ms = job->push->now_ms;
  event->body = lz_body_new ();
  event->body->limit = right->limit;
  event->body->due_ms = right->due_ms;
  event->body->warn_ms = right->warn_ms;
  event->body_json = lz_wire_write_body (event->body);
  if (!find_next_seq (job, &event->device_seq, error))
    return FALSE;
  item.canonical = canonical = lz_wire_write_event (event);
  return lz_push_accept (job, &item, error);
}
