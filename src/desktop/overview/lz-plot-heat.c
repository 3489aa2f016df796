/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-overview-plots.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#define ROW      22
#define HEAD     18
#define MAX_ROWS 14
#define MAX_NAME 100

typedef struct
{
  GPtrArray *names;
  char **heads;
  guint n_columns;
  gint64 most;
} Heat;

static void
heat_free (gpointer data)
{
  Heat *self = data;

  g_ptr_array_unref (self->names);
  g_strfreev (self->heads);
  g_free (self);
}

/* The roads with the most reports. */
static GPtrArray *
choose_roads (const LzTally *tally)
{
  GPtrArray *roads = g_ptr_array_new ();

  for (guint i = 0; i < lz_tally_get_n_groups (tally); i++)
    {
      const LzTallyGroup *group = lz_tally_get_group (tally, i);

      if (*group->value != '\0' && group->counts[LZ_COUNT_REPORTED] > 0)
        g_ptr_array_add (roads, (gpointer) group);
    }
  lz_plot_sort_groups (roads, LZ_COUNT_REPORTED);
  g_ptr_array_set_size (roads, (int) MIN (roads->len, MAX_ROWS));
  return roads;
}

static void
add_heads (Heat *self, const LzOverviewData *data, gboolean by_hour)
{
  self->n_columns = by_hour ? 24 : 7;
  self->heads = g_new0 (char *, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u", i + 1);

      self->heads[i] = by_hour ? g_strdup_printf ("%u", i)
                               : lz_tally_names_dup (data->names, LZ_BY_WEEKDAY, value);
    }
}

static void
add_row (Heat *self,
         GArray *marks,
         const LzOverviewData *data,
         const LzTally *times,
         const LzTallyGroup *road,
         guint row)
{
  LzTallyBy by = lz_tally_get_by (times);

  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *value = by == LZ_BY_ROAD_HOUR
                                   ? g_strdup_printf ("%s %02u", road->value, i)
                                   : g_strdup_printf ("%s %u", road->value, i + 1);
      const LzTallyGroup *cell = lz_tally_find (times, value);
      g_autofree char *name = lz_tally_names_dup (data->names, by, value);
      LzFigureOf of = { .period = data->query.period,
                        .now_ms = data->query.now_ms,
                        .by = by,
                        .value = value,
                        .name = name };
      gint64 n = cell != NULL ? cell->counts[LZ_COUNT_REPORTED] : 0;

      if (data->sealed != NULL)
        of.bulletin = data->sealed->id;
      self->most = MAX (self->most, n);
      lz_plot_marks_add_count (marks, &of, LZ_COUNT_REPORTED, n, row, i, 0);
    }
}

void
lz_plot_heat_show (LzFigurePlot *plot,
                   const LzOverviewData *data,
                   const LzTallies *times,
                   LzTallyBy by)
{
  Heat *self = g_new0 (Heat, 1);
  g_autoptr (GPtrArray) roads = choose_roads (data->now->tallies[LZ_BY_ROAD]);
  GArray *marks = lz_plot_marks_new ();

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->most = 1;
  add_heads (self, data, by == LZ_BY_ROAD_HOUR);
  for (guint i = 0; i < roads->len; i++)
    {
      const LzTallyGroup *road = roads->pdata[i];

      g_ptr_array_add (self->names, lz_tally_names_dup (data->names, LZ_BY_ROAD, road->value));
      add_row (self, marks, data, times->tallies[by], road, i);
    }
  lz_figure_plot_set (plot, self, heat_free, marks);
}

static int
measure (gpointer data, GArray *marks)
{
  const Heat *self = data;

  return (int) (HEAD + MAX (self->names->len, 1) * ROW);
}

static void
lay_out (gpointer data, GArray *marks, int width, int height)
{
  const Heat *self = data;
  double left = MIN (MAX_NAME, width * 0.3), cell = (width - left) / self->n_columns;

  for (guint i = 0; i < marks->len; i++)
    {
      LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);

      graphene_rect_init (&mark->area, (float) (left + mark->column * cell + 1),
                          (float) (HEAD + mark->row * ROW + 1), (float) (cell - 2), ROW - 2);
    }
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
  const Heat *self = data;
  double left = MIN (MAX_NAME, width * 0.3), cell = (width - left) / self->n_columns;
  guint step = cell >= 16 ? 1 : 3; /* so that the heads do not touch */

  gdk_cairo_set_source_rgba (cr, &colors->dim);
  for (guint i = 0; i < self->n_columns; i += step)
    lz_plot_text (cr, layout, self->heads[i], left + (i + 0.5) * cell, HEAD / 2.0, cell * step,
                  0.5);
  for (guint i = 0; i < marks->len; i++)
    {
      const LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);
      double share = (double) mark->meaning.n / (double) self->most;
      g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, mark->meaning.n);
      GdkRGBA color = colors->accent;

      color.alpha = (float) (0.12 + 0.6 * share);
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_rectangle (cr, mark->area.origin.x, mark->area.origin.y, mark->area.size.width,
                       mark->area.size.height);
      cairo_fill (cr);
      gdk_cairo_set_source_rgba (cr, &colors->text);
      if (cell >= 14)
        lz_plot_text (cr, layout, n, left + (mark->column + 0.5) * cell,
                      HEAD + (mark->row + 0.5) * ROW, cell, 0.5);
    }
  gdk_cairo_set_source_rgba (cr, &colors->text);
  for (guint i = 0; i < self->names->len; i++)
    lz_plot_text (cr, layout, self->names->pdata[i], 0, HEAD + (i + 0.5) * ROW, left - 6, 0);
  gdk_cairo_set_source_rgba (cr, &colors->dim);
  if (self->names->len == 0)
    lz_plot_text (cr, layout, _ ("Nothing was counted in this period."), 0, HEAD + ROW / 2.0, width,
                  0);
}

const LzPlotPainter lz_plot_heat = { measure, lay_out, draw };
