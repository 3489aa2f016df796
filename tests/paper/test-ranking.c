/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two months of four units, worked out by hand: ties, places won, units with one case, one without
 * a score, who is to be interviewed; a month in which nothing happened. */

#include "lz-station-fixture.h"

#include "lz-figures-report.h"

#define HOUR_MS  G_GINT64_CONSTANT (3600000)
#define DAY_MS   (24 * HOUR_MS)
#define MARCH_10 G_GINT64_CONSTANT (1773108000000) /* 2026-03-10 10:00 in China */
#define APRIL_10 (MARCH_10 + 31 * DAY_MS)
#define MAY_10   (APRIL_10 + 30 * DAY_MS)

static void
act (StationFixture *f, LzKind kind, LzId subject, const char *unit)
{
  LzPhotoRef after = station_fixture_photo (7, LZ_PHOTO_AFTER);
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct what = { .kind = kind, .subject = subject, .body = body, .roles = LZ_ROLES_ANY };

  body->unit = g_strdup (unit);
  body->condition = 1;
  if (kind == LZ_KIND_RECTIFIED)
    lz_body_add_photo (body, &after);
  lz_log_act (f->station, &what, &result, &error);
  g_assert_no_error (error);
}

static LzId
dispatch (StationFixture *f, const char *unit, gint64 at_ms)
{
  LzId id;

  f->now_ms = at_ms;
  id = station_fixture_report (f, "T06-03", 344540000, 1130500000, "垃圾桶脏");
  act (f, LZ_KIND_FILED, id, NULL);
  act (f, LZ_KIND_DISPATCHED, id, unit);
  return id;
}

static void
close_at (StationFixture *f, LzId id, gint64 at_ms)
{
  f->now_ms = at_ms;
  act (f, LZ_KIND_RECTIFIED, id, NULL);
  act (f, LZ_KIND_FED_BACK, id, NULL);
  act (f, LZ_KIND_CLOSED, id, NULL);
}

static void
play (StationFixture *f)
{
  LzId late, open;

  g_assert_true (lz_station_set_setting (f->station, "short_loop", "0", NULL));
  close_at (f, dispatch (f, "甲", MARCH_10), MARCH_10 + HOUR_MS);
  late = dispatch (f, "乙", MARCH_10 + 2 * HOUR_MS);
  open = dispatch (f, "丙", MARCH_10 + 3 * HOUR_MS);
  close_at (f, late, MARCH_10 + 15 * DAY_MS);
  close_at (f, open, APRIL_10 - 5 * DAY_MS);
  close_at (f, dispatch (f, "甲", APRIL_10), APRIL_10 + HOUR_MS);
  close_at (f, dispatch (f, "乙", APRIL_10 + 2 * HOUR_MS), APRIL_10 + 3 * HOUR_MS);
  dispatch (f, "丁",
            MAY_10 - 9 * DAY_MS - 10 * HOUR_MS - HOUR_MS / 2); /* half an hour before May */
  f->now_ms = MAY_10;
}

static LzReport *
report_of (StationFixture *f, const char *month)
{
  LzTallyQuery query = { .now_ms = f->now_ms };
  g_autoptr (GError) error = NULL;
  LzReport *report;

  g_assert_true (lz_period_parse (month, 480, &query.period, &error));
  report =
      lz_figures_report_new (f->station, LZ_FIGURES_MONTHLY, &query, NULL, "unit-national", &error);
  g_assert_no_error (error);
  return report;
}

/* The rows of a table, each as its columns with a stroke between them. */
static void
assert_rows (const LzReport *report,
             const char *key,
             const char *const *columns,
             const char *const *rows)
{
  const LzReportTable *table = NULL;
  guint n = 0;

  for (guint i = 0; table == NULL && i < lz_report_get_n_tables (report); i++)
    if (strcmp (lz_report_table_get_key (lz_report_get_table (report, i)), key) == 0)
      table = lz_report_get_table (report, i);
  g_assert_nonnull (table);
  for (; rows[n] != NULL; n++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      g_assert_cmpuint (n, <, lz_report_table_get_n_rows (table));
      for (guint c = 0; columns[c] != NULL; c++)
        {
          int column = lz_report_table_find_column (table, columns[c]);
          g_autofree char *text = lz_report_table_dup_text (table, n, (guint) column);

          g_string_append_printf (line, "%s%s", c > 0 ? "|" : "", text);
        }
      g_assert_cmpstr (line->str, ==, rows[n]);
    }
  g_assert_cmpuint (lz_report_table_get_n_rows (table), ==, n);
}

static const char *const rank[] = { "rank",          "name",        "score", "grade",
                                    "previous_rank", "rank_change", NULL };

/* March.  甲: one case in time: 10 + 30 + 30 + 30.  乙: one case closed late: 10 + 30 + 0 + 30. 丙:
 * one case, overdue: 10 + 0 + 0 + 30; below 60 points, so its head is to be interviewed. */
static void
test_first_month (StationFixture *f, gconstpointer data)
{
  static const char *const ranks[] = { "1|甲|100.00|A|—|—", "2|乙|70.00|C|—|—", "3|丙|40.00|D|—|—",
                                       NULL };
  static const char *const talk[] = { "name", "overdue_open", "reasons", NULL };
  static const char *const talks[] = { "丙|1|40.00 points, below 60", NULL };
  g_autoptr (LzReport) report = NULL;

  play (f);
  report = report_of (f, "2026-03");
  assert_rows (report, "rank_unit", rank, ranks);
  assert_rows (report, "talk_unit", talk, talks);
}

/* April.  甲 and 乙: one case each in time, 100 points, both first; there is no second.  丙: the
 * case of March, closed late: 10 + 30 + 0 + 30.  丁: one case that is not due yet: no score, and no
 * rank. */
static void
test_second_month (StationFixture *f, gconstpointer data)
{
  static const char *const ranks[] = { "1|乙|100.00|A|2|1", "1|甲|100.00|A|1|0", "3|丙|70.00|C|3|0",
                                       "—|丁|—|—|—|—", NULL };
  static const char *const cleanliness[] = { "1|乙|100.00|A|2|1", "1|甲|100.00|A|1|0",
                                             "3|丙|70.00|C|3|0", "—|丁|—|—|—|—", NULL };
  static const char *const order[] = { NULL };
  static const char *const unit[] = { "name",         "filed",          "due_close",    "closed",
                                      "closing_rate", "closed_on_time", "overdue_open", NULL };
  static const char *const units[] = { "乙|1|1|1|100.00%|1|0",    "甲|1|1|1|100.00%|1|0",
                                       "丙|0|1|1|100.00%|0|0",    "丁|1|0|0|—|0|0",
                                       "Total|3|3|3|100.00%|2|0", NULL };
  static const char *const nobody[] = { NULL };
  g_autoptr (LzReport) report = NULL;

  play (f);
  report = report_of (f, "2026-04");
  assert_rows (report, "rank_unit", rank, ranks);
  assert_rows (report, "rank_unit_cleanliness", rank, cleanliness);
  assert_rows (report, "rank_unit_order", rank, order);
  assert_rows (report, "unit", unit, units);
  assert_rows (report, "talk_unit", rank, nobody);
}

/* Nothing happened: tables without rows. */
static void
test_empty_month (StationFixture *f, gconstpointer data)
{
  static const char *const nothing[] = { NULL };
  g_autoptr (LzReport) report = NULL;

  play (f);
  report = report_of (f, "2025-12");
  assert_rows (report, "rank_unit", rank, nothing);
  assert_rows (report, "unit", rank, nothing);
  assert_rows (report, "talk_unit", rank, nothing);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                   \
  g_test_add ("/paper/ranking/" name, StationFixture, NULL, station_fixture_set_up, function, \
              station_fixture_tear_down)
  ADD ("first-month", test_first_month);
  ADD ("second-month", test_second_month);
  ADD ("empty-month", test_empty_month);

  return g_test_run ();
}
