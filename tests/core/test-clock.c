/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-civil.h"
#include "lz-error.h"
#include "lz-test-clock.h"

#include <string.h>

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS  (24 * HOUR_MS)
#define UH      LZ_CLOCK_URGENT_HOURS
#define WH      LZ_CLOCK_WORKING_HOURS
#define WD      LZ_CLOCK_WORKING_DAYS
#define CD      LZ_CLOCK_CALENDAR_DAYS

/* Of "2026-02-13 17:30". */
static gint64
at (const char *text)
{
  return lz_test_read_moment (text, text + strlen ("2026-02-13 "));
}

/* Worked out by hand with a printed calendar of 2026. */
static const struct
{
  LzClock clock;
  guint count;
  const char *start;
  const char *due;
} worked_out[] = {
  /* One day, the lunch break, the night. */
  { WH, 4, "2026-03-02 08:00", "2026-03-02 12:00" }, /* ends at noon, not at 14:00 */
  { WH, 4, "2026-03-02 09:00", "2026-03-02 15:00" },
  { WH, 4, "2026-03-02 14:00", "2026-03-02 18:00" }, /* ends in the evening, not at 08:00 */
  { WH, 4, "2026-03-02 16:00", "2026-03-03 10:00" },
  { WH, 4, "2026-03-02 12:00", "2026-03-02 18:00" },
  { WH, 4, "2026-03-02 12:30", "2026-03-02 18:00" },
  { WH, 4, "2026-03-02 18:00", "2026-03-03 12:00" },
  { WH, 4, "2026-03-02 22:15", "2026-03-03 12:00" },
  { WH, 4, "2026-03-02 03:00", "2026-03-02 12:00" },
  { WH, 1, "2026-03-02 11:30", "2026-03-02 14:30" },
  { WH, 1, "2026-03-02 17:59", "2026-03-03 08:59" },
  { WH, 8, "2026-03-02 08:00", "2026-03-02 18:00" },
  { WH, 8, "2026-03-02 10:30", "2026-03-03 10:30" },
  /* Weekends. */
  { WH, 2, "2026-03-06 17:00", "2026-03-09 09:00" },
  { WH, 2, "2026-03-07 10:00", "2026-03-09 10:00" },
  { WH, 2, "2026-03-08 23:59", "2026-03-09 10:00" },
  { WH, 16, "2026-03-06 15:00", "2026-03-10 15:00" },
  /* Working days are 8 working hours each. */
  { WD, 1, "2026-03-02 08:00", "2026-03-02 18:00" },
  { WD, 1, "2026-03-02 09:00", "2026-03-03 09:00" },
  { WD, 1, "2026-03-02 14:00", "2026-03-03 12:00" },
  { WD, 5, "2026-03-02 09:00", "2026-03-09 09:00" },
  { WD, 5, "2026-03-02 08:00", "2026-03-06 18:00" },
  { WD, 5, "2026-03-07 12:00", "2026-03-13 18:00" },
  { WD, 3, "2026-03-05 17:00", "2026-03-10 17:00" },
  { WD, 15, "2026-03-04 10:00", "2026-03-25 10:00" },
  /* Spring Festival: Saturdays 14 and 28 February are worked, 15 to 23 February are off. */
  { WD, 1, "2026-02-13 16:00", "2026-02-14 16:00" },
  { WD, 1, "2026-02-14 16:00", "2026-02-24 16:00" },
  { WH, 4, "2026-02-14 18:00", "2026-02-24 12:00" },
  { WH, 4, "2026-02-17 09:00", "2026-02-24 12:00" },
  { WD, 5, "2026-02-16 10:00", "2026-02-28 18:00" },
  { WD, 5, "2026-02-27 10:00", "2026-03-05 10:00" },
  { WH, 2, "2026-02-28 17:00", "2026-03-02 09:00" },
  /* Mid-Autumn and National Day: Sunday 20 September and Saturday 10 October are worked. */
  { WD, 1, "2026-09-19 10:00", "2026-09-20 18:00" },
  { WD, 2, "2026-09-24 14:00", "2026-09-29 12:00" },
  { WD, 2, "2026-09-30 14:00", "2026-10-09 12:00" },
  { WD, 5, "2026-09-30 17:00", "2026-10-13 17:00" },
  { WH, 4, "2026-10-03 11:00", "2026-10-08 12:00" },
  /* The other holidays. */
  { WH, 4, "2026-01-02 09:00", "2026-01-04 12:00" },
  { WD, 1, "2025-12-31 16:00", "2026-01-04 16:00" },
  { WD, 3, "2026-04-30 15:00", "2026-05-08 15:00" },
  { WD, 2, "2026-05-08 10:00", "2026-05-11 10:00" },
  { WH, 4, "2026-06-18 16:00", "2026-06-22 10:00" },
  { WH, 2, "2026-04-03 17:30", "2026-04-07 09:30" },
  /* A year without a table: the week's rule alone. */
  { WD, 1, "2027-01-01 10:00", "2027-01-04 10:00" },
  /* Urgent hours and calendar days run always. */
  { UH, 2, "2026-03-06 23:30", "2026-03-07 01:30" },
  { UH, 4, "2026-02-17 03:00", "2026-02-17 07:00" },
  { UH, 24, "2026-02-28 12:00", "2026-03-01 12:00" },
  { UH, 2, "2026-12-31 23:00", "2027-01-01 01:00" },
  { CD, 1, "2026-03-06 17:00", "2026-03-07 17:00" },
  { CD, 15, "2026-02-10 09:00", "2026-02-25 09:00" },
  { CD, 3, "2026-02-27 10:00", "2026-03-02 10:00" },
  { CD, 1, "2028-02-28 10:00", "2028-02-29 10:00" },
};

static void
test_due (void)
{
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();

  for (guint i = 0; i < G_N_ELEMENTS (worked_out); i++)
    {
      LzLimit limit = { worked_out[i].count, worked_out[i].clock };
      gint64 start_ms = at (worked_out[i].start);
      gint64 due_ms = lz_calendar_due (calendar, limit, start_ms);
      g_autofree char *due = lz_test_say_moment (due_ms);

      g_test_message ("%u %s from %s", limit.count, lz_clock_to_string (limit.clock),
                      worked_out[i].start);
      g_assert_cmpstr (due, ==, worked_out[i].due);
      g_assert_cmpint (lz_calendar_elapsed (calendar, limit.clock, start_ms, due_ms), ==,
                       lz_calendar_limit_ms (calendar, limit));
    }
}

static void
test_warn (void)
{
  static const struct
  {
    LzClock clock;
    guint count;
    const char *start;
    const char *warn;
  } table[] = {
    { WD, 5, "2026-03-02 08:00", "2026-03-05 18:00" }, /* 32 of 40 hours */
    { WD, 1, "2026-03-02 09:00", "2026-03-02 17:24" }, /* 6 h 24 min */
    { WH, 4, "2026-03-02 08:00", "2026-03-02 11:12" },
    { WH, 2, "2026-03-06 17:00", "2026-03-09 08:36" },
    { UH, 2, "2026-03-07 10:00", "2026-03-07 11:36" },
    { CD, 5, "2026-02-14 07:00", "2026-02-18 07:00" },
  };
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      LzLimit limit = { table[i].count, table[i].clock };
      g_autofree char *warn =
          lz_test_say_moment (lz_calendar_warn (calendar, limit, at (table[i].start)));

      g_assert_cmpstr (warn, ==, table[i].warn);
    }

  g_assert_cmpint (lz_calendar_due (calendar, (LzLimit){ 0, WH }, at ("2026-03-02 08:00")), ==, 0);
  g_assert_cmpint (lz_calendar_warn (calendar, (LzLimit){ 0, WH }, at ("2026-03-02 08:00")), ==, 0);
}

/* A pause takes the rest of the limit along: domain §2.1. */
static void
test_pauses (void)
{
  static const struct
  {
    LzClock clock;
    guint count;
    const char *start;
    const char *paused;
    const char *resumed;
    const char *due;
  } table[] = {
    { WH, 8, "2026-03-02 09:00", "2026-03-02 15:00", "2026-03-04 10:00", "2026-03-04 16:00" },
    { WD, 5, "2026-02-12 08:00", "2026-02-14 12:00", "2026-02-25 14:00", "2026-02-27 18:00" },
    { WH, 4, "2026-03-02 08:00", "2026-03-02 12:30", "2026-03-02 13:30", "2026-03-02 13:30" },
    { WH, 4, "2026-03-06 19:00", "2026-03-07 10:00", "2026-03-08 10:00", "2026-03-09 12:00" },
    { UH, 4, "2026-03-06 22:00", "2026-03-06 23:00", "2026-03-08 01:00", "2026-03-08 04:00" },
    { CD, 15, "2026-03-02 10:00", "2026-03-12 10:00", "2026-04-12 10:00", "2026-04-17 10:00" },
  };
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 used =
          lz_calendar_elapsed (calendar, table[i].clock, at (table[i].start), at (table[i].paused));
      gint64 all = lz_calendar_limit_ms (calendar, (LzLimit){ table[i].count, table[i].clock });
      g_autofree char *due = lz_test_say_moment (
          lz_calendar_advance (calendar, table[i].clock, at (table[i].resumed), all - used));

      g_assert_cmpstr (due, ==, table[i].due);
    }
}

static void
test_elapsed (void)
{
  static const struct
  {
    LzClock clock;
    const char *from;
    const char *to;
    gint64 minutes;
  } table[] = {
    { WH, "2026-03-02 08:00", "2026-03-02 18:00", 480 },
    { WH, "2026-03-02 11:59", "2026-03-02 14:01", 2 },
    { WH, "2026-03-02 12:00", "2026-03-02 14:00", 0 },
    { WH, "2026-03-02 18:00", "2026-03-03 08:00", 0 },
    { WD, "2026-03-06 17:00", "2026-03-09 09:00", 120 },
    { WH, "2026-02-14 00:00", "2026-02-24 00:00", 480 },    /* the shifted Saturday alone */
    { WH, "2026-01-01 00:00", "2027-01-01 00:00", 119040 }, /* 248 days */
    { UH, "2026-03-06 17:00", "2026-03-09 09:00", 64 * 60 },
    { CD, "2026-02-28 00:00", "2026-03-01 00:00", 24 * 60 },
    { WH, "2026-03-03 09:00", "2026-03-02 09:00", 0 }, /* a clock set back counts nothing */
    { UH, "2026-03-03 09:00", "2026-03-02 09:00", 0 },
  };
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 elapsed =
          lz_calendar_elapsed (calendar, table[i].clock, at (table[i].from), at (table[i].to));

      g_test_message ("%s to %s", table[i].from, table[i].to);
      g_assert_cmpint (elapsed, ==, table[i].minutes * 60000);
    }
}

/* Every day of 2026 against the notice, told apart by hand. */
static void
test_china_2026 (void)
{
  static const char *const off[] = {
    "01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "02-23", "04-06", "05-01",
    "05-04", "05-05", "06-19", "09-25", "10-01", "10-02", "10-05", "10-06", "10-07", NULL,
  };
  static const char *const worked[] = {
    "01-04", "02-14", "02-28", "05-09", "09-20", "10-10", NULL
  };
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();
  guint n = 0;

  for (guint i = 0; i < 365; i++)
    {
      g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 2026);
      char day[6], noon[32];
      gboolean expected;

      g_date_add_days (date, i);
      g_date_strftime (day, sizeof day, "%m-%d", date);
      g_snprintf (noon, sizeof noon, "2026-%s 12:00", day);
      expected = g_date_get_weekday (date) < G_DATE_SATURDAY;
      expected = (expected && !g_strv_contains (off, day)) || g_strv_contains (worked, day);
      g_assert_cmpint (lz_calendar_is_working_day (calendar, at (noon)), ==, expected);
      n += expected;
    }

  g_assert_cmpuint (n, ==, 248);
}

/* The slow and plain way: minute by minute. */
static gint64
count_minutes (const LzCalendar *calendar, gint64 from_ms, gint64 to_ms)
{
  gint64 minutes = 0;

  for (gint64 t = from_ms; t < to_ms; t += 60000)
    {
      gint64 minute = (t / 60000 + LZ_TEST_CHINA_MIN) % 1440;

      minutes += lz_calendar_is_working_day (calendar, t) &&
                 ((minute >= 480 && minute < 720) || (minute >= 840 && minute < 1080));
    }

  return minutes;
}

static void
test_against_minutes (void)
{
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();

  for (guint i = 0; i < 60; i++)
    {
      gint64 from_ms = at ("2026-01-01 00:00") + g_test_rand_int_range (0, 400 * 1440) * 60000LL;
      gint64 to_ms = from_ms + g_test_rand_int_range (0, 30 * 1440) * 60000LL;

      g_assert_cmpint (lz_calendar_elapsed (calendar, WH, from_ms, to_ms), ==,
                       count_minutes (calendar, from_ms, to_ms) * 60000);
    }
}

static gint64
random_ms (gint64 low, gint64 high)
{
  gint64 wide = ((gint64) g_test_rand_int_range (0, G_MAXINT32) << 31) |
                g_test_rand_int_range (0, G_MAXINT32);

  return low + wide % (high - low);
}

/* A calendar nobody would keep: many spans, many special days, far back and ahead. */
static LzCalendar *
random_calendar (void)
{
  LzCalendar *calendar = lz_calendar_new (g_test_rand_int_range (-720, 841));
  guint n_days = (guint) g_test_rand_int_range (0, 300);
  guint spans[4][2];
  guint minute = 0, n = (guint) g_test_rand_int_range (1, 5);

  for (guint i = 0; i < n; i++)
    {
      minute += (guint) g_test_rand_int_range (i == 0 ? 0 : 1, 180);
      spans[i][0] = minute;
      minute += (guint) g_test_rand_int_range (1, 180);
      spans[i][1] = minute;
    }
  g_assert_true (lz_calendar_set_hours (calendar, spans, n));

  for (guint i = 0; i < n_days; i++)
    lz_calendar_set_day (calendar, g_test_rand_int_range (1960, 2060),
                         g_test_rand_int_range (1, 13), g_test_rand_int_range (1, 29),
                         g_test_rand_bit ());

  return calendar;
}

static void
test_inverse (void)
{
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (LzCalendar) calendar = random_calendar ();

      for (guint i = 0; i < 200; i++)
        {
          LzClock clock = (LzClock) g_test_rand_int_range (0, 4);
          gint64 from_ms = random_ms (-10 * 365 * DAY_MS, 90 * 365 * DAY_MS);
          gint64 counted_ms = random_ms (1, g_test_rand_bit () ? 40 * HOUR_MS : 3000 * DAY_MS);
          gint64 to_ms = lz_calendar_advance (calendar, clock, from_ms, counted_ms);
          gint64 longer_ms = random_ms (counted_ms + 1, counted_ms + 100 * HOUR_MS);

          /* It lands where exactly so much is counted, and not a millisecond later than needed. */
          g_assert_cmpint (to_ms, >, from_ms);
          g_assert_cmpint (lz_calendar_elapsed (calendar, clock, from_ms, to_ms), ==, counted_ms);
          g_assert_cmpint (lz_calendar_elapsed (calendar, clock, from_ms, to_ms - 1), ==,
                           counted_ms - 1);
          g_assert_cmpint (lz_calendar_advance (calendar, clock, from_ms, longer_ms), >, to_ms);

          /* In two steps it is the same, whatever lies between. */
          g_assert_cmpint (lz_calendar_advance (calendar, clock,
                                                lz_calendar_advance (calendar, clock, from_ms,
                                                                     counted_ms / 2),
                                                counted_ms - counted_ms / 2),
                           ==, to_ms);
        }
    }
}

static void
test_monotone (void)
{
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();
  gint64 from_ms = at ("2026-02-01 00:00");

  for (guint i = 0; i < 2000; i++)
    {
      gint64 a = random_ms (from_ms, from_ms + 300 * DAY_MS);
      gint64 b = random_ms (a, a + 60 * DAY_MS + 1);

      g_assert_cmpint (lz_calendar_elapsed (calendar, WH, from_ms, a), <=,
                       lz_calendar_elapsed (calendar, WH, from_ms, b));
      g_assert_cmpint (lz_calendar_due (calendar, (LzLimit){ 2, WD }, a), <=,
                       lz_calendar_due (calendar, (LzLimit){ 2, WD }, b));
      g_assert_cmpint (lz_calendar_elapsed (calendar, WH, a, b), <=, b - a);
    }
}

/* Nothing that an event can hold may overflow or take long. */
static void
test_far (void)
{
  static const gint64 moments[] = { G_MININT64, -1, 0, G_MAXINT32, G_MAXINT64 / 2, G_MAXINT64 };
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();

  for (guint clock = UH; clock <= CD; clock++)
    for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
      {
        LzLimit limit = { G_MAXUINT, (LzClock) clock };

        g_assert_cmpint (lz_calendar_advance (calendar, clock, moments[i], G_MAXINT64), ==,
                         G_MAXINT64);
        g_assert_cmpint (lz_calendar_advance (calendar, clock, moments[i], 0), ==, moments[i]);
        g_assert_cmpint (lz_calendar_advance (calendar, clock, moments[i], -5), ==, moments[i]);
        g_assert_cmpint (lz_calendar_elapsed (calendar, clock, moments[i], G_MAXINT64), >=, 0);
        g_assert_cmpint (lz_calendar_due (calendar, limit, moments[i]), >=,
                         lz_calendar_warn (calendar, limit, moments[i]));
        lz_calendar_is_working_day (calendar, moments[i]);
      }
}

static void
test_hours (void)
{
  static const guint summer[][2] = { { 8 * 60, 12 * 60 }, { 15 * 60, 18 * 60 + 30 } };
  static const guint all_day[][2] = { { 0, 1440 } };
  static const guint empty[][2] = { { 480, 480 } };
  static const guint backward[][2] = { { 840, 1080 }, { 480, 720 } };
  static const guint overlap[][2] = { { 480, 720 }, { 700, 800 } };
  static const guint too_late[][2] = { { 480, 1441 } };
  static const guint five[][2] = { { 0, 1 }, { 2, 3 }, { 4, 5 }, { 6, 7 }, { 8, 9 } };
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();
  g_autofree char *due = NULL;

  g_assert_cmpuint (lz_calendar_get_day_ms (calendar), ==, 8 * HOUR_MS);
  g_assert_cmpint (lz_calendar_get_utc_offset_min (calendar), ==, 480);
  g_assert_false (lz_calendar_set_hours (calendar, summer, 0));
  g_assert_false (lz_calendar_set_hours (calendar, empty, 1));
  g_assert_false (lz_calendar_set_hours (calendar, backward, 2));
  g_assert_false (lz_calendar_set_hours (calendar, overlap, 2));
  g_assert_false (lz_calendar_set_hours (calendar, too_late, 1));
  g_assert_false (lz_calendar_set_hours (calendar, five, 5));
  g_assert_cmpuint (lz_calendar_get_day_ms (calendar), ==, 8 * HOUR_MS);

  g_assert_true (lz_calendar_set_hours (calendar, summer, 2));
  g_assert_cmpuint (lz_calendar_get_day_ms (calendar), ==, 15 * HOUR_MS / 2);
  due =
      lz_test_say_moment (lz_calendar_due (calendar, (LzLimit){ 1, WD }, at ("2026-07-06 11:00")));
  g_assert_cmpstr (due, ==, "2026-07-07 11:00");

  g_assert_true (lz_calendar_set_hours (calendar, all_day, 1));
  g_clear_pointer (&due, g_free);
  due =
      lz_test_say_moment (lz_calendar_due (calendar, (LzLimit){ 2, WH }, at ("2026-07-06 23:00")));
  g_assert_cmpstr (due, ==, "2026-07-07 01:00");
}

/* The same moment is Monday morning in Kathmandu and Sunday night in New York. */
static void
test_zones (void)
{
  gint64 at_ms = at ("2026-03-02 08:15");
  g_autoptr (LzCalendar) nepal = lz_calendar_new (345);
  g_autoptr (LzCalendar) new_york = lz_calendar_new (-300);

  g_assert_true (lz_calendar_is_working_day (nepal, at_ms));
  g_assert_false (lz_calendar_is_working_day (new_york, at_ms));
  g_assert_cmpint (lz_calendar_due (nepal, (LzLimit){ 1, WH }, at_ms), ==,
                   at ("2026-03-02 11:15")); /* 06:00 there: two hours to wait */
  g_assert_cmpint (lz_calendar_due (new_york, (LzLimit){ 1, WH }, at_ms), ==,
                   at ("2026-03-02 22:00"));
}

static void
test_set_day (void)
{
  g_autoptr (LzCalendar) calendar = lz_calendar_new (LZ_TEST_CHINA_MIN);

  g_assert_true (lz_calendar_is_working_day (calendar, at ("2026-03-02 00:00")));
  lz_calendar_set_day (calendar, 2026, 3, 2, FALSE);
  g_assert_false (lz_calendar_is_working_day (calendar, at ("2026-03-02 23:59")));
  g_assert_true (lz_calendar_is_working_day (calendar, at ("2026-03-03 00:00")));
  lz_calendar_set_day (calendar, 2026, 3, 2, TRUE);
  g_assert_true (lz_calendar_is_working_day (calendar, at ("2026-03-02 23:59")));
  g_assert_cmpint (lz_calendar_elapsed (calendar, WH, at ("2026-03-02 00:00"),
                                        at ("2026-03-09 00:00")),
                   ==, 40 * HOUR_MS);
}

static void
test_load (void)
{
  static const struct
  {
    const char *text;
    const char *message; /* NULL = good */
  } table[] = {
    { "date\tday\tname\tsource\n2026-03-02\toff\tx\ty\n", NULL },
    { "# note\r\nday\tdate\r\noff\t2026-03-02\r\n\r\n", NULL },
    { "\xef\xbb\xbf"
      "date\tday\n2026-03-02\toff",
      NULL },
    { "", "names the columns" },
    { "date\tname\n", "line 1: there is no column “day”" },
    { "date\tday\n2026-03-02\n", "line 2: 1 fields" },
    { "date\tday\n2026-03-03\toff\n2026-03-02\toff\tx\n", "line 3: 3 fields" },
    { "# n\n\ndate\tday\n2026-02-29\toff\n", "line 4, date: " },
    { "date\tday\n2026-3-2\toff\n", "line 2, date: " },
    { "date\tday\n02.03.2026\toff\n", "line 2, date: " },
    { "date\tday\n2026-03-02\tfree\n", "line 2, day: " },
    { "date\tday\n2026-03-02\toff\n2026-03-02\twork\n", "line 3, date: is there twice" },
    { "date\tday\n2026-03-02\toff\n\xff\tx\n", "line 3: not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LzCalendar) calendar = lz_calendar_new (LZ_TEST_CHINA_MIN);
      g_autoptr (GBytes) bytes = g_bytes_new_static (table[i].text, strlen (table[i].text));
      g_autoptr (GError) error = NULL;
      gboolean good = lz_calendar_load_tsv (calendar, bytes, &error);

      g_assert_cmpint (good, ==, table[i].message == NULL);
      g_assert_cmpint (lz_calendar_is_working_day (calendar, at ("2026-03-02 12:00")), ==, !good);
      if (good)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, table[i].message));
    }
}

static void
test_civil (void)
{
  int year, month, day;

  g_assert_cmpint (lz_civil_to_days (1970, 1, 1), ==, 0);
  g_assert_cmpint (lz_civil_to_days (1, 1, 1), ==, -719162);
  for (gint64 days = -719162; days <= 2932896; days += 37)
    {
      g_autoptr (GDate) date = g_date_new_julian ((guint32) (days + 719163));

      lz_civil_from_days (days, &year, &month, &day);
      g_assert_cmpint (year, ==, g_date_get_year (date));
      g_assert_cmpint (month, ==, g_date_get_month (date));
      g_assert_cmpint (day, ==, g_date_get_day (date));
      g_assert_true (lz_civil_is_valid (year, month, day));
      g_assert_cmpint (lz_civil_to_days (year, month, day), ==, days);
    }

  g_assert_false (lz_civil_is_valid (2026, 2, 29));
  g_assert_true (lz_civil_is_valid (2028, 2, 29));
  g_assert_false (lz_civil_is_valid (2100, 2, 29));
  g_assert_true (lz_civil_is_valid (2000, 2, 29));
  g_assert_false (lz_civil_is_valid (2026, 13, 1));
  g_assert_false (lz_civil_is_valid (2026, 4, 31));
}

static void
test_words (void)
{
  static const struct
  {
    LzLimit limit;
    const char *label;
  } table[] = {
    { { 0, WH }, "no limit" },          { { 1, UH }, "1 urgent hour" },
    { { 2, UH }, "2 urgent hours" },    { { 4, WH }, "4 working hours" },
    { { 1, WD }, "1 working day" },     { { 5, WD }, "5 working days" },
    { { 15, CD }, "15 calendar days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *label = lz_limit_dup_label (table[i].limit);

      g_assert_cmpstr (label, ==, table[i].label);
    }

  for (guint i = UH; i <= CD; i++)
    {
      LzClock clock = (i + 1) % 4;

      g_assert_true (lz_clock_from_string (lz_clock_to_string ((LzClock) i), &clock));
      g_assert_cmpint (clock, ==, i);
      g_assert_false (lz_clock_from_string ("hours", &clock));
      g_assert_cmpint (clock, ==, i);
    }
}

static void
test_lamps (void)
{
  g_assert_cmpint (lz_lamp_at (0, 0, 5), ==, LZ_LAMP_NONE);
  g_assert_cmpint (lz_lamp_at (80, 100, 79), ==, LZ_LAMP_GREEN);
  g_assert_cmpint (lz_lamp_at (80, 100, 80), ==, LZ_LAMP_GREEN);
  g_assert_cmpint (lz_lamp_at (80, 100, 81), ==, LZ_LAMP_YELLOW);
  g_assert_cmpint (lz_lamp_at (80, 100, 100), ==, LZ_LAMP_YELLOW);
  g_assert_cmpint (lz_lamp_at (80, 100, 101), ==, LZ_LAMP_RED);
  g_assert_cmpstr (lz_lamp_to_string (LZ_LAMP_RED), ==, "red");
  g_assert_cmpstr (lz_lamp_label (LZ_LAMP_RED), ==, "Overdue");
  g_assert_cmpstr (lz_lamp_label (LZ_LAMP_NONE), ==, "No deadline");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/clock/due", test_due);
  g_test_add_func ("/core/clock/warn", test_warn);
  g_test_add_func ("/core/clock/pauses", test_pauses);
  g_test_add_func ("/core/clock/elapsed", test_elapsed);
  g_test_add_func ("/core/clock/china-2026", test_china_2026);
  g_test_add_func ("/core/clock/against-minutes", test_against_minutes);
  g_test_add_func ("/core/clock/inverse", test_inverse);
  g_test_add_func ("/core/clock/monotone", test_monotone);
  g_test_add_func ("/core/clock/far", test_far);
  g_test_add_func ("/core/clock/hours", test_hours);
  g_test_add_func ("/core/clock/zones", test_zones);
  g_test_add_func ("/core/clock/set-day", test_set_day);
  g_test_add_func ("/core/clock/load", test_load);
  g_test_add_func ("/core/clock/civil", test_civil);
  g_test_add_func ("/core/clock/words", test_words);
  g_test_add_func ("/core/clock/lamps", test_lamps);

  return g_test_run ();
}
