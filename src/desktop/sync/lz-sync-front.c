/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-sync-front.h"

#include "lz-account-page.h"
#include "lz-delivery-window.h"
#include "lz-inbox-window.h"
#include "lz-sync-banner.h"
#include "lz-sync-button.h"

struct _LzSyncFront
{
  GObject parent_instance;

  GtkWindow *window; /* outlives us: it owns us */
  LzSession *session;
  LzSyncService *service;
  GActionGroup *actions;
  GtkWidget *button;
  GtkWidget *banner;
  GtkWindow *deliveries; /* weak */
  GtkWindow *inbox;      /* weak */
  GCancellable *cancellable;
  gint64 last_waiting; /* number of the last act that was to be sent */
};

G_DEFINE_FINAL_TYPE (LzSyncFront, lz_sync_front, G_TYPE_OBJECT)

enum
{
  CASE_WANTED,
  ACCOUNT_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Acts, also of the CLI beside us: sent soon.  Whatever else changes in the store is the work of
 * sync itself, and must not start it again. */

static gpointer
find_waiting (LzStation *station, gpointer data, GError **error)
{
  gint64 last;

  return lz_sync_find_last_waiting (station, &last, error) ? g_memdup2 (&last, sizeof last) : NULL;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzSyncFront *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *last = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (last == NULL)
    return;

  g_assert (LZ_IS_SYNC_FRONT (self));
  if (*last > self->last_waiting)
    lz_sync_service_nudge (self->service);
  self->last_waiting = *last;
}

static void
store_changed_cb (LzSyncFront *self)
{
  lz_store_read_async (lz_session_get_store (self->session), find_waiting, NULL, NULL, g_free,
                       self->cancellable, found_cb, self);
}

static void
acted_cb (LzSyncFront *self)
{
  lz_sync_service_nudge (self->service);
}

/* Actions. */

static void
run_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lz_sync_service_run_now (LZ_SYNC_FRONT (user_data)->service);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lz_sync_service_cancel (LZ_SYNC_FRONT (user_data)->service);
}

static void
case_wanted_cb (LzSyncFront *self, const LzId *id)
{
  g_signal_emit (self, signals[CASE_WANTED], 0, id);
  gtk_window_present (self->window);
}

static void
present (LzSyncFront *self, GtkWindow **slot, GtkWindow *window)
{
  gtk_widget_insert_action_group (GTK_WIDGET (window), "sync", self->actions);
  g_signal_connect_object (window, "case-wanted", G_CALLBACK (case_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_set_weak_pointer (slot, window);
}

static void
deliveries_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LzSyncFront *self = user_data;

  if (self->deliveries == NULL)
    present (self, &self->deliveries,
             GTK_WINDOW (lz_delivery_window_new (self->window, self->session, self->service)));
  gtk_window_present (self->deliveries);
}

static void
inbox_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LzSyncFront *self = user_data;

  if (self->inbox == NULL)
    present (self, &self->inbox,
             GTK_WINDOW (lz_inbox_window_new (self->window, self->session, self->service)));
  gtk_window_present (self->inbox);
}

static void
account_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_signal_emit (user_data, signals[ACCOUNT_WANTED], 0);
}

static const GActionEntry entries[] = {
  { "run", run_cb },     { "cancel", cancel_cb },   { "deliveries", deliveries_cb },
  { "inbox", inbox_cb }, { "account", account_cb },
};

static void
update_actions (LzSyncFront *self)
{
  GActionMap *map = G_ACTION_MAP (self->actions);
  gboolean connected = lz_sync_service_get_status (self->service)->server != NULL;

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "run")),
                               connected);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "cancel")),
                               connected);
}

LzSyncFront *
lz_sync_front_new (GtkWindow *window, LzSession *session)
{
  LzSyncFront *self = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);

  self = g_object_new (LZ_TYPE_SYNC_FRONT, NULL);
  self->window = window;
  self->session = g_object_ref (session);
  self->service = lz_sync_service_new (lz_session_get_dir (session));
  self->button = g_object_ref_sink (lz_sync_button_new (session, self->service));
  self->banner = g_object_ref_sink (lz_sync_banner_new (self->service));

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "sync", self->actions);
  g_signal_connect_object (self->service, "status", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "acted", G_CALLBACK (acted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lz_session_get_store (session), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  update_actions (self);
  lz_sync_service_start (self->service);

  return self;
}

GtkWidget *
lz_sync_front_get_button (LzSyncFront *self)
{
  return self->button;
}

GtkWidget *
lz_sync_front_get_banner (LzSyncFront *self)
{
  return self->banner;
}

AdwPreferencesPage *
lz_sync_front_new_account_page (LzSyncFront *self)
{
  return ADW_PREFERENCES_PAGE (lz_account_page_new (self->session, self->service));
}

void
lz_sync_front_stop (LzSyncFront *self)
{
  g_return_if_fail (LZ_IS_SYNC_FRONT (self));

  g_cancellable_cancel (self->cancellable);
  if (self->deliveries != NULL)
    gtk_window_destroy (self->deliveries);
  if (self->inbox != NULL)
    gtk_window_destroy (self->inbox);
  lz_sync_service_stop (self->service);
  if (self->window != NULL)
    gtk_widget_insert_action_group (GTK_WIDGET (self->window), "sync", NULL);
  self->window = NULL;
}

static void
lz_sync_front_dispose (GObject *object)
{
  LzSyncFront *self = LZ_SYNC_FRONT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->deliveries);
  g_clear_weak_pointer (&self->inbox);
  g_clear_object (&self->button);
  g_clear_object (&self->banner);
  g_clear_object (&self->service);
  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (lz_sync_front_parent_class)->dispose (object);
}

static void
lz_sync_front_class_init (LzSyncFrontClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_sync_front_dispose;

  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ACCOUNT_WANTED] = g_signal_new ("account-wanted", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_sync_front_init (LzSyncFront *self)
{
  self->cancellable = g_cancellable_new ();
  self->actions = G_ACTION_GROUP (g_simple_action_group_new ());
}
