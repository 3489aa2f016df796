/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-patrol-page-private.h"

#include <glib/gi18n.h>

#include "lz-jobs.h"
#include "lz-map-data.h"
#include "lz-names.h"
#include "lz-patrol-map.h"
#include "lz-patrol-rows.h"
#include "lz-template.h"
#include "lz-track-code.h"
#include "lz-words.h"

G_DEFINE_FINAL_TYPE (LzPatrolPage, lz_patrol_page, GTK_TYPE_WIDGET)

enum
{
  TOLD,
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
lz_patrol_page_tell (LzPatrolPage *self, const char *text)
{
  g_signal_emit (self, signals[TOLD], 0, text);
}

static gboolean
is_on (LzPatrolPage *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

/* The map. */

static void
show_file_on_map (LzPatrolPage *self, const LzPatrolFile *file)
{
  LzBox box;

  lz_patrol_map_show (self->map, self->session, file->patrol->covers, file->track);
  lz_map_set_now (self->map, lz_session_now ());
  lz_map_set_pins (self->map, lz_patrol_map_make_pins (file->cases));
  if (!lz_id_equal (&self->opened, &file->patrol->id))
    {
      self->opened = file->patrol->id;
      if (lz_patrol_map_get_box (self->session, file->patrol->covers, file->track, &box))
        lz_map_fit_box (self->map, &box);
      if (file->track != NULL && file->patrol->until_ms > 0)
        lz_patrol_replay_set_span (self->replay, file->track->begun_ms, file->track->ended_ms,
                                   lz_session_get_offset_min (self->session));
      else
        lz_patrol_replay_set_span (self->replay, 0, 0, 0);
    }
}

void
lz_patrol_page_show_map (LzPatrolPage *self)
{
  const LzPatrolFile *file = lz_patrol_pane_get_file (self->pane);
  const LzPatrol *open = self->overview != NULL ? self->overview->open : NULL;

  if (self->session == NULL)
    return;
  gtk_widget_set_visible (self->legend, !is_on (self, "overview") || open != NULL);
  if (is_on (self, "patrol") && file != NULL)
    {
      show_file_on_map (self, file);
      return;
    }

  self->opened = (LzId){ { 0 } };
  lz_patrol_replay_set_span (self->replay, 0, 0, 0);
  lz_map_set_position (self->map, NULL, 0);
  lz_map_set_pins (self->map, NULL);
  if (is_on (self, "hand"))
    lz_patrol_map_show (self->map, self->session, lz_patrol_hand_get_covers (self->hand), NULL);
  else if (open != NULL)
    {
      g_autoptr (LzCleanTrack) track = lz_track_code_read (open->track);

      lz_patrol_map_show (self->map, self->session, open->covers, track);
    }
  else
    lz_patrol_map_show (self->map, self->session, NULL, NULL);
}

static void
replayed_cb (LzPatrolPage *self, gint64 at_ms)
{
  const LzPatrolFile *file = lz_patrol_pane_get_file (self->pane);
  LzPoint place;

  if (file == NULL || file->track == NULL || file->track->fixes->len == 0)
    return;
  place = lz_patrol_map_place_at (file->track, at_ms);
  lz_map_set_position (self->map, &place, 0);
}

static void
streets_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzPatrolPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzMapStreets) data = lz_map_streets_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_PATROL_PAGE (self));
  if (data == NULL)
    return;
  lz_map_set_streets (self->map, data->streets, data->attribution);
  if (lz_map_get_extent_of_roads (self->shown_roads, &data->extent) || data->has_extent)
    {
      lz_map_set_extent (self->map, &data->extent);
      if (!self->placed)
        lz_map_fit_box (self->map, &data->extent);
      self->placed = TRUE;
    }
}

static void
fill_road_filter (LzPatrolPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All roads"));
  for (guint i = 0; i < self->shown_roads->len; i++)
    gtk_string_list_append (names, ((const LzRoad *) self->shown_roads->pdata[i])->name);
  self->filling = TRUE;
  gtk_drop_down_set_model (self->which_road, G_LIST_MODEL (names));
  self->filling = FALSE;
}

static gboolean
have_roads_changed (LzPatrolPage *self, GPtrArray *roads)
{
  if (self->shown_roads == NULL || self->shown_roads->len != roads->len)
    return TRUE;
  for (guint i = 0; i < roads->len; i++)
    if (!lz_id_equal (&((LzRoad *) roads->pdata[i])->id,
                      &((LzRoad *) self->shown_roads->pdata[i])->id))
      return TRUE;
  return FALSE;
}

static void
show_roads (LzPatrolPage *self)
{
  g_autoptr (GPtrArray) roads = lz_map_pick_roads (lz_session_get_roads (self->session));

  if (!have_roads_changed (self, roads))
    return;
  g_clear_pointer (&self->shown_roads, g_ptr_array_unref);
  self->shown_roads = g_ptr_array_ref (roads);
  lz_map_set_roads (self->map, roads, NULL);
  fill_road_filter (self);
  lz_map_streets_read_async (self->session, self->cancellable, streets_read_cb, self);
}

/* The overview. */

static void
show_open (LzPatrolPage *self, const LzPatrol *open)
{
  g_autofree char *since = NULL;
  g_autofree char *way = NULL;
  g_autofree char *facts = NULL;

  gtk_widget_set_visible (self->begin, open == NULL);
  gtk_widget_set_visible (self->under_way, open != NULL);
  lz_patrol_rows_clear (self->under_way_roads);
  if (open == NULL)
    return;

  since = lz_words_dup_time (open->from_ms, lz_session_now (),
                             lz_session_get_offset_min (self->session));
  way = lz_words_dup_length ((double) open->way_cm / 100);
  facts =
      open->n_fixes > 0
          ? g_strdup_printf (_ ("since %s · %s so far"), since, way)
          : g_strdup_printf (
                _ ("since %s · no position yet; what was walked can be marked at the end"), since);
  gtk_label_set_label (self->under_way_facts, facts);
  for (guint i = 0; i < open->covers->len; i++)
    gtk_list_box_append (self->under_way_roads,
                         lz_patrol_row_new_cover (self->session, open->covers->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->under_way_roads), open->covers->len > 0);
}

static void
show_overview (LzPatrolPage *self)
{
  const LzPatrolOverview *overview = self->overview;

  show_open (self, overview->open);
  lz_patrol_rows_clear (self->due);
  for (guint i = 0; i < overview->due->len; i++)
    gtk_list_box_append (self->due,
                         lz_patrol_row_new_duty (self->session, overview->due->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->due), overview->due->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->due_none), overview->due->len == 0);

  lz_patrol_rows_clear (self->missed);
  for (guint i = 0; i < overview->missed->len; i++)
    gtk_list_box_append (self->missed,
                         lz_patrol_row_new_duty (self->session, overview->missed->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->missed), overview->missed->len > 0);
  gtk_widget_set_visible (self->missed_heading, overview->missed->len > 0);

  lz_patrol_rows_clear (self->history);
  for (guint i = 0; i < overview->history->len; i++)
    gtk_list_box_append (self->history,
                         lz_patrol_row_new_patrol (self->session, overview->history->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->history), overview->history->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->history_none), overview->history->len == 0);
}

static void
overview_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzPatrolPage *self = user_data;
  g_autoptr (GError) error = NULL;
  LzPatrolOverview *overview = lz_patrol_overview_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_PATROL_PAGE (self));
  if (overview == NULL)
    {
      lz_patrol_page_tell (self, lz_jobs_explain (error));
      return;
    }
  lz_patrol_overview_free (self->overview);
  self->overview = overview;
  show_overview (self);
  lz_patrol_page_update_recording (self);
  if (!is_on (self, "patrol"))
    lz_patrol_page_show_map (self);
}

static void
read_overview (LzPatrolPage *self)
{
  guint road = gtk_drop_down_get_selected (self->which_road);
  LzId id = { { 0 } };

  if (road != GTK_INVALID_LIST_POSITION && road > 0 && road <= self->shown_roads->len)
    id = ((const LzRoad *) self->shown_roads->pdata[road - 1])->id;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lz_patrol_overview_read_async (self->session,
                                 gtk_drop_down_get_selected (self->whose) == 0
                                     ? lz_session_get_actor (self->session)
                                     : NULL,
                                 &id, self->reading, overview_read_cb, self);
}

static void
filter_changed_cb (LzPatrolPage *self)
{
  if (self->session != NULL && !self->filling)
    read_overview (self);
}

static void
session_changed_cb (LzPatrolPage *self)
{
  g_assert (LZ_IS_PATROL_PAGE (self));

  show_roads (self);
  read_overview (self);
  if (is_on (self, "patrol"))
    lz_patrol_pane_refresh (self->pane);
}

/* Moving about. */

static void
set_picking (LzPatrolPage *self, gboolean picking)
{
  lz_map_set_pick_mode (self->map, picking);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), picking);
}

gboolean
lz_patrol_page_leave (LzPatrolPage *self)
{
  g_return_val_if_fail (LZ_IS_PATROL_PAGE (self), FALSE);

  if (is_on (self, "overview"))
    return FALSE;
  set_picking (self, FALSE);
  lz_patrol_pane_clear (self->pane);
  gtk_stack_set_visible_child_name (self->stack, "overview");
  lz_patrol_page_show_map (self);
  return TRUE;
}

void
lz_patrol_page_show (LzPatrolPage *self, const LzId *patrol)
{
  g_return_if_fail (LZ_IS_PATROL_PAGE (self));

  set_picking (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "patrol");
  adw_flap_set_reveal_flap (self->flap, TRUE);
  lz_patrol_pane_show (self->pane, patrol);
}

static void
left_cb (LzPatrolPage *self)
{
  lz_patrol_page_leave (self);
}

static void
by_hand_sealed_cb (LzPatrolPage *self, const LzId *patrol)
{
  lz_patrol_page_tell (self, _ ("The patrol is finished and sealed."));
  lz_patrol_page_show (self, patrol);
}

static void
picking_cb (LzPatrolPage *self, gboolean picking)
{
  set_picking (self, picking);
}

static void
place_clicked_cb (LzPatrolPage *self, int lat7, int lon7)
{
  if (is_on (self, "hand"))
    lz_patrol_hand_take_place (self->hand, (LzPoint){ lat7, lon7 });
}

static void
go_to_road (LzPatrolPage *self, const LzId *id)
{
  const LzRoad *road = lz_session_find_road (self->session, id);
  LzBox box;

  if (road == NULL)
    return;
  box = lz_line_box (road->line);
  lz_map_set_selected_road (self->map, id);
  lz_map_fit_box (self->map, &box);
}

static void
road_wanted_cb (LzPatrolPage *self, const LzId *road)
{
  go_to_road (self, road);
}

static void
case_wanted_cb (LzPatrolPage *self, gint64 fid)
{
  g_signal_emit (self, signals[CASE_WANTED], 0, fid);
}

static void
due_activated_cb (LzPatrolPage *self, GtkListBoxRow *row)
{
  const LzPatrolDuty *duty = self->overview->due->pdata[gtk_list_box_row_get_index (row)];

  go_to_road (self, &duty->road);
}

static void
missed_activated_cb (LzPatrolPage *self, GtkListBoxRow *row)
{
  const LzPatrolDuty *duty = self->overview->missed->pdata[gtk_list_box_row_get_index (row)];

  go_to_road (self, &duty->road);
}

static void
history_activated_cb (LzPatrolPage *self, GtkListBoxRow *row)
{
  const LzPatrol *patrol = self->overview->history->pdata[gtk_list_box_row_get_index (row)];

  lz_patrol_page_show (self, &patrol->id);
}

static void
locate_clicked_cb (LzPatrolPage *self)
{
  lz_locator_start (self->locator);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LzPatrolPage *self)
{
  gboolean taken = FALSE;

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    if (g_file_peek_path (l->data) != NULL && lz_patrol_page_takes (g_file_peek_path (l->data)))
      {
        lz_patrol_page_import (self, g_file_peek_path (l->data));
        taken = TRUE;
      }
  return taken; /* else photos: the window takes them */
}

static void
dark_cb (LzPatrolPage *self)
{
  lz_map_set_dark (self->map, adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

void
lz_patrol_page_set_session (LzPatrolPage *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_PATROL_PAGE (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
  lz_patrol_pane_set_session (self->pane, session);
  lz_patrol_hand_set_session (self->hand, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  session_changed_cb (self);
}

static void
lz_patrol_page_dispose (GObject *object)
{
  LzPatrolPage *self = LZ_PATROL_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reading);
  g_clear_object (&self->locator);
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  g_clear_pointer (&self->overview, lz_patrol_overview_free);
  g_clear_pointer (&self->shown_roads, g_ptr_array_unref);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_PATROL_PAGE);

  G_OBJECT_CLASS (lz_patrol_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, flap);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, under_way);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, under_way_facts);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, under_way_problem);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, under_way_roads);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, begin);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, due);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, due_none);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, missed_heading);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, missed);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, whose);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, which_road);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, history);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, history_none);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, pane);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, hand);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, map);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, hint);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, legend);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPage, replay);
  gtk_widget_class_bind_template_callback (widget_class, due_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, missed_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
}

static void
lz_patrol_page_class_init (LzPatrolPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_patrol_page_dispose;

  g_type_ensure (LZ_TYPE_MAP);
  g_type_ensure (LZ_TYPE_PATROL_HAND);
  g_type_ensure (LZ_TYPE_PATROL_PANE);
  g_type_ensure (LZ_TYPE_PATROL_REPLAY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-patrol-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_children (widget_class);
  lz_patrol_page_install_actions (widget_class);

  signals[TOLD] = g_signal_new ("told", LZ_TYPE_PATROL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", LZ_TYPE_PATROL_PAGE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
connect_parts (LzPatrolPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_swapped (self->pane, "left", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (self->pane, "shown", G_CALLBACK (lz_patrol_page_show_map), self);
  g_signal_connect_swapped (self->pane, "told", G_CALLBACK (lz_patrol_page_tell), self);
  g_signal_connect_swapped (self->pane, "road-wanted", G_CALLBACK (road_wanted_cb), self);
  g_signal_connect_swapped (self->pane, "case-wanted", G_CALLBACK (case_wanted_cb), self);
  g_signal_connect_swapped (self->hand, "left", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (self->hand, "told", G_CALLBACK (lz_patrol_page_tell), self);
  g_signal_connect_swapped (self->hand, "sealed", G_CALLBACK (by_hand_sealed_cb), self);
  g_signal_connect_swapped (self->hand, "changed", G_CALLBACK (lz_patrol_page_show_map), self);
  g_signal_connect_swapped (self->hand, "picking", G_CALLBACK (picking_cb), self);
  g_signal_connect_swapped (self->map, "place-clicked", G_CALLBACK (place_clicked_cb), self);
  g_signal_connect_swapped (self->map, "case-activated", G_CALLBACK (case_wanted_cb), self);
  g_signal_connect_swapped (self->map, "locate-clicked", G_CALLBACK (locate_clicked_cb), self);
  g_signal_connect_swapped (self->replay, "moved", G_CALLBACK (replayed_cb), self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (dark_cb),
                           self, G_CONNECT_SWAPPED);
  lz_patrol_page_connect_recording (self);
}

static void
lz_patrol_page_init (LzPatrolPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_parts (self);
  dark_cb (self);
  lz_names_from_tooltips (GTK_WIDGET (self));
}
