/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-store.h"

#include "lz-drafts.h"
#include "lz-log.h"
#include "lz-stmt.h"

/* How often to look whether another process (the CLI) has changed the store. */
#define WATCH_S 2

struct _LzStore
{
  GObject parent_instance;

  char *dir;
  GThreadPool *writer; /* each of one exclusive thread */
  GThreadPool *reader;
  LzStation *writing; /* used by that thread alone */
  LzStation *reading;
  GMainContext *context;
  guint watch_id;
  gint64 data_version;
  int changed_queued; /* atomic */
};

G_DEFINE_FINAL_TYPE (LzStore, lz_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  LzJob job;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  gboolean writes;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->free_data != NULL)
    work->free_data (work->data);
  g_free (work);
}

static gboolean
emit_changed_cb (gpointer user_data)
{
  LzStore *self = user_data;

  g_atomic_int_set (&self->changed_queued, 0);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Any thread.  One signal at a time waits, however many acts there were. */
static void
queue_changed (LzStore *self)
{
  if (!g_atomic_int_compare_and_exchange (&self->changed_queued, 0, 1))
    return;

  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT_IDLE, emit_changed_cb,
                              g_object_ref (self), g_object_unref);
}

/* Runs in the thread that owns @station. */
static void
run_work (GTask *task, LzStation *station)
{
  LzStore *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);
  LzDb *db = lz_station_get_db (station);
  sqlite3 *handle = lz_db_get_handle (db);
  int before = sqlite3_total_changes (handle);
  GError *error = NULL;
  gpointer value = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  lz_db_set_cancellable (db, g_task_get_cancellable (task));
  if (lz_station_refresh (station, &error))
    value = work->job (station, work->data, &error);
  lz_db_set_cancellable (db, NULL);

  if (work->writes && sqlite3_total_changes (handle) != before)
    queue_changed (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, work->free_result);
}

static gboolean
unref_task_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* The task may hold the last reference to the store, and a store cannot end in a thread of its own:
 * it would wait for itself. */
static void
unref_in_context (GMainContext *context, GTask *task)
{
  GSource *source = g_idle_source_new ();

  g_source_set_callback (source, unref_task_cb, task, g_object_unref);
  g_source_attach (source, context);
  g_source_unref (source);
}

static void
run_writer (gpointer item, gpointer user_data)
{
  GTask *task = item;
  LzStore *self = g_task_get_source_object (task);

  run_work (task, self->writing);
  unref_in_context (self->context, task);
}

static void
run_reader (gpointer item, gpointer user_data)
{
  GTask *task = item;
  LzStore *self = g_task_get_source_object (task);

  run_work (task, self->reading);
  unref_in_context (self->context, task);
}

static gboolean
get_data_version (LzStation *station, gint64 *version, GError **error)
{
  return lz_db_get_int64 (lz_station_get_db (station), "PRAGMA data_version", version, error);
}

static gpointer
read_data_version (LzStation *station, gpointer data, GError **error)
{
  gint64 version;

  return get_data_version (station, &version, error) ? g_memdup2 (&version, sizeof version) : NULL;
}

static void
watched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzStore *self = LZ_STORE (source);
  g_autofree gint64 *version = lz_store_job_finish (self, result, NULL);

  if (version == NULL || *version == self->data_version)
    return;
  self->data_version = *version;
  queue_changed (self);
}

/* The writing connection's data_version moves only when somebody else has written. */
static gboolean
watch_cb (gpointer user_data)
{
  LzStore *self = user_data;

  lz_store_write_async (self, read_data_version, NULL, NULL, g_free, NULL, watched_cb, NULL);
  return G_SOURCE_CONTINUE;
}

static void
lz_store_finalize (GObject *object)
{
  LzStore *self = LZ_STORE (object);

  g_clear_handle_id (&self->watch_id, g_source_remove);
  if (self->writer != NULL)
    g_thread_pool_free (self->writer, FALSE, TRUE);
  if (self->reader != NULL)
    g_thread_pool_free (self->reader, FALSE, TRUE);
  g_clear_pointer (&self->writing, lz_station_close);
  g_clear_pointer (&self->reading, lz_station_close);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->dir);
  G_OBJECT_CLASS (lz_store_parent_class)->finalize (object);
}

static void
lz_store_class_init (LzStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lz_store_finalize;

  /**
   * LzStore::changed:
   * @self: the store
   *
   * Something in the store changed, by this process or another.
   */
  signals[CHANGED] = g_signal_new ("changed", LZ_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
lz_store_init (LzStore *self)
{
}

/* Runs in a worker: opening reads the disk, and may migrate. */
static void
open_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LzStore *self = task_data;
  GError *error = NULL;

  self->writing = lz_station_open (self->dir, LZ_STATION_READ_WRITE, &error);
  if (self->writing != NULL)
    {
      lz_intake_recover (self->writing, NULL); /* what fails now waits for the next time */
      lz_log_follow_time (self->writing, NULL, NULL);
    }
  if (self->writing != NULL && get_data_version (self->writing, &self->data_version, &error))
    self->reading = lz_station_open (self->dir, LZ_STATION_READ_ONLY, &error);
  if (self->reading == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->writer = g_thread_pool_new (run_writer, NULL, 1, TRUE, &error);
  if (self->writer != NULL)
    self->reader = g_thread_pool_new (run_reader, NULL, 1, TRUE, &error);
  if (self->reader == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * lz_store_open_async:
 * @dir: the station's folder
 * @cancellable: (nullable): gives up waiting
 * @callback: (scope async): called when the store is open
 * @user_data: data for @callback
 *
 * Opens a station for the window.
 */
void
lz_store_open_async (const char *dir,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (LzStore) self = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (dir != NULL);

  self = g_object_new (LZ_TYPE_STORE, NULL);
  self->dir = g_strdup (dir);
  self->context = g_main_context_ref_thread_default ();
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lz_store_open_async);
  g_task_set_task_data (task, g_steal_pointer (&self), g_object_unref);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * lz_store_open_finish:
 * @result: the result given to the callback
 * @error: (nullable): as lz_station_open()
 *
 * Returns: (transfer full) (nullable): the store
 */
LzStore *
lz_store_open_finish (GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  LzStore *self = g_task_get_task_data (task);

  if (!g_task_propagate_boolean (task, error))
    return NULL;

  self->watch_id = g_timeout_add_seconds (WATCH_S, watch_cb, self);
  return g_object_ref (self);
}

const char *
lz_store_get_dir (LzStore *self)
{
  g_return_val_if_fail (LZ_IS_STORE (self), NULL);

  return self->dir;
}

static void
push (LzStore *self,
      GThreadPool *pool,
      Work work,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data,
      gpointer tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_memdup2 (&work, sizeof work), work_free);
  g_thread_pool_push (pool, g_object_ref (task), NULL);
}

/**
 * lz_store_write_async:
 * @self: a store
 * @job: what to do, in the thread that owns the writing connection
 * @data: (transfer full): for @job
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees what @job returns if nobody takes it
 * @cancellable: (nullable): reaches a running query too
 * @callback: (scope async) (nullable): called when done
 * @user_data: data for @callback
 *
 * Runs a job that changes the store.  Jobs run one after the other, in order.
 */
void
lz_store_write_async (LzStore *self,
                      LzJob job,
                      gpointer data,
                      GDestroyNotify free_data,
                      GDestroyNotify free_result,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (LZ_IS_STORE (self));
  g_return_if_fail (job != NULL);

  push (self, self->writer, (Work){ job, data, free_data, free_result, TRUE }, cancellable,
        callback, user_data, lz_store_write_async);
}

/**
 * lz_store_read_async:
 *
 * As lz_store_write_async(), but on the read-only connection, beside whatever is being written.
 */
void
lz_store_read_async (LzStore *self,
                     LzJob job,
                     gpointer data,
                     GDestroyNotify free_data,
                     GDestroyNotify free_result,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (LZ_IS_STORE (self));
  g_return_if_fail (job != NULL);

  push (self, self->reader, (Work){ job, data, free_data, free_result, FALSE }, cancellable,
        callback, user_data, lz_store_read_async);
}

/**
 * lz_store_job_finish:
 * @self: a store
 * @result: the result given to the callback
 * @error: (nullable): what the job set, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the job returned
 */
gpointer
lz_store_job_finish (LzStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LZ_IS_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
checkpoint (LzStation *station, gpointer data, GError **error)
{
  /* A busy reader only leaves more for the next time. */
  sqlite3_wal_checkpoint_v2 (lz_db_get_handle (lz_station_get_db (station)), NULL,
                             SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  return NULL;
}

/**
 * lz_store_close_async:
 * @self: a store
 * @callback: (scope async) (nullable): called when everything pushed before is done
 * @user_data: data for @callback
 *
 * Waits for the jobs pushed so far and folds the write-ahead log into the file.
 */
void
lz_store_close_async (LzStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (LZ_IS_STORE (self));

  g_clear_handle_id (&self->watch_id, g_source_remove);
  lz_store_write_async (self, checkpoint, NULL, NULL, NULL, NULL, callback, user_data);
}

gboolean
lz_store_close_finish (LzStore *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) failure = NULL;

  lz_store_job_finish (self, result, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
