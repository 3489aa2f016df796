/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-headers.h"
#include "lz-server-http-private.h"

#include <malloc.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WORKERS      8
#define SLOW_WORKERS 2
/* Also how much of a body is handed on at once. */
#define CONNECTION_MEMORY (128 * 1024)
/* The slowest sender of a long body that is not cut off. */
#define SLOWEST_BYTES_S 4096
#define STOP_S          30
/* After so many bytes in and out the heap is trimmed. */
#define TRIM_BYTES (1024 * 1024)

LzServerStore *
lz_server_get_store (LzServer *self)
{
  return self->store;
}

const LzServerConfig *
lz_server_get_config (LzServer *self)
{
  return &self->config;
}

LzUploads *
lz_server_get_uploads (LzServer *self)
{
  return self->uploads;
}

gboolean
lz_server_is_stopping (LzServer *self)
{
  gboolean stopping;

  g_mutex_lock (&self->lock);
  stopping = self->stopping;
  g_mutex_unlock (&self->lock);
  return stopping;
}

/* ---------------------------------------------------------------------------- workers */

static void
work (gpointer data, gpointer user_data)
{
  LzRequest *request = data;
  const LzRoute *route = request->route;

  (void) user_data;
  route->handler (request); /* an asynchronous one may have freed the request by now */
  if ((route->flags & LZ_ROUTE_ASYNC) == 0)
    lz_request_finish (request);
}

/* Gives a request, whose connection is suspended, to a worker. */
void
lz_request_dispatch (LzRequest *request)
{
  LzServer *server = request->server;

  g_thread_pool_push ((request->route->flags & LZ_ROUTE_SLOW) ? server->slow_workers
                                                              : server->workers,
                      request, NULL);
}

/* ----------------------------------------------------------------------------- requests */

static gboolean
authenticate (LzRequest *request)
{
  const char *token = lz_header_read_bearer (lz_request_get_header (request, "Authorization"));
  g_autoptr (GError) error = NULL;

  if (token != NULL)
    {
      request->token = g_strdup (token);
      request->session = lz_server_store_find_session (request->server->store, token, &error);
    }
  if (error != NULL)
    lz_request_respond_gerror (request, error);
  else if (request->session == NULL)
    {
      lz_request_respond_error (request, 401, "token", "no session, or it has ended");
      lz_request_add_header (request, "WWW-Authenticate", "Bearer");
    }
  else if ((request->route->flags & LZ_ROUTE_ADMIN) != 0 &&
           (request->session->account->roles & LZ_ROLE_ADMIN) == 0)
    lz_request_respond_error (request, 403, "role", "for administrators only");
  return request->response == NULL;
}

gboolean
lz_request_check_again (LzRequest *request)
{
  g_clear_pointer (&request->session, lz_session_free);
  g_clear_pointer (&request->token, g_free);
  return authenticate (request);
}

static gint64
get_content_length (LzRequest *request)
{
  return lz_header_read_length (lz_request_get_header (request, "Content-Length"),
                                lz_request_get_header (request, "Transfer-Encoding"));
}

/* Everything that can be said from the headers alone. */
static void
open_request (LzRequest *request)
{
  guint status;

  request->route = lz_router_find (request->method, request->path, request->segments, &status);
  if (request->route == NULL)
    {
      lz_request_respond_error (request, status, status == 405 ? "method" : "not_found",
                                status == 405 ? "this path does not take that method"
                                              : "no such path");
      return;
    }
  if ((request->route->flags & LZ_ROUTE_OPEN) == 0 && !authenticate (request))
    return;
  if (get_content_length (request) > (gint64) request->route->max_body)
    {
      lz_request_respond_error (request, 413, "too_large", "the body is too large");
      return;
    }
  if (request->route->sink != NULL)
    request->sink_open = request->route->sink->open (request);
}

static enum MHD_Result
begin_request (LzServer *server,
               struct MHD_Connection *connection,
               const char *method,
               const char *path,
               void **con_cls)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  LzRequest *request = lz_request_new (server, connection, info->socket_context, method, path);
  gint64 length;

  *con_cls = request;
  g_mutex_lock (&server->lock);
  server->n_active++;
  g_mutex_unlock (&server->lock);
  open_request (request);
  length = get_content_length (request);
  lz_peers_set_phase (server->peers, request->peer, TRUE, length != 0,
                      (server->config.slow_s +
                       CLAMP (length, 0, LZ_MAX_PHOTO_BYTES) / SLOWEST_BYTES_S) *
                          G_USEC_PER_SEC);
  if (request->response == NULL)
    return MHD_YES;
  /* Read a short body first, that the client can read the answer. */
  if (length != 0 && length <= LZ_DISCARD_BYTES &&
      lz_request_get_header (request, "Expect") == NULL)
    return MHD_YES;
  request->phase = LZ_PHASE_ANSWERED;
  return MHD_queue_response (connection, request->status, request->response);
}

static enum MHD_Result
take_body (LzRequest *request, const char *data, size_t *size)
{
  gsize max = request->route != NULL ? request->route->max_body : 0;

  request->n_received += *size;
  if (request->n_received > max + LZ_DISCARD_BYTES)
    return MHD_NO;
  if (request->response == NULL && request->n_received > max)
    lz_request_respond_error (request, 413, "too_large", "the body is too large");
  else if (request->response == NULL && request->sink_open)
    request->route->sink->write (request, data, *size);
  else if (request->response == NULL)
    {
      if (request->body == NULL)
        request->body = g_byte_array_new ();
      g_byte_array_append (request->body, (const guint8 *) data, (guint) *size);
    }
  *size = 0;
  return MHD_YES;
}

/* MHD calls it when the headers are there, for each piece of the body, after the last one, and
 * again after the suspended connection was resumed with the answer. */
static enum MHD_Result
access_cb (void *cls,
           struct MHD_Connection *connection,
           const char *url,
           const char *method,
           const char *version,
           const char *upload_data,
           size_t *upload_data_size,
           void **con_cls)
{
  LzServer *server = cls;
  LzRequest *request = *con_cls;

  (void) version;
  if (request == NULL)
    return begin_request (server, connection, method, url, con_cls);
  if (*upload_data_size > 0)
    return take_body (request, upload_data, upload_data_size);

  if (request->phase == LZ_PHASE_BODY && request->response == NULL)
    {
      lz_peers_set_phase (server->peers, request->peer, TRUE, FALSE, 0);
      request->phase = LZ_PHASE_WORKING;
      MHD_suspend_connection (connection);
      lz_request_dispatch (request);
      return MHD_YES;
    }
  request->phase = LZ_PHASE_ANSWERED;
  return MHD_queue_response (connection, request->status, request->response);
}

static void
completed_cb (void *cls,
              struct MHD_Connection *connection,
              void **con_cls,
              enum MHD_RequestTerminationCode code)
{
  LzServer *server = cls;
  LzRequest *request = *con_cls;

  (void) connection;
  if (request == NULL)
    return;
  *con_cls = NULL;
  lz_peers_set_phase (server->peers, request->peer, FALSE, FALSE,
                      (gint64) server->config.slow_s * G_USEC_PER_SEC);
  lz_access_log (request, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
  lz_server_count (server, LZ_COUNT_REQUESTS, 1);
  lz_server_count (server, LZ_COUNT_BYTES_IN, request->n_received);
  lz_server_count (server, LZ_COUNT_BYTES_OUT, request->n_sent);
  if (request->status != 0)
    lz_server_count (server,
                     request->status >= 500   ? LZ_COUNT_5XX
                     : request->status >= 400 ? LZ_COUNT_4XX
                                              : LZ_COUNT_2XX,
                     1);
  lz_request_free (request);
  g_mutex_lock (&server->lock);
  server->n_active--;
  if (server->n_active == 0)
    g_cond_broadcast (&server->idle);
  g_mutex_unlock (&server->lock);
}

static enum MHD_Result
accept_cb (void *cls, const struct sockaddr *address, socklen_t length)
{
  LzServer *server = cls;

  (void) length;
  return lz_peers_accept (server->peers, address) ? MHD_YES : MHD_NO;
}

/* ------------------------------------------------------------------------------- watch */

/* Gives back what a long request needed; not while the next one may want it. */
static void
trim_memory (LzServer *self, guint64 *seen)
{
  guint64 received = __atomic_load_n (&self->counts[LZ_COUNT_BYTES_IN], __ATOMIC_RELAXED) +
                     __atomic_load_n (&self->counts[LZ_COUNT_BYTES_OUT], __ATOMIC_RELAXED);

  if (received - *seen < TRIM_BYTES)
    return;
  *seen = received;
  malloc_trim (0);
}

/* Does what the passing of time does to cases, and tells those who wait; FALSE if it could not. */
static gboolean
follow_time (LzServer *self)
{
  g_autoptr (GPtrArray) fed = NULL;
  g_autoptr (GError) error = NULL;

  if (!lz_server_store_follow_time (self->store, g_get_real_time () / 1000, &fed, &error))
    {
      g_message ("ending suspensions: %s", error->message);
      return FALSE;
    }
  if (fed->len > 0)
    lz_server_tell (self, fed);
  return TRUE;
}

/* Ends waits, slow senders, old uploads and suspensions in time. */
static gpointer
watch_thread (gpointer data)
{
  LzServer *self = data;
  gint64 sweep_us = 0, follow_us = 0;
  guint64 seen = 0;

  for (;;)
    {
      gint64 now_us = g_get_monotonic_time ();
      gint64 until_us = MIN (now_us + G_USEC_PER_SEC, lz_news_next_us (self->news));
      gboolean stopping;

      g_mutex_lock (&self->lock);
      if (!self->stopping)
        g_cond_wait_until (&self->tick, &self->lock, MAX (until_us, now_us + 1000));
      stopping = self->stopping;
      g_mutex_unlock (&self->lock);
      if (stopping)
        return NULL;

      lz_news_flush (self->news);
      lz_news_expire (self->news, FALSE);
      lz_peers_close_slow (self->peers);
      trim_memory (self, &seen);
      if (g_get_monotonic_time () >= follow_us)
        follow_us = g_get_monotonic_time () + (follow_time (self) ? 1 : 60) * G_USEC_PER_SEC;
      if (g_get_monotonic_time () >= sweep_us)
        {
          lz_uploads_sweep (self->uploads, self);
          sweep_us = g_get_monotonic_time () +
                     MIN (60, MAX (1, self->config.upload_s / 2)) * G_USEC_PER_SEC;
        }
    }
}

/* ----------------------------------------------------------------------- start and stop */

static gboolean
write_port (LzServer *self, GError **error)
{
  const union MHD_DaemonInfo *info = MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT);
  g_autofree char *text = g_strdup_printf ("%u\n", info->port);

  return self->config.port_file == NULL ||
         g_file_set_contents (self->config.port_file, text, -1, error);
}

static gboolean
start_daemon (LzServer *self, GError **error)
{
  const LzServerConfig *config = &self->config;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocketConnectable) connectable = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  struct sockaddr_storage native;
  gboolean tls = config->certificate != NULL;
  guint flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
  struct MHD_OptionItem tls_options[] = {
    { MHD_OPTION_HTTPS_MEM_CERT, 0, NULL },
    { MHD_OPTION_HTTPS_MEM_KEY, 0, NULL },
    { MHD_OPTION_END, 0, NULL },
  };
  struct MHD_OptionItem none = { MHD_OPTION_END, 0, NULL };

  connectable = g_network_address_parse (config->listen, 8460, error);
  if (connectable == NULL)
    return FALSE;
  address = g_inet_socket_address_new_from_string (
      g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable)),
      g_network_address_get_port (G_NETWORK_ADDRESS (connectable)));
  if (address == NULL)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "%s is no address to listen at",
                   config->listen);
      return FALSE;
    }
  if (!g_socket_address_to_native (address, &native, sizeof native, error) ||
      (tls && (!g_file_get_contents (config->certificate, &certificate, NULL, error) ||
               !g_file_get_contents (config->key, &key, NULL, error))))
    return FALSE;
  tls_options[0].ptr_value = certificate;
  tls_options[1].ptr_value = key;
  if (tls)
    flags |= MHD_USE_TLS;
  if (native.ss_family == AF_INET6)
    flags |= MHD_USE_IPv6;

  self->daemon = MHD_start_daemon (flags, 0, accept_cb, self, access_cb, self, MHD_OPTION_SOCK_ADDR,
                                   &native, MHD_OPTION_THREAD_POOL_SIZE,
                                   MAX (2u, g_get_num_processors ()), MHD_OPTION_CONNECTION_LIMIT,
                                   config->max_connections, MHD_OPTION_CONNECTION_TIMEOUT,
                                   config->idle_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                   (size_t) CONNECTION_MEMORY, MHD_OPTION_NOTIFY_COMPLETED,
                                   completed_cb, self, MHD_OPTION_NOTIFY_CONNECTION,
                                   lz_peers_notify_cb, self, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
                                   MHD_OPTION_ARRAY, tls ? tls_options : &none, MHD_OPTION_END);
  if (self->daemon == NULL)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_FAILED, "cannot listen at %s", config->listen);
      return FALSE;
    }
  return TRUE;
}

LzServer *
lz_server_start (LzServerStore *store, const LzServerConfig *config, GError **error)
{
  LzServer *self = g_new0 (LzServer, 1);

  self->store = store;
  self->config = *config;
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  g_cond_init (&self->tick);
  self->news = lz_news_new ();
  self->peers = lz_peers_new (self);
  self->attempts = lz_attempts_new ();
  self->uploads = lz_uploads_new ();
  self->workers = g_thread_pool_new (work, self, WORKERS, TRUE, NULL);
  self->slow_workers = g_thread_pool_new (work, self, SLOW_WORKERS, TRUE, NULL);
  self->watch = g_thread_new ("lz-watch", watch_thread, self);
  if (start_daemon (self, error) && write_port (self, error))
    return self;
  lz_server_stop (self);
  return NULL;
}

/* Waits for the requests that have begun, but not for ever. */
static void
drain (LzServer *self)
{
  gint64 until_us = g_get_monotonic_time () + STOP_S * G_USEC_PER_SEC;

  for (;;)
    {
      gboolean over;

      lz_news_expire (self->news, TRUE);
      g_mutex_lock (&self->lock);
      over = self->n_active == 0 || g_get_monotonic_time () >= until_us;
      if (!over)
        g_cond_wait_until (&self->idle, &self->lock, g_get_monotonic_time () + G_USEC_PER_SEC / 20);
      g_mutex_unlock (&self->lock);
      if (over)
        return;
    }
}

void
lz_server_stop (LzServer *self)
{
  MHD_socket listening = MHD_INVALID_SOCKET;

  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_broadcast (&self->tick);
  g_mutex_unlock (&self->lock);
  if (self->daemon != NULL)
    {
      listening = MHD_quiesce_daemon (self->daemon);
      if (listening != MHD_INVALID_SOCKET)
        shutdown (listening, SHUT_RDWR); /* who comes now is refused and not left waiting */
      drain (self);
    }
  g_thread_join (self->watch);
  /* A worker must be able to resume its connection: the daemon goes after them. */
  g_thread_pool_free (self->workers, FALSE, TRUE);
  g_thread_pool_free (self->slow_workers, FALSE, TRUE);
  if (self->daemon != NULL)
    MHD_stop_daemon (self->daemon);
  if (listening != MHD_INVALID_SOCKET)
    close (listening);
  lz_uploads_free (self->uploads);
  lz_news_free (self->news);
  lz_peers_free (self->peers);
  lz_attempts_free (self->attempts);
  g_cond_clear (&self->idle);
  g_cond_clear (&self->tick);
  g_mutex_clear (&self->lock);
  g_free (self);
}
