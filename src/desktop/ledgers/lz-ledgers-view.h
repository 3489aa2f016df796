/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzLedgersView:
 *
 * The ledgers (台账) of a period, a view of the bulletin page: which cases stand in each by its
 * written definition, as a list or on the map, filtered, with what the ledger tells of each, and
 * from there into a file.
 */
#define LZ_TYPE_LEDGERS_VIEW (lz_ledgers_view_get_type ())
G_DECLARE_FINAL_TYPE (LzLedgersView, lz_ledgers_view, LZ, LEDGERS_VIEW, GtkWidget)

G_END_DECLS
