/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-figure-plot.h"

#include "lz-figure.h"

#define MIN_WIDTH 240

struct _LzFigurePlot
{
  GtkWidget parent_instance;

  const LzPlotPainter *painter;
  char *title;
  gpointer data;
  GDestroyNotify free_data;
  GArray *marks;
  int current; /* -1 = none */
  int hovered;
  GtkWidget *popover;
};

G_DEFINE_FINAL_TYPE (LzFigurePlot, lz_figure_plot, GTK_TYPE_WIDGET)

/* -- marks --------------------------------------------------------------------------------------
 */

static void
mark_clear (gpointer data)
{
  lz_figure_meaning_clear (&((LzPlotMark *) data)->meaning);
}

GArray *
lz_plot_marks_new (void)
{
  GArray *marks = g_array_new (FALSE, TRUE, sizeof (LzPlotMark));

  g_array_set_clear_func (marks, mark_clear);
  return marks;
}

void
lz_plot_marks_add_count (GArray *marks,
                         const LzFigureOf *of,
                         LzCount count,
                         gint64 n,
                         guint row,
                         guint column,
                         guint series)
{
  LzPlotMark mark = { .row = row, .column = column, .series = series };

  if (n == 0)
    return;
  mark.meaning.kind = LZ_MEANING_COUNT;
  mark.meaning.of = lz_figure_of_copy (of);
  mark.meaning.count = count;
  mark.meaning.n = n;
  g_array_append_val (marks, mark);
}

void
lz_plot_marks_add_rate (GArray *marks,
                        const LzFigureOf *of,
                        LzRate rate,
                        LzRatio ratio,
                        guint row,
                        guint column,
                        guint series)
{
  LzPlotMark mark = { .row = row, .column = column, .series = series };

  mark.meaning.kind = LZ_MEANING_RATE;
  mark.meaning.of = lz_figure_of_copy (of);
  mark.meaning.rate = rate;
  mark.meaning.ratio = ratio;
  g_array_append_val (marks, mark);
}

static LzPlotMark *
get_mark (LzFigurePlot *self, int i)
{
  return i >= 0 && i < (int) self->marks->len ? &g_array_index (self->marks, LzPlotMark, i) : NULL;
}

static char *
dup_words (const LzPlotMark *mark)
{
  const LzFigureMeaning *meaning = &mark->meaning;
  g_autofree char *period = lz_period_dup_label (&meaning->of->period);
  g_autofree char *words =
      meaning->kind == LZ_MEANING_RATE
          ? lz_figure_dup_rate_words (meaning->of, meaning->rate, meaning->ratio)
          : lz_figure_dup_count_words (meaning->of, meaning->count, meaning->n);

  return g_strdup_printf ("%s · %s", words, period);
}

/* -- where one is -------------------------------------------------------------------------------
 */

static void
tell_current (LzFigurePlot *self)
{
  const LzPlotMark *mark = get_mark (self, self->current);
  g_autofree char *words = mark != NULL ? dup_words (mark) : NULL;
  g_autofree char *label =
      words != NULL ? g_strdup_printf ("%s: %s", self->title, words) : g_strdup (self->title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
find_at (LzFigurePlot *self, double x, double y)
{
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);

  /* What is drawn later lies above. */
  for (int i = (int) self->marks->len - 1; i >= 0; i--)
    if (graphene_rect_contains_point (&get_mark (self, i)->area, &point))
      return i;
  return -1;
}

/* The nearest one in the direction of the arrow; sideways counts double. */
static int
find_towards (LzFigurePlot *self, int dx, int dy)
{
  const LzPlotMark *from = get_mark (self, self->current);
  graphene_point_t a, b;
  float best = G_MAXFLOAT;
  int found = self->current;

  if (from == NULL)
    return self->marks->len > 0 ? 0 : -1;
  graphene_rect_get_center (&from->area, &a);
  for (int i = 0; i < (int) self->marks->len; i++)
    {
      float along, across, distance;

      graphene_rect_get_center (&get_mark (self, i)->area, &b);
      along = (b.x - a.x) * (float) dx + (b.y - a.y) * (float) dy;
      across = fabsf ((b.x - a.x) * (float) dy) + fabsf ((b.y - a.y) * (float) dx);
      distance = along + 2 * across;
      if (i != self->current && along > 0.5f && distance < best)
        {
          best = distance;
          found = i;
        }
    }
  return found;
}

static void
lay_out (LzFigurePlot *self)
{
  if (self->data != NULL)
    self->painter->lay_out (self->data, self->marks, gtk_widget_get_width (GTK_WIDGET (self)),
                            gtk_widget_get_height (GTK_WIDGET (self)));
}

/* -- opening and explaining ---------------------------------------------------------------------
 */

static void
explain (LzFigurePlot *self, const LzPlotMark *mark)
{
  GdkRectangle at = { (int) mark->area.origin.x, (int) mark->area.origin.y,
                      (int) mark->area.size.width, (int) mark->area.size.height };

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = lz_figure_popover_new (GTK_WIDGET (self), &mark->meaning);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
open_mark (LzFigurePlot *self, const LzPlotMark *mark)
{
  if (mark == NULL)
    return;
  if (mark->meaning.kind == LZ_MEANING_COUNT)
    lz_figure_cases_open (GTK_WIDGET (self),
                          lz_figure_cases_new (mark->meaning.of, mark->meaning.count));
  else
    explain (self, mark);
}

static gboolean
key_pressed_cb (LzFigurePlot *self, guint key, guint code, GdkModifierType state)
{
  const LzPlotMark *mark = get_mark (self, self->current);
  int dx = key == GDK_KEY_Left ? -1 : key == GDK_KEY_Right ? 1 : 0;
  int dy = key == GDK_KEY_Up ? -1 : key == GDK_KEY_Down ? 1 : 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (dx != 0 || dy != 0)
    {
      self->current = find_towards (self, dx, dy);
      tell_current (self);
      return TRUE;
    }
  if (mark == NULL)
    return FALSE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space)
    open_mark (self, mark);
  else if (key == GDK_KEY_question || key == GDK_KEY_Menu)
    explain (self, mark);
  else
    return FALSE;
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, LzFigurePlot *self)
{
  int at = find_at (self, x, y);
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (at < 0)
    return;
  self->current = at;
  tell_current (self);
  if (button == GDK_BUTTON_SECONDARY)
    explain (self, get_mark (self, at));
  else if (button == GDK_BUTTON_PRIMARY)
    open_mark (self, get_mark (self, at));
}

static void
motion_cb (LzFigurePlot *self, double x, double y)
{
  int at = find_at (self, x, y);

  if (at == self->hovered)
    return;
  self->hovered = at;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), at >= 0 ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (LzFigurePlot *self)
{
  motion_cb (self, -1, -1);
}

static void
focus_cb (LzFigurePlot *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (self)) && self->current < 0 && self->marks->len > 0)
    self->current = 0;
  tell_current (self);
}

static gboolean
query_tooltip_cb (LzFigurePlot *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const LzPlotMark *mark = get_mark (self, keyboard ? self->current : find_at (self, x, y));
  g_autofree char *words = NULL;

  if (mark == NULL)
    return FALSE;
  words = dup_words (mark);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

/* -- drawing ------------------------------------------------------------------------------------
 */

void
lz_plot_text (cairo_t *cr,
              PangoLayout *layout,
              const char *text,
              double x,
              double y,
              double room,
              double align)
{
  int width, height;

  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > room)
    {
      pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      width = (int) room;
    }
  cairo_move_to (cr, x - width * align, y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static GdkRGBA
look_up (GtkWidget *widget, const char *name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (context, name, &color))
    gtk_style_context_get_color (context, &color);
  return color;
}

static void
draw_ring (cairo_t *cr, const LzPlotMark *mark, const GdkRGBA *color, double width)
{
  if (mark == NULL)
    return;
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, width);
  cairo_rectangle (cr, mark->area.origin.x - 1, mark->area.origin.y - 1, mark->area.size.width + 2,
                   mark->area.size.height + 2);
  cairo_stroke (cr);
}

static void
lz_figure_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzFigurePlot *self = LZ_FIGURE_PLOT (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  LzPlotColors colors = { .accent = look_up (widget, "accent_color"),
                          .good = look_up (widget, "success_color"),
                          .bad = look_up (widget, "error_color") };
  cairo_t *cr;

  if (self->data == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colors.text);
  colors.dim = colors.text;
  colors.dim.alpha = 0.6f;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  self->painter->draw (self->data, self->marks, cr, layout, &colors, width, height);
  draw_ring (cr, get_mark (self, self->hovered), &colors.dim, 1);
  if (gtk_widget_has_focus (widget))
    draw_ring (cr, get_mark (self, self->current), &colors.accent, 2);
  cairo_destroy (cr);
}

static void
lz_figure_plot_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  LzFigurePlot *self = LZ_FIGURE_PLOT (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MIN_WIDTH;
  else
    *minimum = *natural = self->data != NULL ? self->painter->height (self->data, self->marks) : 0;
}

static void
lz_figure_plot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LzFigurePlot *self = LZ_FIGURE_PLOT (widget);

  lay_out (self);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

/* -- what others do -----------------------------------------------------------------------------
 */

LzFigurePlot *
lz_figure_plot_new (const LzPlotPainter *painter, const char *title)
{
  LzFigurePlot *self = g_object_new (LZ_TYPE_FIGURE_PLOT, NULL);

  self->painter = painter;
  self->title = g_strdup (title);
  tell_current (self);
  return self;
}

static void
forget (LzFigurePlot *self)
{
  if (self->data != NULL && self->free_data != NULL)
    self->free_data (self->data);
  self->data = NULL;
}

void
lz_figure_plot_set (LzFigurePlot *self, gpointer data, GDestroyNotify free_data, GArray *marks)
{
  g_return_if_fail (LZ_IS_FIGURE_PLOT (self));

  forget (self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->data = data;
  self->free_data = free_data;
  g_array_unref (self->marks);
  self->marks = marks != NULL ? marks : lz_plot_marks_new ();
  self->hovered = -1;
  if (self->current >= (int) self->marks->len)
    self->current = -1;
  lay_out (self);
  tell_current (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
lz_figure_plot_dispose (GObject *object)
{
  LzFigurePlot *self = LZ_FIGURE_PLOT (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (lz_figure_plot_parent_class)->dispose (object);
}

static void
lz_figure_plot_finalize (GObject *object)
{
  LzFigurePlot *self = LZ_FIGURE_PLOT (object);

  forget (self);
  g_array_unref (self->marks);
  g_free (self->title);

  G_OBJECT_CLASS (lz_figure_plot_parent_class)->finalize (object);
}

static void
lz_figure_plot_class_init (LzFigurePlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_figure_plot_dispose;
  G_OBJECT_CLASS (klass)->finalize = lz_figure_plot_finalize;
  widget_class->snapshot = lz_figure_plot_snapshot;
  widget_class->measure = lz_figure_plot_measure;
  widget_class->size_allocate = lz_figure_plot_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "figureplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lz_figure_plot_init (LzFigurePlot *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->marks = lz_plot_marks_new ();
  self->current = self->hovered = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
