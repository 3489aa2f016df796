/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-headers.h"
#include "lz-server-http-private.h"
#include "lz-wire.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Below this, compressing costs more than it saves. */
#define COMPRESS_FROM 1024

LzRequest *
lz_request_new (LzServer *server,
                struct MHD_Connection *connection,
                LzConnection *peer,
                const char *method,
                const char *path)
{
  LzRequest *self = g_new0 (LzRequest, 1);

  self->server = server;
  self->connection = connection;
  self->peer = peer;
  self->method = g_utf8_make_valid (method, -1);
  self->path = g_utf8_make_valid (path, -1);
  self->segments = lz_path_split (path);
  self->id = (guint64) g_atomic_int_add (&server->next_id, 1) + 1;
  self->start_us = g_get_monotonic_time ();
  return self;
}

void
lz_request_free (LzRequest *self)
{
  if (self->sink_open)
    self->route->sink->close (self);
  g_clear_pointer (&self->response, MHD_destroy_response);
  g_clear_pointer (&self->body, g_byte_array_unref);
  lz_session_free (self->session);
  g_strfreev (self->segments);
  g_strfreev (self->waiting_for);
  g_free (self->user);
  g_free (self->token);
  g_free (self->method);
  g_free (self->path);
  g_free (self);
}

LzServer *
lz_request_get_server (LzRequest *self)
{
  return self->server;
}

LzServerStore *
lz_request_get_store (LzRequest *self)
{
  return self->server->store;
}

const LzSession *
lz_request_get_session (LzRequest *self)
{
  return self->session;
}

const LzAccount *
lz_request_get_account (LzRequest *self)
{
  return self->session != NULL ? self->session->account : NULL;
}

const char *
lz_request_get_token (LzRequest *self)
{
  return self->token;
}

const char *
lz_request_get_address (LzRequest *self)
{
  return self->peer->address;
}

gboolean
lz_request_is_loopback (LzRequest *self)
{
  return self->peer->loopback;
}

const char *
lz_request_get_capture (LzRequest *self, guint n)
{
  g_auto (GStrv) pattern = g_strsplit (self->route->pattern + 1, "/", -1);

  for (guint i = 0; pattern[i] != NULL; i++)
    if (g_str_equal (pattern[i], "{}") && n-- == 0)
      return self->segments[i];
  g_return_val_if_reached (NULL);
}

const char *
lz_request_get_header (LzRequest *self, const char *name)
{
  return MHD_lookup_connection_value (self->connection, MHD_HEADER_KIND, name);
}

const char *
lz_request_get_query (LzRequest *self, const char *name)
{
  return MHD_lookup_connection_value (self->connection, MHD_GET_ARGUMENT_KIND, name);
}

gboolean
lz_request_read_number (LzRequest *self, const char *query, gint64 min, gint64 max, gint64 *value)
{
  const char *text = lz_request_get_query (self, query);
  g_autofree char *message = NULL;

  if (lz_query_read_number (text, min, max, value))
    return TRUE;
  message = g_strdup_printf ("%s is no number that is allowed here", query);
  lz_request_respond_error (self, 400, "invalid", message);
  return FALSE;
}

GBytes *
lz_request_read_body (LzRequest *self, gsize max)
{
  const char *encoding = lz_request_get_header (self, "Content-Encoding");
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  if (self->body == NULL)
    return g_bytes_new (NULL, 0);
  if (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0)
    {
      if (self->body->len > max)
        {
          lz_request_respond_error (self, 413, "too_large", "the body is too large");
          return NULL;
        }
      return g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
    }
  if (!g_str_equal (encoding, "gzip") && !g_str_equal (encoding, "zstd"))
    {
      lz_request_respond_error (self, 415, "encoding", "Content-Encoding is not gzip or zstd");
      return NULL;
    }
  bytes = lz_decompress (encoding, self->body->data, self->body->len, max, &error);
  if (bytes == NULL && g_error_matches (error, LZ_ERROR, LZ_ERROR_TOO_LARGE))
    lz_request_respond_error (self, 413, "too_large", error->message);
  else if (bytes == NULL)
    lz_request_respond_error (self, 400, "encoding", error->message);
  return bytes;
}

JsonObject *
lz_request_read_json (LzRequest *self, JsonParser *parser)
{
  g_autoptr (GBytes) body = lz_request_read_body (self, LZ_MAX_JSON_BYTES);
  JsonObject *object;
  const char *text;
  gsize size;

  if (body == NULL)
    return NULL;
  text = g_bytes_get_data (body, &size);
  object = lz_body_read_object (parser, text, size);
  if (object == NULL)
    lz_request_respond_error (self, 400, "invalid", "the body is no JSON object");
  return object;
}

gpointer
lz_request_get_sink_data (LzRequest *self)
{
  return self->sink_data;
}

void
lz_request_set_sink_data (LzRequest *self, gpointer data)
{
  self->sink_data = data;
}

void
lz_request_note_user (LzRequest *self, const char *user)
{
  g_free (self->user);
  self->user = g_strdup (user);
}

gboolean
lz_request_is_answered (LzRequest *self)
{
  return self->response != NULL;
}

guint
lz_request_get_status (LzRequest *self)
{
  return self->status;
}

void
lz_request_add_header (LzRequest *self, const char *name, const char *value)
{
  MHD_add_response_header (self->response, name, value);
}

static void
take_response (LzRequest *self, guint status, struct MHD_Response *response)
{
  char text[24];

  g_clear_pointer (&self->response, MHD_destroy_response);
  self->status = status;
  self->response = response;
  lz_request_add_header (self, "Luzhang-Server", "1");
  lz_request_add_header (self, "Luzhang-Epoch", lz_server_store_get_epoch (self->server->store));
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, g_get_real_time () / 1000);
  lz_request_add_header (self, "Luzhang-Time", text);
  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, self->id);
  lz_request_add_header (self, "Luzhang-Request", text);
  lz_request_add_header (self, "X-Content-Type-Options", "nosniff");
}

void
lz_request_respond (LzRequest *self, guint status)
{
  self->n_sent = 0;
  take_response (self, status,
                 MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT));
}

static void
unref_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

void
lz_request_respond_bytes (LzRequest *self, guint status, const char *type, GBytes *body)
{
  gsize size;
  const void *data = g_bytes_get_data (body, &size);

  self->n_sent = size;
  take_response (self, status,
                 MHD_create_response_from_buffer_with_free_callback_cls (
                     size, (void *) (size > 0 ? data : ""), unref_bytes, g_bytes_ref (body)));
  lz_request_add_header (self, "Content-Type", type);
}

void
lz_request_respond_text (LzRequest *self, guint status, const char *type, GString *body)
{
  const char *accept = lz_request_get_header (self, "Accept-Encoding");
  const char *encoding = body->len >= COMPRESS_FROM ? lz_header_choose_encoding (accept) : NULL;
  g_autoptr (GBytes) packed =
      encoding != NULL ? lz_compress (encoding, body->str, body->len) : NULL;
  g_autoptr (GBytes) plain = NULL;

  if (packed != NULL)
    {
      g_string_free (body, TRUE);
      lz_request_respond_bytes (self, status, type, packed);
      lz_request_add_header (self, "Content-Encoding", encoding);
    }
  else
    {
      plain = g_string_free_to_bytes (body);
      lz_request_respond_bytes (self, status, type, plain);
    }
  lz_request_add_header (self, "Vary", "Accept-Encoding");
}

void
lz_request_respond_json (LzRequest *self, guint status, GString *body)
{
  lz_request_respond_text (self, status, "application/json", body);
}

void
lz_request_respond_file (LzRequest *self,
                         guint status,
                         const char *type,
                         int fd,
                         gint64 offset,
                         gint64 length)
{
  struct MHD_Response *response =
      MHD_create_response_from_fd_at_offset64 ((guint64) length, fd, (guint64) offset);

  if (response == NULL)
    {
      close (fd);
      lz_request_respond_error (self, 500, "internal", "the file cannot be sent");
      return;
    }
  self->n_sent = (gsize) length;
  take_response (self, status, response);
  lz_request_add_header (self, "Content-Type", type);
}

void
lz_request_respond_error (LzRequest *self, guint status, const char *code, const char *message)
{
  GString *body = g_string_new ("{\"error\":");

  lz_json_append_string (body, code);
  g_string_append (body, ",\"message\":");
  lz_json_append_string (body, message);
  g_string_append_c (body, '}');
  lz_request_respond_json (self, status, body);
  lz_request_add_header (self, "Cache-Control", "no-store");
}

void
lz_request_respond_gerror (LzRequest *self, const GError *error)
{
  guint status = 500;
  const char *code = "internal";

  if (g_error_matches (error, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    status = 404, code = "not_found";
  else if (g_error_matches (error, LZ_ERROR, LZ_ERROR_INVALID))
    status = 400, code = "invalid";
  else if (g_error_matches (error, LZ_ERROR, LZ_ERROR_TOO_LARGE))
    status = 413, code = "too_large";
  else if (g_error_matches (error, LZ_ERROR, LZ_ERROR_NO_SPACE) ||
           g_error_matches (error, LZ_ERROR, LZ_ERROR_READ_ONLY))
    status = 507, code = "no_space";
  else if (g_error_matches (error, LZ_ERROR, LZ_ERROR_BUSY))
    status = 503, code = "busy";
  if (status == 500)
    g_message ("request %" G_GUINT64_FORMAT ": %s", self->id, error->message);
  lz_request_respond_error (self, status, code,
                            status == 500 ? "the server failed; its log says more"
                                          : error->message);
}

static void
queue_answer (LzRequest *self)
{
  if (self->response == NULL)
    lz_request_respond_error (self, 500, "internal", "no answer was given");
  self->phase = LZ_PHASE_ANSWERED;
  MHD_resume_connection (self->connection);
}

void
lz_request_finish (LzRequest *self)
{
  queue_answer (self);
}

void
lz_request_abort (LzRequest *self)
{
  if (self->phase == LZ_PHASE_BODY)
    shutdown (self->peer->fd, SHUT_RD);
}
