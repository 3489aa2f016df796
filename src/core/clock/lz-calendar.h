/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-clock.h"

G_BEGIN_DECLS

/**
 * LzCalendar:
 *
 * The working calendar of a city: its zone, its working hours, and the days that differ from the
 * week's rule (holidays on weekdays, shifted workdays on weekends).  A plain value: build it, then
 * only read it; reading is safe in every thread.  All times are ms since 1970 UTC.
 */
typedef struct _LzCalendar LzCalendar;

LzCalendar *lz_calendar_new (int utc_offset_min);
LzCalendar *lz_calendar_ref (LzCalendar *self);
void lz_calendar_unref (LzCalendar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCalendar, lz_calendar_unref)

/* Building: spans are minutes after local midnight, ascending, at most 4. */
gboolean lz_calendar_set_hours (LzCalendar *self, const guint (*spans)[2], guint n_spans);
void lz_calendar_set_day (LzCalendar *self, int year, int month, int day, gboolean working);

int lz_calendar_get_utc_offset_min (const LzCalendar *self);
gboolean lz_calendar_is_working_day (const LzCalendar *self, gint64 at_ms);
guint lz_calendar_get_day_ms (const LzCalendar *self);

/* Counted time: what @clock counts between two moments, and where it lands after so much. */
gint64 lz_calendar_elapsed (const LzCalendar *self, LzClock clock, gint64 from_ms, gint64 to_ms);
gint64
lz_calendar_advance (const LzCalendar *self, LzClock clock, gint64 from_ms, gint64 counted_ms);

gint64 lz_calendar_limit_ms (const LzCalendar *self, LzLimit limit);
gint64 lz_calendar_due (const LzCalendar *self, LzLimit limit, gint64 start_ms);
gint64 lz_calendar_warn (const LzCalendar *self, LzLimit limit, gint64 start_ms);

G_END_DECLS
