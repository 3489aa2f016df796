/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-trend-plot.h"

#include <glib/gi18n.h>

#define HEIGHT      130
#define LABEL_SPACE 18
#define TOP_SPACE   16

struct _LzTrendPlot
{
  GtkWidget parent_instance;

  GArray *weeks;
  int offset_min;
};

G_DEFINE_FINAL_TYPE (LzTrendPlot, lz_trend_plot, GTK_TYPE_WIDGET)

static guint
find_most (const GArray *weeks)
{
  guint most = 1;

  for (guint i = 0; i < weeks->len; i++)
    {
      const LzDeskWeek *week = &g_array_index (weeks, LzDeskWeek, i);

      most = MAX (most, MAX (week->reported, week->closed));
    }
  return most;
}

static void
show_text (cairo_t *cr, PangoLayout *layout, const char *text, double x, double y)
{
  int width, height;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, x - width / 2.0, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_week (LzTrendPlot *self,
           cairo_t *cr,
           PangoLayout *layout,
           guint index,
           double slot,
           double room,
           guint most,
           const GdkRGBA *text,
           const GdkRGBA *accent)
{
  const LzDeskWeek *week = &g_array_index (self->weeks, LzDeskWeek, index);
  double x = index * slot, bar = MIN (slot * 0.32, 18);
  double reported = room * week->reported / most, closed = room * week->closed / most;
  g_autoptr (GDateTime) day =
      g_date_time_new_from_unix_utc (week->begins_ms / 1000 + self->offset_min * 60);
  g_autofree char *label = g_date_time_format (day, "%m-%d");
  g_autofree char *count = g_strdup_printf ("%u", week->reported);

  gdk_cairo_set_source_rgba (cr, accent);
  cairo_rectangle (cr, x + slot / 2 - bar - 1, TOP_SPACE + room - reported, bar, reported);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, text);
  if (week->closed > 0)
    {
      cairo_rectangle (cr, x + slot / 2 + 1.5, TOP_SPACE + room - closed + 0.5, bar - 1,
                       closed - 0.5);
      cairo_stroke (cr);
    }
  if (slot >= 34 || index % 2 == 1)
    show_text (cr, layout, label, x + slot / 2, TOP_SPACE + room + 3);
  if (week->reported > 0 && slot >= 22)
    show_text (cr, layout, count, x + slot / 2 - bar / 2, TOP_SPACE + room - reported - 15);
}

static void
lz_trend_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzTrendPlot *self = LZ_TREND_PLOT (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr;
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA text, accent;

  if (self->weeks == NULL || self->weeks->len == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  layout = gtk_widget_create_pango_layout (widget, NULL);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color",
                                       &accent))
    accent = text;
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < self->weeks->len; i++)
    draw_week (self, cr, layout, i, (double) width / self->weeks->len,
               height - LABEL_SPACE - TOP_SPACE, find_most (self->weeks), &text, &accent);
  cairo_destroy (cr);
}

static void
lz_trend_plot_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : HEIGHT;
}

static void
lz_trend_plot_finalize (GObject *object)
{
  g_clear_pointer (&LZ_TREND_PLOT (object)->weeks, g_array_unref);
  G_OBJECT_CLASS (lz_trend_plot_parent_class)->finalize (object);
}

static void
lz_trend_plot_class_init (LzTrendPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lz_trend_plot_finalize;
  widget_class->snapshot = lz_trend_plot_snapshot;
  widget_class->measure = lz_trend_plot_measure;
  gtk_widget_class_set_css_name (widget_class, "trendplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lz_trend_plot_init (LzTrendPlot *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
}

GtkWidget *
lz_trend_plot_new (void)
{
  return g_object_new (LZ_TYPE_TREND_PLOT, NULL);
}

/* The same in words, for who does not see the bars. */
static char *
dup_words (const GArray *weeks)
{
  g_autoptr (GString) words = g_string_new (_ ("Weeks, reported and closed:"));

  for (guint i = 0; i < weeks->len; i++)
    {
      const LzDeskWeek *week = &g_array_index (weeks, LzDeskWeek, i);

      g_string_append_printf (words, " %u/%u", week->reported, week->closed);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

void
lz_trend_plot_set (LzTrendPlot *self, GArray *weeks, int offset_min)
{
  g_autofree char *words = NULL;

  g_return_if_fail (LZ_IS_TREND_PLOT (self));

  g_clear_pointer (&self->weeks, g_array_unref);
  self->weeks = g_array_ref (weeks);
  self->offset_min = offset_min;
  words = dup_words (weeks);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
