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
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), id, FALSE);
  return ADW_MESSAGE_DIALOG (dialog);
}

typedef struct
{
  GtkEditable *entry;
  LzReasonDone done;
  gpointer user_data;
} Reason;

static void
reason_response_cb (Reason *reason, const char *response)
{
  if (g_str_equal (response, "yes"))
    reason->done (gtk_editable_get_text (reason->entry), reason->user_data);
}

static void
reason_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "yes", *gtk_editable_get_text (entry) != '\0');
}

void
lz_reason_ask (GtkWindow *parent,
               const char *heading,
               const char *body,
               const char *yes,
               gboolean destructive,
               LzReasonDone done,
               gpointer user_data)
{
  AdwMessageDialog *dialog =
      lz_question_new (parent, heading, body, "yes", yes,
                       destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  GtkWidget *entry = gtk_entry_new ();
  Reason *reason = g_new0 (Reason, 1);

  *reason = (Reason){ GTK_EDITABLE (entry), done, user_data };
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reason"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (reason_changed_cb), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (reason_response_cb), reason,
                         (GClosureNotify) (void (*) (void)) g_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
