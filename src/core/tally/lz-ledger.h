/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-counts.h"
#include "lz-handover.h"

G_BEGIN_DECLS

/**
 * LzLedger:
 *
 * The ledgers (台账) that the bulletin draws on.  Each has one written definition
 * (lz_ledger_definition()).
 */
typedef enum
{
  LZ_LEDGER_OVERDUE,   /* 超期 */
  LZ_LEDGER_SUSPENDED, /* 挂账 */
  LZ_LEDGER_RECURRED,  /* 复发 */
  LZ_LEDGER_EXPOSED,   /* 曝光 */
  LZ_LEDGER_PRAISED,   /* 点赞 */
  LZ_LEDGER_HANDED,    /* 移交公安、文明办 */
  LZ_N_LEDGERS
} LzLedger;

/**
 * LzLedgerColumn:
 *
 * What a ledger tells of a case besides what every list of cases does.  Each ledger has those of
 * them for which lz_ledger_column_label() gives a head.
 */
typedef enum
{
  LZ_LEDGER_SINCE, /* a moment */
  LZ_LEDGER_UNTIL, /* a moment */
  LZ_LEDGER_HOURS, /* a length of time */
  LZ_LEDGER_ABOUT, /* a text */
  LZ_LEDGER_WORDS, /* a text */
  LZ_LEDGER_N_COLUMNS
} LzLedgerColumn;

/* "overdue": in files and the CLI. */
const char *lz_ledger_to_string (LzLedger ledger);
gboolean lz_ledger_from_string (const char *text, LzLedger *ledger);
/* Translated. */
const char *lz_ledger_label (LzLedger ledger);
const char *lz_ledger_definition (LzLedger ledger);
/* Where the definition comes from, "domain §4.1, SCG". */
const char *lz_ledger_source (LzLedger ledger);
/* "since": in files and the CLI. */
const char *lz_ledger_column_to_string (LzLedgerColumn column);
/* Translated; NULL: @ledger has no such column. */
const char *lz_ledger_column_label (LzLedger ledger, LzLedgerColumn column);

/* The board, "exposed" or "praised", on which the ledger's cases stand; NULL: what the case has
 * been through decides. */
const char *lz_ledger_get_board (LzLedger ledger);

/**
 * lz_ledger_judge:
 * @ledger: one without a board
 * @figures: a case
 * @span: period and moment
 * @handover: to whom cases are handed over
 *
 * The one place where it is decided which cases stand in a ledger.
 *
 * Returns: whether the case does
 */
gboolean lz_ledger_judge (LzLedger ledger,
                          const LzFigures *figures,
                          const LzTallySpan *span,
                          const LzHandover *handover);

/* By how much a case of %LZ_LEDGER_OVERDUE is or was past its deadline, ms of the clock on the
 * wall. */
gint64 lz_ledger_measure_late (const LzFigures *figures, gint64 as_of_ms);

G_END_DECLS
