/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-case-layer-private.h"

#include "lz-pin-text.h"

#include <glib/gi18n-lib.h>

#define CLICK_PX 8.0

/* Pointer. */

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, LzCaseLayer *self)
{
  guint i = _lz_case_layer_pick_item (self, x, y);

  _lz_case_layer_set_hovered (self,
                              i != NO_ITEM && _lz_case_layer_get_item (self, i)->sum.count == 1
                                  ? lz_pin_set_get_fid (self->pins,
                                                        _lz_case_layer_get_item (self, i)->first)
                                  : 0);
}

static void
leave_cb (GtkEventControllerMotion *controller, LzCaseLayer *self)
{
  _lz_case_layer_set_hovered (self, 0);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, LzCaseLayer *self)
{
  self->press_x = x;
  self->press_y = y;
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, LzCaseLayer *self)
{
  guint i;

  /* A press that became a drag of the map is no click. */
  if (hypot (x - self->press_x, y - self->press_y) > CLICK_PX)
    return;

  i = _lz_case_layer_pick_item (self, x, y);
  if (i == NO_ITEM || n_press != 1)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  _lz_case_layer_activate (self, i);
}

static char *
dup_item_text (LzCaseLayer *self, const LzPinItem *item)
{
  if (item->sum.count == 1 && self->hint != NULL &&
      lz_pin_set_get_fid (self->pins, item->first) == self->hint_fid)
    return g_strdup (self->hint);

  return lz_pin_item_dup_text (item, self->pins);
}

gboolean
_lz_case_layer_query_tooltip (GtkWidget *widget,
                              int x,
                              int y,
                              gboolean keyboard,
                              GtkTooltip *tooltip)
{
  LzCaseLayer *self = LZ_CASE_LAYER (widget);
  guint i = keyboard ? self->focused : _lz_case_layer_pick_item (self, x, y);
  g_autofree char *text = NULL;

  if (i == NO_ITEM || !self->reacts)
    return FALSE;

  text = dup_item_text (self, _lz_case_layer_get_item (self, i));
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* Keyboard. */

static void
set_focused (LzCaseLayer *self, guint i)
{
  g_autofree char *text = NULL;

  self->focused = i;
  text = i != NO_ITEM ? dup_item_text (self, _lz_case_layer_get_item (self, i))
                      : g_strdup (_ ("Cases"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The nearest visible item in direction (dx, dy) from a point; (0, 0) is any direction. */
static guint
find_towards (LzCaseLayer *self, const LzMapView *view, double x, double y, int dx, int dy)
{
  guint best = NO_ITEM;
  double best_cost = G_MAXDOUBLE;

  for (guint i = 0; i < self->layout.items->len; i++)
    {
      double px, py, along, across, cost;

      if (!_lz_case_layer_is_drawn (self, i) || i == self->focused)
        continue;
      lz_map_view_to_widget (view, _lz_case_layer_get_item (self, i)->at, &px, &py);
      if (px < 0 || py < 0 || px > 2 * view->half_width_px || py > 2 * view->half_height_px)
        continue;
      along = (px - x) * dx + (py - y) * dy;
      across = fabs ((px - x) * dy) + fabs ((py - y) * dx);
      cost = dx == 0 && dy == 0 ? hypot (px - x, py - y) : along + 2 * across;
      if (((dx != 0 || dy != 0) && along < 1) || cost >= best_cost)
        continue;
      best = i;
      best_cost = cost;
    }

  return best;
}

static gboolean
move_focus (LzCaseLayer *self, int dx, int dy)
{
  LzMapView view;
  double x, y;
  guint next;

  if (!_lz_case_layer_get_view (self, &view))
    return FALSE;

  _lz_case_layer_update_layout (self, &view);
  x = view.half_width_px;
  y = view.half_height_px;
  if (self->focused != NO_ITEM)
    lz_map_view_to_widget (&view, _lz_case_layer_get_item (self, self->focused)->at, &x, &y);
  else
    dx = dy = 0;
  next = find_towards (self, &view, x, y, dx, dy);
  if (next != NO_ITEM)
    set_focused (self, next);

  return next != NO_ITEM;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType modifiers,
                LzCaseLayer *self)
{
  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move_focus (self, -1, 0);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move_focus (self, 1, 0);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_focus (self, 0, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_focus (self, 0, 1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      if (self->focused != NO_ITEM)
        _lz_case_layer_activate (self, self->focused);
      return self->focused != NO_ITEM;
    default:
      return FALSE;
    }
}

static void
focus_enter_cb (GtkEventControllerFocus *controller, LzCaseLayer *self)
{
  if (self->selected_pin != NO_ITEM)
    set_focused (self, _lz_case_layer_find_item_of (self, self->selected_pin));
  if (self->focused == NO_ITEM)
    move_focus (self, 0, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
focus_leave_cb (GtkEventControllerFocus *controller, LzCaseLayer *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
_lz_case_layer_init_input (LzCaseLayer *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (focus_enter_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
