/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * LzPlotKind:
 * @LZ_PLOT_BARS: a group of columns for each label
 * @LZ_PLOT_STACKED: one column for each label, the series on top of each other
 * @LZ_PLOT_LINES: a line for each series over the labels
 * @LZ_PLOT_ROWS: lying bars, a label each at the left: for long names; the first series only
 */
typedef enum
{
  LZ_PLOT_BARS,
  LZ_PLOT_STACKED,
  LZ_PLOT_LINES,
  LZ_PLOT_ROWS,
} LzPlotKind;

/**
 * LzPlot:
 *
 * A simple plot: labels along one axis, one or more series of values.  Values are not negative; NaN
 * is a gap.  The vertical axis begins at 0.  Series differ by shade and by mark, so that a black
 * and white print can be read.
 */
typedef struct _LzPlot LzPlot;

/* @title: (nullable).  @unit: (nullable): of the values: "件", "%". */
LzPlot *lz_plot_new (LzPlotKind kind, const char *title, const char *unit);
void lz_plot_free (LzPlot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPlot, lz_plot_free)

/* All labels come before the first series. */
void lz_plot_add_label (LzPlot *self, const char *label);
/* @values: one for each label.  @name: for the legend, shown if there are several. */
void lz_plot_add_series (LzPlot *self, const char *name, const double *values);

/* Draws it @width × @height units large from the origin; @font: (nullable): family, NULL = sans. */
void lz_plot_draw (const LzPlot *self, cairo_t *cr, double width, double height, const char *font);

G_END_DECLS
