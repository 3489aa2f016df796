/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-overview-plots.h"

#include <string.h>

#define HEIGHT 190
#define BOTTOM 20 /* for the labels */
#define LEGEND 20
#define RATE   44 /* the line of the rate runs in this */
#define DOT    9

enum
{
  SERIES_REPORTED,
  SERIES_CLOSED,
  SERIES_RATE
};

typedef struct
{
  char **labels;
  guint n;
  gint64 most;
} Trend;

static void
trend_free (gpointer data)
{
  Trend *self = data;

  g_strfreev (self->labels);
  g_free (self);
}

/* "W47", "11". */
static char *
dup_label (const LzPeriod *period)
{
  g_autofree char *key = lz_period_dup_key (period);

  return g_strdup (strlen (key) > 5 ? key + 5 : key);
}

void
lz_plot_trend_show (LzFigurePlot *plot, const LzOverviewTrend *trend)
{
  Trend *self = g_new0 (Trend, 1);
  GArray *marks = lz_plot_marks_new ();

  self->n = trend->n;
  self->labels = g_new0 (char *, trend->n + 1);
  self->most = 1;
  for (guint i = 0; i < trend->n; i++)
    {
      const gint64 *counts = trend->points[i].counts;
      LzFigureOf of = { .period = trend->points[i].period,
                        .now_ms = trend->now_ms,
                        .value = "",
                        .bulletin = trend->points[i].bulletin };
      LzRatio ratio = { counts[lz_rate_get_part (LZ_RATE_CLOSING)],
                        counts[lz_rate_get_whole (LZ_RATE_CLOSING)] };

      self->labels[i] = dup_label (&of.period);
      self->most = MAX (self->most, MAX (counts[LZ_COUNT_REPORTED], counts[LZ_COUNT_CLOSED]));
      lz_plot_marks_add_count (marks, &of, LZ_COUNT_REPORTED, counts[LZ_COUNT_REPORTED], 0, i,
                               SERIES_REPORTED);
      lz_plot_marks_add_count (marks, &of, LZ_COUNT_CLOSED, counts[LZ_COUNT_CLOSED], 0, i,
                               SERIES_CLOSED);
      if (lz_ratio_has_value (ratio))
        lz_plot_marks_add_rate (marks, &of, LZ_RATE_CLOSING, ratio, 0, i, SERIES_RATE);
    }
  lz_figure_plot_set (plot, self, trend_free, marks);
}

static int
measure (gpointer data, GArray *marks)
{
  return HEIGHT;
}

static void
lay_out (gpointer data, GArray *marks, int width, int height)
{
  const Trend *self = data;
  double slot = self->n > 0 ? (double) width / self->n : width;
  double bar = MIN (slot * 0.34, 24), room = height - BOTTOM - LEGEND - RATE - 16;

  for (guint i = 0; i < marks->len; i++)
    {
      LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);
      double x = mark->column * slot + slot / 2, size;

      if (mark->series == SERIES_RATE)
        {
          double share = (double) mark->meaning.ratio.part / (double) mark->meaning.ratio.whole;

          graphene_rect_init (&mark->area, (float) (x - DOT / 2.0),
                              (float) (LEGEND + (RATE - DOT) * (1 - share)), DOT, DOT);
          continue;
        }
      size = MAX (room * (double) mark->meaning.n / (double) self->most, 2);
      graphene_rect_init (&mark->area, (float) (mark->series == SERIES_REPORTED ? x - bar : x + 1),
                          (float) (height - BOTTOM - size), (float) (bar - 1), (float) size);
    }
}

static void
add_area (cairo_t *cr, const graphene_rect_t *area)
{
  cairo_rectangle (cr, area->origin.x, area->origin.y, area->size.width, area->size.height);
}

/* Colour is never alone: what was closed is hollow. */
static void
draw_bar (cairo_t *cr, const graphene_rect_t *area, guint series, const LzPlotColors *colors)
{
  GdkRGBA color = series == SERIES_REPORTED ? colors->accent : colors->good;

  if (series == SERIES_CLOSED)
    color.alpha = 0.25f;
  gdk_cairo_set_source_rgba (cr, &color);
  add_area (cr, area);
  cairo_fill (cr);
  if (series != SERIES_CLOSED)
    return;
  color.alpha = 1;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 1.5);
  add_area (cr, area);
  cairo_stroke (cr);
}

static void
draw_rates (GArray *marks, cairo_t *cr, const LzPlotColors *colors)
{
  gdk_cairo_set_source_rgba (cr, &colors->text);
  cairo_set_line_width (cr, 1.5);
  cairo_new_path (cr);
  for (guint i = 0; i < marks->len; i++)
    {
      const LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);

      if (mark->series == SERIES_RATE)
        cairo_line_to (cr, mark->area.origin.x + DOT / 2.0, mark->area.origin.y + DOT / 2.0);
    }
  cairo_stroke (cr);
  for (guint i = 0; i < marks->len; i++)
    {
      const LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);

      if (mark->series != SERIES_RATE)
        continue;
      cairo_arc (cr, mark->area.origin.x + DOT / 2.0, mark->area.origin.y + DOT / 2.0, 3.5, 0,
                 2 * G_PI);
      cairo_fill (cr);
    }
}

static double
draw_key (cairo_t *cr,
          PangoLayout *layout,
          const LzPlotColors *colors,
          guint series,
          const char *text,
          double x)
{
  graphene_rect_t sample = GRAPHENE_RECT_INIT ((float) x, 3, 10, 10);
  int width, height;

  if (series == SERIES_RATE)
    {
      gdk_cairo_set_source_rgba (cr, &colors->text);
      cairo_new_path (cr);
      cairo_arc (cr, x + 5, 8, 3.5, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  else
    draw_bar (cr, &sample, series, colors);
  gdk_cairo_set_source_rgba (cr, &colors->dim);
  lz_plot_text (cr, layout, text, x + 15, 8, 200, 0);
  pango_layout_get_pixel_size (layout, &width, &height);
  return x + 15 + width + 16;
}

static void
draw (gpointer data,
      GArray *marks,
      cairo_t *cr,
      PangoLayout *layout,
      const LzPlotColors *colors,
      int width,
      int height)
{
  const Trend *self = data;
  double slot = self->n > 0 ? (double) width / self->n : width;
  double x = 2;

  for (guint i = 0; i < marks->len; i++)
    {
      const LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);
      g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, mark->meaning.n);

      if (mark->series == SERIES_RATE)
        continue;
      draw_bar (cr, &mark->area, mark->series, colors);
      gdk_cairo_set_source_rgba (cr, &colors->dim);
      if (mark->series == SERIES_REPORTED)
        lz_plot_text (cr, layout, n, mark->area.origin.x + mark->area.size.width / 2,
                      mark->area.origin.y - 8, slot, 0.5);
    }
  draw_rates (marks, cr, colors);
  gdk_cairo_set_source_rgba (cr, &colors->dim);
  for (guint i = 0; i < self->n; i++)
    lz_plot_text (cr, layout, self->labels[i], i * slot + slot / 2, height - BOTTOM / 2.0, slot,
                  0.5);
  x = draw_key (cr, layout, colors, SERIES_REPORTED, lz_count_label (LZ_COUNT_REPORTED), x);
  x = draw_key (cr, layout, colors, SERIES_CLOSED, lz_count_label (LZ_COUNT_CLOSED), x);
  draw_key (cr, layout, colors, SERIES_RATE, lz_rate_label (LZ_RATE_CLOSING), x);
}

const LzPlotPainter lz_plot_trend = { measure, lay_out, draw };
