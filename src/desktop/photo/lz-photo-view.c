/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-photo-view.h"

#include <glib/gi18n.h>

#define MIN_ZOOM     1.0
#define MAX_ZOOM     16.0
#define SLIDER_GRAB  24.0
#define SLIDER_WIDTH 3.0f
#define STEP         48.0

struct _LzPhotoView
{
  GtkWidget parent_instance;

  GdkTexture *first;
  GdkTexture *second;
  double zoom;   /* 1 = the whole photo fits */
  double move_x; /* of the photo's middle from the widget's, in pixels */
  double move_y;
  double split;
  double drag_x;
  double drag_y;
  gboolean sliding;
  double pointer_x;
  double pointer_y;
  double pinch_zoom;
};

G_DEFINE_FINAL_TYPE (LzPhotoView, lz_photo_view, GTK_TYPE_WIDGET)

GtkWidget *
lz_photo_view_new (void)
{
  return g_object_new (LZ_TYPE_PHOTO_VIEW, NULL);
}

static void
get_bounds (LzPhotoView *self, GdkTexture *texture, graphene_rect_t *bounds)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale =
      MIN (width / gdk_texture_get_width (texture), height / gdk_texture_get_height (texture)) *
      self->zoom;
  double w = gdk_texture_get_width (texture) * scale;
  double h = gdk_texture_get_height (texture) * scale;

  graphene_rect_init (bounds, (float) ((width - w) / 2 + self->move_x),
                      (float) ((height - h) / 2 + self->move_y), (float) w, (float) h);
}

/* The photo never leaves the view: its edge stops at the view's edge. */
static void
clamp_move (LzPhotoView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_rect_t bounds;
  double spare_x, spare_y;

  if (self->first == NULL || width <= 0 || height <= 0)
    return;

  get_bounds (self, self->first, &bounds);
  spare_x = MAX (0, (bounds.size.width - width) / 2);
  spare_y = MAX (0, (bounds.size.height - height) / 2);
  self->move_x = CLAMP (self->move_x, -spare_x, spare_x);
  self->move_y = CLAMP (self->move_y, -spare_y, spare_y);
}

static void
zoom_at (LzPhotoView *self, double zoom, double x, double y)
{
  double from_x = x - gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double from_y = y - gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  double by;

  zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  by = zoom / self->zoom;
  self->move_x = from_x - (from_x - self->move_x) * by;
  self->move_y = from_y - (from_y - self->move_y) * by;
  self->zoom = zoom;
  clamp_move (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
lz_photo_view_get_zoom (LzPhotoView *self)
{
  g_return_val_if_fail (LZ_IS_PHOTO_VIEW (self), 1.0);

  return self->zoom;
}

void
lz_photo_view_set_zoom (LzPhotoView *self, double zoom)
{
  g_return_if_fail (LZ_IS_PHOTO_VIEW (self));

  zoom_at (self, zoom, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
           gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

double
lz_photo_view_get_split (LzPhotoView *self)
{
  g_return_val_if_fail (LZ_IS_PHOTO_VIEW (self), 0.5);

  return self->split;
}

void
lz_photo_view_set_split (LzPhotoView *self, double split)
{
  g_return_if_fail (LZ_IS_PHOTO_VIEW (self));

  self->split = CLAMP (split, 0.0, 1.0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lz_photo_view_set_texture (LzPhotoView *self, GdkTexture *texture)
{
  g_return_if_fail (LZ_IS_PHOTO_VIEW (self));

  g_set_object (&self->first, texture);
  self->zoom = 1.0;
  self->move_x = self->move_y = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lz_photo_view_set_second (LzPhotoView *self, GdkTexture *texture)
{
  g_return_if_fail (LZ_IS_PHOTO_VIEW (self));

  g_set_object (&self->second, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lz_photo_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzPhotoView *self = LZ_PHOTO_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float at = (float) (width * self->split);
  graphene_rect_t bounds;
  GdkRGBA white = { 1, 1, 1, 0.9f };

  if (self->first == NULL || width <= 0 || height <= 0)
    return;

  get_bounds (self, self->first, &bounds);
  gtk_snapshot_append_texture (snapshot, self->first, &bounds);
  if (self->second == NULL)
    return;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (at, 0, width - at, height));
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0, 0, 0, 1 },
                             &GRAPHENE_RECT_INIT (at, 0, width - at, height));
  get_bounds (self, self->second, &bounds);
  gtk_snapshot_append_texture (snapshot, self->second, &bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (at - SLIDER_WIDTH / 2, 0, SLIDER_WIDTH, height));
  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (at - 5, height / 2 - 22, 10, 44));
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, LzPhotoView *self)
{
  zoom_at (self, self->zoom * (dy < 0 ? 1.25 : 0.8), self->pointer_x, self->pointer_y);
  return TRUE;
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, LzPhotoView *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, LzPhotoView *self)
{
  double at = gtk_widget_get_width (GTK_WIDGET (self)) * self->split;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->sliding = self->second != NULL && (ABS (x - at) < SLIDER_GRAB || self->zoom <= MIN_ZOOM);
  self->drag_x = self->sliding ? x : self->move_x;
  self->drag_y = self->move_y;
  if (self->sliding)
    lz_photo_view_set_split (self, x / gtk_widget_get_width (GTK_WIDGET (self)));
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, LzPhotoView *self)
{
  if (self->sliding)
    {
      lz_photo_view_set_split (self,
                               (self->drag_x + dx) / gtk_widget_get_width (GTK_WIDGET (self)));
      return;
    }

  self->move_x = self->drag_x + dx;
  self->move_y = self->drag_y + dy;
  clamp_move (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, LzPhotoView *self)
{
  self->pinch_zoom = self->zoom;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, LzPhotoView *self)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    zoom_at (self, self->pinch_zoom * scale, x, y);
}

static gboolean
move_or_slide (LzPhotoView *self, int dx, int dy)
{
  if (self->second != NULL && dx != 0)
    lz_photo_view_set_split (self, self->split + dx * 0.05);
  else if (self->zoom > MIN_ZOOM)
    {
      self->move_x -= dx * STEP;
      self->move_y -= dy * STEP;
      clamp_move (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else
    return FALSE;

  return TRUE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LzPhotoView *self)
{
  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      lz_photo_view_set_zoom (self, self->zoom * 1.25);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      lz_photo_view_set_zoom (self, self->zoom * 0.8);
      return TRUE;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      lz_photo_view_set_zoom (self, MIN_ZOOM);
      return TRUE;
    case GDK_KEY_Left:
      return move_or_slide (self, -1, 0);
    case GDK_KEY_Right:
      return move_or_slide (self, 1, 0);
    case GDK_KEY_Up:
      return move_or_slide (self, 0, -1);
    case GDK_KEY_Down:
      return move_or_slide (self, 0, 1);
    default:
      return FALSE;
    }
}

static void
lz_photo_view_dispose (GObject *object)
{
  LzPhotoView *self = LZ_PHOTO_VIEW (object);

  g_clear_object (&self->first);
  g_clear_object (&self->second);

  G_OBJECT_CLASS (lz_photo_view_parent_class)->dispose (object);
}

static void
lz_photo_view_class_init (LzPhotoViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_photo_view_dispose;
  widget_class->snapshot = lz_photo_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "photoview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lz_photo_view_init (LzPhotoView *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  self->zoom = MIN_ZOOM;
  self->split = 0.5;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Photo"),
                                  -1);

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}
