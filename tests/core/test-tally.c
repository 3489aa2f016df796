/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts and rates of one week, worked out by hand; the empty week, the week in which nothing was
 * closed, groups and handling times. */

#include "lz-data.h"
#include "lz-tally.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define MIN_MS  G_GINT64_CONSTANT (60000)
#define MONDAY  G_GINT64_CONSTANT (1772380800000) /* 2026-03-02 00:00 in China */
/* So many hours after the week began. */
#define AT(hours) (MONDAY + (gint64) ((hours) * (double) HOUR_MS))
#define WEEK_H    168

static LzRules *
load_rules (void)
{
  g_autoptr (GBytes) rules = lz_data_lookup ("rules/rules.tsv", NULL);
  g_autoptr (GBytes) stages = lz_data_lookup ("rules/stages.tsv", NULL);
  g_autoptr (GError) error = NULL;
  LzRules *self = lz_rules_parse (rules, stages, &error);

  g_assert_no_error (error);
  return self;
}

/* Intake and dispatch 15 minutes, verification and check 30, day and night. */
static LzRules *built_in;
static LzCalendar *china;

static LzTallySpan
make_week (void)
{
  LzPeriod week;

  g_assert_true (lz_period_parse ("2026-W10", 480, &week, NULL));
  return lz_tally_span_new (&week, G_MAXINT64, built_in, china);
}

/* Dispatched at @at within the limits, due @limit hours later. */
static LzFigures
dispatched (double at, double limit)
{
  return (LzFigures){ .state = LZ_STATE_DISPATCHED,
                      .reported_ms = AT (at),
                      .filed_ms = AT (at),
                      .dispatched_ms = AT (at),
                      .due_ms = AT (at + limit),
                      .unit = (char *) "甲",
                      .reporter = (char *) "li",
                      .category = (char *) "T01-01",
                      .feed = (char *) "410185001",
                      .dimension = LZ_DIMENSION_CLEAN };
}

static LzFigures
handled (double at, double limit, double done)
{
  LzFigures f = dispatched (at, limit);

  f.state = LZ_STATE_FED_BACK;
  f.done_ms = f.stopped_ms = AT (done);
  f.late = f.done_ms > f.due_ms;
  return f;
}

static LzFigures
closed (double at, double limit, double done, double end)
{
  LzFigures f = handled (at, limit, done);

  f.state = LZ_STATE_CLOSED;
  f.ended_ms = AT (end);
  return f;
}

static void
assert_count (const LzTally *tally, const char *value, const char *key, gint64 n)
{
  const LzTallyGroup *group = lz_tally_find (tally, value);
  LzCount count;

  g_assert_true (lz_count_from_string (key, &count));
  g_assert_nonnull (group);
  if (group->counts[count] != n)
    g_error ("%s in “%s” is %d, not %d", key, value, (int) group->counts[count], (int) n);
}

static void
assert_rate (const LzTally *tally, const char *value, const char *key, const char *text)
{
  const LzTallyGroup *group = lz_tally_find (tally, value);
  g_autofree char *found = NULL;
  LzRate rate;

  g_assert_true (lz_rate_from_string (key, &rate));
  found = lz_ratio_dup_text (lz_tally_group_get_rate (group, rate));
  if (strcmp (found, text) != 0)
    g_error ("%s in “%s” is %s, not %s", key, value, found, text);
}

static LzTally *
count_all (LzTallyBy by, const LzFigures *cases, guint n, const LzTallyMaps *maps)
{
  LzTallySpan span = make_week ();
  LzTally *tally = lz_tally_new (by, &span, maps);

  for (guint i = 0; i < n; i++)
    {
      LzHandlingTime time = lz_tally_measure (china, &cases[i]);

      lz_tally_add (tally, &cases[i], lz_counts_judge (&cases[i], &span), &time);
    }
  lz_tally_finish (tally);
  return tally;
}

/* Eleven cases of one week:
 *  1 closed in time                         7 handled in time, waits for closing
 *  2 closed late                            8 overdue when the week ends, reworked before
 *  3 closed late, appeal granted            9 in time when the week ends
 *  4 closed, reworked once                 10 suspended in time, its deadline past
 *  5 closed, extended once                 11 handled in the week before, closed in this one
 *  6 of the week before, closed in time
 * To be closed: 1 2 3 4 5 6 11 closed, 7 waiting, 8 overdue = 9.  To be handled: 1 2 3 4 5 6 7
 * handled, 8 overdue = 8. */
static void
test_week (void)
{
  LzFigures cases[] = {
    closed (10, 8, 12, 13),  closed (10, 8, 20, 21),    closed (10, 8, 20, 21),
    closed (10, 40, 40, 41), closed (10, 100, 90, 91),  closed (-20, 40, 5, 6),
    handled (100, 8, 104),   dispatched (100, 8),       dispatched (160, 20),
    dispatched (50, 20),     closed (-40, 20, -30, 10),
  };
  g_autoptr (LzTally) tally = NULL;

  cases[2].appeal = LZ_APPEAL_GRANTED;
  cases[3].n_reworks = 1;
  cases[4].n_extensions = 1;
  cases[7].n_reworks = 2;
  cases[9].state = LZ_STATE_SUSPENDED;
  cases[9].stopped_ms = cases[9].suspended_ms = AT (60);
  tally = count_all (LZ_BY_ALL, cases, G_N_ELEMENTS (cases), NULL);

  assert_count (tally, "", "reported", 9);
  assert_count (tally, "", "filed", 9);
  assert_count (tally, "", "handled", 7);
  assert_count (tally, "", "handled_on_time", 6);
  assert_count (tally, "", "handled_late", 1);
  assert_count (tally, "", "overtime", 2);
  assert_count (tally, "", "exempted", 1);
  assert_count (tally, "", "overdue_open", 1);
  assert_count (tally, "", "due_handle", 8);
  assert_count (tally, "", "closed", 7);
  assert_count (tally, "", "closed_on_time", 6);
  assert_count (tally, "", "awaiting_close", 1);
  assert_count (tally, "", "due_close", 9);
  assert_count (tally, "", "reworked", 2);
  assert_count (tally, "", "extended", 1);
  assert_count (tally, "", "suspended", 1);
  assert_count (tally, "", "open", 4);

  assert_rate (tally, "", "handling", "87.50 %");         /* 7/8 */
  assert_rate (tally, "", "handling_on_time", "75.00 %"); /* 6/8 */
  assert_rate (tally, "", "handling_late", "12.50 %");    /* 1/8 */
  assert_rate (tally, "", "closing", "77.78 %");          /* 7/9 */
  assert_rate (tally, "", "closing_on_time", "66.67 %");  /* 6/9 */
  assert_rate (tally, "", "rework", "22.22 %");           /* 2/9 */
  assert_rate (tally, "", "extension", "11.11 %");        /* 1/9 */
  assert_rate (tally, "", "verify_on_time", LZ_NO_VALUE);
}

/* Six reports: two by own people and filed, one by own people and not filed, one fixed on the spot,
 * one by a citizen and filed, one by the hotline and voided after filing; two of the filed late,
 * one returned and sent elsewhere; one a problem that has come back. */
static void
test_intake (void)
{
  LzFigures cases[6] = { dispatched (1, 100), dispatched (2, 100), { 0 }, { 0 },
                         dispatched (3, 100), dispatched (4, 100) };
  g_autoptr (LzTally) tally = NULL;

  cases[0].recurs = TRUE; /* the same was closed there before */
  cases[1].accept_ms = 16 * MIN_MS;
  cases[1].n_resent = cases[1].n_returns = 1;
  cases[2].state = LZ_STATE_REJECTED;
  cases[2].reported_ms = AT (5);
  cases[2].ended_ms = AT (6);
  cases[3].state = LZ_STATE_CLOSED;
  cases[3].self = TRUE;
  cases[3].reported_ms = AT (7);
  cases[3].ended_ms = AT (8);
  cases[4].source = LZ_SOURCE_PUBLIC;
  cases[4].dispatch_ms = 15 * MIN_MS; /* the limit itself is in time */
  cases[4].n_refused_returns = 1;
  cases[5].source = LZ_SOURCE_HOTLINE;
  cases[5].state = LZ_STATE_VOIDED;
  cases[5].accept_ms = 15 * MIN_MS + 1;
  cases[5].dispatched_ms = 0;
  cases[5].ended_ms = AT (9);
  tally = count_all (LZ_BY_ALL, cases, G_N_ELEMENTS (cases), NULL);

  assert_count (tally, "", "reported", 6);
  assert_count (tally, "", "own_reported", 4);
  assert_count (tally, "", "valid_reported", 3);
  assert_count (tally, "", "self_handled", 1);
  assert_count (tally, "", "to_file", 5);
  assert_count (tally, "", "reported_filed", 4);
  assert_count (tally, "", "filed", 4);
  assert_count (tally, "", "voided", 1);
  assert_count (tally, "", "due_dispatch", 3);
  assert_count (tally, "", "rejected", 1);
  assert_count (tally, "", "closed", 0);                   /* on the spot is no closing */
  assert_rate (tally, "", "valid_report", "75.00 %");      /* 3/4 */
  assert_rate (tally, "", "missed", "50.00 %");            /* 2/4 */
  assert_rate (tally, "", "complaint", "50.00 %");         /* 2/4 */
  assert_rate (tally, "", "self_handled", "16.67 %");      /* 1/6 */
  assert_rate (tally, "", "filing", "80.00 %");            /* 4/5 */
  assert_rate (tally, "", "filing_on_time", "50.00 %");    /* 2/4 */
  assert_rate (tally, "", "filing_right", "75.00 %");      /* 3/4 */
  assert_rate (tally, "", "dispatch_on_time", "100.00 %"); /* 3/3 */
  assert_rate (tally, "", "dispatch_right", "66.67 %");    /* 2/3 */
  assert_rate (tally, "", "return", "33.33 %");            /* 1/3 */
  assert_count (tally, "", "shirked", 1);
  assert_count (tally, "", "recurred", 1);
  assert_rate (tally, "", "recurrence", "16.67 %"); /* 1/6 */
}

/* Verifications: answered in 20 min, in 40 min, not answered and too late, asked 10 min before the
 * end (not yet due).  Checks: passed in time, failed in time, not answered. */
static void
test_tasks (void)
{
  LzFigures cases[7] = { { 0 } };
  g_autoptr (LzTally) tally = NULL;

  for (guint i = 0; i < 7; i++)
    cases[i] = dispatched (1, 1000);
  for (guint i = 0; i < 4; i++)
    cases[i].verify_asked_ms = AT (20);
  cases[0].verified_ms = AT (20) + 20 * MIN_MS;
  cases[1].verified_ms = AT (20) + 40 * MIN_MS;
  cases[3].verify_asked_ms = AT (WEEK_H) - 10 * MIN_MS;
  for (guint i = 4; i < 7; i++)
    cases[i].check_asked_ms = AT (30);
  cases[4].checked_ms = cases[5].checked_ms = AT (30) + 30 * MIN_MS;
  cases[4].check_passed = TRUE;
  tally = count_all (LZ_BY_ALL, cases, 7, NULL);

  assert_count (tally, "", "due_verify", 3);
  assert_count (tally, "", "verified", 2);
  assert_rate (tally, "", "verify_on_time", "33.33 %"); /* 1/3 */
  assert_count (tally, "", "due_check", 3);
  assert_rate (tally, "", "check_on_time", "66.67 %"); /* 2/3 */
  assert_rate (tally, "", "check_passed", "50.00 %");  /* 1/2 */
}

/* Nothing happened: no group, and so no figure, rather than zeros that look like work. */
static void
test_empty_week (void)
{
  LzFigures before = closed (-100, 8, -98, -97);
  LzFigures after = dispatched (WEEK_H, 8);
  g_autoptr (LzTally) tally = NULL;

  tally = count_all (LZ_BY_ALL, (LzFigures[]){ before, after }, 2, NULL);
  g_assert_cmpuint (lz_tally_get_n_groups (tally), ==, 0);
  g_assert_null (lz_tally_find (tally, ""));
}

static void
test_nothing_closed (void)
{
  LzFigures open = dispatched (10, 1000);
  g_autoptr (LzTally) tally = count_all (LZ_BY_ALL, &open, 1, NULL);
  gint64 ms;

  assert_count (tally, "", "closed", 0);
  assert_count (tally, "", "due_close", 0);
  assert_rate (tally, "", "closing", LZ_NO_VALUE);
  assert_rate (tally, "", "handling_on_time", LZ_NO_VALUE);
  assert_rate (tally, "", "rework", LZ_NO_VALUE);
  g_assert_false (lz_tally_group_get_quantile (lz_tally_find (tally, ""), TRUE, 50, &ms));
}

/* What happens at the very ends of a period is in one period, and in no second one. */
static void
test_edges (void)
{
  LzFigures first = closed (0, 8, 0, 0), next = closed (WEEK_H, 8, WEEK_H, WEEK_H);
  LzFigures due_at_end = dispatched (100, 68);
  g_autoptr (LzTally) tally = NULL;

  tally = count_all (LZ_BY_ALL, (LzFigures[]){ first, next, due_at_end }, 3, NULL);
  assert_count (tally, "", "reported", 2);
  assert_count (tally, "", "closed", 1);
  assert_count (tally, "", "overdue_open", 0); /* a moment equal to the deadline is in time */
}

/* A running week ends now. */
static void
test_running (void)
{
  LzPeriod week;
  LzTallySpan span;
  LzFigures f = dispatched (10, 8);

  g_assert_true (lz_period_parse ("2026-W10", 480, &week, NULL));
  span = lz_tally_span_new (&week, AT (17), built_in, china);
  g_assert_false (lz_counts_judge (&f, &span) & LZ_COUNT_BIT (LZ_COUNT_OVERDUE_OPEN));
  span = lz_tally_span_new (&week, AT (19), built_in, china);
  g_assert_true (lz_counts_judge (&f, &span) & LZ_COUNT_BIT (LZ_COUNT_OVERDUE_OPEN));
  span = lz_tally_span_new (&week, AT (9), built_in, china);
  g_assert_cmpuint (lz_counts_judge (&f, &span), ==, 0);
}

static void
test_groups (void)
{
  LzFigures cases[] = { closed (10, 8, 12, 13), closed (34, 8, 35, 60), dispatched (10.5, 500) };
  LzId road = lz_id_new (MONDAY);
  g_autoptr (GHashTable) chiefs = g_hash_table_new (lz_id_hash, lz_id_equal);
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  LzTallyMaps maps = { .chiefs = chiefs };
  g_autoptr (LzTally) by_unit = NULL, by_chief = NULL, by_day = NULL, by_hour = NULL;
  g_autoptr (LzTally) by_weekday = NULL, by_dimension = NULL;

  cases[2].unit = (char *) "乙";
  cases[0].road = cases[2].road = road;
  g_ptr_array_add (people, (gpointer) "wang");
  g_ptr_array_add (people, (gpointer) "zhao");
  g_hash_table_insert (chiefs, &road, people);

  by_unit = count_all (LZ_BY_UNIT, cases, 3, &maps);
  assert_count (by_unit, "甲", "closed", 2);
  assert_count (by_unit, "乙", "reported", 1);
  assert_rate (by_unit, "乙", "closing", LZ_NO_VALUE); /* a unit with one case, not due */

  by_chief = count_all (LZ_BY_CHIEF, cases, 3, &maps);
  g_assert_cmpuint (lz_tally_get_n_groups (by_chief), ==, 2);
  assert_count (by_chief, "wang", "reported", 2);
  assert_count (by_chief, "zhao", "closed", 1);

  by_dimension = count_all (LZ_BY_DIMENSION, cases, 3, &maps);
  assert_count (by_dimension, "cleanliness", "reported", 3);

  /* Each count at its own time. */
  by_day = count_all (LZ_BY_DAY, cases, 3, &maps);
  assert_count (by_day, "2026-03-02", "reported", 2);
  assert_count (by_day, "2026-03-03", "reported", 1);
  assert_count (by_day, "2026-03-03", "handled", 1);
  assert_count (by_day, "2026-03-04", "closed", 1);
  assert_count (by_day, "2026-03-08", "open", 1);
  by_hour = count_all (LZ_BY_HOUR, cases, 3, &maps);
  assert_count (by_hour, "10", "reported", 3);
  assert_count (by_hour, "12", "closed", 1);
  assert_count (by_hour, "13", "closed", 1);
  by_weekday = count_all (LZ_BY_WEEKDAY, cases, 3, &maps);
  assert_count (by_weekday, "1", "reported", 2);
  assert_count (by_weekday, "3", "closed", 1);
}

/* Every figure opens to exactly the cases that it counts. */
static void
test_traced (void)
{
  LzFigures cases[] = { closed (10, 8, 12, 13), closed (34, 8, 50, 60), dispatched (10.5, 50),
                        handled (3, 10, 5) };
  LzTallySpan span = make_week ();
  LzTallyMaps maps = { 0 };

  cases[1].unit = (char *) "乙";
  for (guint by = 0; by < LZ_N_BYS; by++)
    {
      g_autoptr (LzTally) tally = count_all ((LzTallyBy) by, cases, 4, &maps);

      for (guint i = 0; i < lz_tally_get_n_groups (tally); i++)
        for (guint count = 0; count < LZ_N_COUNTS; count++)
          {
            const LzTallyGroup *group = lz_tally_get_group (tally, i);
            gint64 n = 0;

            for (guint k = 0; k < 4; k++)
              n += lz_tally_is_in ((LzTallyBy) by, group->value, (LzCount) count, &cases[k], &span,
                                   &maps);
            g_assert_cmpint (n, ==, group->counts[count]);
          }
    }
}

/* Handling times of 1, 2, 3, 4 and 40 hours round the clock: median 3, p90 40.  By working hours
 * what lies over night does not count: Monday 17:00 to Tuesday 09:00 are two. */
static void
test_times (void)
{
  static LzRun runs[6][1];
  LzFigures cases[6];
  const double hours[] = { 1, 2, 3, 4, 40 };
  const LzTallyGroup *group;
  g_autoptr (LzTally) tally = NULL;
  g_autoptr (LzTally) night = NULL;
  gint64 ms;

  for (guint i = 0; i < 5; i++)
    {
      cases[i] = handled (10, 100, 10 + hours[i]);
      cases[i].clock = LZ_CLOCK_URGENT_HOURS;
      runs[i][0] = (LzRun){ AT (10), AT (10 + hours[i]) };
      cases[i].runs = runs[i];
      cases[i].n_runs = 1;
    }
  tally = count_all (LZ_BY_ALL, cases, 5, NULL);
  group = lz_tally_find (tally, "");
  g_assert_true (lz_tally_group_get_quantile (group, TRUE, 50, &ms));
  g_assert_cmpint (ms, ==, 3 * HOUR_MS);
  g_assert_true (lz_tally_group_get_quantile (group, TRUE, 90, &ms));
  g_assert_cmpint (ms, ==, 40 * HOUR_MS);

  cases[5] = handled (17, 100, 33);
  cases[5].clock = LZ_CLOCK_WORKING_HOURS;
  runs[5][0] = (LzRun){ AT (17), AT (33) };
  cases[5].runs = runs[5];
  cases[5].n_runs = 1;
  night = count_all (LZ_BY_ALL, &cases[5], 1, NULL);
  group = lz_tally_find (night, "");
  g_assert_true (lz_tally_group_get_quantile (group, TRUE, 50, &ms));
  g_assert_cmpint (ms, ==, 2 * HOUR_MS);
  g_assert_true (lz_tally_group_get_quantile (group, FALSE, 90, &ms));
  g_assert_cmpint (ms, ==, 16 * HOUR_MS);
}

static int
compare_ms (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* The quantiles of many made-up times, equal ones among them, are those of the times in order. */
static void
test_quantiles (void)
{
  guint32 x = 7;

  for (guint n = 1; n < 60; n++)
    {
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) sorted = NULL;
      g_autoptr (GArray) spent = g_array_new (FALSE, FALSE, sizeof (LzHandlingTime));
      LzTallyGroup group = { .times = spent };

      for (guint i = 0; i < n; i++)
        {
          gint64 ms = (x = x * 1664525u + 1013904223u) >> 27;
          LzHandlingTime time = { ms, 0 };

          g_array_append_val (times, ms);
          g_array_append_val (spent, time);
        }
      sorted = g_array_copy (times);
      g_array_sort (sorted, compare_ms);
      for (guint percent = 1; percent <= 100; percent++)
        {
          gint64 ms;

          g_assert_true (lz_tally_group_get_quantile (&group, TRUE, percent, &ms));
          g_assert_cmpint (ms, ==, g_array_index (sorted, gint64, (n * percent + 99) / 100 - 1));
        }
    }
}

/* Every count and rate has its words, keys are not used twice, and a rate's part is never more than
 * its whole: over made-up cases of every kind. */
static void
test_table (void)
{
  LzTallySpan span = make_week ();
  guint32 x = 1;

  for (guint i = 0; i < LZ_N_COUNTS; i++)
    {
      LzCount same;

      g_assert_true (lz_count_from_string (lz_count_to_string ((LzCount) i), &same));
      g_assert_cmpuint (same, ==, i);
      g_assert_cmpuint (strlen (lz_count_definition ((LzCount) i)), >, 10);
      g_assert_nonnull (lz_count_source ((LzCount) i));
    }
  for (guint n = 0; n < 20000; n++)
    {
      gint64 t[6];
      guint64 bits;
      LzFigures f;

      for (guint i = 0; i < 6; i++)
        {
          x = x * 1664525u + 1013904223u;
          t[i] = (x >> 28) < 5 ? 0 : AT (-100 + (x >> 8) % 400);
        }
      f = (LzFigures){ .state = (LzState) (1 + x % (LZ_N_STATES - 1)),
                       .source = (LzSource) ((x >> 5) % LZ_N_SOURCES),
                       .self = (x >> 9) % 7 == 0,
                       .reported_ms = AT (-100 + (x >> 8) % 300),
                       .filed_ms = t[0],
                       .dispatched_ms = t[1],
                       .due_ms = t[2],
                       .done_ms = t[3],
                       .late = (x >> 11) % 2,
                       .ended_ms = t[4],
                       .check_asked_ms = t[5],
                       .checked_ms = t[2],
                       .check_passed = (x >> 12) % 2,
                       .verify_asked_ms = t[1],
                       .verified_ms = t[5],
                       .appeal = (x >> 13) % 4,
                       .n_reworks = (x >> 15) % 2,
                       .n_returns = (x >> 16) % 2,
                       .recurs = (x >> 17) % 2,
                       .n_extensions = (x >> 18) % 2 };
      bits = lz_counts_judge (&f, &span);
      for (guint rate = 0; rate < LZ_N_RATES; rate++)
        if (bits & LZ_COUNT_BIT (lz_rate_get_part ((LzRate) rate)))
          g_assert_true (bits & LZ_COUNT_BIT (lz_rate_get_whole ((LzRate) rate)));
    }
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  built_in = load_rules ();
  china = lz_calendar_new (480);

  g_test_add_func ("/core/tally/week", test_week);
  g_test_add_func ("/core/tally/intake", test_intake);
  g_test_add_func ("/core/tally/tasks", test_tasks);
  g_test_add_func ("/core/tally/empty-week", test_empty_week);
  g_test_add_func ("/core/tally/nothing-closed", test_nothing_closed);
  g_test_add_func ("/core/tally/edges", test_edges);
  g_test_add_func ("/core/tally/running", test_running);
  g_test_add_func ("/core/tally/groups", test_groups);
  g_test_add_func ("/core/tally/traced", test_traced);
  g_test_add_func ("/core/tally/times", test_times);
  g_test_add_func ("/core/tally/quantiles", test_quantiles);
  g_test_add_func ("/core/tally/table", test_table);

  code = g_test_run ();
  lz_rules_free (built_in);
  lz_calendar_unref (china);
  return code;
}
