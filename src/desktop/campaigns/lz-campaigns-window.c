/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-campaigns-window.h"

#include <glib/gi18n.h>

#include "lz-campaign-form.h"
#include "lz-campaign-pane.h"
#include "lz-jobs.h"
#include "lz-names.h"
#include "lz-reason-dialog.h"
#include "lz-undo-toast.h"

struct _LzCampaignsWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkListBox *list;
  LzCampaignPane *pane;
  GtkMenuButton *menu;

  LzSession *session;
  LzId shown; /* nil: none yet */
  gboolean filling;
  GCancellable *reading;
  GCancellable *loading;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (LzCampaignsWindow, lz_campaigns_window, ADW_TYPE_WINDOW)

enum
{
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
renew (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
}

static void
tell (LzCampaignsWindow *self, const char *text)
{
  lz_undo_toast_tell (self->toasts, text);
}

static void
update_actions (LzCampaignsWindow *self)
{
  const LzRecord *campaign = lz_campaign_pane_get_campaign (self->pane);
  gboolean open = campaign != NULL && campaign->state == LZ_RECORD_OPEN;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaigns.edit", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaigns.close", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "campaigns.report", campaign != NULL);
}

/* One campaign. */

static void
facts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzCampaignsWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  LzCampaignFacts *facts = lz_campaign_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_CAMPAIGNS_WINDOW (self));
  if (facts == NULL)
    {
      tell (self, lz_jobs_explain (error));
      return;
    }
  lz_campaign_pane_show (self->pane, self->session, facts);
  update_actions (self);
}

static void
show_campaign (LzCampaignsWindow *self, const LzId *id)
{
  self->shown = *id;
  renew (&self->loading);
  lz_campaign_read_async (self->session, id, self->loading, facts_read_cb, self);
}

static void
row_selected_cb (LzCampaignsWindow *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->filling)
    show_campaign (self, g_object_get_data (G_OBJECT (row), "id"));
}

/* The list. */

static GtkWidget *
new_row (LzCampaignsWindow *self, const LzCampaignEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (lz_record_get_text (entry->record, "name"));
  g_autofree char *days = lz_campaign_dup_days (self->session, entry->record);
  g_autofree char *facts =
      entry->record->state == LZ_RECORD_DONE
          ? g_strdup_printf (_ ("%s · closed"), days)
          : g_strdup_printf (_ ("%s · %u of %u closed"), days, (guint) entry->tally.n_closed,
                             (guint) entry->tally.n_cases);
  GtkWidget *more = gtk_label_new (facts);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (more), 0);
  gtk_label_set_wrap (GTK_LABEL (more), TRUE);
  gtk_widget_add_css_class (more, "caption");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), more);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lz_record_get_text (entry->record, "name"), -1);
  g_object_set_data_full (G_OBJECT (row), "id",
                          g_memdup2 (&entry->record->id, sizeof entry->record->id), g_free);
  return row;
}

/* The one that was shown stays so, else the first. */
static void
show_list (LzCampaignsWindow *self, const GPtrArray *entries)
{
  GtkWidget *child;
  guint selected = 0;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < entries->len; i++)
    {
      const LzCampaignEntry *entry = entries->pdata[i];

      gtk_list_box_append (self->list, new_row (self, entry));
      if (lz_id_equal (&entry->record->id, &self->shown))
        selected = i;
    }
  self->filling = FALSE;
  if (entries->len > 0)
    gtk_list_box_select_row (self->list,
                             gtk_list_box_get_row_at_index (self->list, (int) selected));
  gtk_stack_set_visible_child_name (self->stack, entries->len > 0 ? "campaigns" : "empty");
}

static void
list_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzCampaignsWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = lz_campaign_list_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_CAMPAIGNS_WINDOW (self));
  if (entries == NULL)
    tell (self, lz_jobs_explain (error));
  else
    show_list (self, entries);
}

static void
read_list (LzCampaignsWindow *self)
{
  renew (&self->reading);
  lz_campaign_list_async (self->session, self->reading, list_read_cb, self);
}

static void
case_wanted_cb (LzCampaignsWindow *self, const LzId *id)
{
  g_signal_emit (self, signals[CASE_WANTED], 0, id);
}

/* Acts. */

static void
saved_cb (LzCampaignsWindow *self, const LzId *id)
{
  self->shown = *id;
  lz_undo_toast_show (self->toasts, self->session, _ ("The campaign is saved."));
}

static void
open_form (LzCampaignsWindow *self, const LzRecord *campaign)
{
  LzCampaignForm *form = lz_campaign_form_new (GTK_WINDOW (self), self->session, campaign);

  g_signal_connect_object (form, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (form));
}

static void
add_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_form (LZ_CAMPAIGNS_WINDOW (widget), NULL);
}

static void
edit_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCampaignsWindow *self = LZ_CAMPAIGNS_WINDOW (widget);

  open_form (self, lz_campaign_pane_get_campaign (self->pane));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzCampaignsWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lz_campaign_act_finish (result, NULL, &error))
    lz_undo_toast_show (self->toasts, self->session, _ ("The campaign is closed."));
  else
    tell (self, lz_jobs_explain (error));
}

static void
close_response_cb (LzCampaignsWindow *self, const char *response, GtkWidget *dialog)
{
  GtkTextBuffer *buffer = g_object_get_data (G_OBJECT (dialog), "report");
  GtkTextIter start, end;
  g_autofree char *report = NULL;

  if (!g_str_equal (response, "close"))
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  report = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  lz_campaign_close_async (self->session, &self->shown, report, closed_cb, g_object_ref (self));
}

static void
report_changed_cb (AdwMessageDialog *dialog, GtkTextBuffer *buffer)
{
  adw_message_dialog_set_response_enabled (dialog, "close",
                                           gtk_text_buffer_get_char_count (buffer) > 0);
}

static void
close_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCampaignsWindow *self = LZ_CAMPAIGNS_WINDOW (widget);
  AdwMessageDialog *dialog = lz_question_new (
      GTK_WINDOW (self), _ ("Close the Campaign?"),
      _ ("Its figures of now are sealed. Write what it achieved; the report says it."), "close",
      _ ("_Close the Campaign"), ADW_RESPONSE_SUGGESTED);
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (frame, -1, 110);
  gtk_widget_add_css_class (frame, "text-frame");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), view);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Closing Report"), -1);
  adw_message_dialog_set_extra_child (dialog, frame);
  adw_message_dialog_set_response_enabled (dialog, "close", FALSE);
  g_object_set_data (G_OBJECT (dialog), "report", buffer);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (report_changed_cb), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (view);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzCampaignsWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  tell (self, lz_campaign_write_finish (result, &error) ? _ ("The report is written.")
                                                        : lz_jobs_explain (error));
}

static void
report_chosen_cb (GtkNativeDialog *dialog, int response, LzCampaignsWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && g_file_peek_path (file) != NULL)
    lz_campaign_write_async (self->session, &self->shown, g_file_peek_path (file), written_cb,
                             g_object_ref (self));
}

static void
report_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCampaignsWindow *self = LZ_CAMPAIGNS_WINDOW (widget);
  const LzRecord *campaign = lz_campaign_pane_get_campaign (self->pane);
  g_autofree char *name = g_strdup_printf ("%s.pdf", lz_record_get_text (campaign, "name"));

  g_strdelimit (name, "/\\", '-');
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Save the Report (PDF, XLSX, CSV or JSON)"),
                                               GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (report_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

LzCampaignsWindow *
lz_campaigns_window_new (GtkWindow *parent, LzSession *session)
{
  LzCampaignsWindow *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);

  self = g_object_new (LZ_TYPE_CAMPAIGNS_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  read_list (self);
  return self;
}

static void
lz_campaigns_window_dispose (GObject *object)
{
  LzCampaignsWindow *self = LZ_CAMPAIGNS_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->reading);
  g_clear_object (&self->loading);
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lz_campaigns_window_parent_class)->dispose (object);
}

static void
lz_campaigns_window_class_init (LzCampaignsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_campaigns_window_dispose;
  g_type_ensure (LZ_TYPE_CAMPAIGN_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-campaigns-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LzCampaignsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignsWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignsWindow, menu);
  gtk_widget_class_install_action (widget_class, "campaigns.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "campaigns.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "campaigns.close", NULL, close_cb);
  gtk_widget_class_install_action (widget_class, "campaigns.report", NULL, report_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "campaigns.add",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "campaigns.edit",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK,
                                       "campaigns.report", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_campaigns_window_init (LzCampaignsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (row_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "case-wanted", G_CALLBACK (case_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
}
