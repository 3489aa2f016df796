/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-map-private.h"

#define ZOOM_MS         180
#define GO_MS           300
#define SETTLE_MS       250
#define SURFACE_PX_STEP 60.0
#define FIT_PADDING_PX  48.0
#define FIT_MAX_ZOOM    18.0
#define PAN_SHARE       0.2

gboolean
_lz_map_get_map_view (LzMap *self, LzMapView *view)
{
  return self->map != NULL &&
         lz_map_view_init (view, self->viewport, GTK_WIDGET (self->map), self->datum);
}

static double
world_px_at (LzMap *self, double zoom)
{
  ShumateMapSource *source = shumate_viewport_get_reference_map_source (self->viewport);

  return shumate_map_source_get_tile_size_at_zoom (source, zoom) *
         shumate_map_source_get_column_count (source, (guint) zoom);
}

/* Tiles are sharp only if they lie on whole pixels: moves the middle of a span of @length_px by
 * less than half a pixel. */
static double
snap_to_pixel (double middle, double size_px, double length_px, int scale)
{
  double edge = (middle * size_px - length_px / 2) * scale;

  return (round (edge) / scale + length_px / 2) / size_px;
}

/* Sets the view so that @at lies x, y px off the middle. */
static void
set_view (LzMap *self, LzWorld at, double x, double y, double zoom)
{
  double size = world_px_at (self, zoom), latitude, longitude;
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  at.x = snap_to_pixel (at.x - x / size, size, gtk_widget_get_width (GTK_WIDGET (self)), scale);
  at.y = snap_to_pixel (at.y - y / size, size, gtk_widget_get_height (GTK_WIDGET (self)), scale);
  self->placed = TRUE;
  lz_world_to_degrees ((LzWorld){ CLAMP (at.x, 0, 1), CLAMP (at.y, 0, 1) }, &latitude, &longitude);
  shumate_viewport_set_zoom_level (self->viewport, zoom);
  shumate_location_set_location (SHUMATE_LOCATION (self->viewport), latitude, longitude);
}

void
_lz_map_stop (LzMap *self)
{
  if (self->motion.tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->motion.tick);
  self->motion.tick = 0;
  g_clear_handle_id (&self->settle_timeout, g_source_remove);
}

static gboolean
motion_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LzMap *self = LZ_MAP (widget);
  LzMapMotion *m = &self->motion;
  double t =
      (double) (gdk_frame_clock_get_frame_time (clock) - m->start_us) / (double) m->duration_us;

  if (t >= 1)
    {
      m->tick = 0;
      set_view (self, m->to, m->x, m->y, m->to_zoom);
      return G_SOURCE_REMOVE;
    }

  t = MAX (t, 0);
  t = 1 - (1 - t) * (1 - t) * (1 - t);
  set_view (self,
            (LzWorld){ m->from.x + (m->to.x - m->from.x) * t,
                       m->from.y + (m->to.y - m->from.y) * t },
            m->x, m->y, m->from_zoom + (m->to_zoom - m->from_zoom) * t);
  return G_SOURCE_CONTINUE;
}

static gboolean
may_animate (LzMap *self)
{
  gboolean enabled;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled,
                NULL);
  return enabled && gtk_widget_get_mapped (GTK_WIDGET (self));
}

static void
start_motion (LzMap *self, LzMapMotion motion, guint duration_ms)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  _lz_map_stop (self);
  motion.to_zoom = CLAMP (motion.to_zoom, LZ_MAP_MIN_ZOOM, LZ_MAP_MAX_ZOOM);
  if (clock == NULL || duration_ms == 0 || !may_animate (self))
    {
      set_view (self, motion.to, motion.x, motion.y, motion.to_zoom);
      return;
    }

  motion.start_us = gdk_frame_clock_get_frame_time (clock);
  motion.duration_us = duration_ms * 1000;
  self->motion = motion;
  self->motion.tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), motion_cb, NULL, NULL);
}

void
_lz_map_move (LzMap *self, LzWorld to, double x, double y, double zoom, gboolean animate)
{
  LzMapView view;

  if (!_lz_map_get_map_view (self, &view))
    {
      _lz_map_stop (self);
      set_view (self, to, x, y, CLAMP (zoom, LZ_MAP_MIN_ZOOM, LZ_MAP_MAX_ZOOM));
      return;
    }

  start_motion (self,
                (LzMapMotion){
                    .from_zoom = view.zoom,
                    .to_zoom = zoom,
                    .from = { view.middle.x + x / view.size_px, view.middle.y + y / view.size_px },
                    .to = to,
                    .x = x,
                    .y = y },
                animate ? GO_MS : 0);
}

static double
zoom_to_fit (LzWorldBox shown, double width, double height, double max_zoom)
{
  double dx = MAX (shown.x1 - shown.x0, 1e-9), dy = MAX (shown.y1 - shown.y0, 1e-9);
  double w = MAX (width - 2 * FIT_PADDING_PX, 64), h = MAX (height - 2 * FIT_PADDING_PX, 64);

  /* Whole levels: there names and lines are drawn pixel for pixel. */
  return floor (CLAMP (log2 (MIN (w / dx, h / dy) / 256), LZ_MAP_MIN_ZOOM, max_zoom));
}

void
_lz_map_fit (LzMap *self, LzWorldBox shown, double max_zoom, gboolean animate)
{
  LzWorld middle = { (shown.x0 + shown.x1) / 2, (shown.y0 + shown.y1) / 2 };
  LzMapView view;

  if (_lz_map_get_map_view (self, &view))
    _lz_map_move (self, middle, 0, 0,
                  zoom_to_fit (shown, 2 * view.half_width_px, 2 * view.half_height_px, max_zoom),
                  animate);
}

static LzWorldBox
shift_box (LzMap *self, const LzBox *box)
{
  LzWorldBox shown = LZ_WORLD_BOX_EMPTY;

  for (guint i = 0; i < 4; i++)
    {
      LzPoint corner = { i & 1 ? box->south7 : box->north7, i & 2 ? box->west7 : box->east7 };

      lz_world_box_add (&shown, lz_map_view_shift (self->datum, lz_world_from_point (corner)));
    }
  return shown;
}

/* For a size that is being given to the map just now. */
void
_lz_map_fit_in (LzMap *self, const LzBox *box, int width, int height)
{
  LzWorldBox shown = shift_box (self, box);

  _lz_map_stop (self);
  set_view (self, (LzWorld){ (shown.x0 + shown.x1) / 2, (shown.y0 + shown.y1) / 2 }, 0, 0,
            zoom_to_fit (shown, width, height, FIT_MAX_ZOOM));
}

void
lz_map_fit_box (LzMap *self, const LzBox *box)
{
  LzMapView view;

  g_return_if_fail (LZ_IS_MAP (self));
  g_return_if_fail (box != NULL);

  self->has_pending_fit = !_lz_map_get_map_view (self, &view);
  if (self->has_pending_fit)
    self->pending_fit = *box;
  else
    _lz_map_fit (self, shift_box (self, box), FIT_MAX_ZOOM, TRUE);
}

void
lz_map_go_to (LzMap *self, LzPoint place, double zoom)
{
  g_return_if_fail (LZ_IS_MAP (self));

  self->has_pending_fit = FALSE;
  _lz_map_move (self, lz_map_view_shift (self->datum, lz_world_from_point (place)), 0, 0, zoom,
                TRUE);
}

void
lz_map_reveal (LzMap *self, LzPoint place)
{
  LzMapView view;
  LzWorld at;
  double x, y, room_x, room_y, dx, dy;

  g_return_if_fail (LZ_IS_MAP (self));

  if (!_lz_map_get_map_view (self, &view))
    {
      lz_map_go_to (self, place, shumate_viewport_get_zoom_level (self->viewport));
      return;
    }

  at = lz_world_from_point (place);
  lz_map_view_to_widget (&view, at, &x, &y);
  room_x = view.half_width_px * .7;
  room_y = view.half_height_px * .7;
  dx = x - view.half_width_px - CLAMP (x - view.half_width_px, -room_x, room_x);
  dy = y - view.half_height_px - CLAMP (y - view.half_height_px, -room_y, room_y);
  if (dx != 0 || dy != 0)
    _lz_map_move (self,
                  (LzWorld){ view.middle.x + dx / view.size_px, view.middle.y + dy / view.size_px },
                  0, 0, round (view.zoom), TRUE);
}

/* Zooms by whole levels; what lies under (x, y) of the map stays there. */
static void
zoom_at (LzMap *self, int levels, double x, double y)
{
  double from = self->motion.tick != 0 ? self->motion.to_zoom
                                       : shumate_viewport_get_zoom_level (self->viewport);
  LzMapView view;
  double dx, dy;
  LzWorld at;

  if (!_lz_map_get_map_view (self, &view))
    return;

  dx = x - view.half_width_px;
  dy = y - view.half_height_px;
  at = (LzWorld){ view.middle.x + dx / view.size_px, view.middle.y + dy / view.size_px };
  start_motion (self,
                (LzMapMotion){ .from_zoom = view.zoom,
                               .to_zoom = round (from) + levels,
                               .from = at,
                               .to = at,
                               .x = dx,
                               .y = dy },
                ZOOM_MS);
}

static void
zoom_in_middle (LzMap *self, int levels)
{
  zoom_at (self, levels, gtk_widget_get_width (GTK_WIDGET (self->map)) / 2.0,
           gtk_widget_get_height (GTK_WIDGET (self->map)) / 2.0);
}

void
lz_map_zoom_in (LzMap *self)
{
  g_return_if_fail (LZ_IS_MAP (self));

  zoom_in_middle (self, 1);
}

void
lz_map_zoom_out (LzMap *self)
{
  g_return_if_fail (LZ_IS_MAP (self));

  zoom_in_middle (self, -1);
}

void
lz_map_go_home (LzMap *self)
{
  g_return_if_fail (LZ_IS_MAP (self));

  if (self->has_home)
    lz_map_fit_box (self, &self->home);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, LzMap *self)
{
  gboolean surface = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE;
  int levels;

  self->scrolled += surface ? dy / SURFACE_PX_STEP : dy;
  levels = (int) self->scrolled;
  if (levels != 0)
    {
      self->scrolled -= levels;
      zoom_at (self, -levels, self->pointer_x, self->pointer_y);
    }

  return TRUE;
}

static void
scroll_begin_cb (GtkEventControllerScroll *scroll, LzMap *self)
{
  self->scrolled = 0;
}

static void
pointer_cb (GtkEventControllerMotion *motion, double x, double y, LzMap *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static void
pan (LzMap *self, int columns, int rows)
{
  LzMapView view;
  LzWorld from;

  if (!_lz_map_get_map_view (self, &view))
    return;

  from = self->motion.tick != 0 && self->motion.x == 0 && self->motion.y == 0 ? self->motion.to
                                                                              : view.middle;
  from.x += columns * PAN_SHARE * 2 * view.half_width_px / view.size_px;
  from.y += rows * PAN_SHARE * 2 * view.half_height_px / view.size_px;
  _lz_map_move (self, from, 0, 0, round (view.zoom), TRUE);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType modifiers,
                LzMap *self)
{
  LzPoint middle;

  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;

  switch (key)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
    case GDK_KEY_Page_Up:
      lz_map_zoom_in (self);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
    case GDK_KEY_Page_Down:
      lz_map_zoom_out (self);
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      lz_map_go_home (self);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      pan (self, -1, 0);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      pan (self, 1, 0);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      pan (self, 0, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      pan (self, 0, 1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (!self->picking)
        return FALSE;
      middle = lz_map_get_center (self);
      g_signal_emit_by_name (self, "place-clicked", middle.lat7, middle.lon7);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Between whole levels Shumate shows the lower level's tiles enlarged, between pixels it blurs
 * them: when fingers have let go there, the view settles on the nearest level and pixel. */
static gboolean
settle_cb (gpointer user_data)
{
  LzMap *self = user_data;
  LzMapView view;

  self->settle_timeout = 0;
  if (!_lz_map_get_map_view (self, &view))
    return G_SOURCE_REMOVE;

  if (view.zoom != round (view.zoom))
    zoom_in_middle (self, 0);
  else
    set_view (self, view.middle, 0, 0, view.zoom);
  /* Its own change is not to be settled again. */
  g_clear_handle_id (&self->settle_timeout, g_source_remove);
  return G_SOURCE_REMOVE;
}

static void
view_changed_cb (LzMap *self)
{
  double zoom = shumate_viewport_get_zoom_level (self->viewport);

  if (self->map == NULL)
    return;

  g_clear_handle_id (&self->settle_timeout, g_source_remove);
  if (self->motion.tick == 0)
    self->settle_timeout = g_timeout_add (SETTLE_MS, settle_cb, self);

  gtk_widget_set_sensitive (self->zoom_in, zoom < LZ_MAP_MAX_ZOOM);
  gtk_widget_set_sensitive (self->zoom_out, zoom > LZ_MAP_MIN_ZOOM);
}

/* The map is north up: a turned one would stand names on their heads. */
static void
rotation_changed_cb (LzMap *self)
{
  if (shumate_viewport_get_rotation (self->viewport) != 0)
    shumate_viewport_set_rotation (self->viewport, 0);
}

void
_lz_map_init_moves (LzMap *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  /* Before the map's own, which zooms by fifths of a level. */
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (scroll, "scroll-begin", G_CALLBACK (scroll_begin_cb), self);
  g_signal_connect (motion, "enter", G_CALLBACK (pointer_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_cb), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->map), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self->map), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);

  g_signal_connect_object (self->viewport, "notify", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->viewport, "notify::rotation", G_CALLBACK (rotation_changed_cb),
                           self, G_CONNECT_SWAPPED);
}
