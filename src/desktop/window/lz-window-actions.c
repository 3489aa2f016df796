/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-window-private.h"

#include <glib/gi18n.h>

#include "lz-acts.h"
#include "lz-chosen.h"
#include "lz-draft-cell.h"
#include "lz-figure-cases.h"
#include "lz-firms-window.h"
#include "lz-machine-window.h"
#include "lz-make-sample.h"
#include "lz-preferences.h"
#include "lz-routing-window.h"

static gboolean
on_map (LzWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "map") == 0;
}

static gboolean
on_desk (LzWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "roads") == 0;
}

static gboolean
on_bulletin (LzWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "bulletin") == 0;
}

static gboolean
on_tasks (LzWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "tasks") == 0;
}

static gboolean
on_patrols (LzWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "patrol") == 0;
}

static void
go_to_map (LzWindow *self)
{
  self->settled = TRUE;
  adw_view_stack_set_visible_child_name (self->pages, "map");
}

/* Undo. */

static void
draft_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_draft_cell_save_finish (LZ_SESSION (source), result, &error))
    lz_window_tell (self, lz_error_explain (error));
}

static void
undo_discard (LzWindow *self)
{
  LzDraftCell *cell = lz_draft_cell_new (0);

  lz_draft_cell_save_async (cell, self->session, g_steal_pointer (&self->discarded), draft_back_cb,
                            g_object_ref (self));
  lz_draft_cell_unref (cell);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  LzUndone undone = { 0 };

  lz_acts_undo_finish (LZ_SESSION (source), result, &undone, &error);
  text = lz_acts_dup_undone_text (&undone, error);
  lz_window_tell (self, text);
}

static void
undo_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  if (self->session == NULL)
    return;

  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  if (self->discarded != NULL)
    undo_discard (self);
  else
    lz_acts_undo_async (self->session, undone_cb, g_object_ref (self));
}

static void
toast_gone_cb (LzWindow *self)
{
  g_clear_object (&self->undo_toast);
}

static void
show_undo_toast (LzWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  g_clear_object (&self->undo_toast);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_timeout (toast, 8);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  self->undo_toast = g_object_ref (toast);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_gone_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
lz_window_offer_undo (LzWindow *self, LzKind kind, const LzId *subject)
{
  g_autofree char *text = g_strdup_printf (_ ("Saved: %s"), lz_kind_label (kind));

  g_clear_pointer (&self->discarded, lz_draft_free);
  show_undo_toast (self, text);
}

void
lz_window_offer_undo_many (LzWindow *self, const LzManyDone *done)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (done->n_done > 0)
    g_string_append_printf (text, ngettext ("%s: %u case.", "%s: %u cases.", done->n_done),
                            lz_kind_label (done->kind), done->n_done);
  if (done->n_refused > 0)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (text,
                              ngettext ("%u left out: %s", "%u left out: %s", done->n_refused),
                              done->n_refused, done->reason);
    }
  if (done->n_done == 0)
    {
      lz_window_tell (self, text->str);
      return;
    }

  g_clear_pointer (&self->discarded, lz_draft_free);
  show_undo_toast (self, text->str);
}

void
lz_window_offer_draft (LzWindow *self, const LzDraft *draft)
{
  g_clear_pointer (&self->discarded, lz_draft_free);
  self->discarded = lz_draft_copy (draft);
  self->discarded->id = 0;
  show_undo_toast (self, _ ("Draft thrown away"));
}

/* Writing and importing. */

static void
log_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  go_to_map (self);
  lz_map_page_log (self->map_page, NULL);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, LzWindow *self)
{
  g_auto (GStrv) paths = lz_chosen_dup_paths (dialog, response);

  if (paths != NULL)
    lz_window_take_paths (self, (const char *const *) paths);
  g_clear_object (&self->chooser);
}

static void
choose (LzWindow *self,
        const char *title,
        GtkFileChooserAction what,
        const char *accept,
        GCallback callback)
{
  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (self), what, accept, _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", callback, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
import_photos_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);
  g_autoptr (GtkFileFilter) images = gtk_file_filter_new ();

  choose (self, _ ("Import Photos"), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"),
          G_CALLBACK (chosen_cb));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_file_filter_set_name (images, _ ("Photos"));
  gtk_file_filter_add_mime_type (images, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), images);
}

static void
import_folder_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (LZ_WINDOW (widget), _ ("Import a Folder of Photos"),
          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Import"), G_CALLBACK (chosen_cb));
}

static void
drafts_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  go_to_map (self);
  lz_map_page_show_drafts (self->map_page);
}

/* The station. */

static void
open_again_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_window_open_station (LZ_WINDOW (widget));
}

static void
cancel_opening_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  g_cancellable_cancel (self->opening);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
station_chosen_cb (GtkNativeDialog *dialog, int response, LzWindow *self)
{
  g_autofree char *path = lz_chosen_dup_path (dialog, response);

  if (path != NULL)
    {
      g_free (self->station_dir);
      self->station_dir = g_steal_pointer (&path);
      g_settings_set_string (self->settings, "station", self->station_dir);
      lz_window_open_station (self);
    }
  g_clear_object (&self->chooser);
}

static void
choose_station_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (LZ_WINDOW (widget), _ ("Open a Station"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
          _ ("_Open"), G_CALLBACK (station_chosen_cb));
}

static void
sample_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_make_sample_finish (result, &error))
    lz_window_tell (self, lz_error_explain (error));
  lz_window_open_station (self);
}

static void
make_sample_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  gtk_stack_set_visible_child_name (self->stack, "opening");
  lz_make_sample_async (self->station_dir, sample_made_cb, g_object_ref (self));
}

/* Moving about. */

static void
page_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LZ_WINDOW (widget)->settled = TRUE;
  adw_view_stack_set_visible_child_name (LZ_WINDOW (widget)->pages,
                                         g_variant_get_string (parameter, NULL));
  if (on_bulletin (LZ_WINDOW (widget))) /* which has no list that takes the focus by itself */
    gtk_widget_child_focus (GTK_WIDGET (LZ_WINDOW (widget)->bulletin_page), GTK_DIR_TAB_FORWARD);
}

static void
cases_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) fids = lz_figure_cases_list_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_WINDOW (self));
  if (fids == NULL)
    {
      lz_window_tell (self, lz_error_explain (error));
      return;
    }
  self->settled = TRUE;
  adw_view_stack_set_visible_child_name (self->pages, "cases");
  lz_cases_page_show_among (self->cases_page, self->listing_title, fids);
}

/* The cases behind a figure, lz_figure_cases_new(). */
static void
show_cases_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  if (self->session == NULL)
    return;

  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_free (self->listing_title);
  self->listing = g_cancellable_new ();
  self->listing_title = lz_figure_cases_dup_title (parameter);
  lz_figure_cases_list_async (self->session, parameter, self->listing, cases_listed_cb, self);
}

static void
find_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  /* The tasks are short lists: to look for any case there is the map. */
  if (on_tasks (self) || on_patrols (self) || on_bulletin (self))
    go_to_map (self);
  if (on_map (self))
    lz_map_page_focus_search (self->map_page);
  else if (on_desk (self))
    lz_desk_page_focus_search (self->desk_page);
  else
    lz_cases_page_focus_search (self->cases_page);
}

static void
sidebar_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_map_page_toggle_sidebar (LZ_WINDOW (widget)->map_page);
}

static void
next_step_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  if (on_tasks (self))
    lz_tasks_page_take_next_step (self->tasks_page);
  else if (on_map (self))
    lz_map_page_take_next_step (self->map_page);
  else if (!on_patrols (self) && !on_bulletin (self))
    lz_cases_page_take_next_step (self->cases_page);
}

static void
leave_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  if (on_patrols (self))
    lz_patrol_page_leave (self->patrol_page);
  else if (on_tasks (self))
    lz_tasks_page_leave (self->tasks_page);
  else if (on_map (self))
    lz_map_page_leave (self->map_page);
  else if (on_desk (self))
    lz_desk_page_leave (self->desk_page);
  else if (on_bulletin (self))
    lz_bulletin_page_leave (self->bulletin_page);
  else
    lz_cases_page_leave (self->cases_page);
}

static void
zoom_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_map_page_zoom (LZ_WINDOW (widget)->map_page, g_variant_get_int32 (parameter));
}

static void
preferences_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);
  LzPreferences *preferences = lz_preferences_new (GTK_WINDOW (self), self->session);

#ifdef LZ_HAVE_SYNC
  lz_window_add_account_page (self, ADW_PREFERENCES_WINDOW (preferences));
#endif
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
sections_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->pages, "tasks");
  lz_tasks_page_focus_sections (self->tasks_page);
}

static void
routing_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (
      GTK_WINDOW (lz_routing_window_new (GTK_WINDOW (widget), LZ_WINDOW (widget)->session)));
}

static void
firm_case_cb (LzWindow *self, const LzId *id, LzFirmsWindow *firms)
{
  lz_window_show_case (self, id);
  gtk_window_close (GTK_WINDOW (firms));
}

static void
firms_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzFirmsWindow *firms = lz_firms_window_new (GTK_WINDOW (widget), LZ_WINDOW (widget)->session);

  g_signal_connect_object (firms, "case-wanted", G_CALLBACK (firm_case_cb), widget,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (firms));
}

static void
machine_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (lz_machine_window_new (GTK_WINDOW (widget))));
}

/* The one place that decides what can be done. */
void
lz_window_update_actions (LzWindow *self)
{
  static const char *const with_station[] = {
    "win.log",    "win.import-photos", "win.import-folder", "win.drafts",    "win.undo",
    "win.find",   "win.next-step",     "win.page",          "win.leave",     "win.routing",
    "win.assets", "win.show-asset",    "win.add-asset",     "win.campaigns", "win.firms",
  };
  gboolean open = self->session != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (with_station); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), with_station[i], open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sidebar", open && on_map (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.zoom", open && on_map (self));
}

void
lz_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "win.log", NULL, log_cb);
  gtk_widget_class_install_action (widget_class, "win.import-photos", NULL, import_photos_cb);
  gtk_widget_class_install_action (widget_class, "win.import-folder", NULL, import_folder_cb);
  gtk_widget_class_install_action (widget_class, "win.drafts", NULL, drafts_cb);
  gtk_widget_class_install_action (widget_class, "win.open-again", NULL, open_again_cb);
  gtk_widget_class_install_action (widget_class, "win.cancel-opening", NULL, cancel_opening_cb);
  gtk_widget_class_install_action (widget_class, "win.choose-station", NULL, choose_station_cb);
  gtk_widget_class_install_action (widget_class, "win.make-sample", NULL, make_sample_cb);
  gtk_widget_class_install_action (widget_class, "win.page", "s", page_cb);
  gtk_widget_class_install_action (widget_class, "win.show-cases", "a{sv}", show_cases_cb);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "win.sidebar", NULL, sidebar_cb);
  gtk_widget_class_install_action (widget_class, "win.next-step", NULL, next_step_cb);
  gtk_widget_class_install_action (widget_class, "win.leave", NULL, leave_cb);
  gtk_widget_class_install_action (widget_class, "win.zoom", "i", zoom_cb);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_cb);
  gtk_widget_class_install_action (widget_class, "win.routing", NULL, routing_cb);
  gtk_widget_class_install_action (widget_class, "win.firms", NULL, firms_cb);
  gtk_widget_class_install_action (widget_class, "win.machine", NULL, machine_cb);
  gtk_widget_class_install_action (widget_class, "win.sections", NULL, sections_cb);
}
