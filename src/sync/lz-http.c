/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-http.h"

#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <zstd.h>

#define TIMEOUT_S       90
#define MAX_ERROR_BYTES (64 * 1024)
#define MAX_ERROR_DEPTH 16
/* Below this, compressing costs more than it saves. */
#define COMPRESS_FROM_BYTES 512

struct _LzHttp
{
  GUri *base;
  char *token;
  gboolean any_server;
  SoupSession *session;
  char *epoch;
  gint64 time_ms;
  guint retry_after_s;
  gint64 have;
};

void
lz_http_answer_clear (LzHttpAnswer *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
}

LzHttp *
lz_http_new (const char *url, const char *token, gboolean any_server)
{
  LzHttp *self = g_new0 (LzHttp, 1);

  self->base = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  self->token = g_strdup (token);
  self->any_server = any_server;
  self->have = -1;
  self->session = soup_session_new ();
  soup_session_set_timeout (self->session, TIMEOUT_S);
  soup_session_set_user_agent (self->session, "luzhang/" LZ_VERSION);
  /* zstd is ours to decode, and one decoder with one limit is enough */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  return self;
}

void
lz_http_free (LzHttp *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->session);
  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self->token);
  g_free (self->epoch);
  g_free (self);
}

gboolean
lz_http_is_any_server (LzHttp *self)
{
  return self->any_server;
}

const char *
lz_http_get_epoch (LzHttp *self)
{
  return self->epoch;
}

gint64
lz_http_get_time_ms (LzHttp *self)
{
  return self->time_ms;
}

guint
lz_http_get_retry_after_s (LzHttp *self)
{
  return self->retry_after_s;
}

gint64
lz_http_get_have (LzHttp *self)
{
  return self->have;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

gboolean
lz_http_check_url (const char *url, gboolean insist, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' ||
      (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0))
    {
      g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_REFUSED,
                   _ ("“%s” is not the address of a server."), url);
      return FALSE;
    }
  if (strcmp (scheme, "http") == 0 && !insist && !is_loopback (host))
    {
      g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_INSECURE, "%s is not encrypted", url);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_same_server (GUri *a, GUri *b)
{
  return g_strcmp0 (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 &&
         g_strcmp0 (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         g_uri_get_port (a) == g_uri_get_port (b);
}

SoupMessage *
lz_http_new_message (LzHttp *self, const char *method, const char *path, GError **error)
{
  g_autoptr (GUri) uri = self->base != NULL
                             ? g_uri_parse_relative (self->base, path, SOUP_HTTP_URI_FLAGS, NULL)
                             : NULL;
  SoupMessage *message;

  /* The token goes to our server only, whatever an answer's Location says. */
  if (uri == NULL || !is_same_server (uri, self->base))
    {
      g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, "“%s” leads away from the server",
                   path);
      return NULL;
    }
  message = soup_message_new_from_uri (method, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    value);
    }
  return message;
}

void
lz_http_set_body (SoupMessage *message, const char *type, GBytes *body, gboolean compress)
{
  gsize size;
  const void *data = g_bytes_get_data (body, &size);

  if (compress && size >= COMPRESS_FROM_BYTES)
    {
      gsize bound = ZSTD_compressBound (size);
      guint8 *packed = g_malloc (bound);
      gsize length = ZSTD_compress (packed, bound, data, size, 1);

      g_assert (!ZSTD_isError (length)); /* the bound is ZSTD's own */
      soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding",
                                    "zstd");
      {
        g_autoptr (GBytes) bytes = g_bytes_new_take (packed, length);

        soup_message_set_request_body_from_bytes (message, type, bytes);
      }
      return;
    }
  soup_message_set_request_body_from_bytes (message, type, body);
}

static GBytes *
read_all (GInputStream *stream, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (65536);

  while (TRUE)
    {
      gssize n = g_input_stream_read (stream, buffer, 65536, cancellable, error);

      if (n < 0)
        return NULL;
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      if (bytes->len + (gsize) n > max_bytes)
        {
          g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                               "the answer is larger than the contract allows");
          return NULL;
        }
      g_byte_array_append (bytes, buffer, (guint) n);
    }
}

static GBytes *
unpack (GBytes *packed, gsize max_bytes, GError **error)
{
  ZSTD_DStream *decoder = ZSTD_createDStream ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (65536);
  ZSTD_inBuffer in = { g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), 0 };
  gsize left = 1;

  while (in.pos < in.size)
    {
      ZSTD_outBuffer out = { buffer, 65536, 0 };

      left = ZSTD_decompressStream (decoder, &out, &in);
      if (ZSTD_isError (left) || bytes->len + out.pos > max_bytes)
        break;
      g_byte_array_append (bytes, buffer, (guint) out.pos);
    }
  ZSTD_freeDStream (decoder);
  if (left == 0 && in.pos == in.size)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));

  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                       "the compressed answer is cut off or damaged");
  return NULL;
}

static void
learn_from_headers (LzHttp *self, SoupMessageHeaders *headers)
{
  const char *epoch = soup_message_headers_get_one (headers, "Luzhang-Epoch");
  const char *time = soup_message_headers_get_one (headers, "Luzhang-Time");
  const char *retry = soup_message_headers_get_one (headers, "Retry-After");

  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  if (time != NULL)
    self->time_ms = g_ascii_strtoll (time, NULL, 10);
  self->retry_after_s = retry != NULL ? (guint) g_ascii_strtoull (retry, NULL, 10) : 0;
}

void
lz_http_take_error (GError **error, GError *failure)
{
  if (failure->domain == LZ_SYNC_ERROR ||
      g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, failure);
      return;
    }
  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_OFFLINE, failure->message);
  g_error_free (failure);
}

static LzSyncError
code_for_status (guint status, const char *word)
{
  if (g_strcmp0 (word, "gap") == 0)
    return LZ_SYNC_ERROR_GAP;
  if (g_strcmp0 (word, "diverged") == 0)
    return LZ_SYNC_ERROR_DIVERGED;
  if (g_strcmp0 (word, "locked") == 0)
    return LZ_SYNC_ERROR_LOCKED;
  if (g_strcmp0 (word, "device_taken") == 0)
    return LZ_SYNC_ERROR_DEVICE_TAKEN;
  switch (status)
    {
    case 401:
      return LZ_SYNC_ERROR_LOGIN;
    case 403:
      return LZ_SYNC_ERROR_FORBIDDEN;
    case 404:
    case 410:
      return LZ_SYNC_ERROR_GONE;
    case 408:
    case 423:
    case 425:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return LZ_SYNC_ERROR_BUSY;
    case 409:
      return LZ_SYNC_ERROR_OFFSET;
    case 460:
      return LZ_SYNC_ERROR_HASH;
    case 507:
      return LZ_SYNC_ERROR_NO_SPACE;
    default:
      return status >= 500 ? LZ_SYNC_ERROR_BUSY : LZ_SYNC_ERROR_REFUSED;
    }
}

/* {"error": code, "message": …, "have": N} */
static void
read_error (LzHttp *self, GBytes *body, char **word, char **words)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  self->have = -1;
  if (body == NULL ||
      !lz_json_check (g_bytes_get_data (body, NULL), g_bytes_get_size (body), MAX_ERROR_DEPTH) ||
      !json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                                   (gssize) g_bytes_get_size (body), NULL))
    return;
  if (json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return;
  object = json_node_get_object (json_parser_get_root (parser));
  *word = g_strdup (lz_json_get_text (object, "error", NULL));
  *words = g_strdup (lz_json_get_text (object, "message", NULL));
  self->have = lz_json_get_int (object, "have", -1);
}

static void
set_status_error (LzHttp *self, SoupMessage *message, GBytes *body, gboolean ours, GError **error)
{
  guint status = soup_message_get_status (message);
  g_autofree char *path =
      g_uri_to_string_partial (soup_message_get_uri (message), G_URI_HIDE_QUERY);
  g_autofree char *word = NULL;
  g_autofree char *words = NULL;
  LzSyncError code;

  read_error (self, body, &word, &words);
  /* A proxy's 502 to 504 says no more than that the server is away. */
  if (!ours && status >= 500)
    code = LZ_SYNC_ERROR_BUSY;
  else
    code = ours ? code_for_status (status, word) : LZ_SYNC_ERROR_NOT_OURS;
  g_set_error (error, LZ_SYNC_ERROR, (int) code, "%s %s: %u %s%s%s",
               soup_message_get_method (message), path, status, word != NULL ? word : "",
               words != NULL ? ": " : "", words != NULL ? words : "");
}

static gboolean
is_ours (LzHttp *self, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  return self->any_server ||
         g_strcmp0 (soup_message_headers_get_one (headers, "Luzhang-Server"), "1") == 0;
}

static gboolean
is_unchanged (SoupMessage *message)
{
  return soup_message_get_status (message) == SOUP_STATUS_NOT_MODIFIED &&
         soup_message_headers_get_one (soup_message_get_request_headers (message),
                                       "If-None-Match") != NULL;
}

/* NULL with @error set unless the answer is ours and says that it went well. */
static GInputStream *
send (LzHttp *self, SoupMessage *message, GCancellable *cancellable, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) body = NULL;
  GError *failure = NULL;
  gboolean ours;

  self->retry_after_s = 0;
  self->have = -1;
  stream = soup_session_send (self->session, message, cancellable, &failure);
  if (stream == NULL)
    {
      lz_http_take_error (error, failure);
      return NULL;
    }
  ours = is_ours (self, message);
  if (ours)
    learn_from_headers (self, headers);
  if (ours &&
      (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)) || is_unchanged (message)))
    return g_steal_pointer (&stream);

  body = read_all (stream, MAX_ERROR_BYTES, cancellable, NULL);
  set_status_error (self, message, body, ours, error);
  return NULL;
}

static gboolean
check_type (SoupMessage *message, const char *type, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *given = soup_message_headers_get_content_type (headers, NULL);

  if (type == NULL || g_strcmp0 (given, type) == 0 || is_unchanged (message))
    return TRUE;
  g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, "an answer of type %s instead of %s",
               given != NULL ? given : "?", type);
  return FALSE;
}

/* A line that breaks right after the headers looks to libsoup like the end of the answer, and an
 * answer without a length ends wherever its line does: neither is whole. */
static gboolean
check_length (SoupMessage *message, gsize size, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);
  guint status = soup_message_get_status (message);

  if (strcmp (soup_message_get_method (message), "HEAD") == 0 || status == SOUP_STATUS_NO_CONTENT ||
      is_unchanged (message) || encoding == SOUP_ENCODING_CHUNKED ||
      (encoding == SOUP_ENCODING_CONTENT_LENGTH &&
       soup_message_headers_get_content_length (headers) == (goffset) size))
    return TRUE;
  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_OFFLINE, "the answer was cut off");
  return FALSE;
}

gboolean
lz_http_send (LzHttp *self,
              SoupMessage *message,
              const char *type,
              gsize max_bytes,
              LzHttpAnswer *answer,
              GCancellable *cancellable,
              GError **error)
{
  SoupMessageHeaders *request = soup_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) body = NULL;
  GError *failure = NULL;

  if (type != NULL)
    soup_message_headers_replace (request, "Accept-Encoding", "zstd");
  stream = send (self, message, cancellable, error);
  if (stream == NULL || !check_type (message, type, error))
    return FALSE;
  body = read_all (stream, max_bytes, cancellable, &failure);
  if (body == NULL)
    {
      lz_http_take_error (error, failure);
      return FALSE;
    }
  if (!check_length (message, g_bytes_get_size (body), error))
    return FALSE;
  if (g_strcmp0 (soup_message_headers_get_one (headers, "Content-Encoding"), "zstd") == 0)
    {
      GBytes *plain = unpack (body, max_bytes, error);

      g_clear_pointer (&body, g_bytes_unref);
      body = plain;
    }
  if (body == NULL)
    return FALSE;

  answer->status = soup_message_get_status (message);
  answer->body = g_steal_pointer (&body);
  answer->headers = soup_message_headers_ref (headers);
  return TRUE;
}

GInputStream *
lz_http_send_stream (LzHttp *self, SoupMessage *message, GCancellable *cancellable, GError **error)
{
  return send (self, message, cancellable, error);
}
