/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"

/* So many jobs at most share a commit: nobody waits long for others. */
#define MAX_BATCH 256

/* The log goes into the file when nobody waits and it has grown so far, and in any case at this
 * length. */
#define CHECKPOINT_PAGES      1000
#define CHECKPOINT_PAGES_MUST 16000

/* clang-format off */
static const char sql_version[] = "PRAGMA data_version";
/* clang-format on */

typedef struct
{
  LzWriteFunc func;
  gpointer data;
  LzWriteDone done;
  GError *error;
} Job;

struct _LzWriter
{
  LzServerStore *store;
  LzDb *db;
  GThread *thread;
  int wal_pages; /* of the writer thread */
  int version;   /* the same: changes when another process has written */
  GMutex lock;   /* guards the rest */
  GCond woken;
  GQueue jobs;
  gboolean stopping;
  guint64 n_commits;
  guint64 n_jobs;
};

static void
run_in_savepoint (LzWriter *self, Job *job)
{
  if (!lz_db_exec (self->db, "SAVEPOINT job", &job->error))
    return;
  if (!job->func (self->store, self->db, job->data, &job->error))
    {
      if (job->error == NULL)
        g_set_error_literal (&job->error, LZ_ERROR, LZ_ERROR_FAILED, "the job took nothing");
      lz_case_cache_clear (self->store->cases);
      /* A full disk has rolled the whole transaction back already. */
      if (!sqlite3_get_autocommit (lz_db_get_handle (self->db)))
        lz_db_exec (self->db, "ROLLBACK TO job", NULL);
    }
  if (!sqlite3_get_autocommit (lz_db_get_handle (self->db)))
    lz_db_exec (self->db, "RELEASE job", NULL);
}

static void
fail_all (GPtrArray *batch, const GError *error)
{
  for (guint i = 0; i < batch->len; i++)
    {
      Job *job = batch->pdata[i];

      if (job->error == NULL)
        job->error = g_error_copy (error);
    }
}

/* Beside a server a verb may write: what was folded before is no longer all. */
static void
notice_others (LzWriter *self)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (self->db, sql_version, NULL);
  int version = -1;

  if (stmt != NULL && lz_db_step (self->db, stmt, "looking for others' writes", NULL))
    version = sqlite3_column_int (stmt, 0);
  if (version != self->version)
    lz_case_cache_clear (self->store->cases);
  self->version = version;
}

/* One transaction, one sync of the disk, for all of @batch. */
static void
commit_batch (LzWriter *self, GPtrArray *batch)
{
  sqlite3 *handle = lz_db_get_handle (self->db);
  g_autoptr (GError) error = NULL;

  if (!lz_db_exec (self->db, "BEGIN IMMEDIATE", &error))
    {
      fail_all (batch, error);
      return;
    }
  notice_others (self);
  for (guint i = 0; i < batch->len && error == NULL; i++)
    {
      Job *job = batch->pdata[i];

      run_in_savepoint (self, job);
      if (sqlite3_get_autocommit (handle))
        error = g_error_copy (job->error);
    }
  if (error == NULL && !lz_db_exec (self->db, "COMMIT", &error) && !sqlite3_get_autocommit (handle))
    sqlite3_exec (handle, "ROLLBACK", NULL, NULL, NULL);
  if (error != NULL)
    {
      lz_case_cache_clear (self->store->cases);
      fail_all (batch, error);
    }
}

static int
committed_cb (void *data, sqlite3 *handle, const char *name, int pages)
{
  LzWriter *self = data;

  (void) handle;
  (void) name;
  self->wal_pages = pages;
  return SQLITE_OK;
}

/* After the answers are on their way: the next commit does not pay for it. */
static void
checkpoint (LzWriter *self)
{
  gboolean idle;

  g_mutex_lock (&self->lock);
  idle = g_queue_is_empty (&self->jobs);
  g_mutex_unlock (&self->lock);
  if (self->wal_pages < CHECKPOINT_PAGES || (!idle && self->wal_pages < CHECKPOINT_PAGES_MUST))
    return;
  /* Readers are left alone; what they still need is done the next time. */
  sqlite3_wal_checkpoint_v2 (lz_db_get_handle (self->db), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
                             NULL);
  self->wal_pages = 0;
}

static void
take_batch (LzWriter *self, GPtrArray *batch)
{
  g_mutex_lock (&self->lock);
  while (g_queue_is_empty (&self->jobs) && !self->stopping)
    g_cond_wait (&self->woken, &self->lock);
  while (!g_queue_is_empty (&self->jobs) && batch->len < MAX_BATCH)
    g_ptr_array_add (batch, g_queue_pop_head (&self->jobs));
  self->n_commits += batch->len > 0;
  self->n_jobs += batch->len;
  g_mutex_unlock (&self->lock);
}

static gpointer
write_thread (gpointer data)
{
  LzWriter *self = data;
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();

  for (;;)
    {
      take_batch (self, batch);
      if (batch->len == 0)
        return NULL; /* stopping, and everything is written */

      commit_batch (self, batch);
      for (guint i = 0; i < batch->len; i++)
        {
          Job *job = batch->pdata[i];

          if (job->done != NULL)
            job->done (job->data, job->error);
          g_clear_error (&job->error);
          g_free (job);
        }
      g_ptr_array_set_size (batch, 0);
      checkpoint (self);
    }
}

LzWriter *
lz_writer_new (LzServerStore *store, LzDb *db)
{
  LzWriter *self = g_new0 (LzWriter, 1);

  self->store = store;
  self->db = db;
  g_mutex_init (&self->lock);
  g_cond_init (&self->woken);
  g_queue_init (&self->jobs);
  sqlite3_wal_hook (lz_db_get_handle (db), committed_cb, self);
  self->thread = g_thread_new ("lz-writer", write_thread, self);
  return self;
}

/* Writes what is waiting, then ends. */
void
lz_writer_free (LzWriter *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->woken);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  lz_db_close (self->db);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->woken);
  g_free (self);
}

void
lz_writer_push (LzWriter *self, LzWriteFunc func, gpointer data, LzWriteDone done)
{
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->done = done;
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->jobs, job);
  g_cond_signal (&self->woken);
  g_mutex_unlock (&self->lock);
}

typedef struct
{
  LzWriteFunc func;
  gpointer data;
  GMutex lock;
  GCond woken;
  gboolean done;
  GError *error;
} Wait;

static gboolean
waited_func (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  Wait *wait = data;

  return wait->func (store, db, wait->data, error);
}

static void
waited_done (gpointer data, const GError *error)
{
  Wait *wait = data;

  g_mutex_lock (&wait->lock);
  wait->done = TRUE;
  if (error != NULL)
    wait->error = g_error_copy (error);
  g_cond_signal (&wait->woken);
  g_mutex_unlock (&wait->lock);
}

/* Waits until the job is durable.  Not from the writer thread. */
gboolean
lz_writer_run (LzWriter *self, LzWriteFunc func, gpointer data, GError **error)
{
  Wait wait = { .func = func, .data = data };

  g_mutex_init (&wait.lock);
  g_cond_init (&wait.woken);
  lz_writer_push (self, waited_func, &wait, waited_done);
  g_mutex_lock (&wait.lock);
  while (!wait.done)
    g_cond_wait (&wait.woken, &wait.lock);
  g_mutex_unlock (&wait.lock);
  g_mutex_clear (&wait.lock);
  g_cond_clear (&wait.woken);
  if (wait.error == NULL)
    return TRUE;
  g_propagate_error (error, wait.error);
  return FALSE;
}

void
lz_writer_get_counts (LzWriter *self, guint64 *commits, guint64 *jobs)
{
  g_mutex_lock (&self->lock);
  *commits = self->n_commits;
  *jobs = self->n_jobs;
  g_mutex_unlock (&self->lock);
}
