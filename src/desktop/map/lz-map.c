/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-map-private.h"

#include "lz-map-resources.h"
#include "lz-map-scale.h"

#include <adwaita.h>

#define RESOURCE_PREFIX "/org/luzhang/Luzhang/map/"
#define CLICK_PX        8.0
/* A cluster that is smaller than this at the last level cannot be split by zooming. */
#define SPLIT_PX 24.0

G_DEFINE_FINAL_TYPE (LzMap, lz_map, GTK_TYPE_WIDGET)

enum
{
  CASE_ACTIVATED,
  CASE_HOVERED,
  CLUSTER_ACTIVATED,
  ROAD_ACTIVATED,
  ASSET_ACTIVATED,
  PLACE_CLICKED,
  LOCATE_CLICKED,
  VIEW_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static LzBox
box_to_degrees (LzWorldBox world)
{
  LzPoint a = lz_world_to_point ((LzWorld){ world.x0, world.y1 });
  LzPoint b = lz_world_to_point ((LzWorld){ world.x1, world.y0 });

  return (LzBox){ a.lat7, a.lon7, b.lat7, b.lon7 };
}

gboolean
lz_map_get_view (LzMap *self, LzBox *box)
{
  LzMapView view;

  g_return_val_if_fail (LZ_IS_MAP (self), FALSE);

  if (!_lz_map_get_map_view (self, &view))
    return FALSE;

  *box = box_to_degrees (lz_map_view_get_box (&view, 0));
  return TRUE;
}

static gboolean
emit_view_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LzMap *self = LZ_MAP (widget);
  LzBox box;

  self->view_tick = 0;
  if (lz_map_get_view (self, &box))
    g_signal_emit (self, signals[VIEW_CHANGED], 0, &box);

  return G_SOURCE_REMOVE;
}

static void
queue_view_changed (LzMap *self)
{
  if (self->view_tick == 0)
    self->view_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), emit_view_cb, NULL, NULL);
}

/* The layers. */

static void
case_activated_cb (LzCaseLayer *layer, gint64 fid, LzMap *self)
{
  g_signal_emit (self, signals[CASE_ACTIVATED], 0, fid);
}

static void
case_hovered_cb (LzCaseLayer *layer, gint64 fid, LzMap *self)
{
  g_signal_emit (self, signals[CASE_HOVERED], 0, fid);
}

static void
cluster_activated_cb (LzCaseLayer *layer, GArray *fids, const LzWorldBox *extent, LzMap *self)
{
  double zoom = shumate_viewport_get_zoom_level (self->viewport);
  double last_px = ldexp (256, LZ_MAP_MAX_ZOOM);
  LzWorldBox shown = LZ_WORLD_BOX_EMPTY;

  if (zoom >= LZ_MAP_MAX_ZOOM ||
      MAX (extent->x1 - extent->x0, extent->y1 - extent->y0) * last_px < SPLIT_PX)
    {
      g_signal_emit (self, signals[CLUSTER_ACTIVATED], 0, fids);
      return;
    }

  lz_world_box_add (&shown, lz_map_view_shift (self->datum, (LzWorld){ extent->x0, extent->y0 }));
  lz_world_box_add (&shown, lz_map_view_shift (self->datum, (LzWorld){ extent->x1, extent->y1 }));
  _lz_map_fit (self, shown, LZ_MAP_MAX_ZOOM, TRUE);
  /* A wide cluster in a small window would fit at this very level. */
  if (self->motion.to_zoom <= zoom)
    _lz_map_move (self, (LzWorld){ (shown.x0 + shown.x1) / 2, (shown.y0 + shown.y1) / 2 }, 0, 0,
                  round (zoom) + 1, TRUE);
}

/* A sign is told; a cluster of them comes nearer. */
static gboolean
activate_asset (LzMap *self, const LzMapView *view, double x, double y)
{
  LzWorldBox extent, shown = LZ_WORLD_BOX_EMPTY;
  double zoom = shumate_viewport_get_zoom_level (self->viewport), px, py;
  gint64 fid;
  LzWorld at;

  if (!lz_asset_layer_pick (self->asset_layer, x, y, &fid, &at, &extent))
    return FALSE;
  if (fid != 0)
    {
      lz_map_view_to_widget (view, at, &px, &py);
      g_signal_emit (self, signals[ASSET_ACTIVATED], 0, fid, (int) px, (int) py);
      return TRUE;
    }
  lz_world_box_add (&shown, lz_map_view_shift (self->datum, (LzWorld){ extent.x0, extent.y0 }));
  lz_world_box_add (&shown, lz_map_view_shift (self->datum, (LzWorld){ extent.x1, extent.y1 }));
  _lz_map_fit (self, shown, LZ_MAP_MAX_ZOOM, TRUE);
  if (self->motion.to_zoom <= zoom)
    _lz_map_move (self, (LzWorld){ (shown.x0 + shown.x1) / 2, (shown.y0 + shown.y1) / 2 }, 0, 0,
                  MIN (round (zoom) + 1, LZ_MAP_MAX_ZOOM), TRUE);
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, LzMap *self)
{
  self->press_x = x;
  self->press_y = y;
  _lz_map_stop (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, LzMap *self)
{
  LzMapView view;
  const LzId *road;
  LzPoint place;

  /* A drag of the map is no click, and a second press zooms in. */
  if (n_press != 1 || hypot (x - self->press_x, y - self->press_y) > CLICK_PX ||
      !_lz_map_get_map_view (self, &view))
    return;

  if (!self->picking)
    {
      if (lz_case_layer_pick (self->case_layer, x, y))
        return;
      if (activate_asset (self, &view, x, y))
        return;
      road = lz_road_layer_pick (self->road_layer, x, y);
      if (road != NULL)
        {
          g_signal_emit (self, signals[ROAD_ACTIVATED], 0, road);
          return;
        }
    }
  place = lz_world_to_point (lz_map_view_from_widget (&view, x, y));
  g_signal_emit (self, signals[PLACE_CLICKED], 0, place.lat7, place.lon7);
}

static void
locate_clicked_cb (LzMap *self)
{
  g_signal_emit (self, signals[LOCATE_CLICKED], 0);
}

static void
update_crosshair (LzMap *self)
{
  lz_mark_layer_set_crosshair (self->mark_layer,
                               self->picking && gtk_widget_has_visible_focus (GTK_WIDGET (self)));
}

static void
add_layers (LzMap *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->map = shumate_map_new ();
  self->viewport = g_object_ref (shumate_map_get_viewport (self->map));
  gtk_widget_set_focusable (GTK_WIDGET (self->map), FALSE);
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->map));

  self->road_layer = lz_road_layer_new (self->viewport);
  self->track_layer = lz_track_layer_new (self->viewport);
  self->asset_layer = lz_asset_layer_new (self->viewport);
  self->case_layer = lz_case_layer_new (self->viewport);
  self->mark_layer = lz_mark_layer_new (self->viewport);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->road_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->track_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->asset_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->case_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->mark_layer));
  g_signal_connect_object (self->case_layer, "activated", G_CALLBACK (case_activated_cb), self, 0);
  g_signal_connect_object (self->case_layer, "hovered", G_CALLBACK (case_hovered_cb), self, 0);
  g_signal_connect_object (self->case_layer, "cluster-activated", G_CALLBACK (cluster_activated_cb),
                           self, 0);

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->map), GTK_EVENT_CONTROLLER (click));
}

/* Tab leads from the map to its cases and then to its buttons; by position, as GTK goes, the
 * buttons would come first. */
static gboolean
lz_map_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LzMap *self = LZ_MAP (widget);
  GtkWidget *stops[] = { widget, GTK_WIDGET (self->case_layer), self->controls };
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  int step = direction == GTK_DIR_TAB_FORWARD ? 1 : -1;
  int at = step > 0 ? -1 : (int) G_N_ELEMENTS (stops);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;

  for (int i = 0; focus != NULL && i < (int) G_N_ELEMENTS (stops); i++)
    if (focus == stops[i] || (i > 0 && gtk_widget_is_ancestor (focus, stops[i])))
      at = i;
  if (at == 2 && gtk_widget_child_focus (self->controls, direction))
    return TRUE;

  for (at += step; at >= 0 && at < (int) G_N_ELEMENTS (stops); at += step)
    {
      if (at == 2 ? gtk_widget_child_focus (stops[at], direction)
                  : (at == 0 || lz_case_layer_get_n_drawn (self->case_layer) > 0) &&
                        gtk_widget_grab_focus (stops[at]))
        return TRUE;
    }

  return FALSE;
}

/* Life. */

static void
lz_map_measure (GtkWidget *widget,
                GtkOrientation orientation,
                int for_size,
                int *minimum,
                int *natural,
                int *minimum_baseline,
                int *natural_baseline)
{
  gtk_widget_measure (LZ_MAP (widget)->overlay, orientation, for_size, minimum, natural, NULL,
                      NULL);
}

static void
lz_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LzMap *self = LZ_MAP (widget);

  if (self->has_pending_fit && width > 0 && height > 0)
    {
      self->has_pending_fit = FALSE;
      _lz_map_fit_in (self, &self->pending_fit, width, height);
    }
  gtk_widget_allocate (self->overlay, width, height, baseline, NULL);
  queue_view_changed (self);
}

static void
lz_map_dispose (GObject *object)
{
  LzMap *self = LZ_MAP (object);

  g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
  if (self->viewport != NULL)
    _lz_map_stop (self);
  if (self->view_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->view_tick);
  self->view_tick = 0;
  self->map = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), LZ_TYPE_MAP);
  g_clear_object (&self->viewport);
  g_clear_object (&self->other_base);

  G_OBJECT_CLASS (lz_map_parent_class)->dispose (object);
}

static void
lz_map_finalize (GObject *object)
{
  LzMap *self = LZ_MAP (object);

  g_clear_pointer (&self->labels, lz_street_labels_unref);
  g_clear_pointer (&self->streets, lz_street_map_unref);
  g_clear_pointer (&self->streets_attribution, g_free);
  g_clear_pointer (&self->base_attribution, g_free);

  G_OBJECT_CLASS (lz_map_parent_class)->finalize (object);
}

static void
load_css (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, RESOURCE_PREFIX "lz-map.css");
  if (display != NULL)
    gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
add_signals (GType type)
{
#define ADD(id, name, n, ...)                                                                     \
  signals[id] = g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, \
                              ##__VA_ARGS__)
  ADD (CASE_ACTIVATED, "case-activated", 1, G_TYPE_INT64);
  ADD (CASE_HOVERED, "case-hovered", 1, G_TYPE_INT64);
  ADD (CLUSTER_ACTIVATED, "cluster-activated", 1, G_TYPE_ARRAY);
  ADD (ROAD_ACTIVATED, "road-activated", 1, G_TYPE_POINTER);
  ADD (ASSET_ACTIVATED, "asset-activated", 3, G_TYPE_INT64, G_TYPE_INT, G_TYPE_INT);
  ADD (PLACE_CLICKED, "place-clicked", 2, G_TYPE_INT, G_TYPE_INT);
  ADD (LOCATE_CLICKED, "locate-clicked", 0);
  ADD (VIEW_CHANGED, "view-changed", 1, G_TYPE_POINTER);
#undef ADD
}

static void
lz_map_class_init (LzMapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* By hand: a static library's own constructor would be dropped by the linker. */
  lz_map_register_resource ();
  load_css ();
  g_type_ensure (LZ_TYPE_MAP_SCALE);

  object_class->dispose = lz_map_dispose;
  object_class->finalize = lz_map_finalize;
  widget_class->focus = lz_map_focus;
  widget_class->measure = lz_map_measure;
  widget_class->size_allocate = lz_map_size_allocate;
  add_signals (G_TYPE_FROM_CLASS (klass));

  gtk_widget_class_set_css_name (widget_class, "lzmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "lz-map.ui");
  gtk_widget_class_bind_template_child (widget_class, LzMap, overlay);
  gtk_widget_class_bind_template_child (widget_class, LzMap, controls);
  gtk_widget_class_bind_template_child (widget_class, LzMap, zoom_in);
  gtk_widget_class_bind_template_child (widget_class, LzMap, zoom_out);
  gtk_widget_class_bind_template_child (widget_class, LzMap, scale);
  gtk_widget_class_bind_template_child (widget_class, LzMap, attribution);
  gtk_widget_class_bind_template_callback (widget_class, lz_map_zoom_in);
  gtk_widget_class_bind_template_callback (widget_class, lz_map_zoom_out);
  gtk_widget_class_bind_template_callback (widget_class, locate_clicked_cb);
}

static void
lz_map_init (LzMap *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_layers (self);
  _lz_map_init_moves (self);
  _lz_map_update_text_scale (self);
  _lz_map_update_base (self);
  lz_map_scale_set_viewport (LZ_MAP_SCALE (self->scale), self->viewport);

  g_signal_connect_object (self->viewport, "notify", G_CALLBACK (queue_view_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (_lz_map_update_base), NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (_lz_map_update_base), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (_lz_map_update_text_scale), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "state-flags-changed", G_CALLBACK (update_crosshair), NULL);
}

GtkWidget *
lz_map_new (void)
{
  return g_object_new (LZ_TYPE_MAP, NULL);
}

/* What is given from outside. */

void
lz_map_set_roads (LzMap *self, GPtrArray *roads, GArray *tallies)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_road_layer_set_roads (self->road_layer, roads, tallies);
}

void
lz_map_set_pins (LzMap *self, LzPins *pins)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_case_layer_set_pins (self->case_layer, pins);
}

void
lz_map_set_assets (LzMap *self, LzAssetMarks *marks, GPtrArray *signs)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_asset_layer_set_marks (self->asset_layer, marks, signs);
}

void
lz_map_set_now (LzMap *self, gint64 now_ms)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_case_layer_set_now (self->case_layer, now_ms);
}

void
lz_map_set_selected (LzMap *self, gint64 fid)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_case_layer_set_selected (self->case_layer, fid);
}

void
lz_map_set_selected_road (LzMap *self, const LzId *road)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_road_layer_set_selected (self->road_layer, road);
}

void
lz_map_set_case_hint (LzMap *self, gint64 fid, const char *text)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_case_layer_set_hint (self->case_layer, fid, text);
}

void
lz_map_set_extent (LzMap *self, const LzBox *box)
{
  g_return_if_fail (LZ_IS_MAP (self));
  g_return_if_fail (box != NULL);

  if (!self->placed)
    lz_map_fit_box (self, box);
  self->has_home = TRUE;
  self->home = *box;
}

double
lz_map_get_zoom (LzMap *self)
{
  g_return_val_if_fail (LZ_IS_MAP (self), 0);

  return shumate_viewport_get_zoom_level (self->viewport);
}

LzPoint
lz_map_get_center (LzMap *self)
{
  ShumateLocation *location;

  g_return_val_if_fail (LZ_IS_MAP (self), ((LzPoint){ 0, 0 }));

  location = SHUMATE_LOCATION (self->viewport);
  return lz_world_to_point (
      lz_map_view_unshift (self->datum,
                           lz_world_from_degrees (shumate_location_get_latitude (location),
                                                  shumate_location_get_longitude (location))));
}

void
lz_map_set_position (LzMap *self, const LzPoint *place, double accuracy_m)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_mark_layer_set_position (self->mark_layer, place, accuracy_m);
}

void
lz_map_set_track (LzMap *self, GPtrArray *track, GPtrArray *covered, GPtrArray *gaps)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_track_layer_set_lines (self->track_layer, track, covered, gaps);
}

void
lz_map_set_draft (LzMap *self, const LzPoint *place)
{
  g_return_if_fail (LZ_IS_MAP (self));

  lz_mark_layer_set_draft (self->mark_layer, place);
}

void
lz_map_set_pick_mode (LzMap *self, gboolean picking)
{
  g_return_if_fail (LZ_IS_MAP (self));

  self->picking = picking;
  lz_case_layer_set_reacts (self->case_layer, !picking);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->map), picking ? "crosshair" : NULL);
  update_crosshair (self);
}

gboolean
lz_map_get_pick_mode (LzMap *self)
{
  g_return_val_if_fail (LZ_IS_MAP (self), FALSE);

  return self->picking;
}

void
lz_map_set_dark (LzMap *self, gboolean dark)
{
  g_return_if_fail (LZ_IS_MAP (self));

  if (self->dark == dark)
    return;

  self->dark = dark;
  if (dark)
    gtk_widget_add_css_class (GTK_WIDGET (self), "dark");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dark");
  lz_road_layer_set_dark (self->road_layer, dark);
  lz_case_layer_set_dark (self->case_layer, dark);
  lz_asset_layer_set_dark (self->asset_layer, dark);
  _lz_map_update_base (self);
}
