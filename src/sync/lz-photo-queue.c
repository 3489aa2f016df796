/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-private.h"
#include "lz-upload.h"

/* A few at once hide the time of each answer; more only crowd the server. */
#define N_WORKERS    6
#define BATCH_PHOTOS 200

typedef struct
{
  LzSync *self;
  GCancellable *cancellable;
  GAsyncQueue *todo;    /* LzUpload, all there before the workers begin */
  GAsyncQueue *reports; /* Report, from the workers to the thread of the run */
} Uploads;

typedef struct
{
  LzUpload *upload; /* as far as it came */
  GError *failure;
  guint retry_after_s;
  gboolean done; /* the last report of this photo */
  gint64 moved;  /* bytes since the report before */
} Report;

typedef struct
{
  Uploads *uploads;
  gint64 reported;
} Watch;

static LzUpload *
upload_copy (const LzUpload *upload)
{
  LzUpload *copy = g_memdup2 (upload, sizeof *upload);

  copy->url = g_strdup (upload->url);
  return copy;
}

static void
report_free (Report *report)
{
  lz_upload_free (report->upload);
  g_clear_error (&report->failure);
  g_free (report);
}

static void
moved_cb (const LzUpload *upload, gpointer data)
{
  Watch *watch = data;
  Report *report = g_new0 (Report, 1);

  report->upload = upload_copy (upload);
  report->moved = upload->sent_bytes - watch->reported;
  watch->reported = upload->sent_bytes;
  g_async_queue_push (watch->uploads->reports, report);
}

/* Takes @upload over. */
static void
upload_one (Uploads *uploads, LzHttp *http, LzUpload *upload)
{
  LzBlobs *blobs = lz_station_get_blobs (uploads->self->station);
  g_autofree char *path = lz_blobs_dup_path (blobs, upload->sha256);
  Watch watch = { uploads, upload->sent_bytes };
  Report *report = g_new0 (Report, 1);

  lz_upload_run (http, upload, path, moved_cb, &watch, uploads->cancellable, &report->failure);
  report->retry_after_s = report->failure != NULL ? lz_http_get_retry_after_s (http) : 0;
  report->upload = upload;
  report->done = TRUE;
  g_async_queue_push (uploads->reports, report);
}

/* A worker: it has a connection of its own, and leaves the database alone. */
static gpointer
upload_thread (gpointer data)
{
  Uploads *uploads = data;
  g_autoptr (LzHttp) http = lz_http_new (uploads->self->url, uploads->self->token, FALSE);
  LzUpload *upload;

  while ((upload = g_async_queue_try_pop (uploads->todo)) != NULL)
    upload_one (uploads, http, upload);
  return NULL;
}

/* The server says by its hash that it has a photo: only that counts. */
static gboolean
ask_for_hashes (LzSync *self, GPtrArray *uploads, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, LZ_SHA256_SIZE);
  g_autoptr (GArray) have = NULL;

  for (guint i = 0; i < uploads->len; i++)
    g_array_append_vals (hashes, ((const LzUpload *) g_ptr_array_index (uploads, i))->sha256, 1);
  have = lz_sync_ask_photos (self, hashes, cancellable, error);
  if (have == NULL || !lz_sync_set_all_delivered (self->station, have, error))
    return FALSE;
  self->progress.n_photos_sent += have->len;
  lz_sync_report (self);
  return TRUE;
}

/* Keeps in the database how far a photo came, and when to try it again. */
static gboolean
keep_report (LzSync *self, Report *report, GError **first_failure, GError **error)
{
  LzUpload *upload = report->upload;
  gboolean transient;

  self->progress.bytes_sent += report->moved;
  if (!report->done)
    {
      lz_sync_report (self);
      return lz_sync_save_upload (self->station, upload, NULL, FALSE, error);
    }
  if (report->failure == NULL)
    {
      self->progress.n_photos_up++;
      lz_sync_report (self);
      return lz_sync_save_upload (self->station, upload, NULL, FALSE, error);
    }
  if (g_error_matches (report->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return lz_sync_save_upload (self->station, upload, NULL, FALSE, error);

  transient = lz_sync_error_is_transient (report->failure);
  if (g_error_matches (report->failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_HASH))
    {
      g_clear_pointer (&upload->url, g_free); /* what arrived was thrown away */
      upload->sent_bytes = 0;
    }
  upload->tries++;
  upload->next_ms = lz_sync_next_try_ms (self->station, upload->tries, report->retry_after_s);
  if (!lz_sync_save_upload (self->station, upload, report->failure->message, !transient, error))
    return FALSE;
  if (*first_failure == NULL)
    *first_failure = g_steal_pointer (&report->failure);
  return TRUE;
}

/* All that have been reported by now share a commit. */
static gboolean
keep_reports (LzSync *self, GPtrArray *reports, GError **first_failure, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);

  if (!lz_db_begin (db, error))
    return FALSE;
  for (guint i = 0; i < reports->len; i++)
    if (!keep_report (self, g_ptr_array_index (reports, i), first_failure, error))
      {
        lz_db_rollback (db);
        return FALSE;
      }
  return lz_db_commit (db, error);
}

/* Waits for a report, and takes those that are there then.  Gives how many photos are done. */
static guint
take_reports (GAsyncQueue *queue, GPtrArray *reports)
{
  Report *report = g_async_queue_pop (queue);
  guint n_done = 0;

  for (; report != NULL; report = g_async_queue_try_pop (queue))
    {
      n_done += report->done;
      g_ptr_array_add (reports, report);
    }
  return n_done;
}

static gboolean
send_batch (LzSync *self,
            GPtrArray *batch,
            GCancellable *cancellable,
            GError **first_failure,
            GError **error)
{
  Uploads uploads = { self, cancellable, g_async_queue_new (), g_async_queue_new () };
  GThread *threads[N_WORKERS];
  guint n_threads = MIN (batch->len, N_WORKERS);
  gboolean ok = TRUE;

  for (guint i = 0; i < batch->len; i++)
    g_async_queue_push (uploads.todo, upload_copy (g_ptr_array_index (batch, i)));
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("lz-upload", upload_thread, &uploads);
  for (guint n_done = 0; n_done < batch->len;)
    {
      g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) report_free);

      n_done += take_reports (uploads.reports, reports);
      if (ok) /* after a failure of our own disk only wait for the workers */
        ok = keep_reports (self, reports, first_failure, error);
    }
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_async_queue_unref (uploads.todo);
  g_async_queue_unref (uploads.reports);
  return ok;
}

/* Some may be there already, where only the answer was lost. */
static gboolean
were_tried (GPtrArray *batch)
{
  for (guint i = 0; i < batch->len; i++)
    if (((const LzUpload *) g_ptr_array_index (batch, i))->tries > 0)
      return TRUE;
  return FALSE;
}

static void
count_waiting (LzSync *self)
{
  LzSyncStatus status = { 0 };

  if (!lz_sync_get_status (self->station, &status, NULL))
    return;
  self->progress.n_photos_to_send = self->progress.n_photos_sent + status.n_photos;
  self->progress.bytes_to_send = self->progress.bytes_sent + status.bytes;
  lz_sync_status_clear (&status);
}

gboolean
lz_sync_send_photos (LzSync *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) first = NULL;
  gboolean asked = FALSE;

  if (lz_sync_has_no_photos (self))
    return TRUE;
  while (first == NULL)
    {
      g_autoptr (GPtrArray) batch =
          lz_sync_list_uploads (self->station, lz_station_now (self->station), BATCH_PHOTOS, error);
      guint sent_before = self->progress.n_photos_sent;

      if (batch == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (batch->len == 0)
        return TRUE;
      if (self->progress.state != LZ_SYNC_SENDING_PHOTOS)
        {
          lz_sync_enter (self, LZ_SYNC_SENDING_PHOTOS);
          count_waiting (self);
        }
      if (!asked && were_tried (batch))
        {
          asked = TRUE;
          if (!ask_for_hashes (self, batch, cancellable, error))
            return FALSE;
          continue;
        }
      if (!send_batch (self, batch, cancellable, &first, error) ||
          !ask_for_hashes (self, batch, cancellable, error))
        return FALSE;
      if (first == NULL && self->progress.n_photos_sent == sent_before)
        g_set_error_literal (&first, LZ_SYNC_ERROR, LZ_SYNC_ERROR_HASH,
                             "the server took photos but does not have them");
    }
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
