/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Periods against dates that were looked up in a calendar. */

#include "lz-error.h"
#include "lz-period.h"

#define CHINA 480

static LzPeriod
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  LzPeriod period;

  g_assert_true (lz_period_parse (text, CHINA, &period, &error));
  g_assert_no_error (error);
  return period;
}

static void
assert_key (const LzPeriod *period, const char *key)
{
  g_autofree char *found = lz_period_dup_key (period);

  g_assert_cmpstr (found, ==, key);
}

static void
test_keys (void)
{
  /* text, length in days, previous, last year (NULL: none) */
  static const struct
  {
    const char *text;
    gint64 days;
    const char *previous;
    const char *last_year;
  } rows[] = {
    { "2026-03-02", 1, "2026-03-01", "2025-03-02" },
    { "2024-02-29", 1, "2024-02-28", "2023-02-28" },
    { "2026-W10", 7, "2026-W09", "2025-W10" },
    { "2026-W01", 7, "2025-W52", "2025-W01" },
    { "2021-W01", 7, "2020-W53", "2020-W01" },
    { "2020-W53", 7, "2020-W52", NULL }, /* 2019 has 52 */
    { "2026-03", 31, "2026-02", "2025-03" },
    { "2026-01", 31, "2025-12", "2025-01" },
    { "2024-02", 29, "2024-01", "2023-02" },
    { "2026-Q1", 90, "2025-Q4", "2025-Q1" },
    { "2026-Q4", 92, "2026-Q3", "2025-Q4" },
    { "2026", 365, "2025", "2025" },
    { "2024", 366, "2023", "2023" },
    { "2026-03-02..2026-03-15", 14, "2026-02-16..2026-03-01", "2025-03-02..2025-03-15" },
    { "2024-02-28..2024-02-29", 2, "2024-02-26..2024-02-27", "2023-02-28..2023-02-28" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      LzPeriod period = parse (rows[i].text);
      LzPeriod previous = lz_period_previous (&period);
      LzPeriod last_year;

      assert_key (&period, rows[i].text);
      g_assert_cmpint (period.end_day - period.first_day, ==, rows[i].days);
      assert_key (&previous, rows[i].previous);
      g_assert_cmpint (previous.to_ms, ==, period.from_ms);
      g_assert_cmpint (lz_period_last_year (&period, &last_year), ==, rows[i].last_year != NULL);
      if (rows[i].last_year != NULL)
        assert_key (&last_year, rows[i].last_year);
    }
}

static void
test_bounds (void)
{
  LzPeriod week = parse ("2026-W10");
  LzPeriod at;

  /* Monday 2026-03-02 00:00 in China is Sunday 16:00 UTC. */
  g_assert_cmpint (week.from_ms, ==, G_GINT64_CONSTANT (1772380800000));
  g_assert_cmpint (week.to_ms - week.from_ms, ==, G_GINT64_CONSTANT (604800000));
  g_assert_true (lz_period_has (&week, week.from_ms));
  g_assert_false (lz_period_has (&week, week.from_ms - 1));
  g_assert_true (lz_period_has (&week, week.to_ms - 1));
  g_assert_false (lz_period_has (&week, week.to_ms));

  at = lz_period_at (LZ_PERIOD_WEEK, week.to_ms - 1, CHINA);
  assert_key (&at, "2026-W10");
  at = lz_period_at (LZ_PERIOD_WEEK, week.to_ms, CHINA);
  assert_key (&at, "2026-W11");
  at = lz_period_at (LZ_PERIOD_QUARTER, week.from_ms, CHINA);
  assert_key (&at, "2026-Q1");
  at = lz_period_at (LZ_PERIOD_YEAR, week.from_ms, CHINA);
  assert_key (&at, "2026");
  g_assert_cmpuint (lz_period_weekday_of (week.first_day), ==, 0);
  g_assert_cmpuint (lz_period_weekday_of (week.end_day - 1), ==, 6);
}

static void
test_refused (void)
{
  static const char *const bad[] = { "",
                                     "2026-W00",
                                     "2026-W54",
                                     "2019-W53",
                                     "2026-13",
                                     "2026-00",
                                     "2026-Q5",
                                     "2026-Q0",
                                     "26",
                                     "2026-02-30",
                                     "20266",
                                     "2026-W1",
                                     "2026-W1x",
                                     "2026-3-2",
                                     "abcd",
                                     "0000",
                                     "2026-03-15..2026-03-02",
                                     "2026-03-02..2026-03-1" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      LzPeriod period;

      g_assert_false (lz_period_parse (bad[i], CHINA, &period, &error));
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
    }
}

/* Every day of eight years is in one week, and the weeks follow one another. */
static void
test_all_weeks (void)
{
  LzPeriod week = parse ("2019-W01");

  while (week.first_day < parse ("2027").first_day)
    {
      g_autofree char *key = lz_period_dup_key (&week);
      LzPeriod same = parse (key);
      LzPeriod next = lz_period_at (LZ_PERIOD_WEEK, week.to_ms, CHINA);

      g_assert_cmpint (same.first_day, ==, week.first_day);
      g_assert_cmpint (next.first_day, ==, week.end_day);
      week = next;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/period/keys", test_keys);
  g_test_add_func ("/core/period/bounds", test_bounds);
  g_test_add_func ("/core/period/refused", test_refused);
  g_test_add_func ("/core/period/all-weeks", test_all_weeks);

  return g_test_run ();
}
