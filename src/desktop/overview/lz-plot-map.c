/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-overview-plots.h"

#include <math.h>

#define HEIGHT 320
#define MARGIN 26
#define RADIUS 22 /* of the largest circle */

#define NAMED_RADIUS 15 /* smaller ones have no name */
#define NAME_GAP     9
#define NAME_HEIGHT  14
#define NAME_ROOM    120

typedef struct
{
  GPtrArray *roads; /* LzRoad */
  LzBox box;
  gint64 most;
} Map;

/* How the box lies on the widget: the same scale in both directions. */
typedef struct
{
  double scale, left, top, squeeze;
  LzBox box;
} View;

static void
map_free (gpointer data)
{
  Map *self = data;

  g_ptr_array_unref (self->roads);
  g_free (self);
}

static LzBox
find_box (GPtrArray *roads)
{
  LzBox box = { G_MAXINT32, G_MAXINT32, G_MININT32, G_MININT32 };

  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];
      LzBox part = lz_line_box (road->line);

      box.south7 = MIN (box.south7, part.south7);
      box.west7 = MIN (box.west7, part.west7);
      box.north7 = MAX (box.north7, part.north7);
      box.east7 = MAX (box.east7, part.east7);
    }
  return box;
}

void
lz_plot_map_show (LzFigurePlot *plot, const LzOverviewData *data, GPtrArray *roads)
{
  Map *self = g_new0 (Map, 1);
  GArray *marks = lz_plot_marks_new ();

  self->roads = g_ptr_array_ref (roads);
  self->box = find_box (roads);
  self->most = 1;
  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];
      g_autofree char *value = lz_id_dup_string (&road->id);
      const LzTallyGroup *group = lz_tally_find (data->now->tallies[LZ_BY_ROAD], value);
      LzFigureOf of = lz_overview_data_make_of (data);
      gint64 n = group != NULL ? group->counts[LZ_COUNT_REPORTED] : 0;

      of.by = LZ_BY_ROAD;
      of.value = value;
      of.name = road->name;
      self->most = MAX (self->most, n);
      lz_plot_marks_add_count (marks, &of, LZ_COUNT_REPORTED, n, i, 0, 0);
    }
  lz_figure_plot_set (plot, self, map_free, marks);
}

static int
measure (gpointer data, GArray *marks)
{
  return HEIGHT;
}

static View
make_view (const Map *self, int width, int height)
{
  View view = { .box = self->box };
  double middle = ((double) self->box.south7 + self->box.north7) / 2e7;
  double across, up;

  view.squeeze = cos (middle * G_PI / 180);
  across = MAX (((double) self->box.east7 - self->box.west7) * view.squeeze, 1);
  up = MAX ((double) self->box.north7 - self->box.south7, 1);
  view.scale = MIN ((width - 2 * MARGIN) / across, (height - 2 * MARGIN) / up);
  view.left = (width - across * view.scale) / 2;
  view.top = (height - up * view.scale) / 2;
  return view;
}

static void
place (const View *view, LzPoint point, double *x, double *y)
{
  *x = view->left + ((double) point.lon7 - view->box.west7) * view->squeeze * view->scale;
  *y = view->top + ((double) view->box.north7 - point.lat7) * view->scale;
}

static void
lay_out (gpointer data, GArray *marks, int width, int height)
{
  const Map *self = data;
  View view = make_view (self, width, height);

  for (guint i = 0; i < marks->len; i++)
    {
      LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);
      const LzRoad *road = self->roads->pdata[mark->row];
      double r = MAX (RADIUS * sqrt ((double) mark->meaning.n / (double) self->most), 7);
      double x, y;

      place (&view, lz_line_point_at (road->line, road->length_m / 2), &x, &y);
      graphene_rect_init (&mark->area, (float) (x - r), (float) (y - r), (float) (2 * r),
                          (float) (2 * r));
    }
}

static void
draw_road (cairo_t *cr, const View *view, const LzRoad *road)
{
  for (guint p = 0; p < road->parts->len; p++)
    {
      const LzLine *line = road->parts->pdata[p];

      cairo_new_sub_path (cr);
      for (guint i = 0; i < line->n; i++)
        {
          double x, y;

          place (view, line->points[i], &x, &y);
          cairo_line_to (cr, x, y);
        }
    }
  cairo_stroke (cr);
}

static int
compare_radius (gconstpointer a, gconstpointer b)
{
  const LzPlotMark *x = *(const LzPlotMark *const *) a, *y = *(const LzPlotMark *const *) b;

  return (x->area.size.width < y->area.size.width) - (x->area.size.width > y->area.size.width);
}

/* Takes the place if no name is there yet. */
static gboolean
take_place (GArray *taken, double x, double y, int width)
{
  const GdkRectangle place = { (int) x - width / 2, (int) y - NAME_HEIGHT / 2, width, NAME_HEIGHT };

  for (guint i = 0; i < taken->len; i++)
    if (gdk_rectangle_intersect (&place, &g_array_index (taken, GdkRectangle, i), NULL))
      return FALSE;
  g_array_append_val (taken, place);
  return TRUE;
}

/* The roads with most cases by name: below the circle, else above it, else not at all. */
static void
draw_names (const Map *self, GArray *marks, cairo_t *cr, PangoLayout *layout)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (GdkRectangle));

  for (guint i = 0; i < marks->len; i++)
    g_ptr_array_add (order, &g_array_index (marks, LzPlotMark, i));
  g_ptr_array_sort (order, compare_radius);
  for (guint i = 0; i < order->len; i++)
    {
      const LzPlotMark *mark = order->pdata[i];
      const char *name = ((const LzRoad *) self->roads->pdata[mark->row])->name;
      double r = mark->area.size.width / 2;
      double x = mark->area.origin.x + r, y = mark->area.origin.y + r;
      int width;

      if (r < NAMED_RADIUS)
        break;
      pango_layout_set_width (layout, -1);
      pango_layout_set_text (layout, name, -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      if (take_place (taken, x, y + r + NAME_GAP, MIN (width, NAME_ROOM)))
        lz_plot_text (cr, layout, name, x, y + r + NAME_GAP, NAME_ROOM, 0.5);
      else if (take_place (taken, x, y - r - NAME_GAP, MIN (width, NAME_ROOM)))
        lz_plot_text (cr, layout, name, x, y - r - NAME_GAP, NAME_ROOM, 0.5);
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
  const Map *self = data;
  View view = make_view (self, width, height);
  GdkRGBA color = colors->text;

  color.alpha = 0.35f;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->roads->len; i++)
    draw_road (cr, &view, self->roads->pdata[i]);

  for (guint i = 0; i < marks->len; i++)
    {
      const LzPlotMark *mark = &g_array_index (marks, LzPlotMark, i);
      g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, mark->meaning.n);
      double r = mark->area.size.width / 2;
      double x = mark->area.origin.x + r, y = mark->area.origin.y + r;

      color = colors->accent;
      color.alpha = 0.4f;
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_new_path (cr); /* the text before has left its point */
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      cairo_fill_preserve (cr);
      gdk_cairo_set_source_rgba (cr, &colors->accent);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
      gdk_cairo_set_source_rgba (cr, &colors->text);
      lz_plot_text (cr, layout, n, x, y, 60, 0.5);
    }
  draw_names (self, marks, cr, layout);
}

const LzPlotPainter lz_plot_map = { measure, lay_out, draw };
