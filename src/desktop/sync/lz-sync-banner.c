/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-sync-banner.h"

#include <glib/gi18n.h>

#include "lz-http.h"
#include "lz-sync-words.h"

#define MS_PER_HOUR (G_GINT64_CONSTANT (3600) * 1000)
/* Offline for less is everyday life out of doors. */
#define LONG_OFFLINE_MS (2 * MS_PER_HOUR)
#define REFRESH_S       60

struct _LzSyncBanner
{
  AdwBin parent_instance;

  GtkInfoBar *trouble_bar;
  GtkLabel *trouble;
  GtkWidget *login;
  GtkInfoBar *clock_bar;
  GtkLabel *clock;
  GtkInfoBar *insecure_bar;
  GtkInfoBar *offline_bar;
  GtkLabel *offline;

  LzSyncService *service;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (LzSyncBanner, lz_sync_banner, ADW_TYPE_BIN)

/* A bar that is not seen must not be reached with Tab either. */
static void
reveal (GtkInfoBar *bar, gboolean revealed)
{
  gtk_widget_set_visible (GTK_WIDGET (bar), revealed);
  gtk_info_bar_set_revealed (bar, revealed);
}

static void
show_trouble (LzSyncBanner *self, const LzSyncStatus *status, const GError *error)
{
  gboolean bad = error != NULL ? !lz_sync_error_is_transient (error) : status->problem != NULL;
  g_autofree char *words = lz_sync_words_dup_trouble (status, error);

  if (g_error_matches (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NO_ACCOUNT))
    bad = FALSE;
  if (bad)
    gtk_label_set_label (self->trouble, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->trouble),
                               error != NULL ? error->message : status->problem);
  gtk_widget_set_visible (self->login, lz_sync_words_needs_login (error));
  reveal (self->trouble_bar, bad && status->server != NULL);
}

static void
show_clock (LzSyncBanner *self, const LzSyncStatus *status)
{
  g_autofree char *words =
      status->last_contact_ms != 0 ? lz_sync_words_dup_clock (status->clock_offset_ms) : NULL;
  g_autofree char *text = NULL;

  if (words != NULL)
    {
      text = g_strdup_printf (_ ("%s What you log gets wrong times until it is set right."), words);
      gtk_label_set_label (self->clock, text);
    }
  reveal (self->clock_bar, words != NULL && status->server != NULL);
}

static void
show_offline (LzSyncBanner *self, const LzSyncStatus *status, const GError *error)
{
  gint64 away_ms = g_get_real_time () / 1000 - status->last_contact_ms;
  guint hours = (guint) (away_ms / MS_PER_HOUR);
  g_autofree char *waiting = lz_sync_words_dup_waiting (status);
  g_autofree char *since = NULL;
  g_autofree char *text = NULL;
  gboolean late = status->server != NULL && status->last_contact_ms != 0 &&
                  away_ms > LONG_OFFLINE_MS && error != NULL && lz_sync_error_is_transient (error);

  if (late)
    {
      since =
          hours < 48
              ? g_strdup_printf (ngettext ("No contact with the server for %u hour.",
                                           "No contact with the server for %u hours.", hours),
                                 hours)
              : g_strdup_printf (ngettext ("No contact with the server for %u day.",
                                           "No contact with the server for %u days.", hours / 24),
                                 hours / 24);
      text = lz_sync_words_count_waiting (status) > 0
                 ? g_strdup_printf (_ ("%s Kept here until then: %s."), since, waiting)
                 : g_steal_pointer (&since);
      gtk_label_set_label (self->offline, text);
    }
  reveal (self->offline_bar, late);
}

static void
show (LzSyncBanner *self)
{
  const LzSyncStatus *status = lz_sync_service_get_status (self->service);
  const GError *error = lz_sync_service_get_error (self->service);

  show_trouble (self, status, error);
  show_clock (self, status);
  show_offline (self, status, error);
  reveal (self->insecure_bar,
          status->server != NULL && !lz_http_check_url (status->server, FALSE, NULL));
}

static gboolean
refresh_cb (gpointer user_data)
{
  show (LZ_SYNC_BANNER (user_data));
  return G_SOURCE_CONTINUE;
}

GtkWidget *
lz_sync_banner_new (LzSyncService *service)
{
  LzSyncBanner *self = NULL;

  g_return_val_if_fail (LZ_IS_SYNC_SERVICE (service), NULL);

  self = g_object_new (LZ_TYPE_SYNC_BANNER, NULL);
  self->service = g_object_ref (service);
  g_signal_connect_object (service, "status", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  self->refresh_id = g_timeout_add_seconds (REFRESH_S, refresh_cb, self);
  show (self);

  return GTK_WIDGET (self);
}

static void
lz_sync_banner_dispose (GObject *object)
{
  LzSyncBanner *self = LZ_SYNC_BANNER (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (lz_sync_banner_parent_class)->dispose (object);
}

static void
lz_sync_banner_class_init (LzSyncBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_sync_banner_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-sync-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, LzSyncBanner, trouble_bar);
  gtk_widget_class_bind_template_child (widget_class, LzSyncBanner, trouble);
  gtk_widget_class_bind_template_child (widget_class, LzSyncBanner, login);
  gtk_widget_class_bind_template_child (widget_class, LzSyncBanner, clock_bar);
  gtk_widget_class_bind_template_child (widget_class, LzSyncBanner, clock);
  gtk_widget_class_bind_template_child (widget_class, LzSyncBanner, insecure_bar);
  gtk_widget_class_bind_template_child (widget_class, LzSyncBanner, offline_bar);
  gtk_widget_class_bind_template_child (widget_class, LzSyncBanner, offline);
}

static void
lz_sync_banner_init (LzSyncBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
