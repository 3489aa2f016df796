/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-ledgers.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzCasesPage:
 *
 * Every case of the station in a table, a million of them if need be: sorted, filtered, searched,
 * several selected at once; the one with the cursor beside it.
 *
 * Signals:
 *   "told" (const char *text)   something to say in a toast
 *   "map-wanted" (gint64 fid)   show this case on the map
 */
#define LZ_TYPE_CASES_PAGE (lz_cases_page_get_type ())
G_DECLARE_FINAL_TYPE (LzCasesPage, lz_cases_page, LZ, CASES_PAGE, GtkWidget)

void lz_cases_page_set_session (LzCasesPage *self, LzSession *session);
/* Shows what stands in this ledger, and exports what it tells of each case too. */
void lz_cases_page_set_ledger (LzCasesPage *self, const LzLedgerQuery *ledger);
/* A column besides the cases' own; its items are #LzCaseItem. */
void lz_cases_page_add_column (LzCasesPage *self, GtkColumnViewColumn *column, guint position);
void lz_cases_page_focus_search (LzCasesPage *self);
void lz_cases_page_take_next_step (LzCasesPage *self);
/* Only these rows (gint64), under @title, as those behind a figure; everything else that the filter
 * said is forgotten. */
void lz_cases_page_show_among (LzCasesPage *self, const char *title, const GArray *fids);
gboolean lz_cases_page_leave (LzCasesPage *self);

G_END_DECLS
