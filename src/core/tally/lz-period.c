/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-civil.h"
#include "lz-error.h"
#include "lz-period.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

gint64
lz_period_day_of (gint64 at_ms, int utc_offset_min)
{
  return lz_floor_div (at_ms + utc_offset_min * G_GINT64_CONSTANT (60000), DAY_MS);
}

guint
lz_period_weekday_of (gint64 day)
{
  return (guint) lz_floor_mod (day + 3, 7); /* 1970-01-01 was a Thursday */
}

static LzPeriod
make_period (LzPeriodKind kind, gint64 first_day, gint64 end_day, int utc_offset_min)
{
  gint64 shift_ms = utc_offset_min * G_GINT64_CONSTANT (60000);

  return (LzPeriod){ kind,
                     first_day,
                     end_day,
                     utc_offset_min,
                     first_day * DAY_MS - shift_ms,
                     end_day * DAY_MS - shift_ms };
}

/* -- weeks --------------------------------------------------------------------------------------
 */

/* Monday of week 1: the week with the year's first Thursday in it. */
static gint64
first_monday (int year)
{
  gint64 day = lz_civil_to_days (year, 1, 4);

  return day - lz_period_weekday_of (day);
}

static guint
count_weeks (int year)
{
  return (guint) ((first_monday (year + 1) - first_monday (year)) / 7);
}

static void
find_week (gint64 monday, int *year, guint *week)
{
  int month, day;

  lz_civil_from_days (monday + 3, year, &month, &day);
  *week = (guint) ((monday - first_monday (*year)) / 7) + 1;
}

/* -- from text ----------------------------------------------------------------------------------
 */

static LzPeriod
make_months (LzPeriodKind kind, int year, int month, int n, int utc_offset_min)
{
  int end = year * 12 + month - 1 + n;

  return make_period (kind, lz_civil_to_days (year, month, 1),
                      lz_civil_to_days (end / 12, end % 12 + 1, 1), utc_offset_min);
}

static gboolean
parse_free (const char *text, int offset, LzPeriod *period)
{
  g_autofree char *first = g_strndup (text, 10);
  int year, month, day, last_year, last_month, last_day;
  gint64 from, to;

  if (!lz_civil_parse (first, &year, &month, &day) ||
      !lz_civil_parse (text + 12, &last_year, &last_month, &last_day))
    return FALSE;
  from = lz_civil_to_days (year, month, day);
  to = lz_civil_to_days (last_year, last_month, last_day) + 1;
  if (to <= from)
    return FALSE;
  *period = make_period (LZ_PERIOD_FREE, from, to, offset);
  return TRUE;
}

static gboolean
parse_any (const char *text, int offset, LzPeriod *period)
{
  int year, month, day;
  guint week;
  gsize length = strlen (text);

  if (length == 22 && strncmp (text + 10, "..", 2) == 0)
    return parse_free (text, offset, period);
  if (lz_civil_parse (text, &year, &month, &day))
    {
      *period = make_period (LZ_PERIOD_DAY, lz_civil_to_days (year, month, day),
                             lz_civil_to_days (year, month, day) + 1, offset);
      return TRUE;
    }
  if (length < 4 || strspn (text, "0123456789") != 4)
    return FALSE;
  year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
  if (year < 1 || year > 9998)
    return FALSE;
  if (length == 4)
    *period = make_months (LZ_PERIOD_YEAR, year, 1, 12, offset);
  else if (length == 7 && text[5] == 'Q' && text[4] == '-' && text[6] >= '1' && text[6] <= '4')
    *period = make_months (LZ_PERIOD_QUARTER, year, (text[6] - '1') * 3 + 1, 3, offset);
  else if (length == 8 && strncmp (text + 4, "-W", 2) == 0 && g_ascii_isdigit (text[6]) &&
           g_ascii_isdigit (text[7]))
    {
      week = (guint) ((text[6] - '0') * 10 + text[7] - '0');
      if (week < 1 || week > count_weeks (year))
        return FALSE;
      *period = make_period (LZ_PERIOD_WEEK, first_monday (year) + (gint64) (week - 1) * 7,
                             first_monday (year) + (gint64) week * 7, offset);
    }
  else if (length == 7 && text[4] == '-' && g_ascii_isdigit (text[5]) && g_ascii_isdigit (text[6]))
    {
      month = (text[5] - '0') * 10 + text[6] - '0';
      if (month < 1 || month > 12)
        return FALSE;
      *period = make_months (LZ_PERIOD_MONTH, year, month, 1, offset);
    }
  else
    return FALSE;
  return TRUE;
}

gboolean
lz_period_parse (const char *text, int utc_offset_min, LzPeriod *period, GError **error)
{
  g_return_val_if_fail (text != NULL && period != NULL, FALSE);

  if (parse_any (text, utc_offset_min, period))
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
               _ ("“%s” is no period: write 2026-03-02, 2026-W10, 2026-03, 2026-Q1, 2026 or"
                  " 2026-03-02..2026-03-15."),
               text);
  return FALSE;
}

LzPeriod
lz_period_at (LzPeriodKind kind, gint64 at_ms, int utc_offset_min)
{
  gint64 today = lz_period_day_of (at_ms, utc_offset_min);
  int year, month, day;

  lz_civil_from_days (today, &year, &month, &day);
  switch (kind)
    {
    case LZ_PERIOD_WEEK:
      today -= lz_period_weekday_of (today);
      return make_period (kind, today, today + 7, utc_offset_min);
    case LZ_PERIOD_MONTH:
      return make_months (kind, year, month, 1, utc_offset_min);
    case LZ_PERIOD_QUARTER:
      return make_months (kind, year, (month - 1) / 3 * 3 + 1, 3, utc_offset_min);
    case LZ_PERIOD_YEAR:
      return make_months (kind, year, 1, 12, utc_offset_min);
    case LZ_PERIOD_DAY:
    case LZ_PERIOD_FREE:
    default:
      return make_period (LZ_PERIOD_DAY, today, today + 1, utc_offset_min);
    }
}

/* -- compared with ------------------------------------------------------------------------------
 */

LzPeriod
lz_period_previous (const LzPeriod *self)
{
  if (self->kind == LZ_PERIOD_FREE)
    return make_period (LZ_PERIOD_FREE, 2 * self->first_day - self->end_day, self->first_day,
                        self->utc_offset_min);
  return lz_period_at (self->kind, self->from_ms - 1, self->utc_offset_min);
}

static gint64
same_date_last_year (gint64 days)
{
  int year, month, day;

  lz_civil_from_days (days, &year, &month, &day);
  if (month == 2 && day == 29)
    day = 28;
  return lz_civil_to_days (year - 1, month, day);
}

gboolean
lz_period_last_year (const LzPeriod *self, LzPeriod *last_year)
{
  gint64 first = same_date_last_year (self->first_day);
  int year;
  guint week;

  switch (self->kind)
    {
    case LZ_PERIOD_WEEK:
      find_week (self->first_day, &year, &week);
      if (week > count_weeks (year - 1))
        return FALSE;
      first = first_monday (year - 1) + (gint64) (week - 1) * 7;
      *last_year = make_period (LZ_PERIOD_WEEK, first, first + 7, self->utc_offset_min);
      break;
    case LZ_PERIOD_FREE:
      *last_year = make_period (LZ_PERIOD_FREE, first, same_date_last_year (self->end_day - 1) + 1,
                                self->utc_offset_min);
      break;
    case LZ_PERIOD_DAY:
      *last_year = make_period (LZ_PERIOD_DAY, first, first + 1, self->utc_offset_min);
      break;
    case LZ_PERIOD_MONTH:
    case LZ_PERIOD_QUARTER:
    case LZ_PERIOD_YEAR:
    default:
      *last_year = make_period (self->kind, first, same_date_last_year (self->end_day),
                                self->utc_offset_min);
      break;
    }
  return TRUE;
}

gboolean
lz_period_has (const LzPeriod *self, gint64 at_ms)
{
  return at_ms >= self->from_ms && at_ms < self->to_ms;
}

/* -- to text ------------------------------------------------------------------------------------
 */

static char *
dup_date (gint64 days)
{
  int year, month, day;

  lz_civil_from_days (days, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

char *
lz_period_dup_key (const LzPeriod *self)
{
  g_autofree char *first = dup_date (self->first_day);
  g_autofree char *last = dup_date (self->end_day - 1);
  int year, month, day;
  guint week;

  lz_civil_from_days (self->first_day, &year, &month, &day);
  switch (self->kind)
    {
    case LZ_PERIOD_WEEK:
      find_week (self->first_day, &year, &week);
      return g_strdup_printf ("%04d-W%02u", year, week);
    case LZ_PERIOD_MONTH:
      return g_strndup (first, 7);
    case LZ_PERIOD_QUARTER:
      return g_strdup_printf ("%04d-Q%d", year, (month - 1) / 3 + 1);
    case LZ_PERIOD_YEAR:
      return g_strndup (first, 4);
    case LZ_PERIOD_DAY:
      return g_steal_pointer (&first);
    case LZ_PERIOD_FREE:
    default:
      return g_strdup_printf ("%s..%s", first, last);
    }
}

char *
lz_period_dup_label (const LzPeriod *self)
{
  g_autofree char *first = dup_date (self->first_day);
  g_autofree char *last = dup_date (self->end_day - 1);
  int year, month, day;
  guint week;

  lz_civil_from_days (self->first_day, &year, &month, &day);
  switch (self->kind)
    {
    case LZ_PERIOD_WEEK:
      find_week (self->first_day, &year, &week);
      /* Translators: number of the week, year, first and last day. */
      return g_strdup_printf (_ ("week %u of %d (%s – %s)"), week, year, first, last);
    case LZ_PERIOD_MONTH:
      /* Translators: year, number of the month. */
      return g_strdup_printf (_ ("%d-%02d"), year, month);
    case LZ_PERIOD_QUARTER:
      /* Translators: number of the quarter, year. */
      return g_strdup_printf (_ ("quarter %d of %d"), (month - 1) / 3 + 1, year);
    case LZ_PERIOD_YEAR:
      return g_strdup_printf (_ ("the year %d"), year);
    case LZ_PERIOD_DAY:
      return g_steal_pointer (&first);
    case LZ_PERIOD_FREE:
    default:
      return g_strdup_printf (_ ("%s to %s"), first, last);
    }
}

const char *
lz_period_kind_to_string (LzPeriodKind kind)
{
  static const char *const names[] = { "day", "week", "month", "quarter", "year", "free" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}
