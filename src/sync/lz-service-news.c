/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-service-private.h"

#define SIGNAL_EVERY_MS 80
#define TELL_EVERY_S    1 /* what waits, during a round */

static void
copy_status (LzSyncStatus *to, const LzSyncStatus *from)
{
  lz_sync_status_clear (to);
  *to = *from;
  to->server = g_strdup (from->server);
  to->user = g_strdup (from->user);
  to->problem = g_strdup (from->problem);
}

static gboolean
emit_cb (gpointer data)
{
  LzSyncService *self = data;
  gboolean progress_changed, status_changed;

  g_mutex_lock (&self->lock);
  progress_changed = self->progress_changed;
  status_changed = self->status_changed;
  self->progress_changed = self->status_changed = FALSE;
  self->signal_source = 0;
  self->seen_progress = self->progress;
  if (status_changed)
    {
      copy_status (&self->seen_status, &self->status);
      g_clear_error (&self->seen_error);
      self->seen_error = self->error != NULL ? g_error_copy (self->error) : NULL;
    }
  g_mutex_unlock (&self->lock);

  lz_service_emit (self, progress_changed, status_changed);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
schedule_signals (LzSyncService *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->signal_source != 0)
    return;
  source = g_timeout_source_new (SIGNAL_EVERY_MS);
  g_source_set_callback (source, emit_cb, g_object_ref (self), g_object_unref);
  g_source_set_static_name (source, "luzhang-sync-signals");
  self->signal_source = g_source_attach (source, self->context);
}

void
lz_service_tell_status (LzSyncService *self)
{
  LzSyncStatus status = { 0 };

  self->told_us = g_get_monotonic_time ();
  if (!lz_sync_get_status (self->station, &status, NULL))
    return;
  g_mutex_lock (&self->lock);
  lz_sync_status_clear (&self->status);
  self->status = status;
  self->status_changed = TRUE;
  schedule_signals (self);
  g_mutex_unlock (&self->lock);
}

void
lz_service_tell_progress (const LzSyncProgress *progress, gpointer data)
{
  LzSyncService *self = data;

  if (g_get_monotonic_time () - self->told_us > TELL_EVERY_S * G_USEC_PER_SEC)
    lz_service_tell_status (self);
  g_mutex_lock (&self->lock);
  self->progress = *progress;
  self->progress_changed = TRUE;
  schedule_signals (self);
  g_mutex_unlock (&self->lock);
}

gint64
lz_service_tell_end (LzSyncService *self, LzStation *station, GError *failure)
{
  LzSyncStatus status = { 0 };
  gint64 next_ms = 0;
  gboolean ok = station != NULL && lz_sync_get_status (station, &status, NULL);

  g_mutex_lock (&self->lock);
  if (ok)
    {
      next_ms = status.next_try_ms;
      lz_sync_status_clear (&self->status);
      self->status = status;
    }
  g_clear_error (&self->error);
  self->error = failure;
  self->status_changed = TRUE;
  schedule_signals (self);
  g_mutex_unlock (&self->lock);
  return next_ms;
}
