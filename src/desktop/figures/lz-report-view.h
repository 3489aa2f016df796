/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure-cases.h"
#include "lz-report-hold.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzReportView:
 *
 * One table of a report on the screen, the same that goes into PDF, XLSX and CSV.  Its counts and
 * rates are figures (#LzFigure); it sorts by every column and holds thousands of rows.
 *
 * Signal "row-wanted" (const char *key, const char *name): Return or a double click on a row, or
 *   its name was pressed: the key of the row and its name.
 */
#define LZ_TYPE_REPORT_VIEW (lz_report_view_get_type ())
G_DECLARE_FINAL_TYPE (LzReportView, lz_report_view, LZ, REPORT_VIEW, GtkWidget)

LzReportView *lz_report_view_new (void);

/* Whether names are links, for "row-wanted". */
void lz_report_view_set_rows_open (LzReportView *self, gboolean rows_open);

/* As high as the table, up to so many rows, instead of filling what room there is: for a place that
 * scrolls itself. */
void lz_report_view_set_max_rows (LzReportView *self, guint max_rows);

/**
 * lz_report_view_show:
 * @hold: the report; another reference is taken
 * @table: which of its tables; %NULL = nothing
 * @base: period, moment and within of the report
 *
 * Keeps the scroll position and the order where the columns stay the same.
 */
void lz_report_view_show (LzReportView *self,
                          LzReportHold *hold,
                          const LzReportTable *table,
                          const LzFigureOf *base);

G_END_DECLS
