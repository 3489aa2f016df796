/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-service.h"

#define WAIT_S          25  /* holds the line open so long, then looks at the other feeds too */
#define PAUSE_S         300 /* without account, or after somebody pressed stop */
#define MIN_PAUSE_MS    200
#define LOOK_EVERY_MS   5000 /* whether another program has logged in */
#define SIGNAL_EVERY_MS 80
#define TELL_EVERY_S    1 /* what waits, during a round */

/* What the thread and the main loop share, under @lock. */
struct _LzSyncService
{
  GObject parent_instance;

  char *dir;
  GMainContext *context;
  GNetworkMonitor *monitor; /* main thread */

  GMutex lock;
  GCond wake;
  gboolean running; /* the thread lives */
  gboolean stop;
  gboolean nudged;
  gboolean force;      /* the next round tries what waits, too */
  gboolean soon;       /* the network came up: what waits for a time only goes now */
  gboolean renew;      /* the account changed: settings and token are read anew */
  gboolean waiting;    /* @round is only the open line */
  GCancellable *round; /* of what the thread is at */
  LzSyncProgress progress;
  LzSyncStatus status;
  GError *error;
  gboolean progress_changed;
  gboolean status_changed;
  guint signal_source;

  /* Of the thread alone. */
  LzStation *station;
  gint64 told_us; /* when the status was last told */

  /* As the main thread last saw them. */
  LzSyncProgress seen_progress;
  LzSyncStatus seen_status;
  GError *seen_error;
};

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_STATUS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LzSyncService, lz_sync_service, G_TYPE_OBJECT)

/* ------------------------------------------------------------------- telling the main loop */

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

  if (progress_changed)
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  if (status_changed)
    g_signal_emit (self, signals[SIGNAL_STATUS], 0);
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

/* What waits, while a round is at work: the error of the round before stays. */
static void
tell_status (LzSyncService *self)
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

static void
progress_cb (const LzSyncProgress *progress, gpointer data)
{
  LzSyncService *self = data;

  if (g_get_monotonic_time () - self->told_us > TELL_EVERY_S * G_USEC_PER_SEC)
    tell_status (self);
  g_mutex_lock (&self->lock);
  self->progress = *progress;
  self->progress_changed = TRUE;
  schedule_signals (self);
  g_mutex_unlock (&self->lock);
}

/* Takes @failure over.  Returns when something waits to be tried again, 0 = nothing does. */
static gint64
publish (LzSyncService *self, LzStation *station, GError *failure)
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

/* ------------------------------------------------------------------------------ the thread */

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
    lz_sync_set_progress (sync, progress_cb, self);
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
      publish (self, station, failure);
      sleep_until_login (self, station, PAUSE_S * 1000);
      return;
    }

  tell_status (self);
  if (round->soon && !lz_sync_retry_soon (station, &failure))
    g_clear_error (&failure);
  lz_sync_run (*sync, round->force, round->cancellable, &failure);
  cancelled = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (cancelled)
    g_clear_error (&failure);
  next_ms = publish (self, station, failure != NULL ? g_error_copy (failure) : NULL);
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

static gpointer
service_thread (gpointer data)
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
          publish (self, NULL, failure);
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

/* --------------------------------------------------------------------------- main thread */

/* With the lock held: the thread looks up from its sleep or its open line. */
static void
rouse (LzSyncService *self)
{
  if (self->waiting && self->round != NULL)
    g_cancellable_cancel (self->round);
  g_cond_signal (&self->wake);
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
      g_thread_unref (g_thread_new ("luzhang-sync", service_thread, g_object_ref (self)));
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

/* ------------------------------------------------------------------------- log in and out */

typedef struct
{
  char *url;
  char *user;
  char *password;
  gboolean insist;
} Login;

static void
login_free (Login *login)
{
  g_free (login->url);
  g_free (login->user);
  g_free (login->password);
  g_free (login);
}

static void
renew (LzSyncService *self)
{
  g_mutex_lock (&self->lock);
  self->renew = self->force = TRUE;
  rouse (self);
  g_mutex_unlock (&self->lock);
}

static void
login_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LzSyncService *self = source;
  const Login *login = data;
  GError *error = NULL;
  g_autoptr (LzStation) station = lz_station_open (self->dir, LZ_STATION_READ_WRITE, &error);

  if (station != NULL && lz_sync_login (station, login->url, login->user, login->password,
                                        login->insist, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lz_sync_service_login_async (LzSyncService *self,
                             const char *url,
                             const char *user,
                             const char *password,
                             gboolean insist,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Login *login = g_new0 (Login, 1);

  g_return_if_fail (LZ_IS_SYNC_SERVICE (self));

  login->url = g_strdup (url);
  login->user = g_strdup (user);
  login->password = g_strdup (password);
  login->insist = insist;
  g_task_set_source_tag (task, lz_sync_service_login_async);
  g_task_set_task_data (task, login, (GDestroyNotify) login_free);
  lz_sync_service_cancel (self);
  g_task_run_in_thread (task, login_in_thread);
}

gboolean
lz_sync_service_login_finish (LzSyncService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  lz_sync_service_start (self);
  renew (self);
  return TRUE;
}

static void
logout_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LzSyncService *self = source;
  GError *error = NULL;
  g_autoptr (LzStation) station = lz_station_open (self->dir, LZ_STATION_READ_WRITE, &error);

  if (station != NULL && lz_sync_logout (station, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lz_sync_service_logout_async (LzSyncService *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (LZ_IS_SYNC_SERVICE (self));

  g_task_set_source_tag (task, lz_sync_service_logout_async);
  lz_sync_service_cancel (self);
  g_task_run_in_thread (task, logout_in_thread);
}

gboolean
lz_sync_service_logout_finish (LzSyncService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  renew (self);
  return TRUE;
}

/* ---------------------------------------------------------------------------------- object */

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
