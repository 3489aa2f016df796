/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-report-hold.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of a report's table as an item of a list.  Immutable. */
#define LZ_TYPE_REPORT_ROW (lz_report_row_get_type ())
G_DECLARE_FINAL_TYPE (LzReportRow, lz_report_row, LZ, REPORT_ROW, GObject)

LzReportRow *lz_report_row_new (LzReportHold *hold, const LzReportTable *table, guint index);
const LzReportTable *lz_report_row_get_table (LzReportRow *self);
guint lz_report_row_get_index (LzReportRow *self);

/* By the value of a column; what is missing comes last, the total after everything. */
GtkSorter *lz_report_row_new_sorter (guint column);

G_END_DECLS
