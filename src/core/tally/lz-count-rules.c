/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-counts.h"

#include <glib/gi18n-lib.h>

/* In which period a case counts, as lz_counts_judge() has it. */
const char *
lz_count_period_rule (LzCount count)
{
  g_return_val_if_fail ((guint) count < LZ_N_COUNTS, NULL);

  if (count <= LZ_COUNT_RECURRED)
    return _ ("Counts in the period in which it was reported.");
  if (count <= LZ_COUNT_SHIRKED)
    return _ ("Counts in the period in which it was filed.");
  if (count <= LZ_COUNT_CHECK_PASSED)
    return _ ("Counts in the period in which the task was given.");
  if (count == LZ_COUNT_OVERDUE_OPEN || count == LZ_COUNT_AWAITING_CLOSE ||
      count == LZ_COUNT_SUSPENDED || count == LZ_COUNT_OPEN)
    return _ ("As it stands at the end of the period, or now while the period is running.");
  if (count == LZ_COUNT_DUE_HANDLE)
    return _ ("Counts in the period in which it was handled; if it is overdue, at its end.");
  if (count <= LZ_COUNT_EXEMPTED)
    return _ ("Counts in the period in which it was handled.");
  if (count == LZ_COUNT_DUE_CLOSE || count == LZ_COUNT_REWORKED || count == LZ_COUNT_EXTENDED)
    return _ ("Counts in the period in which it was closed; if it waits for that, at its end.");
  if (count <= LZ_COUNT_FORCED)
    return _ ("Counts in the period in which it was closed.");
  return count == LZ_COUNT_REJECTED
             ? _ ("Counts in the period in which that was decided.")
             : _ ("Counts in the period in which it was first put under supervision.");
}

const char *
lz_count_clock_rule (LzCount count)
{
  g_return_val_if_fail ((guint) count < LZ_N_COUNTS, NULL);

  switch ((guint) count)
    {
    case LZ_COUNT_FILED_ON_TIME:
    case LZ_COUNT_DISPATCHED_ON_TIME:
    case LZ_COUNT_DUE_VERIFY:
    case LZ_COUNT_VERIFIED_ON_TIME:
    case LZ_COUNT_DUE_CHECK:
    case LZ_COUNT_CHECKED_ON_TIME:
      return _ ("Clock: the office’s own limit for this step.");
    case LZ_COUNT_DUE_HANDLE:
    case LZ_COUNT_HANDLED_ON_TIME:
    case LZ_COUNT_HANDLED_LATE:
    case LZ_COUNT_OVERDUE_OPEN:
    case LZ_COUNT_OVERTIME:
    case LZ_COUNT_EXEMPTED:
    case LZ_COUNT_DUE_CLOSE:
    case LZ_COUNT_CLOSED_ON_TIME:
      return _ ("Clock: that of each case’s filing condition; it stands still while paused.");
    default:
      return NULL;
    }
}
