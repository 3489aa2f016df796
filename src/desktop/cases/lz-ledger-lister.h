/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-list.h"
#include "lz-ledgers.h"

G_BEGIN_DECLS

/* Has @list show what of the ledger the query finds, in its order.
 * @query: (transfer full): from lz_filter_dup_query() */
void lz_ledger_lister_ask (LzCaseList *list, LzCaseQuery *query, const LzLedgerQuery *ledger);

G_END_DECLS
