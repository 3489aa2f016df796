/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The conditions of domain §2.2 one by one, and what each move does to the clock. */

#include "lz-deadline.h"
#include "lz-error.h"

/* Monday 2026-03-02 09:00 in China. */
#define MONDAY_9 G_GINT64_CONSTANT (1772413200000)
#define HOUR_MS  G_GINT64_CONSTANT (3600000)
#define DAY_MS   (24 * HOUR_MS)

typedef struct
{
  LzCalendar *calendar;
  LzCase *self;
  gint64 now_ms;
  LzLimit limit;
  const char *unit;
  const char *order;
  gint64 until_ms;
} Play;

static void
set_up (Play *play, gconstpointer data)
{
  play->calendar = lz_calendar_new (480);
  play->self = lz_case_new ();
  play->now_ms = MONDAY_9;
  play->limit = (LzLimit){ 8, LZ_CLOCK_WORKING_HOURS };
  play->unit = "环卫站";
}

static void
tear_down (Play *play, gconstpointer data)
{
  lz_calendar_unref (play->calendar);
  lz_case_free (play->self);
}

static LzEvent *
make_event (Play *play, LzKind kind)
{
  LzEvent *event = lz_event_new ();
  LzPhotoRef before = { .role = LZ_PHOTO_BEFORE }, after = { .role = LZ_PHOTO_AFTER };
  LzDeadline deadline;

  event->id = lz_id_new (play->now_ms);
  event->subject = play->self->n_events > 0 ? play->self->id : event->id;
  event->kind = kind;
  event->kind_name = g_strdup (lz_kind_to_string (kind));
  event->feed = g_strdup ("410185001");
  event->actor = g_strdup ("chen");
  event->occurred_ms = play->now_ms;
  event->body = lz_body_new ();
  event->body->category = g_strdup ("T01-01");
  event->body->place = (LzPoint){ 282900000, 1172000000 };
  event->body->condition = 1;
  event->body->text = g_strdup ("原因");
  event->body->unit = g_strdup (play->unit);
  event->body->order = g_strdup (play->order);
  event->body->until_ms = play->until_ms;
  event->body->other = lz_id_new (play->now_ms);
  if (kind == LZ_KIND_REPORTED || kind == LZ_KIND_FILED)
    event->body->limit = play->limit;
  lz_body_add_photo (event->body, &before);
  lz_body_add_photo (event->body, &after);
  if (lz_deadline_compute (play->calendar, play->self, event, &deadline))
    {
      event->body->due_ms = deadline.due_ms;
      event->body->warn_ms = deadline.warn_ms;
    }
  return event;
}

static void
act (Play *play, LzKind kind)
{
  g_autoptr (LzEvent) event = make_event (play, kind);
  g_autoptr (GError) error = NULL;

  lz_fold_check (play->self, event, LZ_ROLES_ANY, &error);
  g_assert_no_error (error);
  lz_fold_apply (play->self, event);
}

static void
act_all (Play *play, const LzKind *kinds)
{
  for (; *kinds != LZ_KIND_UNKNOWN; kinds++)
    act (play, *kinds);
}

#define ACT(play, ...) act_all (play, (const LzKind[]){ __VA_ARGS__, LZ_KIND_UNKNOWN })

static void
assert_refused (Play *play, LzKind kind, guint roles)
{
  g_autoptr (LzEvent) event = make_event (play, kind);
  g_autoptr (GError) error = NULL;

  g_assert_false (lz_fold_check (play->self, event, roles, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
}

/* Two of eight hours are used when the unit asks to return it; a day later six are left. */
static void
test_same_unit_resumes (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED);
  g_assert_cmpint (play->self->due_ms, ==, MONDAY_9 + DAY_MS);
  play->now_ms += 2 * HOUR_MS; /* 11:00 */
  ACT (play, LZ_KIND_RETURN_ASKED);
  g_assert_cmpint (play->self->stopped_ms, ==, play->now_ms);
  ACT (play, LZ_KIND_RETURN_GRANTED);
  play->now_ms = MONDAY_9 + DAY_MS - HOUR_MS; /* Tuesday 08:00 */
  ACT (play, LZ_KIND_DISPATCHED);
  g_assert_cmpint (play->self->stopped_ms, ==, 0);
  g_assert_cmpint (play->self->due_ms, ==, MONDAY_9 + DAY_MS + 7 * HOUR_MS); /* 16:00 */
}

static void
test_other_unit_restarts (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED);
  play->now_ms += 2 * HOUR_MS;
  ACT (play, LZ_KIND_RETURN_ASKED, LZ_KIND_RETURN_GRANTED);
  play->now_ms = MONDAY_9 + DAY_MS - HOUR_MS;
  play->unit = "市政队";
  ACT (play, LZ_KIND_DISPATCHED);
  g_assert_cmpstr (play->self->unit, ==, "市政队");
  g_assert_cmpint (play->self->due_ms, ==, MONDAY_9 + DAY_MS + 9 * HOUR_MS); /* Tuesday 18:00 */
}

static void
test_returned_is_dispatched_or_goes_to_intake (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_RETURN_ASKED,
       LZ_KIND_RETURN_GRANTED);
  assert_refused (play, LZ_KIND_VOIDED, LZ_ROLE_DISPATCHER);
  assert_refused (play, LZ_KIND_MERGED, LZ_ROLE_DISPATCHER);
  assert_refused (play, LZ_KIND_CLOSED, LZ_ROLE_DISPATCHER);
  ACT (play, LZ_KIND_UNFILED);
  g_assert_null (play->self->unit);
  g_assert_cmpint (play->self->due_ms, ==, 0);
  ACT (play, LZ_KIND_VOIDED);
}

static void
test_assignment_is_taken_back_before_a_return (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED);
  assert_refused (play, LZ_KIND_RETURN_ASKED, LZ_ROLE_UNIT);
  g_assert_nonnull (play->self->handler);
  ACT (play, LZ_KIND_UNACCEPTED, LZ_KIND_RETURN_ASKED);
  g_assert_null (play->self->handler);
}

/* Twice one more of the limit; the lamp turns yellow at 80 % of the whole. */
static void
test_extension (Play *play, gconstpointer data)
{
  play->limit = (LzLimit){ 10, LZ_CLOCK_URGENT_HOURS };
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED,
       LZ_KIND_EXTEND_ASKED, LZ_KIND_EXTEND_GRANTED);
  g_assert_cmpint (play->self->due_ms, ==, MONDAY_9 + 20 * HOUR_MS);
  g_assert_cmpint (play->self->warn_ms, ==, MONDAY_9 + 16 * HOUR_MS);
  ACT (play, LZ_KIND_EXTEND_ASKED, LZ_KIND_EXTEND_REFUSED, LZ_KIND_EXTEND_ASKED,
       LZ_KIND_EXTEND_GRANTED);
  g_assert_cmpint (play->self->due_ms, ==, MONDAY_9 + 30 * HOUR_MS);
  g_assert_cmpint (play->self->warn_ms, ==, MONDAY_9 + 24 * HOUR_MS);
  assert_refused (play, LZ_KIND_EXTEND_ASKED, LZ_ROLE_UNIT);
}

static void
test_no_extension_too_late (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED);
  play->now_ms = play->self->due_ms + 1;
  assert_refused (play, LZ_KIND_EXTEND_ASKED, LZ_ROLE_UNIT);
}

static void
test_suspension (Play *play, gconstpointer data)
{
  play->until_ms = MONDAY_9 + 30 * DAY_MS;
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED,
       LZ_KIND_SUSPEND_ASKED);
  g_assert_cmpint (play->self->until_ms, ==, play->until_ms); /* what the office is asked for */
  play->until_ms = MONDAY_9 + 10 * DAY_MS;
  ACT (play, LZ_KIND_SUSPEND_GRANTED);
  g_assert_cmpint (play->self->until_ms, ==, play->until_ms);
  play->now_ms += 9 * DAY_MS;
  assert_refused (play, LZ_KIND_RESUMED, LZ_ROLE_RULE); /* by itself only at its end */
  play->now_ms = play->until_ms;
  ACT (play, LZ_KIND_RESUMED);
  /* Thursday 09:00, all of the eight hours left. */
  g_assert_cmpint (play->self->due_ms, ==, play->now_ms + DAY_MS);
  play->until_ms = play->now_ms + DAY_MS;
  assert_refused (play, LZ_KIND_SUSPEND_ASKED, LZ_ROLE_UNIT);
}

static void
test_suspension_of_a_year_at_most (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED);
  play->until_ms = MONDAY_9 + 400 * DAY_MS;
  assert_refused (play, LZ_KIND_SUSPEND_ASKED, LZ_ROLE_UNIT);
  play->until_ms = 0;
  assert_refused (play, LZ_KIND_SUSPEND_ASKED, LZ_ROLE_UNIT);
}

static void
test_verification_needs_a_photo (Play *play, gconstpointer data)
{
  g_autoptr (LzEvent) event = NULL;

  ACT (play, LZ_KIND_REPORTED, LZ_KIND_VERIFY_ASKED);
  event = make_event (play, LZ_KIND_VERIFIED);
  g_clear_pointer (&event->body->photos, g_array_unref);
  g_assert_false (lz_fold_check (play->self, event, LZ_ROLE_INSPECTOR, NULL));
  ACT (play, LZ_KIND_VERIFIED);
}

static void
test_void_application (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED);
  assert_refused (play, LZ_KIND_VOID_REFUSED, LZ_ROLE_DISPATCHER);
  assert_refused (play, LZ_KIND_VOIDED, LZ_ROLE_INSPECTOR);
  ACT (play, LZ_KIND_VOID_ASKED);
  g_assert_true (play->self->void_asked);
  g_assert_cmpint (play->self->state, ==, LZ_STATE_FILED);
  assert_refused (play, LZ_KIND_VOID_ASKED, LZ_ROLE_INSPECTOR);
  ACT (play, LZ_KIND_VOID_REFUSED, LZ_KIND_VOID_ASKED, LZ_KIND_DISPATCHED);
  g_assert_false (play->self->void_asked); /* whoever moves the case on has answered it */
  ACT (play, LZ_KIND_VOID_ASKED, LZ_KIND_VOIDED);
  g_assert_cmpint (play->self->state, ==, LZ_STATE_VOIDED);
}

static void
test_supervision (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED);
  play->order = "whim";
  assert_refused (play, LZ_KIND_SUPERVISED, LZ_ROLE_SUPERVISOR);
  play->order = "leader";
  play->until_ms = play->now_ms + DAY_MS;
  ACT (play, LZ_KIND_SUPERVISED);
  g_assert_cmpuint (play->self->supervision, ==, 1);
  g_assert_cmpstr (play->self->order, ==, "leader");
  g_assert_cmpint (play->self->reply_ms, ==, play->until_ms);
  ACT (play, LZ_KIND_ANSWERED);
  g_assert_cmpint (play->self->reply_ms, ==, 0);
  assert_refused (play, LZ_KIND_ANSWERED, LZ_ROLE_UNIT);
}

/* What no unit has had cannot be redone by one. */
static void
test_reopening_finds_somebody (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_SELF_HANDLED, LZ_KIND_SELF_ACCEPTED, LZ_KIND_REOPENED);
  g_assert_cmpint (play->self->state, ==, LZ_STATE_REPORTED);
  ACT (play, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_RECTIFIED, LZ_KIND_FED_BACK, LZ_KIND_CLOSED,
       LZ_KIND_REOPENED);
  g_assert_cmpint (play->self->state, ==, LZ_STATE_REWORK);
  g_assert_cmpint (play->self->due_ms, ==, MONDAY_9 + DAY_MS);
}

static void
test_appeal_once_and_only_when_overdue (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_RECTIFIED,
       LZ_KIND_FED_BACK, LZ_KIND_CLOSED);
  assert_refused (play, LZ_KIND_APPEALED, LZ_ROLE_UNIT);
  ACT (play, LZ_KIND_REOPENED);
  play->now_ms = play->self->due_ms + HOUR_MS;
  ACT (play, LZ_KIND_RECTIFIED, LZ_KIND_FED_BACK, LZ_KIND_CLOSED, LZ_KIND_APPEALED,
       LZ_KIND_APPEAL_GRANTED);
  g_assert_cmpuint (play->self->appeal, ==, LZ_APPEAL_GRANTED);
  g_assert_true (lz_case_is_overdue_at (play->self, play->now_ms)); /* that stays visible */
  assert_refused (play, LZ_KIND_APPEALED, LZ_ROLE_UNIT);
}

static void
test_due_is_put_right (Play *play, gconstpointer data)
{
  g_autoptr (LzEvent) event = NULL;

  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_RETURN_ASKED);
  event = make_event (play, LZ_KIND_DUE_SET);
  event->body->due_ms = MONDAY_9 + 5 * HOUR_MS;
  event->body->warn_ms = MONDAY_9 + 4 * HOUR_MS;
  g_assert_false (lz_fold_check (play->self, event, LZ_ROLE_DISPATCHER, NULL));
  g_assert_true (lz_fold_check (play->self, event, LZ_ROLE_RULE, NULL));
  lz_fold_apply (play->self, event);
  g_assert_cmpint (play->self->due_ms, ==, MONDAY_9 + 5 * HOUR_MS);
  g_assert_cmpint (play->self->stopped_ms, ==, MONDAY_9); /* it still stands still */
}

static const LzChoice *
find_choice (const LzChoice *choices, guint n, LzKind kind)
{
  for (guint i = 0; i < n; i++)
    if (choices[i].row->kind == kind)
      return &choices[i];
  return NULL;
}

static void
test_choices (Play *play, gconstpointer data)
{
  LzChoice choices[LZ_N_KINDS];
  guint n;

  ACT (play, LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED);
  n = lz_fold_list_choices (play->self, LZ_ROLE_UNIT, play->now_ms, choices, LZ_N_KINDS);
  g_assert_null (find_choice (choices, n, LZ_KIND_RECTIFIED)->why_not);
  g_assert_null (find_choice (choices, n, LZ_KIND_EXTEND_ASKED)->why_not);
  g_assert_nonnull (find_choice (choices, n, LZ_KIND_CLOSED)->why_not);
  g_assert_nonnull (find_choice (choices, n, LZ_KIND_FORCED)->why_not);
  g_assert_null (find_choice (choices, n, LZ_KIND_DUE_SET)); /* no person's act */
  g_assert_null (find_choice (choices, n, LZ_KIND_REPORTED));
  for (guint i = 1; i < n; i++)
    g_assert_cmpint (choices[i].row->kind, !=, choices[i - 1].row->kind);
  n = lz_fold_list_choices (play->self, LZ_ROLE_UNIT, play->self->due_ms + 1, choices, LZ_N_KINDS);
  g_assert_nonnull (find_choice (choices, n, LZ_KIND_EXTEND_ASKED)->why_not);
}

/* Who gets it back sees that he does. */
static void
test_sent_back (Play *play, gconstpointer data)
{
  ACT (play, LZ_KIND_REPORTED, LZ_KIND_VERIFY_ASKED);
  g_assert_false (play->self->sent_back);
  ACT (play, LZ_KIND_VERIFIED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_RECTIFIED,
       LZ_KIND_FED_BACK, LZ_KIND_CHECK_FAILED);
  g_assert_true (play->self->sent_back);
  ACT (play, LZ_KIND_NOTED);
  g_assert_true (play->self->sent_back);
  ACT (play, LZ_KIND_ACCEPTED);
  g_assert_false (play->self->sent_back);
}

#define ADD(path, func) g_test_add ("/core/rules/" path, Play, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("same-unit-resumes", test_same_unit_resumes);
  ADD ("other-unit-restarts", test_other_unit_restarts);
  ADD ("returned", test_returned_is_dispatched_or_goes_to_intake);
  ADD ("assignment-taken-back", test_assignment_is_taken_back_before_a_return);
  ADD ("extension", test_extension);
  ADD ("no-extension-too-late", test_no_extension_too_late);
  ADD ("suspension", test_suspension);
  ADD ("suspension-of-a-year", test_suspension_of_a_year_at_most);
  ADD ("verification", test_verification_needs_a_photo);
  ADD ("void-application", test_void_application);
  ADD ("supervision", test_supervision);
  ADD ("reopening", test_reopening_finds_somebody);
  ADD ("appeal", test_appeal_once_and_only_when_overdue);
  ADD ("due-put-right", test_due_is_put_right);
  ADD ("choices", test_choices);
  ADD ("sent-back", test_sent_back);

  return g_test_run ();
}
