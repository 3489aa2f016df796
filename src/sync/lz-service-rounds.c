/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-service-private.h"

#define WAIT_S        25  /* holds the line open so long, then looks at the other feeds too */
#define PAUSE_S       300 /* without account, or after somebody pressed stop */
#define MIN_PAUSE_MS  200
#define LOOK_EVERY_MS 5000 /* whether another program has logged in */

/* What a round is to do, taken from the shared part at its beginning. */
typedef struct
{
  GCancellable *cancellable;
  gboolean force;
  gboolean soon;
  gboolean renew;
} Round;

/* FALSE: the thread is to end. */
static gboolean
begin_round (LzSyncService *self, Round *round)
{
  gboolean go;

  g_mutex_lock (&self->lock);
  go = !self->stop;
  if (go)
    {
      *round = (Round){ g_cancellable_new (), self->force, self->soon, self->renew };
      self->force = self->soon = self->renew = self->nudged = FALSE;
      g_set_object (&self->round, round->cancellable);
    }
  else
    {
      self->running = FALSE;
    }
  g_mutex_unlock (&self->lock);
  return go;
}

static void
end_round (LzSyncService *self, Round *round)
{
  g_mutex_lock (&self->lock);
  self->waiting = FALSE;
  g_clear_object (&self->round);
  g_mutex_unlock (&self->lock);
  g_clear_object (&round->cancellable);
}

/* Sleeps until somebody wants something, or for @ms.  FALSE: it was for @ms. */
static gboolean
sleep_ms (LzSyncService *self, gint64 ms)
{
  gint64 end = g_get_monotonic_time () + MAX (ms, MIN_PAUSE_MS) * 1000;
  gboolean woken;

  g_mutex_lock (&self->lock);
  while (!self->stop && !self->nudged && !self->force && !self->soon && !self->renew)
    if (!g_cond_wait_until (&self->wake, &self->lock, end))
      break;
  woken = self->stop || self->nudged || self->force || self->soon || self->renew;
  g_mutex_unlock (&self->lock);
  return woken;
}

/* The same; another program that logs this station in or out ends it, too. */
static void
sleep_until_login (LzSyncService *self, LzStation *station, gint64 ms)
{
  g_autofree char *before = lz_sync_dup_login (station);

  for (; ms > 0; ms -= LOOK_EVERY_MS)
    {
      g_autofree char *now = NULL;

      if (sleep_ms (self, MIN (ms, LOOK_EVERY_MS)))
        return;
      now = lz_sync_dup_login (station);
      if (strcmp (now, before) != 0)
        return;
    }
}

/* Holds the line open; a nudge ends it.  FALSE: the line broke. */
static gboolean
wait_for_news (LzSyncService *self, LzSync *sync, GCancellable *cancellable, guint seconds)
{
  g_autoptr (GError) failure = NULL;
  gboolean go;

  g_mutex_lock (&self->lock);
  go = !self->stop && !self->nudged && !self->force && !self->soon && !self->renew;
  self->waiting = go;
  g_mutex_unlock (&self->lock);
  if (!go)
    return TRUE;
  lz_sync_wait (sync, seconds, cancellable, &failure);
  return failure == NULL || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static LzSync *
open_sync (LzSyncService *self, LzStation *station, GError **error)
{
  LzSync *sync = lz_station_refresh (station, error) ? lz_sync_new (station, error) : NULL;

  if (sync != NULL)
    lz_sync_set_progress (sync, lz_service_tell_progress, self);
  return sync;
}

/* One round, and the pause after it. */
static void
run_round (LzSyncService *self, LzStation *station, LzSync **sync, const Round *round)
{
  GError *failure = NULL;
  gboolean cancelled;
  gint64 next_ms, left_ms;

  if (round->renew)
    g_clear_pointer (sync, lz_sync_free);
  if (*sync == NULL)
    *sync = open_sync (self, station, &failure);
  if (*sync == NULL)
    {
      lz_service_tell_end (self, station, failure);
      sleep_until_login (self, station, PAUSE_S * 1000);
      return;
    }

  lz_service_tell_status (self);
  if (round->soon && !lz_sync_retry_soon (station, &failure))
    g_clear_error (&failure);
  lz_sync_run (*sync, round->force, round->cancellable, &failure);
  cancelled = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (cancelled)
    g_clear_error (&failure);
  next_ms = lz_service_tell_end (self, station, failure != NULL ? g_error_copy (failure) : NULL);
  left_ms = next_ms > 0 ? next_ms - lz_station_now (station) : PAUSE_S * 1000;

  if (cancelled || failure != NULL)
    sleep_until_login (self, station,
                       MAX (MIN (cancelled ? PAUSE_S * 1000 : left_ms, PAUSE_S * 1000), 1));
  else if (!wait_for_news (self, *sync, round->cancellable,
                           (guint) CLAMP (left_ms / 1000, 1, WAIT_S)))
    sleep_ms (self, 1000); /* the round that follows finds out what is wrong */
  g_clear_error (&failure);
}

static gboolean
unref_cb (gpointer data)
{
  g_object_unref (data);
  return G_SOURCE_REMOVE;
}

gpointer
lz_service_run (gpointer data)
{
  LzSyncService *self = data;
  g_autoptr (LzSync) sync = NULL;
  Round round;

  while (begin_round (self, &round))
    {
      GError *failure = NULL;

      if (self->station == NULL)
        self->station = lz_station_open (self->dir, LZ_STATION_READ_WRITE, &failure);
      if (self->station != NULL)
        run_round (self, self->station, &sync, &round);
      else
        {
          lz_service_tell_end (self, NULL, failure);
          sleep_ms (self, PAUSE_S * 1000);
        }
      end_round (self, &round);
    }
  g_clear_pointer (&sync, lz_sync_free);
  g_clear_pointer (&self->station, lz_station_close);
  /* The last reference may not go in this thread: the object belongs to the main loop. */
  {
    g_autoptr (GSource) source = g_idle_source_new ();

    g_source_set_callback (source, unref_cb, self, NULL);
    g_source_attach (source, self->context);
  }
  return NULL;
}
