/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-ledger.h"

#include "lz-named.h"

/* One written definition each, shown above the ledger.  “The period” ends at the present moment
 * while it is running.  What is counted elsewhere too is taken from there, so that a ledger is as
 * long as the figure says: OVERDUE = overtime + overdue_open, SUSPENDED = suspended, RECURRED =
 * recurred (lz-count-table.c).  The deadline of the overdue is in every list of cases. */
/* clang-format off */
static const struct
{
  const char *key;
  const char *label;
  const char *definition;
  const char *source;
  const char *board;
  const char *columns[LZ_LEDGER_N_COLUMNS];
} table[LZ_N_LEDGERS] = {
  [LZ_LEDGER_OVERDUE] = { "overdue", N_ ("Gone overdue"),
    N_ ("Handled in the period after the deadline, appeals or not; or at its end with a unit, not handled, past the deadline."),
    "domain §4.1, UMP; SCG", NULL,
    { [LZ_LEDGER_HOURS] = N_ ("Late (hours)"), [LZ_LEDGER_WORDS] = N_ ("Standing") } },
  [LZ_LEDGER_SUSPENDED] = { "suspended", N_ ("Suspended"),
    N_ ("At the end of the period: the clock stands still by a granted suspension."),
    "domain §2.2 rows 15, 16; UMP; 金华", NULL,
    { [LZ_LEDGER_SINCE] = N_ ("Suspended since"), [LZ_LEDGER_UNTIL] = N_ ("Until"), [LZ_LEDGER_WORDS] = N_ ("Reason") } },
  [LZ_LEDGER_RECURRED] = { "recurred", N_ ("Come back"),
    N_ ("Reported in the period as the return of a case that was closed at the same spot."),
    "domain §2.2, §4.1, YCM", NULL,
    { [LZ_LEDGER_SINCE] = N_ ("Came back"), [LZ_LEDGER_HOURS] = N_ ("After (hours)"), [LZ_LEDGER_ABOUT] = N_ ("Closed case") } },
  [LZ_LEDGER_EXPOSED] = { "exposed", N_ ("Exposed"),
    N_ ("On the exposure board: put there in the period, and not taken off by now."),
    "plan 保障措施 (五)", "exposed",
    { [LZ_LEDGER_SINCE] = N_ ("Put up"), [LZ_LEDGER_ABOUT] = N_ ("Title"), [LZ_LEDGER_WORDS] = N_ ("Words") } },
  [LZ_LEDGER_PRAISED] = { "praised", N_ ("Praised"),
    N_ ("On the board of praise: put there in the period, and not taken off by now."),
    "plan 保障措施 (五)", "praised",
    { [LZ_LEDGER_SINCE] = N_ ("Put up"), [LZ_LEDGER_ABOUT] = N_ ("Title"), [LZ_LEDGER_WORDS] = N_ ("Words") } },
  [LZ_LEDGER_HANDED] = { "handed", N_ ("Handed over"),
    N_ ("Dispatched in the period to police or the civilisation office; or a lead for one of them that was filed in the period and is not with it yet."),
    "domain §6; plan, tasks 5 (1), 22, 23", NULL,
    { [LZ_LEDGER_SINCE] = N_ ("Handed over at"), [LZ_LEDGER_ABOUT] = N_ ("Handed over to"), [LZ_LEDGER_WORDS] = N_ ("Standing") } },
};

static const char *const columns[LZ_LEDGER_N_COLUMNS] = {
  [LZ_LEDGER_SINCE] = "since", [LZ_LEDGER_UNTIL] = "until", [LZ_LEDGER_HOURS] = "hours",
  [LZ_LEDGER_ABOUT] = "about", [LZ_LEDGER_WORDS] = "words",
};
/* clang-format on */

LZ_DEFINE_NAMES (LzLedger, lz_ledger, table, LZ_N_LEDGERS)
LZ_DEFINE_DEFINITIONS (LzLedger, lz_ledger, table, LZ_N_LEDGERS)

const char *
lz_ledger_column_to_string (LzLedgerColumn column)
{
  g_return_val_if_fail ((guint) column < LZ_LEDGER_N_COLUMNS, NULL);

  return columns[column];
}

const char *
lz_ledger_column_label (LzLedger ledger, LzLedgerColumn column)
{
  const char *label;

  g_return_val_if_fail ((guint) ledger < LZ_N_LEDGERS, NULL);
  g_return_val_if_fail ((guint) column < LZ_LEDGER_N_COLUMNS, NULL);

  label = table[ledger].columns[column];
  return label != NULL ? _ (label) : NULL;
}

const char *
lz_ledger_get_board (LzLedger ledger)
{
  g_return_val_if_fail ((guint) ledger < LZ_N_LEDGERS, NULL);

  return table[ledger].board;
}

static gboolean
falls (const LzTallySpan *span, gint64 at_ms)
{
  return at_ms != 0 && at_ms >= span->period.from_ms && at_ms < span->as_of_ms;
}

static gboolean
is_handed (const LzFigures *f, const LzTallySpan *span, const LzHandover *handover)
{
  if (f->dispatched_ms != 0 && lz_handover_find_by_unit (handover, f->unit) != NULL)
    return falls (span, f->dispatched_ms);
  return falls (span, f->filed_ms) && f->state != LZ_STATE_VOIDED && f->state != LZ_STATE_MERGED &&
         lz_handover_find_by_category (handover, f->category) != NULL;
}

gboolean
lz_ledger_judge (LzLedger ledger,
                 const LzFigures *figures,
                 const LzTallySpan *span,
                 const LzHandover *handover)
{
  guint64 wanted;

  switch (ledger)
    {
    case LZ_LEDGER_OVERDUE:
      wanted = LZ_COUNT_BIT (LZ_COUNT_OVERTIME) | LZ_COUNT_BIT (LZ_COUNT_OVERDUE_OPEN);
      break;
    case LZ_LEDGER_SUSPENDED:
      wanted = LZ_COUNT_BIT (LZ_COUNT_SUSPENDED);
      break;
    case LZ_LEDGER_RECURRED:
      wanted = LZ_COUNT_BIT (LZ_COUNT_RECURRED);
      break;
    case LZ_LEDGER_HANDED:
      return is_handed (figures, span, handover);
    case LZ_LEDGER_EXPOSED:
    case LZ_LEDGER_PRAISED:
    case LZ_N_LEDGERS:
    default:
      g_return_val_if_reached (FALSE);
    }
  return (lz_counts_judge (figures, span) & wanted) != 0;
}

gint64
lz_ledger_measure_late (const LzFigures *figures, gint64 as_of_ms)
{
  gint64 at_ms = as_of_ms;

  if (figures->stopped_ms != 0 && figures->stopped_ms < as_of_ms)
    at_ms = figures->stopped_ms;
  else if (figures->done_ms != 0 && figures->done_ms < as_of_ms)
    at_ms = figures->done_ms;
  return MAX (at_ms - figures->due_ms, 0);
}
