/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-counts.h"

#include "lz-named.h"

/* One written definition each, shown beside the figure.  “The period” ends at the present moment
 * while it is running.  lz-counts.c follows these words; tests/cli/recount.sql was written from
 * them. */
/* clang-format off */
static const struct
{
  const char *key;
  const char *label;
  const char *definition;
  const char *source;
} table[LZ_N_COUNTS] = {
  [LZ_COUNT_REPORTED] = { "reported", N_ ("Reported"),
    N_ ("Cases whose report was made in the period, whatever became of them."), "UMP" },
  [LZ_COUNT_OWN_REPORTED] = { "own_reported", N_ ("Reported by own people"),
    N_ ("Of the reported: those that the office’s own people found, on patrol or otherwise."), "UMP" },
  [LZ_COUNT_VALID_REPORTED] = { "valid_reported", N_ ("Valid reports"),
    N_ ("Of those reported by own people: filed, also if voided later, or fixed on the spot and accepted."), "UMP" },
  [LZ_COUNT_SELF_HANDLED] = { "self_handled", N_ ("Fixed on the spot"),
    N_ ("Of the reported: fixed by the finder, before and after photo accepted. Such cases are never filed and are in no count of filing, handling and closing."), "UMP; 许昌, 运城" },
  [LZ_COUNT_TO_FILE] = { "to_file", N_ ("Taken in"),
    N_ ("Of the reported: all that were not fixed on the spot."), "[P]" },
  [LZ_COUNT_REPORTED_FILED] = { "reported_filed", N_ ("Taken in and filed"),
    N_ ("Of those taken in: filed by now."), "[P]" },
  [LZ_COUNT_RECURRED] = { "recurred", N_ ("Come back"),
    N_ ("Of the reported: the same problem at the same spot as a closed case, marked as its return."), "YCM" },
  [LZ_COUNT_FILED] = { "filed", N_ ("Filed"),
    N_ ("Cases filed in the period; a filing that was taken back, and a duplicate that was merged, do not count."), "UMP" },
  [LZ_COUNT_FILED_ON_TIME] = { "filed_on_time", N_ ("Filed on time"),
    N_ ("Of the filed: within the limit for intake after the report or the verification."), "UMP; SCG" },
  [LZ_COUNT_FILED_RIGHT] = { "filed_right", N_ ("Rightly filed"),
    N_ ("Of the filed: not voided by now."), "UMP" },
  [LZ_COUNT_VOIDED] = { "voided", N_ ("Voided"),
    N_ ("Of the filed: voided by now."), "UMP" },
  [LZ_COUNT_MISSED] = { "missed", N_ ("Missed by patrols"),
    N_ ("Of the filed: reported by hotline, citizens, media or a leader, and so not seen by own people first."), "UMP" },
  [LZ_COUNT_COMPLAINED] = { "complained", N_ ("Confirmed complaints"),
    N_ ("Of the filed: reported by hotline or citizens."), "UMP" },
  [LZ_COUNT_DUE_DISPATCH] = { "due_dispatch", N_ ("To be dispatched"),
    N_ ("Of the filed: all but those that ended before any dispatch."), "UMP" },
  [LZ_COUNT_DISPATCHED] = { "dispatched", N_ ("Dispatched"),
    N_ ("Of those to be dispatched: sent to a unit before the end of the period."), "UMP" },
  [LZ_COUNT_DISPATCHED_ON_TIME] = { "dispatched_on_time", N_ ("Dispatched on time"),
    N_ ("Of the dispatched: within the limit for dispatch after filing."), "UMP; SCG" },
  [LZ_COUNT_DISPATCHED_RIGHT] = { "dispatched_right", N_ ("Rightly dispatched"),
    N_ ("Of the dispatched: never sent to another unit and never returned."), "UMP" },
  [LZ_COUNT_RETURNED] = { "returned", N_ ("Returned by the unit"),
    N_ ("Of the dispatched: the office has granted a return."), "SCG" },
  [LZ_COUNT_SHIRKED] = { "shirked", N_ ("Wrongly refused by the unit"),
    N_ ("Of the dispatched: the office has refused a return that the unit asked for."), "UMP" },
  [LZ_COUNT_DUE_VERIFY] = { "due_verify", N_ ("Verifications due"),
    N_ ("Verifications before filing asked for in the period that were answered or whose limit has passed; of a case the last one."), "UMP" },
  [LZ_COUNT_VERIFIED] = { "verified", N_ ("Verified"),
    N_ ("Of the verifications due: answered before the end of the period."), "UMP" },
  [LZ_COUNT_VERIFIED_ON_TIME] = { "verified_on_time", N_ ("Verified on time"),
    N_ ("Of the verifications due: answered within the limit."), "UMP; SCG" },
  [LZ_COUNT_DUE_CHECK] = { "due_check", N_ ("Checks due"),
    N_ ("Checks before closing asked for in the period that were answered or whose limit has passed; of a case the last one."), "UMP" },
  [LZ_COUNT_CHECKED] = { "checked", N_ ("Checked"),
    N_ ("Of the checks due: answered before the end of the period."), "UMP" },
  [LZ_COUNT_CHECKED_ON_TIME] = { "checked_on_time", N_ ("Checked on time"),
    N_ ("Of the checks due: answered within the limit."), "UMP; SCG" },
  [LZ_COUNT_CHECK_PASSED] = { "check_passed", N_ ("Checks passed"),
    N_ ("Of the checked: found put right."), "SCG" },
  [LZ_COUNT_DUE_HANDLE] = { "due_handle", N_ ("To be handled"),
    N_ ("Handled in the period, or overdue and not handled at its end."), "UMP" },
  [LZ_COUNT_HANDLED] = { "handled", N_ ("Handled"),
    N_ ("Dispatched cases whose handling the unit confirmed in the period, or that were closed by force in it; a failed check takes it back."), "UMP; SCG" },
  [LZ_COUNT_HANDLED_ON_TIME] = { "handled_on_time", N_ ("Handled on time"),
    N_ ("Of the handled: the clock stopped no later than the deadline that the events set, or there was none, or an appeal against the overtime was granted."), "UMP; SCG" },
  [LZ_COUNT_HANDLED_LATE] = { "handled_late", N_ ("Handled late"),
    N_ ("Of the handled: the clock stopped after the deadline, and no appeal was granted."), "UMP; SCG" },
  [LZ_COUNT_OVERDUE_OPEN] = { "overdue_open", N_ ("Overdue, not handled"),
    N_ ("At the end of the period: with a unit, not handled, past the deadline; of a paused clock the moment counts at which it was paused."), "UMP; SCG" },
  [LZ_COUNT_OVERTIME] = { "overtime", N_ ("Overtime, as a fact"),
    N_ ("Of the handled: the clock stopped after the deadline, appeals or not."), "SCG" },
  [LZ_COUNT_EXEMPTED] = { "exempted", N_ ("Overtime exempted"),
    N_ ("Of the overtime: an appeal was granted. They count as on time, and stay visible here."), "SCG" },
  [LZ_COUNT_DUE_CLOSE] = { "due_close", N_ ("To be closed"),
    N_ ("Closed in the period; or at its end handled and not closed; or at its end overdue and not handled. Suspended cases are not among them."), "UMP; 金华" },
  [LZ_COUNT_CLOSED] = { "closed", N_ ("Closed"),
    N_ ("Closed in the period, by force too; not those fixed on the spot."), "UMP" },
  [LZ_COUNT_CLOSED_ON_TIME] = { "closed_on_time", N_ ("Closed, handled on time"),
    N_ ("Of the closed: handled no later than the deadline, or exempted by an appeal."), "UMP" },
  [LZ_COUNT_AWAITING_CLOSE] = { "awaiting_close", N_ ("Waiting for closing"),
    N_ ("At the end of the period: handled and not closed."), "UMP" },
  [LZ_COUNT_FORCED] = { "forced", N_ ("Closed by force"),
    N_ ("Of the closed: by an order, without a check."), "SCG" },
  [LZ_COUNT_REWORKED] = { "reworked", N_ ("Reworked"),
    N_ ("Of those to be closed: a check has failed at least once."), "UMP" },
  [LZ_COUNT_EXTENDED] = { "extended", N_ ("Extended"),
    N_ ("Of those to be closed: the deadline was extended at least once."), "YCM" },
  [LZ_COUNT_REJECTED] = { "rejected", N_ ("Not filed"),
    N_ ("Reports that the office decided in the period not to file."), "SCG" },
  [LZ_COUNT_SUPERVISED] = { "supervised", N_ ("Supervised"),
    N_ ("Cases first put under supervision in the period."), "SCG" },
  [LZ_COUNT_SUSPENDED] = { "suspended", N_ ("Suspended"),
    N_ ("At the end of the period: the clock stands still by a granted suspension."), "UMP; 金华" },
  [LZ_COUNT_OPEN] = { "open", N_ ("Open"),
    N_ ("At the end of the period: reported and in no final state."), "[P]" },
};
/* clang-format on */

LZ_DEFINE_NAMES (LzCount, lz_count, table, LZ_N_COUNTS)
LZ_DEFINE_DEFINITIONS (LzCount, lz_count, table, LZ_N_COUNTS)
