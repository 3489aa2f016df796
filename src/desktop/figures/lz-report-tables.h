/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure-cases.h"
#include "lz-report-hold.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzReportTables:
 *
 * The tables of a report, one at a time: which one is chosen above it.  Their numbers lead to their
 * cases (#LzReportView).
 */
#define LZ_TYPE_REPORT_TABLES (lz_report_tables_get_type ())
G_DECLARE_FINAL_TYPE (LzReportTables, lz_report_tables, LZ, REPORT_TABLES, GtkWidget)

/* As lz_report_view_set_max_rows(). */
void lz_report_tables_set_max_rows (LzReportTables *self, guint max_rows);

/**
 * lz_report_tables_show:
 * @hold: (nullable): the report; another reference is taken; %NULL = nothing
 * @base: (nullable): period, moment and within of the report
 *
 * The table that was chosen stays so where there is one in its place.
 */
void lz_report_tables_show (LzReportTables *self, LzReportHold *hold, const LzFigureOf *base);

void lz_report_tables_focus (LzReportTables *self);

G_END_DECLS
