/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzCalendar:
 *
 * The working calendar of a city: its zone, its working hours, and the days that differ from the
 * week's rule (holidays on weekdays, shifted workdays on weekends).  A plain value: build it, then
 * only read it; reading is safe in every thread.  All times are ms since 1970 UTC.
 *
 * A working span holds its end but not its start: work counted up to 12:00 ends at 12:00, and not
 * at 14:00 or on the next morning.
 */
typedef struct _LzCalendar LzCalendar;

/**
 * lz_calendar_new:
 * @utc_offset_min: minutes east of Greenwich, the whole year; China is 480
 *
 * Makes a calendar with 08:00–12:00 and 14:00–18:00 from Monday to Friday and no special days.
 *
 * Returns: (transfer full): the calendar
 */
LzCalendar *lz_calendar_new (int utc_offset_min);
LzCalendar *lz_calendar_ref (LzCalendar *self);
void lz_calendar_unref (LzCalendar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCalendar, lz_calendar_unref)

/**
 * lz_calendar_set_hours:
 * @self: a calendar that is being built
 * @spans: minutes after local midnight, start and end; ascending and apart, 1 to 4 of them
 * @n_spans: how many
 *
 * Returns: %FALSE, with nothing changed, if @spans breaks these rules
 */
gboolean lz_calendar_set_hours (LzCalendar *self, const guint (*spans)[2], guint n_spans);

/**
 * lz_calendar_set_day:
 * @self: a calendar that is being built
 * @year: local year, 1 to 9999
 * @month: 1 to 12
 * @day: 1 to the month's last
 * @working: whether this day is worked, whatever its weekday
 *
 * Sets one day apart from the week's rule; a second call for the same day replaces the first.
 */
void lz_calendar_set_day (LzCalendar *self, int year, int month, int day, gboolean working);

/**
 * lz_calendar_load_tsv:
 * @self: a calendar that is being built
 * @bytes: UTF-8 lines of date (2026-02-14), "off" or "work", name and source with tabs between,
 *   below a line with these four words; lines that start with "#" and empty lines are passed over
 * @error: (nullable): %LZ_ERROR_INVALID, naming the line
 *
 * Sets the days of a table such as `data/calendar/china-2026.tsv`.  A date given twice is an error.
 *
 * Returns: %FALSE with @error set and @self unchanged if a line is malformed
 */
gboolean lz_calendar_load_tsv (LzCalendar *self, GBytes *bytes, GError **error);

int lz_calendar_get_utc_offset_min (const LzCalendar *self);

/* Whether the local day that holds @at_ms is worked. */
gboolean lz_calendar_is_working_day (const LzCalendar *self, gint64 at_ms);

/* How much work a working day holds, in ms: 8 hours unless lz_calendar_set_hours() says else. */
guint lz_calendar_get_day_ms (const LzCalendar *self);

/**
 * lz_calendar_elapsed:
 * @self: a calendar
 * @clock: which clock counts
 * @from_ms: start
 * @to_ms: end
 *
 * Returns: the ms that @clock counts between the two moments; 0 if @to_ms is not after @from_ms
 */
gint64 lz_calendar_elapsed (const LzCalendar *self, LzClock clock, gint64 from_ms, gint64 to_ms);

/**
 * lz_calendar_advance:
 * @self: a calendar
 * @clock: which clock counts
 * @from_ms: start, in or out of working time
 * @counted_ms: how much to count; not above 0 gives @from_ms itself
 *
 * The inverse of lz_calendar_elapsed(): the earliest moment at which it gives @counted_ms.
 * A start outside working time so counts from the next working minute.  The cost does not depend
 * on how far away the answer is.
 *
 * Returns: that moment; %G_MAXINT64 if it lies beyond every date that 64 bits can hold
 */
gint64
lz_calendar_advance (const LzCalendar *self, LzClock clock, gint64 from_ms, gint64 counted_ms);

/* What @limit is in ms by its own clock: a working day is lz_calendar_get_day_ms(). */
gint64 lz_calendar_limit_ms (const LzCalendar *self, LzLimit limit);

/* The deadline of @limit started at @start_ms; 0 where there is no limit. */
gint64 lz_calendar_due (const LzCalendar *self, LzLimit limit, gint64 start_ms);

/* How much of a limit of @limit_ms is used up when its lamp turns yellow: 80 % (domain §2.1). */
gint64 lz_calendar_warn_ms (gint64 limit_ms);

/* When 80 % of @limit, by its own clock, are used up; 0 where there is no limit. */
gint64 lz_calendar_warn (const LzCalendar *self, LzLimit limit, gint64 start_ms);

G_END_DECLS
