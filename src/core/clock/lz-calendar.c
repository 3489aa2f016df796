/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-clock"

#include "config.h"

#include "lz-calendar.h"

#include "lz-civil.h"

#define MINUTE_MS        G_GINT64_CONSTANT (60000)
#define HOUR_MS          G_GINT64_CONSTANT (3600000)
#define DAY_MS           G_GINT64_CONSTANT (86400000)
#define WORKDAYS_A_WEEK  5
#define MAX_SPANS        4
#define WARN_NUMERATOR   4 /* 80 % */
#define WARN_DENOMINATOR 5

/* Moments further away than this (9 million years) are cut to it, so that nothing overflows. */
#define FAR_MS (G_MAXINT64 / 32)

typedef struct
{
  gint64 day;       /* since 1970-01-01, local */
  gboolean working; /* what it is */
  gint64 surplus;   /* working days that this and all earlier ones add to the week's rule */
} SpecialDay;

typedef struct
{
  gint64 start_ms; /* after local midnight */
  gint64 end_ms;
} Span;

struct _LzCalendar
{
  gatomicrefcount ref_count;
  gint64 offset_ms;
  Span spans[MAX_SPANS];
  guint n_spans;
  gint64 day_ms;    /* sum of the spans */
  GArray *specials; /* of SpecialDay, by day */
};

LzCalendar *
lz_calendar_new (int utc_offset_min)
{
  static const guint usual[][2] = { { 8 * 60, 12 * 60 }, { 14 * 60, 18 * 60 } };
  LzCalendar *self = g_new0 (LzCalendar, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->offset_ms = utc_offset_min * MINUTE_MS;
  self->specials = g_array_new (FALSE, FALSE, sizeof (SpecialDay));
  lz_calendar_set_hours (self, usual, G_N_ELEMENTS (usual));

  return self;
}

LzCalendar *
lz_calendar_ref (LzCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lz_calendar_unref (LzCalendar *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->specials);
  g_free (self);
}

gboolean
lz_calendar_set_hours (LzCalendar *self, const guint (*spans)[2], guint n_spans)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (spans != NULL, FALSE);

  if (n_spans < 1 || n_spans > MAX_SPANS)
    return FALSE;
  for (guint i = 0; i < n_spans; i++)
    if (spans[i][0] >= spans[i][1] || spans[i][1] > DAY_MS / MINUTE_MS ||
        (i > 0 && spans[i][0] < spans[i - 1][1]))
      return FALSE;

  self->n_spans = n_spans;
  self->day_ms = 0;
  for (guint i = 0; i < n_spans; i++)
    {
      self->spans[i] = (Span){ spans[i][0] * MINUTE_MS, spans[i][1] * MINUTE_MS };
      self->day_ms += self->spans[i].end_ms - self->spans[i].start_ms;
    }

  return TRUE;
}

/* Gives the index of the first special day not before @day. */
static guint
find_special (const LzCalendar *self, gint64 day)
{
  guint low = 0;
  guint high = self->specials->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->specials, SpecialDay, middle).day < day)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* 1970-01-01 was a Thursday; Monday is 0. */
static gint64
weekday (gint64 day)
{
  return lz_floor_mod (day + 3, 7);
}

static gboolean
week_says_working (gint64 day)
{
  return weekday (day) < WORKDAYS_A_WEEK;
}

void
lz_calendar_set_day (LzCalendar *self, int year, int month, int day, gboolean working)
{
  SpecialDay special = { 0 };
  gint64 surplus = 0;
  guint i;

  g_return_if_fail (self != NULL);
  g_return_if_fail (lz_civil_is_valid (year, month, day));

  special.day = lz_civil_to_days (year, month, day);
  special.working = !!working;
  i = find_special (self, special.day);
  if (i < self->specials->len && g_array_index (self->specials, SpecialDay, i).day == special.day)
    g_array_index (self->specials, SpecialDay, i) = special;
  else
    g_array_insert_val (self->specials, i, special);

  for (i = 0; i < self->specials->len; i++)
    {
      SpecialDay *s = &g_array_index (self->specials, SpecialDay, i);

      surplus += s->working - week_says_working (s->day);
      s->surplus = surplus;
    }
}

int
lz_calendar_get_utc_offset_min (const LzCalendar *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (int) (self->offset_ms / MINUTE_MS);
}

guint
lz_calendar_get_day_ms (const LzCalendar *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) self->day_ms;
}

static gboolean
day_is_working (const LzCalendar *self, gint64 day)
{
  guint i = find_special (self, day);

  if (i < self->specials->len && g_array_index (self->specials, SpecialDay, i).day == day)
    return g_array_index (self->specials, SpecialDay, i).working;

  return week_says_working (day);
}

gboolean
lz_calendar_is_working_day (const LzCalendar *self, gint64 at_ms)
{
  g_return_val_if_fail (self != NULL, FALSE);

  at_ms = CLAMP (at_ms, -FAR_MS, FAR_MS) + self->offset_ms;
  return day_is_working (self, lz_floor_div (at_ms, DAY_MS));
}

/* How many working days lie before @day, from a Monday long ago: only differences mean something.
 */
static gint64
workdays_before (const LzCalendar *self, gint64 day)
{
  gint64 week = lz_floor_div (day + 3, 7);
  guint i = find_special (self, day);
  gint64 surplus = i > 0 ? g_array_index (self->specials, SpecialDay, i - 1).surplus : 0;

  return week * WORKDAYS_A_WEEK + MIN (weekday (day), WORKDAYS_A_WEEK) + surplus;
}

/* Working time before a local moment, from the same Monday. */
static gint64
worked_before (const LzCalendar *self, gint64 local_ms)
{
  gint64 day = lz_floor_div (local_ms, DAY_MS);
  gint64 in_day = lz_floor_mod (local_ms, DAY_MS);
  gint64 worked = workdays_before (self, day) * self->day_ms;

  if (!day_is_working (self, day))
    return worked;

  for (guint i = 0; i < self->n_spans && in_day > self->spans[i].start_ms; i++)
    worked += MIN (in_day, self->spans[i].end_ms) - self->spans[i].start_ms;

  return worked;
}

/* The earliest local moment with @worked ms before it: the inverse of the function above.  Finds
 * the one day on which the count passes through @worked by halving, then the place in that day. */
static gint64
moment_worked (const LzCalendar *self, gint64 worked)
{
  gint64 whole = lz_floor_div (worked - 1, self->day_ms); /* full days before the day looked for */
  gint64 rest = worked - whole * self->day_ms;            /* 1 … day_ms of work in that day */
  gint64 slack = (gint64) self->specials->len + 7;
  gint64 low = lz_floor_div (whole - slack, WORKDAYS_A_WEEK) * 7 - 7;
  gint64 high = lz_floor_div (whole + slack, WORKDAYS_A_WEEK) * 7 + 7;
  gint64 at;

  /* The last day with no more than @whole working days before it, and itself worked. */
  while (low + 1 < high)
    {
      gint64 middle = low + (high - low) / 2;

      if (workdays_before (self, middle) <= whole)
        low = middle;
      else
        high = middle;
    }

  at = low * DAY_MS;
  for (guint i = 0; i < self->n_spans; i++)
    {
      gint64 length = self->spans[i].end_ms - self->spans[i].start_ms;

      if (rest <= length)
        return at + self->spans[i].start_ms + rest;
      rest -= length;
    }

  g_return_val_if_reached (at);
}

static gboolean
runs_always (LzClock clock)
{
  return clock == LZ_CLOCK_URGENT_HOURS || clock == LZ_CLOCK_CALENDAR_DAYS;
}

gint64
lz_calendar_elapsed (const LzCalendar *self, LzClock clock, gint64 from_ms, gint64 to_ms)
{
  g_return_val_if_fail (self != NULL, 0);

  if (to_ms <= from_ms)
    return 0;

  from_ms = CLAMP (from_ms, -FAR_MS, FAR_MS);
  to_ms = CLAMP (to_ms, -FAR_MS, FAR_MS);
  if (runs_always (clock))
    return to_ms - from_ms;

  return worked_before (self, to_ms + self->offset_ms) -
         worked_before (self, from_ms + self->offset_ms);
}

gint64
lz_calendar_advance (const LzCalendar *self, LzClock clock, gint64 from_ms, gint64 counted_ms)
{
  g_return_val_if_fail (self != NULL, from_ms);

  if (counted_ms <= 0)
    return from_ms;

  from_ms = CLAMP (from_ms, -FAR_MS, FAR_MS);
  if (counted_ms > FAR_MS || counted_ms / self->day_ms > FAR_MS / DAY_MS)
    return G_MAXINT64;
  if (runs_always (clock))
    return from_ms + counted_ms;

  return moment_worked (self, worked_before (self, from_ms + self->offset_ms) + counted_ms) -
         self->offset_ms;
}

gint64
lz_calendar_limit_ms (const LzCalendar *self, LzLimit limit)
{
  g_return_val_if_fail (self != NULL, 0);

  switch (limit.clock)
    {
    case LZ_CLOCK_URGENT_HOURS:
    case LZ_CLOCK_WORKING_HOURS:
      return limit.count * HOUR_MS;
    case LZ_CLOCK_WORKING_DAYS:
      return limit.count * self->day_ms;
    case LZ_CLOCK_CALENDAR_DAYS:
      return limit.count * DAY_MS;
    default:
      g_return_val_if_reached (0);
    }
}

gint64
lz_calendar_due (const LzCalendar *self, LzLimit limit, gint64 start_ms)
{
  g_return_val_if_fail (self != NULL, 0);

  if (limit.count == 0)
    return 0;

  return lz_calendar_advance (self, limit.clock, start_ms, lz_calendar_limit_ms (self, limit));
}

gint64
lz_calendar_warn_ms (gint64 limit_ms)
{
  return limit_ms / WARN_DENOMINATOR * WARN_NUMERATOR;
}

gint64
lz_calendar_warn (const LzCalendar *self, LzLimit limit, gint64 start_ms)
{
  gint64 warn_ms;

  g_return_val_if_fail (self != NULL, 0);

  if (limit.count == 0)
    return 0;

  warn_ms = lz_calendar_warn_ms (lz_calendar_limit_ms (self, limit));
  return lz_calendar_advance (self, limit.clock, start_ms, warn_ms);
}
