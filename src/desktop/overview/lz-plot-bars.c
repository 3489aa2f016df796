/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-overview-plots.h"

#include <glib/gi18n.h>
#include <string.h>

#define ROW       26
#define MAX_ROWS  12
#define MAX_NAME  110 /* pixels */
#define MAX_VALUE 132

enum
{
  SERIES_DUE,
  SERIES_CLOSED,
  SERIES_RATE
};

typedef struct
{
  GPtrArray *names;
  GPtrArray *values;
  gint64 most;
} Bars;

static void
bars_free (gpointer data)
{
  Bars *self = data;

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/* The dimensions in their own order, others by how much they had to do. */
static GPtrArray *
choose_groups (const LzTally *tally, LzTallyBy by)
{
  GPtrArray *groups = g_ptr_array_new ();

  if (by == LZ_BY_DIMENSION)
    {
      for (guint i = LZ_DIMENSION_ORDER; i < LZ_N_DIMENSIONS; i++)
        {
          const LzTallyGroup *group =
              lz_tally_find (tally, lz_dimension_to_string ((LzDimension) i));

          if (group != NULL)
            g_ptr_array_add (groups, (gpointer) group);
        }
      return groups;
    }
  for (guint i = 0; i < lz_tally_get_n_groups (tally); i++)
    if (*lz_tally_get_group (tally, i)->value != '\0')
      g_ptr_array_add (groups, (gpointer) lz_tally_get_group (tally, i));
  lz_plot_sort_groups (groups, LZ_COUNT_DUE_CLOSE);
  g_ptr_array_set_size (groups, (int) MIN (groups->len, MAX_ROWS));
  return groups;
}

void
lz_plot_bars_show (LzFigurePlot *plot, const LzOverviewData *data, LzTallyBy by)
{
  Bars *self = g_new0 (Bars, 1);
  g_autoptr (GPtrArray) groups = choose_groups (data->now->tallies[by], by);
  GArray *marks = lz_plot_marks_new ();

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->most = 1;
  for (guint i = 0; i < groups->len; i++)
    {
      const LzTallyGroup *group = groups->pdata[i];
      char *name = lz_tally_names_dup (data->names, by, group->value);
      LzFigureOf of = lz_overview_data_make_of (data);
      LzRatio ratio = lz_tally_group_get_rate (group, LZ_RATE_CLOSING);
      g_autofree char *rate = lz_ratio_dup_text (ratio);

      of.by = by;
      of.value = group->value;
      of.name = name;
      g_ptr_array_add (self->names, name);
      g_ptr_array_add (self->values,
                       g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "  %s", ratio.part,
                                        ratio.whole, rate));
      self->most = MAX (self->most, ratio.whole);
      lz_plot_marks_add_count (marks, &of, LZ_COUNT_DUE_CLOSE, ratio.whole, i, 0, SERIES_DUE);
      lz_plot_marks_add_count (marks, &of, LZ_COUNT_CLOSED, ratio.part, i, 0, SERIES_CLOSED);
      lz_plot_marks_add_rate (marks, &of, LZ_RATE_CLOSING, ratio, i, 0, SERIES_RATE);
    }
  lz_figure_plot_set (plot, self, bars_free, marks);
}

static int
measure (gpointer data, GArray *marks)
{
  const Bars *self = data;

  return (int) (MAX (self->names->len, 1) * ROW);
}

static double
get_name_room (int width)
{
  return MIN (MAX_NAME, width * 0.3);
}

static void
lay_out (gpointer data, GArray *marks, int width, int height)
{
  const Bars *self = data;
  double left = get_name_room (width), room = width - left - MAX_VALUE - 8;

  for (guint i = 0; i < marks->len; i++)
    {
      LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);
      float y = (float) (mark->row * ROW);

      if (mark->series == SERIES_RATE)
        graphene_rect_init (&mark->area, (float) (width - MAX_VALUE), y + 3, MAX_VALUE - 2,
                            ROW - 6);
      else
        graphene_rect_init (&mark->area, (float) left, y + 6,
                            (float) MAX (room * (double) mark->meaning.n / (double) self->most, 2),
                            ROW - 12);
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
  const Bars *self = data;
  double left = get_name_room (width);

  for (guint i = 0; i < marks->len; i++)
    {
      const LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);
      GdkRGBA color = colors->accent;

      if (mark->series == SERIES_RATE)
        continue;
      color.alpha = mark->series == SERIES_DUE ? 0.28f : 1;
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_rectangle (cr, mark->area.origin.x, mark->area.origin.y, mark->area.size.width,
                       mark->area.size.height);
      cairo_fill (cr);
    }
  gdk_cairo_set_source_rgba (cr, &colors->text);
  for (guint i = 0; i < self->names->len; i++)
    {
      double y = i * ROW + ROW / 2.0;

      lz_plot_text (cr, layout, self->names->pdata[i], 0, y, left - 6, 0);
      lz_plot_text (cr, layout, self->values->pdata[i], width - 4, y, MAX_VALUE, 1);
    }
  gdk_cairo_set_source_rgba (cr, &colors->dim);
  if (self->names->len == 0)
    lz_plot_text (cr, layout, _ ("Nothing was counted in this period."), 0, ROW / 2.0, width, 0);
}

const LzPlotPainter lz_plot_bars = { measure, lay_out, draw };
