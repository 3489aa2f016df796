/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-map-page-private.h"

#include "lz-map-data.h"
#include "lz-map-source.h"
#include "lz-start.h"
#include "lz-template.h"
#include "lz-words.h"

#define LAMP_REFRESH_S 30
#define LOCATED_ZOOM   16.0

G_DEFINE_FINAL_TYPE (LzMapPage, lz_map_page, GTK_TYPE_WIDGET)

enum
{
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
lz_map_page_tell (LzMapPage *self, const char *text)
{
  g_signal_emit (self, signals[TOLD], 0, text);
}

gboolean
lz_map_page_form_is_open (LzMapPage *self)
{
  return adw_flap_get_reveal_flap (self->pane_flap) &&
         gtk_stack_get_visible_child (self->pane) == GTK_WIDGET (self->form);
}

void
lz_map_page_open_pane (LzMapPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->pane, name);
  adw_flap_set_reveal_flap (self->pane_flap, TRUE);
}

/* On a narrow window the sidebar makes way for the pane, so that some map is left. */
static void
pane_folded_cb (LzMapPage *self)
{
  gboolean open = adw_flap_get_reveal_flap (self->pane_flap);

  if (open && adw_flap_get_folded (self->pane_flap) && adw_flap_get_reveal_flap (self->side_flap))
    {
      self->sidebar_made_way = TRUE;
      adw_flap_set_reveal_flap (self->side_flap, FALSE);
    }
  else if (!open && self->sidebar_made_way)
    {
      self->sidebar_made_way = FALSE;
      adw_flap_set_reveal_flap (self->side_flap, TRUE);
    }
}

void
lz_map_page_set_picking (LzMapPage *self, gboolean picking)
{
  lz_map_set_pick_mode (self->map, picking);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), picking);
}

void
lz_map_page_close_pane (LzMapPage *self)
{
  adw_flap_set_reveal_flap (self->pane_flap, FALSE);
  lz_map_page_set_picking (self, FALSE);
  lz_map_set_draft (self->map, NULL);
  lz_map_set_selected (self->map, 0);
  if (self->session != NULL)
    lz_sidebar_select_case (self->sidebar, 0);
}

/* Pins. */

static void
pins_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzMapPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzMapPins) data = lz_map_pins_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_MAP_PAGE (self));
  if (data == NULL)
    {
      lz_map_page_tell (self, lz_error_explain (error));
      return;
    }

  lz_map_set_now (self->map, lz_session_now ());
  lz_map_set_pins (self->map, g_steal_pointer (&data->pins));
  g_log (LZ_START_DOMAIN, G_LOG_LEVEL_DEBUG, "cases on the map");
  lz_filter_set_counts (self->filter, &data->counts);
}

static void
read_pins (LzMapPage *self)
{
  g_cancellable_cancel (self->pins_cancellable);
  g_clear_object (&self->pins_cancellable);
  self->pins_cancellable = g_cancellable_new ();
  lz_map_pins_read_async (self->session,
                          lz_filter_dup_query (self->filter, LZ_SORT_REPORTED, FALSE), NULL,
                          self->pins_cancellable, pins_read_cb, self);
}

/* Streets and roads. */

/* Where it was when the window was closed; FALSE: nowhere yet. */
static gboolean
restore_view (LzMapPage *self)
{
  double latitude, longitude;
  LzPoint center;

  g_settings_get (self->settings, "map-center", "(dd)", &latitude, &longitude);
  if (!lz_point_from_degrees (latitude, longitude, &center) || !lz_point_is_valid (center))
    return FALSE;

  lz_map_go_to (self->map, center, g_settings_get_double (self->settings, "map-zoom"));
  return TRUE;
}

static void
streets_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzMapPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzMapStreets) data = lz_map_streets_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_MAP_PAGE (self));
  if (data == NULL)
    {
      lz_map_page_tell (self, lz_error_explain (error));
      return;
    }

  lz_map_set_streets (self->map, data->streets, data->attribution);
  if (lz_map_get_extent_of_roads (self->map_roads, &data->extent) || data->has_extent)
    {
      lz_map_set_extent (self->map, &data->extent);
      if (!self->placed && !restore_view (self))
        lz_map_fit_box (self->map, &data->extent);
      self->placed = TRUE;
    }
}

/* A road that somebody answers for and that has no case is in good health, not without one. */
static GArray *
dup_tallies (LzMapPage *self)
{
  GArray *tallies = g_array_copy (lz_session_get_tally (self->session));

  for (guint i = 0; i < self->map_roads->len; i++)
    {
      const LzRoad *road = self->map_roads->pdata[i];
      LzRoadTally none = { .road = road->id };

      if (road->level > 0 && lz_session_find_tally (self->session, &road->id) == NULL)
        g_array_append_val (tallies, none);
    }

  return tallies;
}

static void
show_roads (LzMapPage *self)
{
  GPtrArray *roads = lz_session_get_roads (self->session);
  g_autoptr (GArray) tallies = NULL;

  if (self->shown_roads != roads)
    {
      g_clear_pointer (&self->shown_roads, g_ptr_array_unref);
      self->shown_roads = g_ptr_array_ref (roads);
      g_clear_pointer (&self->map_roads, g_ptr_array_unref);
      self->map_roads = lz_map_pick_roads (roads);
      lz_map_streets_read_async (self->session, self->cancellable, streets_read_cb, self);
    }
  tallies = dup_tallies (self);
  lz_map_set_roads (self->map, self->map_roads, tallies);
}

static void
session_changed_cb (LzMapPage *self)
{
  g_assert (LZ_IS_MAP_PAGE (self));

  read_pins (self);
  show_roads (self);
  lz_map_page_read_assets (self);
}

static void
filter_changed_cb (LzMapPage *self)
{
  const LzId *road = lz_filter_get_road (self->filter);

  lz_map_set_selected_road (self->map, lz_id_is_nil (road) ? NULL : road);
  read_pins (self);
}

static gboolean
lamps_cb (gpointer user_data)
{
  LzMapPage *self = user_data;

  lz_map_set_now (self->map, lz_session_now ());
  return G_SOURCE_CONTINUE;
}

/* Cases. */

static void
case_shown_cb (LzMapPage *self, LzCaseFacts *facts)
{
  /* The pane reads its case again after each change, also behind the form. */
  if (lz_map_page_form_is_open (self) || !adw_flap_get_reveal_flap (self->pane_flap))
    return;

  lz_map_set_selected (self->map, facts->fid);
  lz_sidebar_select_case (self->sidebar, facts->fid);
  if (self->wanted == facts->fid || self->wanted < 0)
    lz_map_reveal (self->map, facts->item->place);
  self->wanted = 0;
}

void
lz_map_page_show_row (LzMapPage *self, gint64 fid)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));

  lz_log_form_leave (self->form);
  lz_map_page_set_picking (self, FALSE);
  lz_map_set_draft (self->map, NULL);
  self->wanted = fid;
  lz_case_pane_show_row (self->case_pane, fid);
  lz_map_page_open_pane (self, "case");
}

void
lz_map_page_show_case (LzMapPage *self, const LzId *id)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));

  lz_log_form_leave (self->form);
  lz_map_page_set_picking (self, FALSE);
  lz_map_set_draft (self->map, NULL);
  self->wanted = -1;
  lz_case_pane_show_case (self->case_pane, id);
  lz_map_page_open_pane (self, "case");
}

static void
case_activated_cb (LzMapPage *self, gint64 fid)
{
  lz_map_page_show_row (self, fid);
}

static void
cluster_activated_cb (LzMapPage *self, GArray *fids)
{
  adw_flap_set_reveal_flap (self->side_flap, TRUE);
  lz_sidebar_show_cases (self->sidebar, fids);
}

static void
go_to_road (LzMapPage *self, const LzId *id)
{
  const LzRoad *road = lz_session_find_road (self->session, id);
  LzBox box;

  if (road == NULL)
    return;

  box = lz_line_box (road->line);
  lz_map_fit_box (self->map, &box);
}

static void
road_activated_cb (LzMapPage *self, const LzId *road)
{
  /* A second click on the same road shows all the others again. */
  if (lz_id_equal (lz_filter_get_road (self->filter), road))
    {
      lz_filter_set_road (self->filter, NULL);
      return;
    }

  lz_filter_set_road (self->filter, road);
  go_to_road (self, road);
}

static void
hint_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzMapPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree LzMapHint *hint = lz_map_hint_read_finish (result, &error);

  if (hint == NULL)
    return;

  g_assert (LZ_IS_MAP_PAGE (self));
  if (hint->fid == self->hovered)
    lz_map_set_case_hint (self->map, hint->fid, hint->text);
  g_free (hint->text);
}

static void
case_hovered_cb (LzMapPage *self, gint64 fid)
{
  self->hovered = fid;
  if (fid != 0)
    lz_map_hint_read_async (self->session, fid, self->cancellable, hint_read_cb, self);
}

/* The rest of what the window asks for. */

void
lz_map_page_show_drafts (LzMapPage *self)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));

  adw_flap_set_reveal_flap (self->side_flap, TRUE);
  lz_sidebar_show_drafts (self->sidebar);
}

void
lz_map_page_focus_search (LzMapPage *self)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));

  adw_flap_set_reveal_flap (self->side_flap, TRUE);
  lz_sidebar_focus_search (self->sidebar);
}

void
lz_map_page_toggle_sidebar (LzMapPage *self)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));

  self->sidebar_made_way = FALSE;
  adw_flap_set_reveal_flap (self->side_flap, !adw_flap_get_reveal_flap (self->side_flap));
}

void
lz_map_page_take_next_step (LzMapPage *self)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));

  if (lz_map_page_form_is_open (self))
    lz_log_form_submit (self->form);
  else
    lz_case_pane_take_next_step (self->case_pane);
}

void
lz_map_page_zoom (LzMapPage *self, int by)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));

  if (by > 0)
    lz_map_zoom_in (self->map);
  else if (by < 0)
    lz_map_zoom_out (self->map);
  else
    lz_map_go_home (self->map);
}

static void
dark_cb (LzMapPage *self)
{
  lz_map_set_dark (self->map, adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

static void
source_problem_cb (const char *text, gpointer user_data)
{
  lz_map_page_tell (user_data, text);
}

static void
settings_changed_cb (LzMapPage *self, const char *key)
{
  if (g_str_has_prefix (key, "map-mbtiles") || g_str_has_prefix (key, "map-online") ||
      g_strcmp0 (key, "map-source") == 0)
    lz_map_source_apply (self->settings, self->map, source_problem_cb, self);
}

static void
save_view (LzMapPage *self)
{
  LzPoint center = lz_map_get_center (self->map);

  g_settings_set (self->settings, "map-center", "(dd)", lz_point_latitude (center),
                  lz_point_longitude (center));
  g_settings_set_double (self->settings, "map-zoom", CLAMP (lz_map_get_zoom (self->map), 0, 22));
}

void
lz_map_page_set_session (LzMapPage *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
  lz_case_pane_set_session (self->case_pane, session);
  lz_log_form_set_session (self->form, session);
  lz_filter_bar_set_session (self->filter_bar, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* Asked first, answered first: the map before the list beside it. */
  session_changed_cb (self);
  lz_sidebar_set_session (self->sidebar, session, self->filter);
}

static void
located_cb (LzMapPage *self)
{
  LzPoint place;
  double accuracy_m;

  if (!lz_locator_get_place (self->locator, &place, &accuracy_m))
    return;
  lz_map_set_position (self->map, &place, accuracy_m);
  if (self->going_there)
    lz_map_go_to (self->map, place, MAX (lz_map_get_zoom (self->map), LOCATED_ZOOM));
  self->going_there = FALSE;
}

static void
locating_failed_cb (LzMapPage *self, const char *text)
{
  self->going_there = FALSE;
  lz_map_page_tell (self, text);
}

static void
locate_clicked_cb (LzMapPage *self)
{
  self->going_there = TRUE;
  lz_locator_start (self->locator);
}

static void
lz_map_page_dispose (GObject *object)
{
  LzMapPage *self = LZ_MAP_PAGE (object);

  if (self->placed && self->map != NULL)
    save_view (self);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->pins_cancellable);
  g_cancellable_cancel (self->marks_cancellable);
  g_clear_object (&self->marks_cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->pins_cancellable);
  g_clear_handle_id (&self->lamp_id, g_source_remove);
  g_clear_pointer (&self->queue, g_array_unref);
  g_clear_pointer (&self->shown_roads, g_ptr_array_unref);
  g_clear_pointer (&self->map_roads, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->filter);
  g_clear_object (&self->settings);
  g_clear_object (&self->locator);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_MAP_PAGE);

  G_OBJECT_CLASS (lz_map_page_parent_class)->dispose (object);
}

static void
lz_map_page_class_init (LzMapPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_map_page_dispose;

  g_type_ensure (LZ_TYPE_CASE_PANE);
  g_type_ensure (LZ_TYPE_FILTER_BAR);
  g_type_ensure (LZ_TYPE_LOG_FORM);
  g_type_ensure (LZ_TYPE_MAP);
  g_type_ensure (LZ_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/luzhang/Luzhang/lz-map-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, side_flap);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, pane_flap);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, pane);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, case_pane);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, form);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, map);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, hint);
  gtk_widget_class_bind_template_child (widget_class, LzMapPage, assets);

  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
connect_parts (LzMapPage *self)
{
  lz_map_page_connect_writing (self);
  lz_map_page_connect_assets (self);
  g_signal_connect_swapped (self->map, "case-activated", G_CALLBACK (case_activated_cb), self);
  g_signal_connect_swapped (self->map, "case-hovered", G_CALLBACK (case_hovered_cb), self);
  g_signal_connect_swapped (self->map, "cluster-activated", G_CALLBACK (cluster_activated_cb),
                            self);
  g_signal_connect_swapped (self->map, "road-activated", G_CALLBACK (road_activated_cb), self);
  g_signal_connect_swapped (self->map, "locate-clicked", G_CALLBACK (locate_clicked_cb), self);
  self->locator = lz_locator_new ();
  g_signal_connect_object (self->locator, "moved", G_CALLBACK (located_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->locator, "failed", G_CALLBACK (locating_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->sidebar, "road-activated", G_CALLBACK (road_activated_cb), self);
  g_signal_connect_swapped (self->sidebar, "case-activated", G_CALLBACK (case_activated_cb), self);
  g_signal_connect_swapped (self->case_pane, "shown", G_CALLBACK (case_shown_cb), self);
  g_signal_connect_swapped (self->case_pane, "closed", G_CALLBACK (lz_map_page_close_pane), self);
  g_signal_connect_swapped (self->pane_flap, "notify::folded", G_CALLBACK (pane_folded_cb), self);
  g_signal_connect_swapped (self->pane_flap, "notify::reveal-flap", G_CALLBACK (pane_folded_cb),
                            self);
}

static void
lz_map_page_init (LzMapPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (LZ_APP_ID);
  self->filter = lz_filter_new (LZ_STATES_OPEN);
  gtk_widget_init_template (GTK_WIDGET (self));

  lz_filter_bar_set_filter (self->filter_bar, self->filter);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  connect_parts (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (dark_cb),
                           self, G_CONNECT_SWAPPED);
  dark_cb (self);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  lz_map_source_apply (self->settings, self->map, source_problem_cb, self);
  self->lamp_id = g_timeout_add_seconds (LAMP_REFRESH_S, lamps_cb, self);
}
