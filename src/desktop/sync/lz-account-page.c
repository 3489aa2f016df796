/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-account-page.h"

#include <glib/gi18n.h>

#include "lz-sync-words.h"

struct _LzAccountPage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *login_group;
  AdwEntryRow *url;
  AdwEntryRow *user;
  AdwPasswordEntryRow *password;
  AdwActionRow *insist_row;
  GtkSwitch *insist;
  GtkLabel *problem;
  GtkWidget *spinner;
  GtkButton *login;
  GtkButton *cancel;
  AdwPreferencesGroup *account_group;
  AdwActionRow *server_row;
  AdwActionRow *user_row;
  AdwActionRow *contact_row;
  AdwActionRow *waiting_row;
  GtkButton *again;
  GtkButton *logout;

  LzSession *session;
  LzSyncService *service;
  GCancellable *cancellable;
  gboolean busy;
  gboolean login_again; /* asked for although there is an account */
};

G_DEFINE_FINAL_TYPE (LzAccountPage, lz_account_page, ADW_TYPE_PREFERENCES_PAGE)

static const char *
get_text (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
is_plain_http (LzAccountPage *self)
{
  g_autofree char *url = g_strstrip (g_strdup (get_text (self->url)));

  return g_ascii_strncasecmp (url, "http://", strlen ("http://")) == 0;
}

static void
update_login (LzAccountPage *self)
{
  gboolean complete = *get_text (self->url) != '\0' && *get_text (self->user) != '\0' &&
                      *get_text (self->password) != '\0';

  gtk_widget_set_sensitive (GTK_WIDGET (self->login), complete && !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), self->busy);
  gtk_widget_set_visible (self->spinner, self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->url), !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->user), !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->logout), !self->busy);
  if (!is_plain_http (self))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->insist_row), FALSE);
      gtk_switch_set_active (self->insist, FALSE);
    }
}

static void
set_problem (LzAccountPage *self, const char *words, const char *details)
{
  gtk_label_set_label (self->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), details);
}

static void
set_subtitle (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
}

static void
show (LzAccountPage *self)
{
  const LzSyncStatus *status = lz_sync_service_get_status (self->service);
  gboolean has_account = status->server != NULL;
  g_autofree char *contact = lz_sync_words_dup_contact (status, lz_session_now (),
                                                        lz_session_get_offset_min (self->session));
  g_autofree char *waiting = lz_sync_words_count_waiting (status) > 0
                                 ? lz_sync_words_dup_waiting (status)
                                 : g_strdup (_ ("Nothing; everything is delivered"));
  g_autofree char *user = NULL;

  if (!has_account)
    self->login_again = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->login_group), !has_account || self->login_again);
  gtk_widget_set_visible (GTK_WIDGET (self->account_group), has_account);
  gtk_widget_set_visible (GTK_WIDGET (self->again), !self->login_again);
  if (!has_account)
    return;

  user = g_strdup_printf ("%s (%s)", lz_session_get_person_name (self->session, status->user),
                          status->user);
  set_subtitle (self->server_row, status->server);
  set_subtitle (self->user_row, user);
  set_subtitle (self->contact_row, contact);
  set_subtitle (self->waiting_row, waiting);
}

static void
set_busy (LzAccountPage *self, gboolean busy)
{
  self->busy = busy;
  update_login (self);
}

static void
logged_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAccountPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean in = lz_sync_service_login_finish (LZ_SYNC_SERVICE (source), result, &error);

  if (self->service == NULL)
    return; /* the window was closed meanwhile */

  set_busy (self, FALSE);
  if (in)
    {
      self->login_again = FALSE;
      gtk_editable_set_text (GTK_EDITABLE (self->password), "");
      set_problem (self, NULL, NULL);
      show (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      set_problem (self, NULL, NULL);
    }
  else
    {
      gboolean insecure = g_error_matches (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_INSECURE);
      /* Here the words are about logging in, not about the acts that wait. */
      const char *words =
          lz_sync_words_needs_login (error) ? _ ("The user name or the password is not right.")
          : g_error_matches (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_OFFLINE)
              ? _ ("The server cannot be reached. Is the address right, and is there a network?")
          : g_error_matches (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_REFUSED)
              ? error->message
              : lz_sync_error_explain (error);

      set_problem (self, words, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->insist_row), insecure && is_plain_http (self));
    }
}

static void
login_cb (LzAccountPage *self)
{
  g_autofree char *url = g_strstrip (g_strdup (get_text (self->url)));
  g_autofree char *user = g_strstrip (g_strdup (get_text (self->user)));

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->login)))
    return;

  /* Typed without one it is the safe one. */
  if (strstr (url, "://") == NULL)
    {
      char *whole = g_strconcat ("https://", url, NULL);

      g_free (url);
      url = whole;
      gtk_editable_set_text (GTK_EDITABLE (self->url), url);
    }
  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_problem (self, NULL, NULL);
  set_busy (self, TRUE);
  lz_sync_service_login_async (self->service, url, user, get_text (self->password),
                               gtk_switch_get_active (self->insist), self->cancellable,
                               logged_in_cb, g_object_ref (self));
}

static void
cancel_cb (LzAccountPage *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
logged_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAccountPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean out = lz_sync_service_logout_finish (LZ_SYNC_SERVICE (source), result, &error);

  if (self->service == NULL)
    return;

  set_busy (self, FALSE);
  if (!out && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_problem (self, lz_sync_error_explain (error), error->message);
  show (self);
}

static void
logout_cb (LzAccountPage *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  lz_sync_service_logout_async (self->service, self->cancellable, logged_out_cb,
                                g_object_ref (self));
}

static void
again_cb (LzAccountPage *self)
{
  self->login_again = TRUE;
  show (self);
  lz_account_page_focus (self);
}

void
lz_account_page_focus (LzAccountPage *self)
{
  g_return_if_fail (LZ_IS_ACCOUNT_PAGE (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self->login_group)))
    gtk_widget_grab_focus (GTK_WIDGET (self->again));
  else if (*get_text (self->url) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->url));
  else if (*get_text (self->user) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->user));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

LzAccountPage *
lz_account_page_new (LzSession *session, LzSyncService *service)
{
  LzAccountPage *self = NULL;
  const LzSyncStatus *status;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);
  g_return_val_if_fail (LZ_IS_SYNC_SERVICE (service), NULL);

  self = g_object_new (LZ_TYPE_ACCOUNT_PAGE, NULL);
  self->session = g_object_ref (session);
  self->service = g_object_ref (service);
  g_signal_connect_object (service, "status", G_CALLBACK (show), self, G_CONNECT_SWAPPED);

  status = lz_sync_service_get_status (service);
  self->login_again = lz_sync_words_needs_login (lz_sync_service_get_error (service));
  gtk_editable_set_text (GTK_EDITABLE (self->url), status->server != NULL ? status->server : "");
  gtk_editable_set_text (GTK_EDITABLE (self->user), status->user != NULL ? status->user : "");
  show (self);
  update_login (self);

  return self;
}

static void
lz_account_page_dispose (GObject *object)
{
  LzAccountPage *self = LZ_ACCOUNT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (lz_account_page_parent_class)->dispose (object);
}

static void
lz_account_page_class_init (LzAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_account_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, login_group);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, url);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, user);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, password);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, insist_row);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, insist);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, problem);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, login);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, account_group);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, user_row);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, contact_row);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, waiting_row);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, again);
  gtk_widget_class_bind_template_child (widget_class, LzAccountPage, logout);
  gtk_widget_class_bind_template_callback (widget_class, login_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, logout_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_login);
}

static void
lz_account_page_init (LzAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
