/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzClock:
 * @LZ_CLOCK_URGENT_HOURS: 紧急工作时: hours that run day and night, weekends and holidays too
 * @LZ_CLOCK_WORKING_HOURS: 工作时: 08:00–12:00 and 14:00–18:00 on workdays only
 * @LZ_CLOCK_WORKING_DAYS: 工作日: 8 working hours each
 * @LZ_CLOCK_CALENDAR_DAYS: 自然日: 24 hours each, running always
 *
 * The four clocks by which a limit can run.
 */
typedef enum
{
  LZ_CLOCK_URGENT_HOURS,
  LZ_CLOCK_WORKING_HOURS,
  LZ_CLOCK_WORKING_DAYS,
  LZ_CLOCK_CALENDAR_DAYS,
} LzClock;

/**
 * LzLimit:
 * @count: how many hours or days of @clock; 0 means no limit
 * @clock: which clock
 */
typedef struct
{
  guint count;
  LzClock clock;
} LzLimit;

/**
 * LzLamp:
 *
 * How a deadline stands: green up to 80 % of the limit, yellow to 100 %, red past it.
 */
typedef enum
{
  LZ_LAMP_NONE,
  LZ_LAMP_GREEN,
  LZ_LAMP_YELLOW,
  LZ_LAMP_RED,
} LzLamp;

/* "urgent_hours", "working_hours", "working_days", "calendar_days": in events, files and SQL. */
const char *lz_clock_to_string (LzClock clock);

/**
 * lz_clock_from_string:
 * @text: a name as lz_clock_to_string() gives it
 * @clock: (out): the clock; untouched when @text is none
 *
 * Returns: whether @text names a clock
 */
gboolean lz_clock_from_string (const char *text, LzClock *clock);

/**
 * lz_limit_dup_label:
 * @limit: a limit
 *
 * Says how long a limit is and by which clock, translated: "2 urgent hours", "5 working days".
 *
 * Returns: (transfer full): the words; "no limit" for a count of 0
 */
char *lz_limit_dup_label (LzLimit limit);

/**
 * lz_lamp_at:
 * @warn_ms: when the lamp turns yellow, ms UTC
 * @due_ms: the deadline, ms UTC; 0 = no clock runs
 * @at_ms: the moment to judge at, ms UTC
 *
 * A moment equal to @warn_ms is still green and one equal to @due_ms still in time.
 *
 * Returns: the lamp; %LZ_LAMP_NONE where no clock runs
 */
LzLamp lz_lamp_at (gint64 warn_ms, gint64 due_ms, gint64 at_ms);

/* Stable keys, "none", "green", "yellow", "red": for files, the CLI and CSS names. */
const char *lz_lamp_to_string (LzLamp lamp);

/* Translated words that say the same as the colour. */
const char *lz_lamp_label (LzLamp lamp);

G_END_DECLS
