/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-firm-name.h"

#include <glib/gi18n.h>

#include "lz-firm-jobs.h"
#include "lz-reason-dialog.h"

typedef struct
{
  LzFirmChoice *choice;
  LzSession *session;
  GtkWindow *parent;
  LzId kase;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *self = data;

  g_object_unref (self->session);
  g_object_unref (self->parent);
  g_free (self);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog;

  if (lz_firm_do_finish (result, NULL, &error))
    return;
  dialog =
      adw_message_dialog_new (parent, _ ("The Firm Could Not Be Named"), lz_error_explain (error));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (Asking *self, const char *response)
{
  g_autofree char *plate = NULL;
  LzId firm;
  gboolean named = lz_firm_choice_get (self->choice, &firm, &plate);

  if (g_str_equal (response, "name"))
    lz_firm_do_async (self->session, LZ_FIRM_NAME, named ? &firm : NULL, &self->kase, plate, NULL,
                      noted_cb, g_object_ref (self->parent));
}

void
lz_firm_name_ask (GtkWindow *parent, LzSession *session, const LzId *kase, const LzFirmLink *link)
{
  AdwMessageDialog *dialog = lz_question_new (
      parent, _ ("Whose Truck Was It?"),
      _ ("It is noted in the case. Points are taken in the window of the hauling firms, once the "
         "case is closed."),
      "name", _ ("_Save"), ADW_RESPONSE_SUGGESTED);
  Asking *self = g_new0 (Asking, 1);

  self->choice = g_object_new (LZ_TYPE_FIRM_CHOICE, NULL);
  self->session = g_object_ref (session);
  self->parent = g_object_ref (parent);
  self->kase = *kase;
  gtk_widget_set_size_request (GTK_WIDGET (self->choice), 360, -1);
  if (link != NULL)
    lz_firm_choice_set (self->choice, &link->firm, link->plate);
  lz_firm_choice_set_session (self->choice, session);
  adw_message_dialog_set_extra_child (dialog, GTK_WIDGET (self->choice));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, asking_free,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
