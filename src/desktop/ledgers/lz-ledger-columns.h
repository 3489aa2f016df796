/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases-page.h"
#include "lz-ledgers.h"

G_BEGIN_DECLS

/**
 * LzLedgerColumns:
 *
 * The columns in which a table of cases shows what a ledger tells of each.
 */
#define LZ_TYPE_LEDGER_COLUMNS (lz_ledger_columns_get_type ())
G_DECLARE_FINAL_TYPE (LzLedgerColumns, lz_ledger_columns, LZ, LEDGER_COLUMNS, GObject)

LzLedgerColumns *lz_ledger_columns_new (LzCasesPage *page, LzSession *session);
/* @entries: (nullable) (transfer full) (element-type LzLedgerEntry): %NULL = not read yet */
void lz_ledger_columns_show (LzLedgerColumns *self, LzLedger ledger, GPtrArray *entries);

G_END_DECLS
