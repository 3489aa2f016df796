/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-ledgers.h"
#include "lz-record.h"

G_BEGIN_DECLS

LzHandover *_lz_ledgers_load_handover (LzStation *station, GError **error);

/* (element-type gint64 LzRecord): the cases on the ledger's board, each with its entry: the last
 * one put up in the period. */
GHashTable *_lz_ledgers_load_board (LzStation *station, const LzLedgerQuery *query, GError **error);

G_END_DECLS
