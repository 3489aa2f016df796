/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzPeriodKind:
 * @LZ_PERIOD_DAY: a local day
 * @LZ_PERIOD_WEEK: Monday to Sunday, numbered as ISO 8601 does
 * @LZ_PERIOD_FREE: from one day to another, both of them in it
 */
typedef enum
{
  LZ_PERIOD_DAY,
  LZ_PERIOD_WEEK,
  LZ_PERIOD_MONTH,
  LZ_PERIOD_QUARTER,
  LZ_PERIOD_YEAR,
  LZ_PERIOD_FREE,
} LzPeriodKind;

/**
 * LzPeriod:
 * @kind: of what kind
 * @first_day: its first local day, in days since 1970-01-01
 * @end_day: the day after its last one
 * @utc_offset_min: the zone of the office, minutes east
 * @from_ms: its first moment, ms UTC
 * @to_ms: the first moment after it
 *
 * A span of whole local days for which figures are given.  A plain value.
 */
typedef struct
{
  LzPeriodKind kind;
  gint64 first_day;
  gint64 end_day;
  int utc_offset_min;
  gint64 from_ms;
  gint64 to_ms;
} LzPeriod;

/**
 * lz_period_parse:
 * @text: "2026-03-02", "2026-W10", "2026-03", "2026-Q1", "2026" or "2026-03-02..2026-03-15"
 * @utc_offset_min: the zone of the office
 * @period: (out caller-allocates): the period; untouched on failure
 * @error: (nullable): %LZ_ERROR_INVALID
 *
 * Returns: whether @text is a period
 */
gboolean lz_period_parse (const char *text, int utc_offset_min, LzPeriod *period, GError **error);

/* The period of @kind that holds the moment @at_ms; a day for %LZ_PERIOD_FREE. */
LzPeriod lz_period_at (LzPeriodKind kind, gint64 at_ms, int utc_offset_min);

/* The one right before, 环比: a free period gives as many days. */
LzPeriod lz_period_previous (const LzPeriod *self);

/* The same one a year before, 同比: the week of the same number, the same dates (28 February for
 * the 29th).  FALSE: that year has no such week. */
gboolean lz_period_last_year (const LzPeriod *self, LzPeriod *last_year);

gboolean lz_period_has (const LzPeriod *self, gint64 at_ms);
/* As lz_period_parse() reads it. */
char *lz_period_dup_key (const LzPeriod *self);
/* For people, translated: "week 10 of 2026 (2026-03-02 – 2026-03-08)". */
char *lz_period_dup_label (const LzPeriod *self);
/* "day", "week", "month", "quarter", "year", "free". */
const char *lz_period_kind_to_string (LzPeriodKind kind);

/* The local day, in days since 1970-01-01, and from it the weekday, 0 = Monday. */
gint64 lz_period_day_of (gint64 at_ms, int utc_offset_min);
guint lz_period_weekday_of (gint64 day);

G_END_DECLS
