/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-strip-map.h"

#include <glib/gi18n.h>

#include "lz-words.h"

#define MARGIN     16
#define EDGE       6 /* of a card, that no figure touches it */
#define HEIGHT     132
#define ROW_HEIGHT 14
#define MARK       9
#define MAX_ROWS   3
#define REACH      8

struct _LzStripMap
{
  GtkWidget parent_instance;

  char *road_name;
  double length_m;
  GPtrArray *cases;
  GPtrArray *spots;
  GArray *places; /* graphene_point_t of each case, of the last layout */
  int laid_out_for;
};

G_DEFINE_FINAL_TYPE (LzStripMap, lz_strip_map, GTK_TYPE_WIDGET)

enum
{
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static float
x_of (LzStripMap *self, gint64 chainage_cm, int width)
{
  double share = self->length_m > 0 ? CLAMP (chainage_cm / 100.0 / self->length_m, 0, 1) : 0;

  return (float) (MARGIN + share * (width - 2 * MARGIN));
}

/* Cases that would lie on each other are stacked away from the road, up to a few; more of them lie
 * on the last. */
static void
lay_out (LzStripMap *self, int width, int height)
{
  float last[2][MAX_ROWS];

  if (self->laid_out_for == width && self->cases != NULL && self->places->len == self->cases->len)
    return;
  for (guint side = 0; side < 2; side++)
    for (guint row = 0; row < MAX_ROWS; row++)
      last[side][row] = -1000;
  g_array_set_size (self->places, 0);
  for (guint i = 0; self->cases != NULL && i < self->cases->len; i++)
    {
      const LzDeskCase *kase = self->cases->pdata[i];
      float x = x_of (self, kase->chainage_cm, width);
      guint side = kase->side == LZ_SIDE_RIGHT ? 1 : 0;
      guint row = 0;
      graphene_point_t place;

      while (row + 1 < MAX_ROWS && x - last[side][row] < MARK + 2)
        row++;
      last[side][row] = x;
      place.x = x;
      place.y = (float) (height / 2.0 + (side == 1 ? 1 : -1) * (18 + (int) row * ROW_HEIGHT));
      g_array_append_val (self->places, place);
    }
  self->laid_out_for = width;
}

static void
look_up (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
}

static void
set_lamp_color (GtkWidget *widget, LzLamp lamp, GdkRGBA *color)
{
  static const char *const names[] = {
    [LZ_LAMP_NONE] = "insensitive_fg_color",
    [LZ_LAMP_GREEN] = "success_color",
    [LZ_LAMP_YELLOW] = "warning_color",
    [LZ_LAMP_RED] = "error_color",
  };

  look_up (widget, names[lamp], color);
}

/* Colour is never alone: a lamp has its shape. */
static void
draw_mark (cairo_t *cr, LzLamp lamp, double x, double y)
{
  const double r = MARK / 2.0;

  switch (lamp)
    {
    case LZ_LAMP_RED:
      cairo_move_to (cr, x, y - r - 1);
      cairo_line_to (cr, x + r + 1, y + r);
      cairo_line_to (cr, x - r - 1, y + r);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;
    case LZ_LAMP_YELLOW:
      cairo_rectangle (cr, x - r, y - r, MARK, MARK);
      cairo_fill (cr);
      break;
    case LZ_LAMP_NONE:
      cairo_arc (cr, x, y, r - 1, 0, 2 * G_PI);
      cairo_stroke (cr);
      break;
    case LZ_LAMP_GREEN:
    default:
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      cairo_fill (cr);
      break;
    }
}

/* So that some eight figures stand along the road. */
static double
choose_step (double length_m)
{
  static const double steps[] = { 20, 50, 100, 200, 500, 1000, 2000, 5000 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (length_m / steps[i] <= 8)
      return steps[i];
  return 10000;
}

static void
draw_scale (LzStripMap *self, cairo_t *cr, const GdkRGBA *color, int width, int height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  double step = choose_step (self->length_m);

  gdk_cairo_set_source_rgba (cr, color);
  for (double at = 0; at <= self->length_m; at += step)
    {
      g_autofree char *text = g_strdup_printf ("K%d+%03d", (int) (at / 1000), (int) at % 1000);
      double x = x_of (self, (gint64) (at * 100), width);
      int text_width, text_height;

      cairo_move_to (cr, x, height / 2.0 - 4);
      cairo_line_to (cr, x, height / 2.0 + 4);
      cairo_stroke (cr);
      pango_layout_set_text (layout, text, -1);
      pango_layout_get_pixel_size (layout, &text_width, &text_height);
      cairo_move_to (cr, CLAMP (x - text_width / 2.0, EDGE, width - text_width - EDGE),
                     height - text_height);
      pango_cairo_show_layout (cr, layout);
    }
}

static void
lz_strip_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzStripMap *self = LZ_STRIP_MAP (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget) - 14;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width,
                                                                          (float) height + 14));
  GdkRGBA text, color;

  lay_out (self, width, height);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);

  look_up (widget, "warning_color", &color);
  color.alpha = 0.22f;
  gdk_cairo_set_source_rgba (cr, &color);
  for (guint i = 0; self->spots != NULL && i < self->spots->len; i++)
    {
      const LzDeskSpot *spot = self->spots->pdata[i];
      double from = x_of (self, spot->from_cm, width) - 5;
      double to = x_of (self, spot->to_cm, width) + 5;

      cairo_rectangle (cr, from, spot->side == LZ_SIDE_RIGHT ? height / 2.0 : 4, to - from,
                       height / 2.0 - 4);
      cairo_fill (cr);
    }

  color = text;
  color.alpha = 0.35f;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, MARGIN, height / 2.0);
  cairo_line_to (cr, width - MARGIN, height / 2.0);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 1.5);
  color.alpha = 0.75f;
  draw_scale (self, cr, &color, width, height + 14);

  for (guint i = 0; i < self->places->len; i++)
    {
      const graphene_point_t *place = &g_array_index (self->places, graphene_point_t, i);
      const LzDeskCase *kase = self->cases->pdata[i];

      set_lamp_color (widget, kase->lamp, &color);
      gdk_cairo_set_source_rgba (cr, &color);
      draw_mark (cr, kase->lamp, place->x, place->y);
    }
  cairo_destroy (cr);
}

static const LzDeskCase *
find_case (LzStripMap *self, double x, double y)
{
  const LzDeskCase *best = NULL;
  double nearest = REACH * REACH;

  for (guint i = 0; i < self->places->len; i++)
    {
      const graphene_point_t *place = &g_array_index (self->places, graphene_point_t, i);
      double distance = (place->x - x) * (place->x - x) + (place->y - y) * (place->y - y);

      if (distance <= nearest)
        {
          nearest = distance;
          best = self->cases->pdata[i];
        }
    }
  return best;
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, LzStripMap *self)
{
  const LzDeskCase *kase = find_case (self, x, y);

  if (kase != NULL)
    g_signal_emit (self, signals[CASE_WANTED], 0, &kase->id);
}

static gboolean
query_tooltip_cb (LzStripMap *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const LzDeskCase *kase = keyboard ? NULL : find_case (self, x, y);
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;

  if (kase == NULL)
    return FALSE;
  place = lz_words_dup_place (self->road_name, kase->chainage_cm, 0, kase->side);
  text = g_strdup_printf ("%s · %s", place, lz_state_label (kase->state));
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
lz_strip_map_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : HEIGHT;
}

static void
lz_strip_map_finalize (GObject *object)
{
  LzStripMap *self = LZ_STRIP_MAP (object);

  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->spots, g_ptr_array_unref);
  g_array_unref (self->places);
  g_free (self->road_name);
  G_OBJECT_CLASS (lz_strip_map_parent_class)->finalize (object);
}

static void
lz_strip_map_class_init (LzStripMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lz_strip_map_finalize;
  widget_class->snapshot = lz_strip_map_snapshot;
  widget_class->measure = lz_strip_map_measure;
  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_css_name (widget_class, "stripmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lz_strip_map_init (LzStripMap *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->places = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Cases along the road"), -1);
}

GtkWidget *
lz_strip_map_new (void)
{
  return g_object_new (LZ_TYPE_STRIP_MAP, NULL);
}

void
lz_strip_map_set (LzStripMap *self, const LzRoad *road, GPtrArray *cases, GPtrArray *spots)
{
  g_return_if_fail (LZ_IS_STRIP_MAP (self));

  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->spots, g_ptr_array_unref);
  g_free (self->road_name);
  self->road_name = g_strdup (road->name);
  self->length_m = road->length_m;
  self->cases = cases != NULL ? g_ptr_array_ref (cases) : NULL;
  self->spots = spots != NULL ? g_ptr_array_ref (spots) : NULL;
  self->laid_out_for = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
