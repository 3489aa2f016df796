/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Figures of a station: there with the event, the same after a rebuild and folded anew, and every
 * one of them opens to exactly its cases. */

#include "lz-rebuild.h"
#include "lz-station-fixture.h"

#include "lz-bulk.h"
#include "lz-doctor.h"
#include "lz-office.h"
#include "lz-roads.h"
#include "lz-tally-query.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS  (24 * HOUR_MS)

static void
act (StationFixture *f, LzKind kind, LzId subject, gint64 at_ms)
{
  LzPhotoRef after = station_fixture_photo (7, LZ_PHOTO_AFTER);
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct what = { .kind = kind, .subject = subject, .body = body, .roles = LZ_ROLES_ANY };

  f->now_ms = at_ms;
  body->text = g_strdup ("因为");
  body->unit = g_strdup ("环卫中心");
  body->condition = 1;
  if (kind == LZ_KIND_RECTIFIED)
    lz_body_add_photo (body, &after);
  lz_log_act (f->station, &what, &result, &error);
  g_assert_no_error (error);
}

static LzTallyQuery
make_query (StationFixture *f, const char *period, guint bys)
{
  LzTallyQuery query = { .bys = bys };
  g_autoptr (GError) error = NULL;

  g_assert_true (lz_period_parse (period, 480, &query.period, &error));
  g_assert_no_error (error);
  return query;
}

static gint64
count (StationFixture *f, const char *period, LzTallyBy by, const char *value, LzCount what)
{
  LzTallyQuery query = make_query (f, period, 1u << by);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzTallies) tallies = lz_tally_query_run (f->station, &query, &error);
  const LzTallyGroup *group;

  g_assert_no_error (error);
  group = lz_tally_find (tallies->tallies[by], value);
  return group != NULL ? group->counts[what] : 0;
}

/* Today's figures are there as soon as the event is. */
static void
test_at_once (StationFixture *f, gconstpointer data)
{
  gint64 now = f->now_ms;
  LzId id;

  g_assert_true (lz_station_set_setting (f->station, "short_loop", "0", NULL));
  id = station_fixture_report (f, "T06-03", 344540000, 1130500000, "垃圾桶脏");
  g_assert_cmpint (count (f, "2026-W10", LZ_BY_ALL, "", LZ_COUNT_REPORTED), ==, 0);
  f->now_ms++; /* what is counted ends with the present moment, and does not hold it */
  g_assert_cmpint (count (f, "2026-W10", LZ_BY_ALL, "", LZ_COUNT_REPORTED), ==, 1);
  g_assert_cmpint (count (f, "2026-W10", LZ_BY_DIMENSION, "cleanliness", LZ_COUNT_REPORTED), ==, 1);
  g_assert_cmpint (count (f, "2026-W09", LZ_BY_ALL, "", LZ_COUNT_REPORTED), ==, 0);
  act (f, LZ_KIND_FILED, id, now + HOUR_MS / 10);
  act (f, LZ_KIND_DISPATCHED, id, now + HOUR_MS / 5);
  f->now_ms++;
  g_assert_cmpint (count (f, "2026-W10", LZ_BY_UNIT, "环卫中心", LZ_COUNT_DISPATCHED), ==, 1);
  g_assert_cmpint (count (f, "2026-W10", LZ_BY_ALL, "", LZ_COUNT_FILED_ON_TIME), ==, 1);
  act (f, LZ_KIND_RECTIFIED, id, now + 30 * DAY_MS);
  act (f, LZ_KIND_FED_BACK, id, now + 30 * DAY_MS);
  act (f, LZ_KIND_CLOSED, id, now + 31 * DAY_MS);
  f->now_ms++;
  g_assert_cmpint (count (f, "2026-W10", LZ_BY_ALL, "", LZ_COUNT_OVERDUE_OPEN), ==, 1);
  g_assert_cmpint (count (f, "2026-04", LZ_BY_ALL, "", LZ_COUNT_HANDLED_LATE), ==, 1);
  g_assert_cmpint (count (f, "2026-04", LZ_BY_ALL, "", LZ_COUNT_CLOSED), ==, 1);
  g_assert_cmpint (count (f, "2026-04", LZ_BY_ALL, "", LZ_COUNT_CLOSED_ON_TIME), ==, 0);
  /* An appeal exempts, and the fact stays. */
  act (f, LZ_KIND_APPEALED, id, now + 32 * DAY_MS);
  act (f, LZ_KIND_APPEAL_GRANTED, id, now + 33 * DAY_MS);
  g_assert_cmpint (count (f, "2026-04", LZ_BY_ALL, "", LZ_COUNT_HANDLED_LATE), ==, 0);
  g_assert_cmpint (count (f, "2026-04", LZ_BY_ALL, "", LZ_COUNT_OVERTIME), ==, 1);
  g_assert_cmpint (count (f, "2026-04", LZ_BY_ALL, "", LZ_COUNT_CLOSED_ON_TIME), ==, 1);
}

/* -- many cases of every length -----------------------------------------------------------------
 */

static LzEvent *
add_event (GPtrArray *events, LzKind kind, gint64 at_ms)
{
  LzEvent *event = lz_event_new ();

  event->kind = kind;
  event->actor = g_strdup ("li");
  event->occurred_ms = at_ms;
  event->body = lz_body_new ();
  g_ptr_array_add (events, event);
  return event;
}

/* Cases from minutes to years long, some of them open. */
static void
fill (StationFixture *f, guint n)
{
  static const char *const codes[] = { "T01-01", "T06-03", "T05-06" };
  static const char *const units[] = { "甲", "乙", "丙" };
  g_autoptr (LzBulk) bulk = lz_bulk_new (f->station);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) events =
          g_ptr_array_new_with_free_func ((GDestroyNotify) lz_event_free);
      gint64 at = FIXTURE_MONDAY_9 - g_rand_int_range (random, 0, 500) * DAY_MS / 3;
      gint64 length = (gint64) (HOUR_MS / 10 * g_rand_double (random)) << (i % 17);
      LzBody *body = add_event (events, LZ_KIND_REPORTED, at)->body;

      body->category = g_strdup (codes[i % 3]);
      body->place = (LzPoint){ 344540000, 1130500000 };
      body->source = i % 5 == 0 ? g_strdup ("hotline") : NULL;
      add_event (events, LZ_KIND_FILED, at + length / 9)->body->condition = 1;
      body = add_event (events, LZ_KIND_DISPATCHED, at + length / 8)->body;
      body->unit = g_strdup (units[i / 3 % 3]);
      body->due_ms = at + length / 8 + 5 * DAY_MS;
      body->warn_ms = at + length / 8 + 4 * DAY_MS;
      body->limit = (LzLimit){ 5, LZ_CLOCK_CALENDAR_DAYS };
      if (i % 11 != 0)
        add_event (events, LZ_KIND_FORCED, at + length)->body->text = g_strdup ("因为");
      lz_bulk_add_case (bulk, events, LZ_ROLES_ANY, &error);
      g_assert_no_error (error);
    }
  lz_bulk_commit (bulk, &error);
  g_assert_no_error (error);
}

/* The ranges of the pass leave no case of a period out: the same as judging every case. */
static void
test_pass_is_whole (StationFixture *f, gconstpointer data)
{
  static const char *const periods[] = { "2026-W09", "2026-W01", "2025-12",   "2025-Q4",
                                         "2025",     "2024",     "2026-02-20" };
  g_autoptr (LzRules) rules = lz_office_load_rules (f->station, NULL);

  fill (f, 400);
  for (guint p = 0; p < G_N_ELEMENTS (periods); p++)
    {
      LzTallyQuery query = make_query (f, periods[p], 1u << LZ_BY_ALL);
      LzTallySpan span =
          lz_tally_span_new (&query.period, f->now_ms, rules, lz_station_get_calendar (f->station));
      LzCaseQuery all = { 0 };
      g_autoptr (GArray) fids = lz_cases_list (f->station, &all, 0, NULL);
      g_autoptr (GPtrArray) rows =
          lz_cases_load_rows (f->station, (const gint64 *) (gpointer) fids->data, fids->len, NULL);
      gint64 expected[LZ_N_COUNTS] = { 0 };

      for (guint i = 0; i < rows->len; i++)
        {
          const LzCaseRow *row = g_ptr_array_index (rows, i);
          g_autoptr (GPtrArray) events = lz_log_list_events (f->station, &row->id, NULL);
          g_autoptr (LzFigures) figures = lz_figures_fold (events);
          guint64 bits = lz_counts_judge (figures, &span);

          for (guint k = 0; k < LZ_N_COUNTS; k++)
            expected[k] += (bits & LZ_COUNT_BIT (k)) != 0;
        }
      for (guint k = 0; k < LZ_N_COUNTS; k++)
        g_assert_cmpint (count (f, periods[p], LZ_BY_ALL, "", (LzCount) k), ==, expected[k]);
    }
}

static void
test_traced (StationFixture *f, gconstpointer data)
{
  static const LzTallyBy bys[] = { LZ_BY_ALL, LZ_BY_UNIT, LZ_BY_SOURCE, LZ_BY_DAY,
                                   LZ_BY_DIMENSION_UNIT };
  LzTallyQuery query = make_query (f, "2026-02", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzTallies) tallies = NULL;

  fill (f, 150);
  for (guint i = 0; i < G_N_ELEMENTS (bys); i++)
    query.bys |= 1u << bys[i];
  tallies = lz_tally_query_run (f->station, &query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (bys); i++)
    for (guint g = 0; g < lz_tally_get_n_groups (tallies->tallies[bys[i]]); g += 2)
      {
        const LzTallyGroup *group = lz_tally_get_group (tallies->tallies[bys[i]], g);

        for (guint k = 0; k < LZ_N_COUNTS; k += 3)
          {
            g_autoptr (GArray) fids =
                lz_tally_query_list (f->station, &query, bys[i], group->value, (LzCount) k, &error);

            g_assert_no_error (error);
            g_assert_cmpuint (fids->len, ==, group->counts[k]);
          }
      }
}

static void
check_same (const LzTally *together, const LzTally *alone)
{
  g_assert_cmpuint (lz_tally_get_n_groups (together), ==, lz_tally_get_n_groups (alone));
  for (guint g = 0; g < lz_tally_get_n_groups (alone); g++)
    {
      const LzTallyGroup *a = lz_tally_get_group (together, g), *b = lz_tally_get_group (alone, g);
      gint64 p90 = -1, alone_p90 = -1;

      g_assert_cmpstr (a->value, ==, b->value);
      g_assert_cmpmem (a->counts, sizeof a->counts, b->counts, sizeof b->counts);
      g_assert_cmpint (lz_tally_group_get_quantile (a, TRUE, 90, &p90), ==,
                       lz_tally_group_get_quantile (b, TRUE, 90, &alone_p90));
      g_assert_cmpint (p90, ==, alone_p90);
    }
}

/* What is summed up from finer groups is what is counted case by case. */
static void
test_sums (StationFixture *f, gconstpointer data)
{
  LzTallyQuery all = make_query (f, "2026-02", (1u << LZ_N_BYS) - 1);
  g_autoptr (LzTallies) together = NULL;
  guint n_sums = 0;

  fill (f, 200);
  together = lz_tally_query_run (f->station, &all, NULL);
  for (guint by = 0; by < LZ_N_BYS; by++)
    {
      LzTallyQuery one = make_query (f, "2026-02", 1u << by);
      g_autoptr (LzTallies) alone = lz_tally_query_run (f->station, &one, NULL);

      check_same (together->tallies[by], alone->tallies[by]);
      n_sums += lz_tally_by_get_finer ((LzTallyBy) by, all.bys) != by;
    }
  g_assert_cmpuint (n_sums, ==, 8);
}

/* Within one unit: the same as that unit's row. */
static void
test_within (StationFixture *f, gconstpointer data)
{
  LzTallyQuery query = make_query (f, "2026-02", 1u << LZ_BY_ALL);
  g_autoptr (LzTallies) tallies = NULL;

  fill (f, 150);
  query.within = LZ_BY_UNIT;
  query.within_value = "甲";
  tallies = lz_tally_query_run (f->station, &query, NULL);
  for (guint k = 0; k < LZ_N_COUNTS; k++)
    g_assert_cmpint (lz_tally_find (tallies->tallies[LZ_BY_ALL], "")->counts[k], ==,
                     count (f, "2026-02", LZ_BY_UNIT, "甲", (LzCount) k));
}

static gboolean
find_damage (StationFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = lz_doctor_run (f->station, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const LzFinding *finding = g_ptr_array_index (findings, i);

      if (finding->level == LZ_FINDING_DAMAGE && g_str_equal (finding->check, "projection"))
        return TRUE;
    }
  return FALSE;
}

static void
test_rebuilt (StationFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before;

  fill (f, 60);
  before = count (f, "2026-02", LZ_BY_ALL, "", LZ_COUNT_HANDLED);
  g_assert_cmpint (before, >, 0);
  g_assert_false (find_damage (f));
  g_assert_true (lz_db_exec (lz_station_get_db (f->station),
                             "UPDATE case_figures SET done_at = done_at + 1"
                             " WHERE done_at > 0",
                             &error));
  g_assert_true (find_damage (f));
  g_assert_true (lz_db_exec (lz_station_get_db (f->station), "DELETE FROM case_figures", &error));
  g_assert_true (find_damage (f));
  g_assert_true (lz_rebuild (f->station, &error));
  g_assert_no_error (error);
  g_assert_false (find_damage (f));
  g_assert_cmpint (count (f, "2026-02", LZ_BY_ALL, "", LZ_COUNT_HANDLED), ==, before);
}

/* The office's own table of weights counts instead of the built-in one. */
static void
test_own_data (StationFixture *f, gconstpointer data)
{
  static const char table[] = "# model: unit-national\n# version: 7\n# grades: A:50 B:0\n"
                              "key\tinput\tform\tweight\tcap\tmissing\tsteps\tname_zh\tname_en\n"
                              "closing\trate:closing\trate\t100\t\t\t\t结案率\tClosing\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (table, strlen (table));
  g_autoptr (GError) error = NULL;
  g_autoptr (LzScoreModel) built_in = lz_scores_load (f->station, "unit-national", &error);
  g_autoptr (LzScoreModel) own = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (lz_score_model_get_version (built_in), ==, 1);
  g_assert_true (
      lz_station_set_reference (f->station, "scores/unit-national.tsv", 7, bytes, "test", &error));
  own = lz_scores_load (f->station, "unit-national", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lz_score_model_get_version (own), ==, 7);
  g_assert_null (lz_scores_load (f->station, "no-such-model", &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                      \
  g_test_add ("/core/tally-query/" name, StationFixture, NULL, station_fixture_set_up, function, \
              station_fixture_tear_down)
  ADD ("at-once", test_at_once);
  ADD ("sums", test_sums);
  ADD ("pass-is-whole", test_pass_is_whole);
  ADD ("traced", test_traced);
  ADD ("within", test_within);
  ADD ("rebuilt", test_rebuilt);
  ADD ("own-data", test_own_data);

  return g_test_run ();
}
