/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The facts that the figures go by, folded from events, for lives of cases worked out by hand. */

#include "lz-figures.h"

#define HOUR_MS  G_GINT64_CONSTANT (3600000)
#define START_MS G_GINT64_CONSTANT (1772413200000) /* Monday 2026-03-02 09:00 in China */

typedef struct
{
  LzKind kind;
  int hour; /* after START_MS */
  int due;  /* hours after START_MS; 0 = none */
  const char *unit;
} Act;

static GPtrArray *
make_events (const Act *acts, guint n)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_event_free);
  LzId subject = lz_id_new (START_MS);

  for (guint i = 0; i < n; i++)
    {
      LzEvent *event = lz_event_new ();
      LzPhotoRef before = { .role = LZ_PHOTO_BEFORE }, after = { .role = LZ_PHOTO_AFTER };
      LzBody *body = event->body = lz_body_new ();

      event->id = lz_id_new (START_MS);
      event->subject = subject;
      event->kind = acts[i].kind;
      event->kind_name = g_strdup (lz_kind_to_string (acts[i].kind));
      event->feed = g_strdup ("410185001");
      event->actor = g_strdup ("li");
      event->occurred_ms = START_MS + acts[i].hour * HOUR_MS;
      body->category = g_strdup ("T01-01");
      body->place = (LzPoint){ 344540000, 1130500000 };
      body->condition = 1;
      body->limit = (LzLimit){ 4, LZ_CLOCK_URGENT_HOURS };
      body->due_ms = acts[i].due != 0 ? START_MS + acts[i].due * HOUR_MS : 0;
      body->warn_ms = body->due_ms;
      body->unit = g_strdup (acts[i].unit != NULL ? acts[i].unit : "环卫中心");
      body->text = g_strdup ("因为");
      body->until_ms = event->occurred_ms + 24 * HOUR_MS;
      lz_body_add_photo (body, &before);
      lz_body_add_photo (body, &after);
      g_ptr_array_add (events, event);
    }
  return events;
}

static LzFigures *
fold (const Act *acts, guint n)
{
  g_autoptr (GPtrArray) events = make_events (acts, n);

  return lz_figures_fold (events);
}

#define FOLD(acts) fold (acts, G_N_ELEMENTS (acts))
#define AT(hour)   (START_MS + (hour) *HOUR_MS)

static void
test_straight (void)
{
  static const Act acts[] = {
    { LZ_KIND_REPORTED, 0, 0, NULL },   { LZ_KIND_FILED, 1, 0, NULL },
    { LZ_KIND_DISPATCHED, 3, 7, NULL }, { LZ_KIND_ACCEPTED, 4, 0, NULL },
    { LZ_KIND_RECTIFIED, 5, 0, NULL },  { LZ_KIND_FED_BACK, 6, 0, NULL },
    { LZ_KIND_CLOSED, 9, 0, NULL },
  };
  g_autoptr (LzFigures) f = FOLD (acts);
  gint64 start, end;

  g_assert_cmpint (f->state, ==, LZ_STATE_CLOSED);
  g_assert_cmpint (f->reported_ms, ==, AT (0));
  g_assert_cmpint (f->filed_ms, ==, AT (1));
  g_assert_cmpint (f->accept_ms, ==, HOUR_MS);
  g_assert_cmpint (f->dispatched_ms, ==, AT (3));
  g_assert_cmpint (f->dispatch_ms, ==, 2 * HOUR_MS);
  g_assert_cmpint (f->done_ms, ==, AT (6));
  g_assert_cmpint (f->ended_ms, ==, AT (9));
  g_assert_false (f->late);
  g_assert_cmpuint (f->n_runs, ==, 1);
  g_assert_cmpint (f->runs[0].from_ms, ==, AT (3));
  g_assert_cmpint (f->runs[0].to_ms, ==, AT (6));
  g_assert_cmpstr (f->unit, ==, "环卫中心");
  g_assert_cmpstr (f->reporter, ==, "li");
  lz_figures_get_span (f, &start, &end);
  g_assert_cmpint (start, ==, AT (0));
  g_assert_cmpint (end, ==, AT (9));
}

/* Handed in late, sent back, done again: late stays late, the pause between is no handling time. */
static void
test_rework (void)
{
  static const Act acts[] = {
    { LZ_KIND_REPORTED, 0, 0, NULL },     { LZ_KIND_FILED, 0, 0, NULL },
    { LZ_KIND_DISPATCHED, 0, 4, NULL },   { LZ_KIND_RECTIFIED, 5, 0, NULL },
    { LZ_KIND_FED_BACK, 5, 0, NULL },     { LZ_KIND_CHECK_ASKED, 6, 0, NULL },
    { LZ_KIND_CHECK_FAILED, 8, 4, NULL }, { LZ_KIND_RECTIFIED, 9, 0, NULL },
    { LZ_KIND_FED_BACK, 10, 0, NULL },    { LZ_KIND_CLOSED, 11, 0, NULL },
    { LZ_KIND_APPEALED, 12, 0, NULL },    { LZ_KIND_APPEAL_GRANTED, 13, 0, NULL },
  };
  g_autoptr (LzFigures) once = fold (acts, 5);
  g_autoptr (LzFigures) failed = fold (acts, 7);
  g_autoptr (LzFigures) f = FOLD (acts);

  g_assert_true (once->late);
  g_assert_cmpint (failed->done_ms, ==, 0);
  g_assert_false (failed->late);
  g_assert_false (failed->check_passed);
  g_assert_cmpint (failed->checked_ms, ==, AT (8));
  g_assert_cmpint (f->done_ms, ==, AT (10));
  g_assert_true (f->late); /* the fact stays, whatever the appeal says */
  g_assert_cmpuint (f->appeal, ==, LZ_APPEAL_GRANTED);
  g_assert_cmpuint (f->n_reworks, ==, 1);
  g_assert_cmpuint (f->n_runs, ==, 2);
  g_assert_cmpint (f->runs[0].to_ms - f->runs[0].from_ms, ==, 5 * HOUR_MS);
  g_assert_cmpint (f->runs[1].to_ms - f->runs[1].from_ms, ==, 2 * HOUR_MS);
  g_assert_cmpint (f->checked_ms, ==, AT (8)); /* closed straight: no second task */
}

/* Wrongly sent, returned, sent to another unit: the clock starts anew there. */
static void
test_returned (void)
{
  static const Act acts[] = {
    { LZ_KIND_REPORTED, 0, 0, NULL },       { LZ_KIND_FILED, 0, 0, NULL },
    { LZ_KIND_DISPATCHED, 1, 5, "甲" },     { LZ_KIND_RETURN_ASKED, 2, 0, NULL },
    { LZ_KIND_RETURN_REFUSED, 3, 6, NULL }, { LZ_KIND_RETURN_ASKED, 4, 0, NULL },
    { LZ_KIND_RETURN_GRANTED, 5, 0, NULL }, { LZ_KIND_DISPATCHED, 7, 11, "乙" },
    { LZ_KIND_FORCED, 8, 0, NULL },
  };
  g_autoptr (LzFigures) f = FOLD (acts);

  g_assert_cmpint (f->dispatched_ms, ==, AT (1));
  g_assert_cmpint (f->dispatch_ms, ==, HOUR_MS);
  g_assert_cmpuint (f->n_resent, ==, 1);
  g_assert_cmpuint (f->n_returns, ==, 1);
  g_assert_cmpuint (f->n_refused_returns, ==, 1);
  g_assert_cmpstr (f->unit, ==, "乙");
  g_assert_cmpint (f->due_ms, ==, AT (11));
  g_assert_cmpint (f->done_ms, ==, AT (8));
  g_assert_cmpuint (f->n_runs, ==, 1);
  g_assert_cmpint (f->runs[0].from_ms, ==, AT (7));
}

static void
test_suspended (void)
{
  static const Act acts[] = {
    { LZ_KIND_REPORTED, 0, 0, NULL },      { LZ_KIND_FILED, 0, 0, NULL },
    { LZ_KIND_DISPATCHED, 0, 4, NULL },    { LZ_KIND_ACCEPTED, 1, 0, NULL },
    { LZ_KIND_SUSPEND_ASKED, 1, 0, NULL }, { LZ_KIND_SUSPEND_GRANTED, 2, 0, NULL },
    { LZ_KIND_RESUMED, 20, 22, NULL },     { LZ_KIND_RECTIFIED, 21, 0, NULL },
    { LZ_KIND_FED_BACK, 21, 0, NULL },
  };
  g_autoptr (LzFigures) hung = fold (acts, 6);
  g_autoptr (LzFigures) f = FOLD (acts);

  g_assert_cmpint (hung->suspended_ms, ==, AT (2));
  g_assert_cmpint (hung->resumed_ms, ==, 0);
  g_assert_cmpint (hung->stopped_ms, ==, AT (2));
  g_assert_cmpint (f->resumed_ms, ==, AT (20));
  g_assert_cmpuint (f->n_runs, ==, 2);
  g_assert_false (f->late);
}

static void
test_intake (void)
{
  static const Act acts[] = {
    { LZ_KIND_REPORTED, 0, 0, NULL }, { LZ_KIND_VERIFY_ASKED, 1, 0, NULL },
    { LZ_KIND_VERIFIED, 3, 0, NULL }, { LZ_KIND_FILED, 4, 0, NULL },
    { LZ_KIND_UNFILED, 5, 0, NULL },  { LZ_KIND_REJECTED, 6, 0, NULL },
  };
  g_autoptr (LzFigures) filed = fold (acts, 4);
  g_autoptr (LzFigures) f = FOLD (acts);

  g_assert_cmpint (filed->verify_asked_ms, ==, AT (1));
  g_assert_cmpint (filed->verified_ms, ==, AT (3));
  g_assert_cmpint (filed->accept_ms, ==, HOUR_MS); /* since the verification, not the report */
  g_assert_cmpint (f->filed_ms, ==, 0);
  g_assert_cmpint (f->state, ==, LZ_STATE_REJECTED);
  g_assert_cmpint (f->ended_ms, ==, AT (6));
}

static void
test_on_the_spot (void)
{
  static const Act acts[] = {
    { LZ_KIND_SELF_HANDLED, 0, 0, NULL },
    { LZ_KIND_SELF_ACCEPTED, 1, 0, NULL },
    { LZ_KIND_REOPENED, 2, 9, NULL },
  };
  g_autoptr (LzFigures) f = fold (acts, 2);
  g_autoptr (LzFigures) again = FOLD (acts);

  g_assert_true (f->self);
  g_assert_cmpint (f->filed_ms, ==, 0);
  g_assert_cmpint (f->done_ms, ==, 0);
  g_assert_false (again->self);
}

/* Equal is equal in everything, and one difference shows. */
static void
test_equal (void)
{
  static const Act acts[] = {
    { LZ_KIND_REPORTED, 0, 0, NULL },
    { LZ_KIND_FILED, 1, 0, NULL },
    { LZ_KIND_DISPATCHED, 3, 7, NULL },
  };
  g_autoptr (LzFigures) a = FOLD (acts);
  g_autoptr (LzFigures) b = FOLD (acts);

  g_assert_true (lz_figures_equal (a, b));
  b->runs[0].from_ms++;
  g_assert_false (lz_figures_equal (a, b));
  b->runs[0].from_ms--;
  b->late = TRUE;
  g_assert_false (lz_figures_equal (a, b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/figures/straight", test_straight);
  g_test_add_func ("/core/figures/rework", test_rework);
  g_test_add_func ("/core/figures/returned", test_returned);
  g_test_add_func ("/core/figures/suspended", test_suspended);
  g_test_add_func ("/core/figures/intake", test_intake);
  g_test_add_func ("/core/figures/on-the-spot", test_on_the_spot);
  g_test_add_func ("/core/figures/equal", test_equal);

  return g_test_run ();
}
