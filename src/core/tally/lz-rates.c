/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-rates.h"

#include "lz-named.h"

/* clang-format off */
static const struct
{
  const char *key;
  const char *label;
  LzCount part;
  LzCount whole;
  gboolean good;
} table[LZ_N_RATES] = {
  [LZ_RATE_VALID_REPORT] = { "valid_report", N_ ("Rate of valid reports"), LZ_COUNT_VALID_REPORTED, LZ_COUNT_OWN_REPORTED, TRUE },
  [LZ_RATE_MISSED] = { "missed", N_ ("Rate of missed problems"), LZ_COUNT_MISSED, LZ_COUNT_FILED, FALSE },
  [LZ_RATE_SELF_HANDLED] = { "self_handled", N_ ("Rate fixed on the spot"), LZ_COUNT_SELF_HANDLED, LZ_COUNT_REPORTED, TRUE },
  [LZ_RATE_FILING] = { "filing", N_ ("Filing rate"), LZ_COUNT_REPORTED_FILED, LZ_COUNT_TO_FILE, TRUE },
  [LZ_RATE_FILING_ON_TIME] = { "filing_on_time", N_ ("Rate filed on time"), LZ_COUNT_FILED_ON_TIME, LZ_COUNT_FILED, TRUE },
  [LZ_RATE_FILING_RIGHT] = { "filing_right", N_ ("Rate rightly filed"), LZ_COUNT_FILED_RIGHT, LZ_COUNT_FILED, TRUE },
  [LZ_RATE_VERIFY_ON_TIME] = { "verify_on_time", N_ ("Rate verified on time"), LZ_COUNT_VERIFIED_ON_TIME, LZ_COUNT_DUE_VERIFY, TRUE },
  [LZ_RATE_DISPATCH_ON_TIME] = { "dispatch_on_time", N_ ("Rate dispatched on time"), LZ_COUNT_DISPATCHED_ON_TIME, LZ_COUNT_DUE_DISPATCH, TRUE },
  [LZ_RATE_DISPATCH_RIGHT] = { "dispatch_right", N_ ("Rate rightly dispatched"), LZ_COUNT_DISPATCHED_RIGHT, LZ_COUNT_DUE_DISPATCH, TRUE },
  [LZ_RATE_RETURN] = { "return", N_ ("Return rate"), LZ_COUNT_RETURNED, LZ_COUNT_DISPATCHED, FALSE },
  [LZ_RATE_HANDLING] = { "handling", N_ ("Handling rate"), LZ_COUNT_HANDLED, LZ_COUNT_DUE_HANDLE, TRUE },
  [LZ_RATE_HANDLING_ON_TIME] = { "handling_on_time", N_ ("Rate handled on time"), LZ_COUNT_HANDLED_ON_TIME, LZ_COUNT_DUE_HANDLE, TRUE },
  [LZ_RATE_HANDLING_LATE] = { "handling_late", N_ ("Rate handled late"), LZ_COUNT_HANDLED_LATE, LZ_COUNT_DUE_HANDLE, FALSE },
  [LZ_RATE_CHECK_ON_TIME] = { "check_on_time", N_ ("Rate checked on time"), LZ_COUNT_CHECKED_ON_TIME, LZ_COUNT_DUE_CHECK, TRUE },
  [LZ_RATE_CHECK_PASSED] = { "check_passed", N_ ("Rate of checks passed"), LZ_COUNT_CHECK_PASSED, LZ_COUNT_CHECKED, TRUE },
  [LZ_RATE_CLOSING] = { "closing", N_ ("Closing rate"), LZ_COUNT_CLOSED, LZ_COUNT_DUE_CLOSE, TRUE },
  [LZ_RATE_CLOSING_ON_TIME] = { "closing_on_time", N_ ("Rate closed on time"), LZ_COUNT_CLOSED_ON_TIME, LZ_COUNT_DUE_CLOSE, TRUE },
  [LZ_RATE_REWORK] = { "rework", N_ ("Rework rate"), LZ_COUNT_REWORKED, LZ_COUNT_DUE_CLOSE, FALSE },
  [LZ_RATE_EXTENSION] = { "extension", N_ ("Extension rate"), LZ_COUNT_EXTENDED, LZ_COUNT_DUE_CLOSE, FALSE },
  [LZ_RATE_COMPLAINT] = { "complaint", N_ ("Rate of complaints"), LZ_COUNT_COMPLAINED, LZ_COUNT_FILED, FALSE },
  [LZ_RATE_RECURRENCE] = { "recurrence", N_ ("Recurrence rate"), LZ_COUNT_RECURRED, LZ_COUNT_REPORTED, FALSE },
};
/* clang-format on */

gint64
lz_ratio_get_centi_percent (LzRatio ratio)
{
  g_return_val_if_fail (ratio.whole > 0 && ratio.part >= 0, 0);

  return (ratio.part * 20000 + ratio.whole) / (ratio.whole * 2);
}

char *
lz_ratio_dup_text (LzRatio ratio)
{
  gint64 value;

  if (!lz_ratio_has_value (ratio))
    return g_strdup (LZ_NO_VALUE);
  value = lz_ratio_get_centi_percent (ratio);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT " %%", value / 100,
                          value % 100);
}

LZ_DEFINE_NAMES (LzRate, lz_rate, table, LZ_N_RATES)

char *
lz_rate_dup_definition (LzRate rate)
{
  g_return_val_if_fail ((guint) rate < LZ_N_RATES, NULL);

  /* Translators: what stands above and below the line of a rate. */
  return g_strdup_printf (_ ("%s ÷ %s"), lz_count_label (table[rate].part),
                          lz_count_label (table[rate].whole));
}

LzCount
lz_rate_get_part (LzRate rate)
{
  g_return_val_if_fail ((guint) rate < LZ_N_RATES, LZ_COUNT_REPORTED);

  return table[rate].part;
}

LzCount
lz_rate_get_whole (LzRate rate)
{
  g_return_val_if_fail ((guint) rate < LZ_N_RATES, LZ_COUNT_REPORTED);

  return table[rate].whole;
}

gboolean
lz_rate_is_good (LzRate rate)
{
  g_return_val_if_fail ((guint) rate < LZ_N_RATES, FALSE);

  return table[rate].good;
}
