/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-ledger.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: ledgers
 *
 * The cases that stand in each of the ledgers (台账, lz-ledger.h).  Blocking functions, for a job
 * of LzStore, the CLI and tests.
 */

/**
 * LzLedgerQuery:
 * @ledger: which
 * @period: of which period
 * @now_ms: the present moment, at which a running period ends; 0 = the station's clock
 */
typedef struct
{
  LzLedger ledger;
  LzPeriod period;
  gint64 now_ms;
} LzLedgerQuery;

/**
 * LzLedgerEntry:
 * @fid: the case
 * @since_ms: %LZ_LEDGER_SINCE; 0 = there is none
 * @until_ms: %LZ_LEDGER_UNTIL; 0 = there is none
 * @length_ms: %LZ_LEDGER_HOURS; -1 = there is none
 * @about: (nullable): %LZ_LEDGER_ABOUT
 * @words: (nullable): %LZ_LEDGER_WORDS
 *
 * What a ledger tells of a case.
 */
typedef struct
{
  gint64 fid;
  gint64 since_ms;
  gint64 until_ms;
  gint64 length_ms;
  char *about;
  char *words;
} LzLedgerEntry;

void lz_ledger_entry_free (LzLedgerEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzLedgerEntry, lz_ledger_entry_free)

/* The cases that stand in the ledger: gint64 fids, ascending, each once. */
GArray *lz_ledgers_list (LzStation *station, const LzLedgerQuery *query, GError **error);
/* (element-type LzLedgerEntry): of the cases @fids, in their order; one that is gone has an entry
 * with a 0 as its fid. */
GPtrArray *lz_ledgers_load (LzStation *station,
                            const LzLedgerQuery *query,
                            const gint64 *fids,
                            guint n,
                            GError **error);
/* How many stand in each; the ledger of @query does not matter. */
gboolean lz_ledgers_count (LzStation *station,
                           const LzLedgerQuery *query,
                           guint counts[LZ_N_LEDGERS],
                           GError **error);

G_END_DECLS
