/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-upload.h"

#include "lz-blobs.h"

#include <string.h>

/* An interruption costs at most one piece. */
#define PIECE_BYTES (2 * 1024 * 1024)

/* The server lets go of an upload a moment after its answer, or after a line broke. */
#define LOCKED_TRIES  20
#define LOCKED_MIN_US 2000
#define LOCKED_MAX_US 64000

static void
set_tus (SoupMessage *message)
{
  soup_message_headers_replace (soup_message_get_request_headers (message), "Tus-Resumable",
                                "1.0.0");
}

static void
set_number (SoupMessage *message, const char *header, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  soup_message_headers_replace (soup_message_get_request_headers (message), header, text);
}

static gboolean
read_offset (const LzHttpAnswer *answer, gint64 size, gint64 *offset, GError **error)
{
  const char *text = soup_message_headers_get_one (answer->headers, "Upload-Offset");
  gint64 value = text != NULL ? g_ascii_strtoll (text, NULL, 10) : -1;

  if (value < 0 || value > size)
    {
      g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, "an upload's offset is %s",
                   text != NULL ? text : "missing");
      return FALSE;
    }
  *offset = value;
  return TRUE;
}

static gboolean
leads_here (LzHttp *http, const char *url, GError **error)
{
  g_autoptr (SoupMessage) message = lz_http_new_message (http, "HEAD", url, error);

  return message != NULL;
}

/* Our server takes the first piece with the creation (tus creation-with-upload); what a stock
 * server can do is not asked. */
static void
add_first_piece (LzHttp *http, SoupMessage *message, GMappedFile *file)
{
  g_autoptr (GBytes) whole = g_mapped_file_get_bytes (file);
  g_autoptr (GBytes) piece = NULL;

  if (lz_http_is_any_server (http))
    {
      set_number (message, "Content-Length", 0);
      return;
    }
  piece = g_bytes_new_from_bytes (whole, 0, MIN (PIECE_BYTES, g_bytes_get_size (whole)));
  lz_http_set_body (message, "application/offset+octet-stream", piece, FALSE);
}

static gboolean
create (LzHttp *http,
        LzUpload *upload,
        GMappedFile *file,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (SoupMessage) message = lz_http_new_message (http, "POST", "/v1/photos/", error);
  g_auto (LzHttpAnswer) answer = { 0 };
  g_autofree char *encoded = NULL;
  g_autofree char *metadata = NULL;
  char hash[2 * LZ_SHA256_SIZE + 1];
  const char *location, *offset;

  if (message == NULL)
    return FALSE;
  lz_sha256_format (upload->sha256, hash);
  encoded = g_base64_encode ((const guchar *) hash, strlen (hash));
  metadata = g_strdup_printf ("sha256 %s", encoded);
  set_tus (message);
  set_number (message, "Upload-Length", upload->size_bytes);
  add_first_piece (http, message, file);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Upload-Metadata",
                                metadata);
  if (!lz_http_send (http, message, NULL, 65536, &answer, cancellable, error))
    return FALSE;
  location = soup_message_headers_get_one (answer.headers, "Location");
  offset = soup_message_headers_get_one (answer.headers, "Upload-Offset");
  if (answer.status != 201 || location == NULL)
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                           "no address for the upload");
      return FALSE;
    }
  if (!leads_here (http, location, error))
    return FALSE;
  g_free (upload->url);
  upload->url = g_strdup (location);
  upload->sent_bytes = 0;
  return offset == NULL || read_offset (&answer, upload->size_bytes, &upload->sent_bytes, error);
}

static gboolean
find_offset (LzHttp *http, LzUpload *upload, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupMessage) message = lz_http_new_message (http, "HEAD", upload->url, error);
  g_auto (LzHttpAnswer) answer = { 0 };

  if (message == NULL)
    return FALSE;
  set_tus (message);
  return lz_http_send (http, message, NULL, 65536, &answer, cancellable, error) &&
         read_offset (&answer, upload->size_bytes, &upload->sent_bytes, error);
}

static gboolean
send_piece (LzHttp *http,
            LzUpload *upload,
            GMappedFile *file,
            GCancellable *cancellable,
            GError **error)
{
  gint64 length = MIN (PIECE_BYTES, upload->size_bytes - upload->sent_bytes);
  g_autoptr (SoupMessage) message = lz_http_new_message (http, "PATCH", upload->url, error);
  g_autoptr (GBytes) whole = g_mapped_file_get_bytes (file);
  g_autoptr (GBytes) piece = NULL;
  g_auto (LzHttpAnswer) answer = { 0 };
  gint64 offset;

  if (message == NULL)
    return FALSE;
  piece = g_bytes_new_from_bytes (whole, (gsize) upload->sent_bytes, (gsize) length);
  set_tus (message);
  set_number (message, "Upload-Offset", upload->sent_bytes);
  lz_http_set_body (message, "application/offset+octet-stream", piece, FALSE);
  if (!lz_http_send (http, message, NULL, 65536, &answer, cancellable, error) ||
      !read_offset (&answer, upload->size_bytes, &offset, error))
    return FALSE;
  if (offset != upload->sent_bytes + length)
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_OFFSET,
                           "the server took another length than was sent");
      return FALSE;
    }
  upload->sent_bytes = offset;
  return TRUE;
}

/* The server lets go of a broken line as soon as somebody else asks for its upload. */
static void
wait_for_lock (guint n_tries)
{
  g_usleep (MIN (LOCKED_MAX_US, LOCKED_MIN_US << MIN (n_tries, 10)));
}

/* An upload that the server has forgotten begins anew; one that it thinks is still being written
 * (the line broke a moment ago) is asked for again. */
static gboolean
resume (LzHttp *http, LzUpload *upload, GCancellable *cancellable, GError **error)
{
  for (guint n_locked = 0;; n_locked++)
    {
      g_autoptr (GError) failure = NULL;

      if (find_offset (http, upload, cancellable, &failure))
        return TRUE;
      if (g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_GONE))
        {
          g_clear_pointer (&upload->url, g_free);
          return TRUE;
        }
      /* The answer to HEAD has no body that could say what the conflict is. */
      if (n_locked == LOCKED_TRIES ||
          !(g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_LOCKED) ||
            g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_OFFSET)))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      wait_for_lock (n_locked);
    }
}

gboolean
lz_upload_run (LzHttp *http,
               LzUpload *upload,
               const char *path,
               LzUploadMoved moved,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  g_autoptr (GError) failure = NULL;

  if (file == NULL)
    return FALSE;
  if ((gint64) g_mapped_file_get_length (file) != upload->size_bytes)
    {
      g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_REFUSED, "%s has another length", path);
      return FALSE;
    }

  if (upload->url != NULL && !leads_here (http, upload->url, NULL))
    g_clear_pointer (&upload->url, g_free); /* the server has another address now */
  if (upload->url != NULL && !resume (http, upload, cancellable, error))
    return FALSE;
  if (upload->url == NULL && !create (http, upload, file, cancellable, error))
    return FALSE;
  moved (upload, data);
  for (guint n_locked = 0; upload->sent_bytes < upload->size_bytes;)
    {
      if (send_piece (http, upload, file, cancellable, &failure))
        {
          moved (upload, data);
          continue;
        }
      if (!g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_LOCKED) ||
          ++n_locked > LOCKED_TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_clear_error (&failure);
      wait_for_lock (n_locked);
    }
  return TRUE;
}
