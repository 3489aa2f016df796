/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-private.h"

#include "lz-photos.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <nettle/sha2.h>
#include <unistd.h>

/* A few at once hide the time of each answer; more only crowd the server. */
#define N_WORKERS        6
#define ASK_HASHES       5000    /* in one request */
#define MAX_HASHES       1000000 /* in one run */
#define MAX_ANSWER_BYTES (1024 * 1024)

/* ----------------------------------------------------------------------- what the server has */

/* Adds what is asked to @asked. */
static GBytes *
write_question (GArray *hashes, GHashTable *asked)
{
  GString *body = g_string_new ("{\"hashes\":[");

  for (guint i = 0; i < hashes->len; i++)
    {
      char hash[2 * LZ_SHA256_SIZE + 1];

      lz_sha256_format ((const guint8 *) hashes->data + (gsize) i * LZ_SHA256_SIZE, hash);
      g_string_append_printf (body, "%s\"%s\"", i > 0 ? "," : "", hash);
      g_hash_table_add (asked, g_strdup (hash));
    }
  g_string_append (body, "]}");
  return g_string_free_to_bytes (body);
}

/* What was not asked for, or is said twice, says nothing. */
static GArray *
read_answer (GBytes *body, GHashTable *asked, GError **error)
{
  g_autoptr (JsonNode) root = lz_sync_parse_object (body, error);
  JsonNode *member;
  GArray *have;

  if (root == NULL)
    return NULL;
  member = json_object_get_member (json_node_get_object (root), "have");
  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, "no list of photos");
      return NULL;
    }
  have = g_array_new (FALSE, FALSE, LZ_SHA256_SIZE);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (member)); i++)
    {
      JsonNode *node = json_array_get_element (json_node_get_array (member), i);
      guint8 hash[LZ_SHA256_SIZE];

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          g_hash_table_remove (asked, json_node_get_string (node)) &&
          lz_sha256_parse (json_node_get_string (node), hash))
        g_array_append_vals (have, hash, 1);
    }
  return have;
}

/* Those of @hashes (guint8[32] each) that the server has. */
GArray *
lz_sync_ask_photos (LzSync *self, GArray *hashes, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupMessage) message =
      lz_http_new_message (self->http, "POST", "/v1/photos/have", error);
  g_autoptr (GHashTable) asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GBytes) question = NULL;
  g_auto (LzHttpAnswer) answer = { 0 };

  if (message == NULL)
    return NULL;
  question = write_question (hashes, asked);
  lz_http_set_body (message, "application/json", question, FALSE);
  if (!lz_http_send (self->http, message, "application/json", MAX_ANSWER_BYTES, &answer,
                     cancellable, error))
    return NULL;
  return read_answer (answer.body, asked, error);
}

/* ---------------------------------------------------------------------------------- one photo */

static char *
make_temporary (LzStation *station, int *fd, GError **error)
{
  g_autofree char *path = g_build_filename (lz_station_get_dir (station), ".fetch-XXXXXX", NULL);

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

/* Into the photo folder, durable.  Leaves the database alone: any thread with a connection of its
 * own. */
static LzPhoto *
fetch (LzStation *station,
       LzHttp *http,
       const guint8 sha256[LZ_SHA256_SIZE],
       GCancellable *cancellable,
       GError **error)
{
  LzBlobs *blobs = lz_station_get_blobs (station);
  char hash[2 * LZ_SHA256_SIZE + 1];
  g_autofree char *url = NULL;
  g_autofree char *path = NULL;
  g_autofree char *blob = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GInputStream) stream = NULL;
  gboolean ok;
  int fd;

  lz_sha256_format (sha256, hash);
  url = g_strdup_printf ("/v1/photos/%s", hash);
  message = lz_http_new_message (http, "GET", url, error);
  if (message == NULL)
    return NULL;
  stream = lz_http_send_stream (http, message, cancellable, error);
  path = stream != NULL ? make_temporary (station, &fd, error) : NULL;
  if (path == NULL)
    return NULL;
  ok = receive (stream, fd, path, sha256, cancellable, error);
  close (fd);
  ok = ok && lz_blobs_adopt_file (blobs, path, sha256, error);
  if (!ok)
    {
      g_unlink (path);
      return NULL;
    }
  blob = lz_blobs_dup_path (blobs, sha256);
  return lz_photos_examine (blob, sha256, lz_station_now (station));
}

gboolean
lz_sync_fetch_photo (LzSync *self,
                     const guint8 sha256[LZ_SHA256_SIZE],
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_photo_free);
  LzPhoto *photo = fetch (self->station, self->http, sha256, cancellable, error);

  if (photo == NULL)
    return FALSE;
  g_ptr_array_add (photos, photo);
  return lz_sync_take_photos (self->station, photos, error);
}

/* ------------------------------------------------------------------------------- all that lack */

typedef struct
{
  LzSync *self;
  GCancellable *cancellable;
  GArray *hashes;
  gint next;            /* that nobody has taken; atomic */
  gint stop;            /* without a line there is no use in the others; atomic */
  GAsyncQueue *results; /* Result, from the workers to the thread of the run */
} Fetch;

/* Of a photo, or with neither: a worker has ended. */
typedef struct
{
  LzPhoto *photo;
  GError *failure;
} Result;

static void
result_free (Result *result)
{
  lz_photo_free (result->photo);
  g_clear_error (&result->failure);
  g_free (result);
}

static gpointer
fetch_thread (gpointer data)
{
  Fetch *fetching = data;
  LzSync *self = fetching->self;
  g_autoptr (LzHttp) http = lz_http_new (self->url, self->token, FALSE);

  while (!g_atomic_int_get (&fetching->stop) && !g_cancellable_is_cancelled (fetching->cancellable))
    {
      guint i = (guint) g_atomic_int_add (&fetching->next, 1);
      Result *result;

      if (i >= fetching->hashes->len)
        break;
      result = g_new0 (Result, 1);
      result->photo = fetch (self->station, http,
                             (const guint8 *) fetching->hashes->data + (gsize) i * LZ_SHA256_SIZE,
                             fetching->cancellable, &result->failure);
      if (g_error_matches (result->failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_OFFLINE))
        g_atomic_int_set (&fetching->stop, TRUE);
      g_async_queue_push (fetching->results, result);
    }
  g_async_queue_push (fetching->results, g_new0 (Result, 1));
  return NULL;
}

/* Waits for a result, and takes those that are there then: their rows share a commit. */
static gboolean
keep_results (Fetch *fetching, guint *n_running, GError **first, GError **error)
{
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_photo_free);
  Result *result = g_async_queue_pop (fetching->results);

  for (; result != NULL; result = g_async_queue_try_pop (fetching->results))
    {
      if (result->photo != NULL)
        g_ptr_array_add (photos, g_steal_pointer (&result->photo));
      else if (result->failure == NULL)
        *n_running -= 1;
      /* Taken away since the server said that it is there: it comes with a later run. */
      else if (*first == NULL &&
               !g_error_matches (result->failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_GONE))
        *first = g_steal_pointer (&result->failure);
      result_free (result);
    }
  if (photos->len == 0)
    return TRUE;
  if (!lz_sync_take_photos (fetching->self->station, photos, error))
    return FALSE;
  fetching->self->progress.n_photos_fetched += photos->len;
  lz_sync_report (fetching->self);
  return TRUE;
}

static gboolean
fetch_all (LzSync *self, GArray *hashes, GError **first, GCancellable *cancellable, GError **error)
{
  Fetch fetching = { .self = self, .cancellable = cancellable, .hashes = hashes };
  guint n_threads = MIN (hashes->len, N_WORKERS);
  guint n_running = n_threads;
  GThread *threads[N_WORKERS];
  gboolean ok = TRUE;

  fetching.results = g_async_queue_new_full ((GDestroyNotify) result_free);
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("lz-fetch", fetch_thread, &fetching);
  while (ok && n_running > 0)
    ok = keep_results (&fetching, &n_running, first, error);
  g_atomic_int_set (&fetching.stop, TRUE);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_async_queue_unref (fetching.results);
  return ok;
}

/* Asks for @hashes and fetches those that are there. */
static gboolean
fetch_some (LzSync *self, GArray *hashes, GError **first, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) there = lz_sync_ask_photos (self, hashes, cancellable, error);

  if (there == NULL)
    return FALSE;
  if (there->len == 0)
    return TRUE;
  lz_sync_enter (self, LZ_SYNC_FETCHING_PHOTOS);
  return fetch_all (self, there, first, cancellable, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Originals of others' cases.  Their authors send them after the acts: what the server has not got
 * yet comes with a later run, and holds up none that it has. */
gboolean
lz_sync_fetch_photos (LzSync *self, GCancellable *cancellable, GError **error)
{
  guint fetched_before = self->progress.n_photos_fetched;
  g_autoptr (GArray) missing = NULL;
  g_autoptr (GError) first = NULL;

  if (lz_sync_has_no_photos (self))
    return TRUE;
  missing = lz_sync_list_missing (self->station, MAX_HASHES, error);
  if (missing == NULL)
    return FALSE;
  self->lacks_photos = missing->len > 0;
  for (guint from = 0; first == NULL && from < missing->len; from += ASK_HASHES)
    {
      g_autoptr (GArray) some = g_array_new (FALSE, FALSE, LZ_SHA256_SIZE);

      g_array_append_vals (some, missing->data + (gsize) from * LZ_SHA256_SIZE,
                           MIN (ASK_HASHES, missing->len - from));
      if (!fetch_some (self, some, &first, cancellable, error))
        return FALSE;
    }
  self->lacks_photos = self->progress.n_photos_fetched - fetched_before < missing->len;
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
