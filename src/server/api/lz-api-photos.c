/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"
#include "lz-headers.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_HASHES 10000

/* A row alone is no photo: a server may have been restored without its photo folder. */
gboolean
lz_api_has_photo (LzRequest *request,
                  const guint8 sha256[LZ_SHA256_SIZE],
                  gint64 *size,
                  GError **error)
{
  LzServerStore *store = lz_request_get_store (request);
  g_autofree char *path = NULL;
  GStatBuf file;

  if (!lz_server_store_can_read_photo (store, lz_request_get_account (request), sha256, size,
                                       error))
    return FALSE;
  path = lz_blobs_dup_path (lz_server_store_get_blobs (store), sha256);
  return g_stat (path, &file) == 0 && S_ISREG (file.st_mode) && file.st_size == *size;
}

/* The photo that the path names, if this account may have it. */
static gboolean
read_photo (LzRequest *request, guint8 sha256[32], gint64 *size)
{
  g_autoptr (GError) error = NULL;

  if (lz_sha256_parse (lz_request_get_capture (request, 0), sha256) &&
      lz_api_has_photo (request, sha256, size, &error))
    return TRUE;
  if (error != NULL)
    lz_request_respond_gerror (request, error);
  else
    lz_request_respond_error (request, 404, "not_found", "no such photo");
  return FALSE;
}

static void
add_tag (LzRequest *request, const char *tag)
{
  lz_request_add_header (request, "ETag", tag);
  lz_request_add_header (request, "Cache-Control", "private, max-age=31536000, immutable");
}

/* Whether the client has it: 304 is answered then. */
static gboolean
is_current (LzRequest *request, const char *tag)
{
  const char *have = lz_request_get_header (request, "If-None-Match");

  if (!lz_header_names_tag (have, tag))
    return FALSE;
  lz_request_respond (request, 304);
  add_tag (request, tag);
  return TRUE;
}

static void
respond_range (LzRequest *request, int fd, gint64 size, const char *tag)
{
  const char *condition = lz_request_get_header (request, "If-Range");
  const char *header = lz_request_get_header (request, "Range");
  g_autofree char *text = NULL;
  gint64 from = 0, length = size;
  LzRange range = condition != NULL && !g_str_equal (condition, tag)
                      ? LZ_RANGE_NONE
                      : lz_header_read_range (header, size, &from, &length);

  if (range == LZ_RANGE_BEYOND)
    {
      g_autofree char *whole = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, size);

      g_close (fd, NULL);
      lz_request_respond_error (request, 416, "range", "beyond the end");
      lz_request_add_header (request, "Content-Range", whole);
      return;
    }
  lz_request_respond_file (request, range == LZ_RANGE_PART ? 206 : 200, "application/octet-stream",
                           fd, from, length);
  if (range == LZ_RANGE_PART)
    {
      text = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                              from, from + length - 1, size);
      lz_request_add_header (request, "Content-Range", text);
    }
  lz_request_add_header (request, "Accept-Ranges", "bytes");
  add_tag (request, tag);
}

static int
open_file (LzRequest *request, const char *path)
{
  g_autoptr (GError) error = NULL;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd >= 0)
    return fd;
  lz_error_set_errno (&error, errno, "opening", path);
  lz_request_respond_gerror (request, error);
  return -1;
}

void
lz_api_get_photo (LzRequest *request)
{
  g_autofree char *path = NULL;
  g_autofree char *tag = NULL;
  guint8 sha256[32];
  char text[65];
  gint64 size;
  int fd;

  if (!read_photo (request, sha256, &size))
    return;
  lz_sha256_format (sha256, text);
  tag = g_strdup_printf ("\"%s\"", text);
  if (is_current (request, tag))
    return;
  path = lz_blobs_dup_path (lz_server_store_get_blobs (lz_request_get_store (request)), sha256);
  fd = open_file (request, path);
  if (fd >= 0)
    respond_range (request, fd, size, tag);
}

static void
respond_preview (LzRequest *request, const char *path, const char *tag)
{
  int fd = open_file (request, path);
  struct stat st;

  if (fd < 0)
    return;
  if (fstat (fd, &st) < 0)
    {
      g_close (fd, NULL);
      lz_request_respond_error (request, 500, "internal", "the preview cannot be read");
      return;
    }
  lz_request_respond_file (request, 200,
                           g_str_has_suffix (path, ".png") ? "image/png" : "image/jpeg", fd, 0,
                           st.st_size);
  add_tag (request, tag);
}

void
lz_api_get_preview (LzRequest *request)
{
  LzBlobs *blobs = lz_server_store_get_blobs (lz_request_get_store (request));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *tag = NULL;
  gint64 pixels = 320, size;
  guint8 sha256[32];
  char text[65];

  if (!read_photo (request, sha256, &size) ||
      !lz_request_read_number (request, "size", 160, 1280, &pixels))
    return;
  if (pixels != 160 && pixels != 320 && pixels != 640 && pixels != 1280)
    {
      lz_request_respond_error (request, 400, "invalid", "size is 160, 320, 640 or 1280");
      return;
    }
  lz_sha256_format (sha256, text);
  tag = g_strdup_printf ("\"%s-%d\"", text, (int) pixels);
  if (is_current (request, tag))
    return;
  path = lz_blobs_ensure_preview (blobs, sha256, (guint) pixels, NULL, &error);
  if (path != NULL)
    respond_preview (request, path, tag);
  else if (g_error_matches (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO) ||
           g_error_matches (error, LZ_ERROR, LZ_ERROR_BROKEN_PHOTO) ||
           g_error_matches (error, LZ_ERROR, LZ_ERROR_TOO_LARGE))
    lz_request_respond_error (request, 422, "not_a_photo", error->message);
  else
    lz_request_respond_gerror (request, error);
}

/* FALSE with an answer given if @hashes holds anything but hashes. */
static gboolean
write_have (LzRequest *request, JsonArray *hashes, GString *out)
{
  g_autoptr (GError) error = NULL;
  gboolean first = TRUE;

  for (guint i = 0; i < json_array_get_length (hashes); i++)
    {
      JsonNode *node = json_array_get_element (hashes, i);
      guint8 sha256[32];
      gint64 size;

      if (!JSON_NODE_HOLDS_VALUE (node) || !lz_sha256_parse (json_node_get_string (node), sha256))
        {
          lz_request_respond_error (request, 400, "invalid", "hashes holds what is no hash");
          return FALSE;
        }
      if (lz_api_has_photo (request, sha256, &size, &error))
        {
          g_string_append_printf (out, "%s\"%s\"", first ? "" : ",", json_node_get_string (node));
          first = FALSE;
        }
      if (error != NULL)
        {
          lz_request_respond_gerror (request, error);
          return FALSE;
        }
    }
  return TRUE;
}

void
lz_api_have_photos (LzRequest *request)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GString) out = g_string_new ("{\"have\":[");
  JsonObject *body = lz_request_read_json (request, parser);
  JsonNode *node;

  if (body == NULL)
    return;
  node = json_object_get_member (body, "hashes");
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) ||
      json_array_get_length (json_node_get_array (node)) > MAX_HASHES)
    {
      lz_request_respond_error (request, 400, "invalid", "hashes is no array of at most 10000");
      return;
    }
  if (!write_have (request, json_node_get_array (node), out))
    return;
  g_string_append (out, "]}");
  lz_request_respond_json (request, 200, g_steal_pointer (&out));
}
