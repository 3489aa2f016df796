/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"
#include "lz-server-upload.h"
#include "lz-tus.h"

#include <nettle/sha1.h>
#include <string.h>

#define TUS_EXTENSIONS "creation,creation-with-upload,checksum,termination,expiration"
#define PIECE_TYPE     "application/offset+octet-stream"

/* One request's piece of an upload. */
typedef struct
{
  LzUpload *upload;
  gboolean created; /* by this request */
  gboolean counts;  /* its checksum, if one was promised, is right */
  LzTusSum sum;
  guint8 wanted_sum[32];
  struct sha1_ctx sha1;
  struct sha256_ctx sha256;
  gint64 from; /* where the piece begins, and the whole's hash there */
  struct sha256_ctx before;
} Piece;

/* ----------------------------------------------------------------------------- headers */

static void
add_tus (LzRequest *request)
{
  lz_request_add_header (request, "Tus-Resumable", LZ_TUS_VERSION);
}

static void
respond_error (LzRequest *request, guint status, const char *code, const char *message)
{
  lz_request_respond_error (request, status, code, message);
  add_tus (request);
}

static void
respond_gerror (LzRequest *request, const GError *error)
{
  if (g_error_matches (error, LZ_ERROR, LZ_ERROR_CONSTRAINT))
    lz_request_respond_error (request, 507, "quota", error->message);
  else
    lz_request_respond_gerror (request, error);
  add_tus (request);
}

static void
add_number (LzRequest *request, const char *name, gint64 number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  lz_request_add_header (request, name, text);
}

static void
add_progress (LzRequest *request, const LzUpload *upload)
{
  g_autoptr (GDateTime) expires = g_date_time_new_from_unix_utc (upload->expires_ms / 1000);
  g_autofree char *text = g_date_time_format (expires, "%a, %d %b %Y %H:%M:%S GMT");

  add_tus (request);
  add_number (request, "Upload-Offset", upload->offset);
  lz_request_add_header (request, "Upload-Expires", text);
  lz_request_add_header (request, "Cache-Control", "no-store");
}

static gboolean
check_version (LzRequest *request)
{
  const char *version = lz_request_get_header (request, "Tus-Resumable");

  if (version != NULL && g_str_equal (version, LZ_TUS_VERSION))
    return TRUE;
  respond_error (request, 412, "tus", "this is tus " LZ_TUS_VERSION);
  lz_request_add_header (request, "Tus-Version", LZ_TUS_VERSION);
  return FALSE;
}

static gboolean
read_number (LzRequest *request, const char *name, gint64 max, gint64 *value)
{
  g_autofree char *message = NULL;

  switch (lz_tus_read_number (lz_request_get_header (request, name), max, value))
    {
    case LZ_TUS_OK:
      return TRUE;
    case LZ_TUS_BEYOND:
      respond_error (request, 413, "too_large", "the photo is too large");
      return FALSE;
    case LZ_TUS_INVALID:
    default:
      message = g_strdup_printf ("%s is missing or wrong", name);
      respond_error (request, 400, "invalid", message);
      return FALSE;
    }
}

static gboolean
read_metadata (LzRequest *request, guint8 sha256[32])
{
  if (lz_tus_read_metadata (lz_request_get_header (request, "Upload-Metadata"), sha256))
    return TRUE;
  respond_error (request, 400, "invalid", "Upload-Metadata does not name the sha256");
  return FALSE;
}

static gboolean
read_checksum (LzRequest *request, Piece *piece)
{
  if (!lz_tus_read_checksum (lz_request_get_header (request, "Upload-Checksum"), &piece->sum,
                             piece->wanted_sum))
    {
      respond_error (request, 400, "invalid", "Upload-Checksum is no sha1 or sha256");
      return FALSE;
    }
  sha1_init (&piece->sha1);
  sha256_init (&piece->sha256);
  return TRUE;
}

/* ------------------------------------------------------------------------------- pieces */

static gboolean
has_piece (LzRequest *request)
{
  const char *type = lz_request_get_header (request, "Content-Type");

  return type != NULL && g_str_equal (type, PIECE_TYPE);
}

static void
begin_piece (LzRequest *request, Piece *piece, LzUpload *upload)
{
  piece->upload = upload;
  piece->from = upload->offset;
  piece->before = upload->hash;
  lz_request_set_sink_data (request, piece);
}

/* A photo that is here, and that this account may read, need not be sent again. */
static gboolean
is_here (LzRequest *request, const guint8 sha256[32], gint64 length)
{
  gint64 size;

  return lz_api_has_photo (request, sha256, &size, NULL) && size == length;
}

static gboolean
create_open (LzRequest *request)
{
  g_autofree Piece *piece = g_new0 (Piece, 1);
  g_autoptr (GError) error = NULL;
  guint8 sha256[32];
  LzUpload *upload;
  gint64 length;

  if (!check_version (request) ||
      !read_number (request, "Upload-Length", LZ_MAX_PHOTO_BYTES, &length) ||
      !read_metadata (request, sha256) || !read_checksum (request, piece))
    return FALSE;
  if (length == 0)
    {
      respond_error (request, 400, "invalid", "an empty file is no photo");
      return FALSE;
    }
  upload = lz_upload_create (request, length, sha256, &error);
  if (upload == NULL)
    {
      respond_gerror (request, error);
      return FALSE;
    }
  piece->created = TRUE;
  begin_piece (request, g_steal_pointer (&piece), upload);
  return TRUE;
}

static gboolean
respond_unless_open (LzRequest *request, LzUploadResult result, LzUpload *upload, GError *error)
{
  switch (result)
    {
    case LZ_UPLOAD_OPEN:
      return TRUE;
    case LZ_UPLOAD_LOCKED:
      respond_error (request, 409, "locked", "another request is writing it");
      lz_request_add_header (request, "Retry-After", "1");
      return FALSE;
    case LZ_UPLOAD_DONE:
      respond_error (request, 409, "offset", "the upload is finished");
      add_number (request, "Upload-Offset", upload->length);
      lz_upload_free (upload);
      return FALSE;
    case LZ_UPLOAD_FAILED:
      respond_gerror (request, error);
      return FALSE;
    case LZ_UPLOAD_NOT_FOUND:
    default:
      respond_error (request, 404, "not_found", "no such upload");
      return FALSE;
    }
}

static gboolean
continue_open (LzRequest *request)
{
  g_autofree Piece *piece = g_new0 (Piece, 1);
  g_autoptr (GError) error = NULL;
  LzUpload *upload = NULL;
  LzUploadResult result;
  gint64 offset;

  if (!check_version (request))
    return FALSE;
  if (!has_piece (request))
    {
      respond_error (request, 415, "encoding", "Content-Type is not " PIECE_TYPE);
      return FALSE;
    }
  if (!read_number (request, "Upload-Offset", G_MAXINT64, &offset) ||
      !read_checksum (request, piece))
    return FALSE;
  result = lz_upload_acquire (request, lz_request_get_capture (request, 0), &upload, &error);
  if (!respond_unless_open (request, result, upload, error))
    return FALSE;
  if (offset != upload->offset)
    {
      respond_error (request, 409, "offset", "the upload is elsewhere");
      add_number (request, "Upload-Offset", upload->offset);
      lz_upload_release (upload, request);
      return FALSE;
    }
  begin_piece (request, g_steal_pointer (&piece), upload);
  return TRUE;
}

static gboolean
piece_write (LzRequest *request, const char *data, gsize size)
{
  Piece *piece = lz_request_get_sink_data (request);
  g_autoptr (GError) error = NULL;

  if (piece->upload->offset + (gint64) size > piece->upload->length)
    respond_error (request, 413, "too_large", "more bytes than Upload-Length");
  else if (!lz_upload_write (piece->upload, data, size, &error))
    respond_gerror (request, error);
  else
    {
      if (piece->sum == LZ_TUS_SUM_SHA1)
        sha1_update (&piece->sha1, size, (const guint8 *) data);
      else if (piece->sum == LZ_TUS_SUM_SHA256)
        sha256_update (&piece->sha256, size, (const guint8 *) data);
      return TRUE;
    }
  return FALSE;
}

static gboolean
sum_matches (Piece *piece)
{
  guint8 found[32];

  if (piece->sum == LZ_TUS_SUM_SHA1)
    sha1_digest (&piece->sha1, SHA1_DIGEST_SIZE, found);
  else if (piece->sum == LZ_TUS_SUM_SHA256)
    sha256_digest (&piece->sha256, SHA256_DIGEST_SIZE, found);
  return piece->sum == LZ_TUS_SUM_NONE ||
         memcmp (found, piece->wanted_sum, lz_tus_sum_size (piece->sum)) == 0;
}

/* An upload that is not complete must be found again after a restart. */
static gboolean
keep (LzRequest *request, LzUpload *upload, GError **error)
{
  LzUploadRow row = { upload->id, upload->user, upload->length, { 0 }, FALSE, upload->expires_ms };

  if (upload->stored)
    return TRUE;
  memcpy (row.sha256, upload->want, sizeof row.sha256);
  if (!lz_server_store_add_upload (lz_request_get_store (request), &row, error))
    return FALSE;
  upload->stored = TRUE;
  return TRUE;
}

static void
add_location (LzRequest *request, const char *id)
{
  g_autofree char *location = g_strconcat ("/v1/photos/uploads/", id, NULL);

  lz_request_add_header (request, "Location", location);
}

static void
drop_upload (LzRequest *request, Piece *piece)
{
  LzUpload *upload = g_steal_pointer (&piece->upload);

  if (upload->stored)
    lz_server_store_remove_upload (lz_request_get_store (request), upload->id, NULL);
  lz_upload_forget (upload, request);
}

static void
complete_upload (LzRequest *request, Piece *piece)
{
  LzUpload *upload = piece->upload;
  g_autofree char *id = g_strdup (upload->id);
  g_autoptr (GError) error = NULL;
  gint64 length = upload->length;
  gboolean matches;

  if (!lz_upload_finish (upload, request, &matches, &error))
    {
      respond_gerror (request, error);
      return;
    }
  if (!matches)
    {
      drop_upload (request, piece);
      respond_error (request, 460, "hash", "the bytes have another SHA-256");
      return;
    }
  piece->upload = NULL; /* it is a photo now */
  lz_request_respond (request, piece->created ? 201 : 204);
  add_tus (request);
  add_number (request, "Upload-Offset", length);
  if (piece->created)
    add_location (request, id);
}

/* The piece is in: of a creation, the first one, which may be empty. */
void
lz_api_end_upload_piece (LzRequest *request)
{
  Piece *piece = lz_request_get_sink_data (request);
  LzUpload *upload = piece->upload;
  g_autoptr (GError) error = NULL;

  if (!sum_matches (piece))
    {
      if (!lz_upload_cut (upload, piece->from, &piece->before, &error))
        respond_gerror (request, error);
      else
        respond_error (request, 460, "checksum", "the piece has another hash");
      return;
    }
  piece->counts = TRUE;
  if (piece->created && upload->offset == 0 && is_here (request, upload->want, upload->length))
    {
      g_autofree char *id = g_strdup (upload->id);
      gint64 length = upload->length;
      LzUploadRow row = { id, upload->user, length, { 0 }, TRUE, upload->expires_ms };

      memcpy (row.sha256, upload->want, sizeof row.sha256);
      if (!lz_server_store_add_upload (lz_request_get_store (request), &row, &error))
        {
          respond_gerror (request, error);
          return;
        }
      lz_upload_forget (g_steal_pointer (&piece->upload), request);
      lz_request_respond (request, 201);
      add_tus (request);
      add_number (request, "Upload-Offset", length);
      add_location (request, id);
      return;
    }
  if (upload->offset == upload->length)
    {
      complete_upload (request, piece);
      return;
    }
  if (!keep (request, upload, &error))
    {
      respond_gerror (request, error);
      return;
    }
  lz_request_respond (request, piece->created ? 201 : 204);
  add_progress (request, upload);
  if (piece->created)
    add_location (request, upload->id);
}

/* After the answer, or when the line broke: what came counts, unless a checksum was promised for
 * it, or nobody was told the upload's name. */
static void
piece_close (LzRequest *request)
{
  Piece *piece = lz_request_get_sink_data (request);
  LzUpload *upload = piece->upload;

  if (upload != NULL && !upload->stored)
    lz_upload_forget (upload, request);
  else if (upload != NULL)
    {
      if (piece->sum != LZ_TUS_SUM_NONE && !piece->counts)
        lz_upload_cut (upload, piece->from, &piece->before, NULL);
      lz_upload_release (upload, request);
    }
  g_free (piece);
}

const LzSink lz_api_create_upload_sink = { create_open, piece_write, piece_close };
const LzSink lz_api_continue_upload_sink = { continue_open, piece_write, piece_close };

/* ------------------------------------------------------------------------------- others */

void
lz_api_describe_uploads (LzRequest *request)
{
  lz_request_respond (request, 204);
  add_tus (request);
  lz_request_add_header (request, "Tus-Version", LZ_TUS_VERSION);
  lz_request_add_header (request, "Tus-Extension", TUS_EXTENSIONS);
  lz_request_add_header (request, "Tus-Checksum-Algorithm", "sha1,sha256");
  add_number (request, "Tus-Max-Size", LZ_MAX_PHOTO_BYTES);
}

/* All bytes are there, but the end was cut off by a crash or a full disk. */
static void
finish_late (LzRequest *request, LzUpload *upload)
{
  Piece piece = { .upload = upload };
  gint64 length = upload->length;

  complete_upload (request, &piece);
  if (piece.upload != NULL)
    lz_upload_release (upload, request);
  else if (lz_request_get_status (request) == 204)
    {
      lz_request_respond (request, 200);
      add_tus (request);
      add_number (request, "Upload-Offset", length);
      add_number (request, "Upload-Length", length);
    }
}

void
lz_api_head_upload (LzRequest *request)
{
  g_autoptr (GError) error = NULL;
  LzUpload *upload = NULL;
  LzUploadResult result;

  if (!check_version (request))
    return;
  result = lz_upload_acquire (request, lz_request_get_capture (request, 0), &upload, &error);
  if (result != LZ_UPLOAD_DONE && !respond_unless_open (request, result, upload, error))
    return;
  if (result == LZ_UPLOAD_OPEN && upload->offset == upload->length)
    {
      finish_late (request, upload);
      return;
    }
  lz_request_respond (request, 200);
  add_progress (request, upload);
  add_number (request, "Upload-Length", upload->length);
  if (result == LZ_UPLOAD_DONE)
    lz_upload_free (upload);
  else
    lz_upload_release (upload, request);
}

void
lz_api_delete_upload (LzRequest *request)
{
  g_autoptr (GError) error = NULL;
  LzUpload *upload = NULL;
  LzUploadResult result;

  if (!check_version (request))
    return;
  result = lz_upload_acquire (request, lz_request_get_capture (request, 0), &upload, &error);
  if (result != LZ_UPLOAD_DONE && !respond_unless_open (request, result, upload, error))
    return;
  if (!lz_server_store_remove_upload (lz_request_get_store (request), upload->id, &error))
    {
      respond_gerror (request, error);
      if (result == LZ_UPLOAD_DONE)
        lz_upload_free (upload);
      else
        lz_upload_release (upload, request);
      return;
    }
  if (result == LZ_UPLOAD_DONE)
    lz_upload_free (upload);
  else
    lz_upload_forget (upload, request);
  lz_request_respond (request, 204);
  add_tus (request);
}
