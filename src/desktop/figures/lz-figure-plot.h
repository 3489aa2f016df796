/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure-popover.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzFigurePlot:
 *
 * A drawing of figures in which every plotted value leads to its cases: by a click, or by the arrow
 * keys and Return; hovering and "?" explain it, as with #LzFigure.  What it looks like is a
 * painter's business; this widget knows only where each value lies.
 */
#define LZ_TYPE_FIGURE_PLOT (lz_figure_plot_get_type ())
G_DECLARE_FINAL_TYPE (LzFigurePlot, lz_figure_plot, LZ, FIGURE_PLOT, GtkWidget)

/**
 * LzPlotMark:
 * @meaning: the value and its cases; owned
 * @row: where it belongs, in the painter's words
 * @column: the same
 * @series: the same
 * @area: where it lies on the widget, set by the painter's lay_out()
 */
typedef struct
{
  LzFigureMeaning meaning;
  guint row;
  guint column;
  guint series;
  graphene_rect_t area;
} LzPlotMark;

/* (element-type LzPlotMark) that owns its meanings. */
GArray *lz_plot_marks_new (void);
/* A count; what is 0 is no mark: there is nothing to lead to. */
void lz_plot_marks_add_count (GArray *marks,
                              const LzFigureOf *of,
                              LzCount count,
                              gint64 n,
                              guint row,
                              guint column,
                              guint series);
void lz_plot_marks_add_rate (GArray *marks,
                             const LzFigureOf *of,
                             LzRate rate,
                             LzRatio ratio,
                             guint row,
                             guint column,
                             guint series);

/* Colours of the theme, for painters. */
typedef struct
{
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA accent;
  GdkRGBA good;
  GdkRGBA bad;
} LzPlotColors;

/**
 * LzPlotPainter:
 * @height: of the plot for this @data and width, in pixels
 * @lay_out: sets the area of each mark
 * @draw: paints everything
 *
 * How a plot looks.
 */
typedef struct
{
  int (*height) (gpointer data, GArray *marks);
  void (*lay_out) (gpointer data, GArray *marks, int width, int height);
  void (*draw) (gpointer data,
                GArray *marks,
                cairo_t *cr,
                PangoLayout *layout,
                const LzPlotColors *colors,
                int width,
                int height);
} LzPlotPainter;

LzFigurePlot *lz_figure_plot_new (const LzPlotPainter *painter, const char *title);

/* @data: (transfer full) (nullable): the painter's; @marks: (transfer full) (nullable) */
void
lz_figure_plot_set (LzFigurePlot *self, gpointer data, GDestroyNotify free_data, GArray *marks);

/* For painters: text with one end or its middle at (@x, @y), no wider than @room; @align 0 left,
 * 0.5 middle, 1 right. */
void lz_plot_text (cairo_t *cr,
                   PangoLayout *layout,
                   const char *text,
                   double x,
                   double y,
                   double room,
                   double align);

G_END_DECLS
