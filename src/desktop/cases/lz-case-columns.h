/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzCaseColumns:
 *
 * The columns of the table of cases: what each shows, which are there, their order, widths and the
 * sort, all remembered in the settings.
 *
 * Signal `sorted`: the person clicked a header; see lz_case_columns_get_sort().
 */
#define LZ_TYPE_CASE_COLUMNS (lz_case_columns_get_type ())
G_DECLARE_FINAL_TYPE (LzCaseColumns, lz_case_columns, LZ, CASE_COLUMNS, GObject)

LzCaseColumns *lz_case_columns_new (GtkColumnView *view, LzSession *session);
LzSort lz_case_columns_get_sort (LzCaseColumns *self, gboolean *descending);
/* Actions that show and hide each column, for the prefix "columns". */
GActionGroup *lz_case_columns_get_actions (LzCaseColumns *self);
GMenuModel *lz_case_columns_get_menu (LzCaseColumns *self);

/**
 * LzCellWords: what the words of a cell depend on; may be used in any thread.
 */
typedef struct
{
  LzCatalogue *catalogue;
  int offset_min;
  gint64 now_ms;
} LzCellWords;

/* What a cell says, also for copies of rows; NULL-terminated titles and texts. */
GStrv lz_case_columns_dup_titles (void);
GStrv lz_case_columns_dup_texts (const LzCellWords *words, const LzCaseRow *row);

G_END_DECLS
