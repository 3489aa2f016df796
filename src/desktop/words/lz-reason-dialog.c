/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-reason-dialog.h"

#include <glib/gi18n.h>

AdwMessageDialog *
lz_question_new (GtkWindow *parent,
                 const char *heading,
                 const char *body,
                 const char *id,
                 const char *yes,
                 AdwResponseAppearance appearance)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), id, yes,
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), id, appearance);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), id);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return ADW_MESSAGE_DIALOG (dialog);
}

typedef struct
{
  GtkWidget *asker;
  GtkEditable *entry;
  LzReasonDone done;
  gpointer user_data;
  GDestroyNotify free_data;
} Reason;

static void
reason_free (gpointer data, GClosure *closure)
{
  Reason *self = data;

  if (self->free_data != NULL)
    self->free_data (self->user_data);
  g_object_unref (self->asker);
  g_free (self);
}

static char *
dup_reason (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
response_cb (Reason *self, const char *response)
{
  g_autofree char *reason = dup_reason (self->entry);

  if (g_str_equal (response, "yes"))
    self->done (self->asker, reason, self->user_data);
}

static void
changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *reason = dup_reason (entry);

  adw_message_dialog_set_response_enabled (dialog, "yes", *reason != '\0');
}

void
lz_reason_ask (GtkWidget *asker,
               const LzReasonWords *words,
               LzReasonDone done,
               gpointer user_data,
               GDestroyNotify free_data)
{
  AdwMessageDialog *dialog =
      lz_question_new (GTK_WINDOW (gtk_widget_get_root (asker)), words->heading, words->body, "yes",
                       words->yes,
                       words->destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  GtkWidget *entry = gtk_entry_new ();
  Reason *self = g_new0 (Reason, 1);

  *self = (Reason){ g_object_ref (asker), GTK_EDITABLE (entry), done, user_data, free_data };
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry),
                                  words->hint != NULL ? words->hint : _ ("Reason"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reason"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_set_response_enabled (dialog, "yes", FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, reason_free,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}
