/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-window-private.h"

#include <glib/gi18n.h>

#include "lz-intake-dialog.h"
#include "lz-names.h"

/* So many photos at once are one report; more are a batch. */
#define ONE_REPORT_PHOTOS 4

G_DEFINE_FINAL_TYPE (LzWindow, lz_window, ADW_TYPE_APPLICATION_WINDOW)

void
lz_window_tell (LzWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1); /* AdwToast reads markup */

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
told_cb (LzWindow *self, const char *text)
{
  lz_window_tell (self, text);
}

/* Opening. */

static void
show_problem (LzWindow *self, const GError *error)
{
  gboolean none = g_error_matches (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_autofree char *explained = g_markup_escape_text (lz_error_explain (error), -1);
  g_autofree char *details = g_strdup_printf ("%s\n%s", self->station_dir, error->message);

  adw_status_page_set_title (self->problem,
                             none ? _ ("No Station Here Yet") : _ ("The Station Cannot Be Opened"));
  adw_status_page_set_description (
      self->problem,
      none ? _ ("A station is the folder with your roads, cases and photos.") : explained);
  adw_status_page_set_icon_name (self->problem,
                                 none ? "luzhang-map-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_visible (self->sample, none);
  gtk_label_set_label (self->problem_details, details);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  if (none)
    gtk_widget_grab_focus (self->sample);
}

static void
acted_cb (LzWindow *self, int kind, const LzId *subject)
{
  lz_window_offer_undo (self, (LzKind) kind, subject);
}

static void
acted_many_cb (LzWindow *self, const LzManyDone *done)
{
  lz_window_offer_undo_many (self, done);
}

/* The first screen of somebody with tasks is the tasks, of everybody else the map. */
static void
tasks_counted_cb (LzWindow *self, guint n)
{
  /* In the words: the switcher's own badge would lie on the icon. */
  g_autofree char *title = n > 0 ? g_strdup_printf (_ ("Tasks (%'u)"), n) : g_strdup (_ ("Tasks"));

  adw_view_stack_page_set_title (self->tasks_tab, title);
  if (self->settled)
    return;

  self->settled = TRUE;
  adw_view_stack_set_visible_child_name (self->pages, n > 0 ? "tasks" : "map");
  if (n == 0) /* else the list takes it */
    gtk_widget_child_focus (GTK_WIDGET (self->map_page), GTK_DIR_TAB_FORWARD);
}

static void
discarded_cb (LzWindow *self, const LzDraft *draft)
{
  lz_window_offer_draft (self, draft);
}

static void
session_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzSession) session = lz_session_open_finish (result, &error);
  g_auto (GStrv) paths = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      (self == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))))
    return;

  g_assert (LZ_IS_WINDOW (self));
  if (session == NULL)
    {
      show_problem (self, error);
      return;
    }

  self->session = g_steal_pointer (&session);
  g_signal_connect_object (self->session, "acted", G_CALLBACK (acted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "acted-many", G_CALLBACK (acted_many_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "discarded", G_CALLBACK (discarded_cb), self,
                           G_CONNECT_SWAPPED);
  lz_tasks_page_set_session (self->tasks_page, self->session);
  lz_map_page_set_session (self->map_page, self->session);
  lz_cases_page_set_session (self->cases_page, self->session);
  lz_patrol_page_set_session (self->patrol_page, self->session);
  lz_desk_page_set_session (self->desk_page, self->session);
  lz_bulletin_page_set_session (self->bulletin_page, self->session);
  self->reminder = lz_reminder_new (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
                                    self->session);
#ifdef LZ_HAVE_SYNC
  lz_window_begin_sync (self);
#endif
  gtk_stack_set_visible_child_name (self->stack, "pages");
  lz_window_update_actions (self);

  paths = g_steal_pointer (&self->waiting_paths);
  if (paths != NULL)
    lz_window_take_paths (self, (const char *const *) paths);
}

void
lz_window_open_station (LzWindow *self)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "opening");
  lz_session_open_async (self->station_dir, self->opening, session_opened_cb, self);
}

/* Photos from outside. */

static gboolean
is_one_report (const char *const *paths)
{
  guint n = g_strv_length ((GStrv) paths);

  if (n > ONE_REPORT_PHOTOS)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const char *dot = strrchr (paths[i], '.');

      /* A name without an ending is a folder more often than not; asking the disk would wait. */
      if (dot == NULL || strchr (dot, G_DIR_SEPARATOR) != NULL)
        return FALSE;
    }

  return TRUE;
}

static void
review_cb (LzWindow *self, GArray *ids)
{
  adw_view_stack_set_visible_child_name (self->pages, "map");
  lz_map_page_review (self->map_page, ids);
}

void
lz_window_take_paths (LzWindow *self, const char *const *paths)
{
  LzIntakeDialog *dialog;

  g_return_if_fail (LZ_IS_WINDOW (self));
  g_return_if_fail (paths != NULL);

  if (*paths == NULL)
    return;
  self->settled = TRUE; /* what was handed over comes first */
  if (self->session == NULL)
    {
      g_strfreev (self->waiting_paths);
      self->waiting_paths = g_strdupv ((GStrv) paths);
      return;
    }

  if (is_one_report (paths))
    {
      adw_view_stack_set_visible_child_name (self->pages, "map");
      lz_map_page_log (self->map_page, paths);
      return;
    }

  dialog = lz_intake_dialog_new (GTK_WINDOW (self), self->session, paths);
  g_signal_connect_object (dialog, "review", G_CALLBACK (review_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
lz_window_show_case (LzWindow *self, const LzId *id)
{
  g_return_if_fail (LZ_IS_WINDOW (self));

  if (self->session == NULL)
    return;

  self->settled = TRUE;
  adw_view_stack_set_visible_child_name (self->pages, "tasks");
  if (id != NULL)
    lz_tasks_page_show_case (self->tasks_page, id);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LzWindow *self)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    if (g_file_peek_path (l->data) != NULL)
      g_strv_builder_add (paths, g_file_peek_path (l->data));
  list = g_strv_builder_end (paths);
  lz_window_take_paths (self, (const char *const *) list);

  return TRUE;
}

/* The rest. */

static void
case_wanted_cb (LzWindow *self, gint64 fid)
{
  adw_view_stack_set_visible_child_name (self->pages, "map");
  lz_map_page_show_row (self->map_page, fid);
}

void
lz_window_go_to_case (LzWindow *self, const LzId *id)
{
  adw_view_stack_set_visible_child_name (self->pages, "map");
  lz_map_page_show_case (self->map_page, id);
}

static void
store_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplication) application = user_data;

  lz_store_close_finish (LZ_STORE (source), result, NULL);
  g_application_release (application);
}

/* The program stays until what was written last is on the disk. */
static void
finish_writing (LzWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (self->session == NULL || application == NULL)
    return;

  g_application_hold (G_APPLICATION (application));
  lz_store_close_async (lz_session_get_store (self->session), store_closed_cb,
                        g_object_ref (application));
}

static gboolean
lz_window_close_request (GtkWindow *window)
{
  LzWindow *self = LZ_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  if (width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  lz_map_page_leave (self->map_page); /* saves what is being written */
  lz_window_close_records (self);
  finish_writing (self);

  return GTK_WINDOW_CLASS (lz_window_parent_class)->close_request (window);
}

LzWindow *
lz_window_new (AdwApplication *application, const char *station_dir)
{
  LzWindow *self = NULL;

  g_return_val_if_fail (ADW_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (station_dir != NULL, NULL);

  self = g_object_new (LZ_TYPE_WINDOW, "application", application, NULL);
  self->station_dir = g_strdup (station_dir);
  lz_window_open_station (self);

  return self;
}

static void
lz_window_dispose (GObject *object)
{
  LzWindow *self = LZ_WINDOW (object);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_pointer (&self->listing_title, g_free);
  g_clear_weak_pointer (&self->assets);
  g_clear_weak_pointer (&self->campaigns);
  g_clear_object (&self->chooser);
  g_clear_object (&self->undo_toast);
  g_clear_object (&self->reminder);
  g_clear_pointer (&self->discarded, lz_draft_free);
#ifdef LZ_HAVE_SYNC
  lz_window_end_sync (self);
#endif
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->waiting_paths, g_strfreev);
  g_clear_pointer (&self->station_dir, g_free);

  G_OBJECT_CLASS (lz_window_parent_class)->dispose (object);
}

static void
lz_window_class_init (LzWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lz_window_close_request;

  g_type_ensure (LZ_TYPE_TASKS_PAGE);
  g_type_ensure (LZ_TYPE_MAP_PAGE);
  g_type_ensure (LZ_TYPE_CASES_PAGE);
  g_type_ensure (LZ_TYPE_PATROL_PAGE);
  g_type_ensure (LZ_TYPE_DESK_PAGE);
  g_type_ensure (LZ_TYPE_BULLETIN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/luzhang/Luzhang/lz-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LzWindow, header_bar);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, banners);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, log_button);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, problem_details);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, sample);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, tasks_tab);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, tasks_page);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, map_page);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, cases_page);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, patrol_page);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, desk_page);
  gtk_widget_class_bind_template_child (widget_class, LzWindow, bulletin_page);
  lz_window_class_install_actions (widget_class);
  lz_window_class_install_record_actions (widget_class);
}

static void
lz_window_init (LzWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->settings = g_settings_new (LZ_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  adw_view_stack_set_visible_child_name (self->pages, "map");
  g_signal_connect_object (self->tasks_page, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tasks_page, "counted", G_CALLBACK (tasks_counted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map_page, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cases_page, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->patrol_page, "told", G_CALLBACK (told_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->patrol_page, "case-wanted", G_CALLBACK (case_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk_page, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk_page, "case-wanted", G_CALLBACK (lz_window_go_to_case), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bulletin_page, "told", G_CALLBACK (told_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bulletin_page, "case-wanted", G_CALLBACK (lz_window_go_to_case),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cases_page, "map-wanted", G_CALLBACK (case_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->pages, "notify::visible-child",
                            G_CALLBACK (lz_window_update_actions), self);
  lz_names_from_tooltips (GTK_WIDGET (self));
  lz_window_update_actions (self);
}
