/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-service-private.h"

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_STATUS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LzSyncService, lz_sync_service, G_TYPE_OBJECT)

void
lz_service_emit (LzSyncService *self, gboolean progress, gboolean status)
{
  if (progress)
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  if (status)
    g_signal_emit (self, signals[SIGNAL_STATUS], 0);
}

/* With the lock held: the thread looks up from its sleep or its open line. */
static void
rouse (LzSyncService *self)
{
  if (self->waiting && self->round != NULL)
    g_cancellable_cancel (self->round);
  g_cond_signal (&self->wake);
}

void
lz_service_renew (LzSyncService *self)
{
  g_mutex_lock (&self->lock);
  self->renew = self->force = TRUE;
  rouse (self);
  g_mutex_unlock (&self->lock);
}

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, gpointer data)
{
  LzSyncService *self = data;

  if (!available)
    return;
  g_mutex_lock (&self->lock);
  self->soon = TRUE;
  rouse (self);
  g_mutex_unlock (&self->lock);
}

LzSyncService *
lz_sync_service_new (const char *station_dir)
{
  LzSyncService *self;

  g_return_val_if_fail (station_dir != NULL, NULL);

  self = g_object_new (LZ_TYPE_SYNC_SERVICE, NULL);
  self->dir = g_strdup (station_dir);
  return self;
}

void
lz_sync_service_start (LzSyncService *self)
{
  g_return_if_fail (LZ_IS_SYNC_SERVICE (self));

  if (self->monitor == NULL)
    {
      self->monitor = g_object_ref (g_network_monitor_get_default ());
      g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (network_changed_cb),
                               self, 0);
    }
  g_mutex_lock (&self->lock);
  self->stop = FALSE;
  if (!self->running)
    {
      self->running = TRUE;
      g_thread_unref (g_thread_new ("luzhang-sync", lz_service_run, g_object_ref (self)));
    }
  g_mutex_unlock (&self->lock);
}

void
lz_sync_service_stop (LzSyncService *self)
{
  g_return_if_fail (LZ_IS_SYNC_SERVICE (self));

  g_mutex_lock (&self->lock);
  self->stop = TRUE;
  if (self->round != NULL)
    g_cancellable_cancel (self->round);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
}

void
lz_sync_service_nudge (LzSyncService *self)
{
  g_return_if_fail (LZ_IS_SYNC_SERVICE (self));

  g_mutex_lock (&self->lock);
  self->nudged = TRUE;
  rouse (self);
  g_mutex_unlock (&self->lock);
}

void
lz_sync_service_run_now (LzSyncService *self)
{
  g_return_if_fail (LZ_IS_SYNC_SERVICE (self));

  g_mutex_lock (&self->lock);
  self->force = TRUE;
  rouse (self);
  g_mutex_unlock (&self->lock);
}

void
lz_sync_service_cancel (LzSyncService *self)
{
  g_return_if_fail (LZ_IS_SYNC_SERVICE (self));

  g_mutex_lock (&self->lock);
  if (self->round != NULL && !self->waiting)
    g_cancellable_cancel (self->round);
  g_mutex_unlock (&self->lock);
}

const LzSyncProgress *
lz_sync_service_get_progress (LzSyncService *self)
{
  g_return_val_if_fail (LZ_IS_SYNC_SERVICE (self), NULL);

  return &self->seen_progress;
}

const LzSyncStatus *
lz_sync_service_get_status (LzSyncService *self)
{
  g_return_val_if_fail (LZ_IS_SYNC_SERVICE (self), NULL);

  return &self->seen_status;
}

const GError *
lz_sync_service_get_error (LzSyncService *self)
{
  g_return_val_if_fail (LZ_IS_SYNC_SERVICE (self), NULL);

  return self->seen_error;
}

static void
lz_sync_service_finalize (GObject *object)
{
  LzSyncService *self = LZ_SYNC_SERVICE (object);

  g_clear_object (&self->monitor);
  g_clear_object (&self->round);
  g_clear_error (&self->error);
  g_clear_error (&self->seen_error);
  lz_sync_status_clear (&self->status);
  lz_sync_status_clear (&self->seen_status);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  g_free (self->dir);
  G_OBJECT_CLASS (lz_sync_service_parent_class)->finalize (object);
}

static void
lz_sync_service_class_init (LzSyncServiceClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lz_sync_service_finalize;

  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", LZ_TYPE_SYNC_SERVICE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STATUS] = g_signal_new ("status", LZ_TYPE_SYNC_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_sync_service_init (LzSyncService *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->context = g_main_context_ref_thread_default ();
}
