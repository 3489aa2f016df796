/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure-popover.h"
#include "lz-figure.h"
#include "lz-report-table.h"

G_BEGIN_DECLS

/**
 * lz_report_link_show:
 * @figure: shows the cell
 * @table: of a report by lz_figures_report_new()
 * @row: its row
 * @column: its column
 * @base: period, moment and within of the report; its other members are not looked at
 *
 * Shows a cell of a report as a figure: counts and rates lead to their cases, by the keys of the
 * table, the row and the column.  What is neither, as a score, is shown with its definition and the
 * counts that it was made of.
 */
void lz_report_link_show (LzFigure *figure,
                          const LzReportTable *table,
                          guint row,
                          guint column,
                          const LzFigureOf *base);

/* The same without a widget: what the cell means, with the cases behind it; FALSE: it is neither a
 * count nor a rate.  @meaning: (out): to be cleared */
gboolean lz_report_link_resolve (const LzReportTable *table,
                                 guint row,
                                 guint column,
                                 const LzFigureOf *base,
                                 LzFigureMeaning *meaning);

/* What any other cell means: its definition, and the counts that a score, a rank or a time was made
 * of, each with its cases.  @meaning: (out): to be cleared */
void lz_report_link_explain (const LzReportTable *table,
                             guint row,
                             guint column,
                             const LzFigureOf *base,
                             LzFigureMeaning *meaning);

/* A table's ranking: "rank_unit_order" is of units, in the dimension "order".  FALSE: it is none.
 * @dimension: (out): "" of the total; a pointer into @key */
gboolean lz_report_link_parse_rank (const char *key, LzTallyBy *by, const char **dimension);

G_END_DECLS
