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

/* clang-format off */
/* No account is called like the rule, so nobody can take the device. */
static const char sql_next[] =
  "INSERT INTO device VALUES (?1, '" LZ_RULE_ACTOR "', 1)"
  " ON CONFLICT (id) DO UPDATE SET seq = seq + 1 RETURNING seq";
/* clang-format on */

const LzCalendar *
lz_push_get_calendar (PushJob *job, GError **error)
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
  calendar = lz_push_get_calendar (job, error);
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
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_next, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, LZ_PUSH_OWN_DEVICE);
  if (!lz_db_step (job->db, stmt, "numbering an act of the rule", error))
    return FALSE;
  *seq = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/**
 * lz_push_add_own:
 * @subject: the case, as it stands
 * @kind: of the act
 * @occurred_ms: when it is the case
 * @body: (transfer full): of the act
 *
 * Adds an act of the office's rule that the server makes itself, numbered as one of its own device.
 */
gboolean
lz_push_add_own (PushJob *job,
                 const LzCase *subject,
                 LzKind kind,
                 gint64 occurred_ms,
                 LzBody *body,
                 GError **error)
{
  g_autoptr (LzEvent) event = lz_event_new ();
  g_autofree char *canonical = NULL;
  LzPushItem item = { .event = event };

  event->id = lz_id_new (job->push->now_ms);
  event->feed = g_strdup (subject->feed);
  event->subject = subject->id;
  event->kind = kind;
  event->kind_name = g_strdup (lz_kind_to_string (kind));
  event->actor = g_strdup (LZ_RULE_ACTOR);
  event->device = g_strdup (LZ_PUSH_OWN_DEVICE);
  event->basis = subject->last_event;
  event->occurred_ms = occurred_ms;
  event->body = body;
  event->body_json = lz_wire_write_body (body);
  if (!find_next_seq (job, &event->device_seq, error))
    return FALSE;
  item.canonical = canonical = lz_wire_write_event (event);
  return lz_push_accept (job, &item, error);
}

/* Adds the rule's answer behind the event that was just added to @kase. */
gboolean
lz_push_put_due_right (PushJob *job, const LzCase *kase, const LzDeadline *right, GError **error)
{
  LzBody *body = lz_body_new ();

  body->limit = right->limit;
  body->due_ms = right->due_ms;
  body->warn_ms = right->warn_ms;
  return lz_push_add_own (job, kase, LZ_KIND_DUE_SET, job->push->now_ms, body, error);
}
