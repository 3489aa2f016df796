/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-private.h"
#include "lz-upload.h"

#include "lz-photos.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <nettle/sha2.h>
#include <unistd.h>

/* A few at once hide the time of each answer; more only crowd the server. */
#define N_WORKERS    4
#define BATCH_PHOTOS 200
#define ASK_HASHES   5000

/* ------------------------------------------------------------------ up */

typedef struct
{
  LzSync *self;
  GCancellable *cancellable;
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

/* Runs in a worker: it has a connection of its own and leaves the database alone. */
static void
upload_in_worker (gpointer item, gpointer user_data)
{
  LzUpload *upload = item;
  Uploads *uploads = user_data;
  LzBlobs *blobs = lz_station_get_blobs (uploads->self->station);
  g_autoptr (LzHttp) http = lz_http_new (uploads->self->url, uploads->self->token, FALSE);
  g_autofree char *path = lz_blobs_dup_path (blobs, upload->sha256);
  Watch watch = { uploads, upload->sent_bytes };
  Report *report = g_new0 (Report, 1);

  lz_upload_run (http, upload, path, moved_cb, &watch, uploads->cancellable, &report->failure);
  report->retry_after_s = lz_http_get_retry_after_s (http);
  report->upload = upload;
  report->done = TRUE;
  g_async_queue_push (uploads->reports, report);
}

/* The server says by its hash that it has a photo: only that counts. */
static gboolean
ask_for_hashes (LzSync *self, GPtrArray *uploads, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupMessage) message =
      lz_http_new_message (self->http, "POST", "/v1/photos/have", error);
  g_autoptr (GString) body = g_string_new ("{\"hashes\":[");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_auto (LzHttpAnswer) answer = { 0 };
  JsonNode *member;
  JsonArray *have;

  if (message == NULL)
    return FALSE;
  for (guint i = 0; i < uploads->len; i++)
    {
      const LzUpload *upload = g_ptr_array_index (uploads, i);
      char hash[2 * LZ_SHA256_SIZE + 1];

      lz_sha256_format (upload->sha256, hash);
      g_string_append_printf (body, "%s\"%s\"", i > 0 ? "," : "", hash);
    }
  g_string_append (body, "]}");
  bytes = g_bytes_new (body->str, body->len);
  lz_http_set_body (message, "application/json", bytes, FALSE);
  if (!lz_http_send (self->http, message, "application/json", 1024 * 1024, &answer, cancellable,
                     error))
    return FALSE;
  root = lz_sync_parse_object (answer.body, error);
  if (root == NULL)
    return FALSE;
  member = json_object_get_member (json_node_get_object (root), "have");
  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, "no list of photos");
      return FALSE;
    }
  have = json_node_get_array (member);
  for (guint i = 0; i < json_array_get_length (have); i++)
    {
      JsonNode *node = json_array_get_element (have, i);
      guint8 hash[LZ_SHA256_SIZE];

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
          !lz_sha256_parse (json_node_get_string (node), hash))
        continue;
      if (!lz_sync_set_delivered (self->station, hash, error))
        return FALSE;
      self->progress.n_photos_sent++;
    }
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

static gboolean
send_batch (LzSync *self,
            GPtrArray *batch,
            GCancellable *cancellable,
            GError **first_failure,
            GError **error)
{
  Uploads uploads = { self, cancellable, g_async_queue_new () };
  GThreadPool *pool = g_thread_pool_new (upload_in_worker, &uploads, N_WORKERS, FALSE, error);
  guint n_left = batch->len;
  gboolean ok = pool != NULL;

  for (guint i = 0; ok && i < batch->len; i++)
    g_thread_pool_push (pool, upload_copy (g_ptr_array_index (batch, i)), NULL);
  while (pool != NULL && n_left > 0)
    {
      Report *report = g_async_queue_pop (uploads.reports);

      n_left -= report->done;
      if (ok) /* after a failure of our own disk only wait for the workers */
        ok = keep_report (self, report, first_failure, error);
      report_free (report);
    }
  if (pool != NULL)
    g_thread_pool_free (pool, FALSE, TRUE);
  g_async_queue_unref (uploads.reports);
  return ok;
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

  lz_sync_enter (self, LZ_SYNC_SENDING_PHOTOS);
  count_waiting (self);
  while (first == NULL)
    {
      g_autoptr (GPtrArray) batch =
          lz_sync_list_uploads (self->station, lz_station_now (self->station), BATCH_PHOTOS, error);
      guint sent_before = self->progress.n_photos_sent;

      if (batch == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (batch->len == 0)
        return TRUE;
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

/* ---------------------------------------------------------------- down */

static char *
make_temporary (LzSync *self, int *fd, GError **error)
{
  g_autofree char *path =
      g_build_filename (lz_station_get_dir (self->station), ".fetch-XXXXXX", NULL);

  *fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (*fd >= 0)
    return g_steal_pointer (&path);
  lz_error_set_errno (error, errno, "making", path);
  return NULL;
}

/* Copies what comes into @fd and compares its hash. */
static gboolean
receive (GInputStream *stream,
         int fd,
         const char *path,
         const guint8 sha256[LZ_SHA256_SIZE],
         GCancellable *cancellable,
         GError **error)
{
  g_autofree guint8 *buffer = g_malloc (262144);
  guint8 digest[LZ_SHA256_SIZE];
  GError *failure = NULL;
  struct sha256_ctx ctx;
  gssize n;

  sha256_init (&ctx);
  while ((n = g_input_stream_read (stream, buffer, 262144, cancellable, &failure)) > 0)
    {
      sha256_update (&ctx, (gsize) n, buffer);
      for (gssize done = 0; done < n;)
        {
          gssize wrote = write (fd, buffer + done, (gsize) (n - done));

          if (wrote < 0 && errno != EINTR)
            return lz_error_set_errno (error, errno, "writing", path);
          done += MAX (wrote, 0);
        }
    }
  if (n < 0)
    {
      lz_http_take_error (error, failure);
      return FALSE;
    }
  sha256_digest (&ctx, sizeof digest, digest);
  if (memcmp (digest, sha256, sizeof digest) == 0)
    return TRUE;
  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_HASH, "a photo came with a wrong hash");
  return FALSE;
}

gboolean
lz_sync_fetch_photo (LzSync *self,
                     const guint8 sha256[LZ_SHA256_SIZE],
                     GCancellable *cancellable,
                     GError **error)
{
  char hash[2 * LZ_SHA256_SIZE + 1];
  g_autofree char *url = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GInputStream) stream = NULL;
  LzPhoto *photo = NULL;
  gboolean ok;
  int fd;

  lz_sha256_format (sha256, hash);
  url = g_strdup_printf ("/v1/photos/%s", hash);
  message = lz_http_new_message (self->http, "GET", url, error);
  if (message == NULL)
    return FALSE;
  stream = lz_http_send_stream (self->http, message, cancellable, error);
  path = stream != NULL ? make_temporary (self, &fd, error) : NULL;
  if (path == NULL)
    return FALSE;
  ok = receive (stream, fd, path, sha256, cancellable, error);
  close (fd);
  /* Taken in like a photo of one's own: blob first, then its row; it is the server's already. */
  if (ok)
    photo = lz_photos_take (self->station, path, error);
  g_unlink (path);
  if (photo == NULL)
    return FALSE;
  lz_photo_free (photo);
  return lz_sync_set_delivered (self->station, sha256, error);
}

/* Originals of others' cases, newest need first; one that is not there does not hold up the rest.
 */
gboolean
lz_sync_fetch_photos (LzSync *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) hashes = lz_sync_list_missing (self->station, ASK_HASHES, error);
  g_autoptr (GError) first = NULL;

  if (hashes == NULL)
    return FALSE;
  if (hashes->len == 0)
    return TRUE;
  lz_sync_enter (self, LZ_SYNC_FETCHING_PHOTOS);
  for (guint i = 0; i < hashes->len; i++)
    {
      const guint8 *sha256 = (const guint8 *) hashes->data + i * LZ_SHA256_SIZE;
      g_autoptr (GError) failure = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (lz_sync_fetch_photo (self, sha256, cancellable, &failure))
        {
          self->progress.n_photos_fetched++;
          lz_sync_report (self);
          continue;
        }
      /* Its author has not sent it yet: it comes with a later run. */
      if (g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_GONE))
        continue;
      if (first == NULL)
        first = g_steal_pointer (&failure);
      if (g_error_matches (first, LZ_SYNC_ERROR, LZ_SYNC_ERROR_OFFLINE))
        break;
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
