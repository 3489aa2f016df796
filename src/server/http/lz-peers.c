/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"
#define _GNU_SOURCE  /* POLLRDHUP */

#include "config.h"

#include "lz-server-http-private.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define DEFAULT_PER_ADDRESS 40

/* Who is connected: how many from one address, and since when each is sending. */
struct _LzPeers
{
  LzServer *server;
  GMutex lock;           /* guards the rest, and the members of each LzConnection */
  GHashTable *counts;    /* address -> number */
  GHashTable *connected; /* set of LzConnection */
};

static char *
dup_address (const struct sockaddr *address, gboolean *loopback)
{
  char text[INET6_ADDRSTRLEN] = "";

  *loopback = FALSE;
  if (address->sa_family == AF_INET)
    {
      const struct in_addr *in = &((const struct sockaddr_in *) (const void *) address)->sin_addr;

      inet_ntop (AF_INET, in, text, sizeof text);
      *loopback = (ntohl (in->s_addr) >> 24) == 127;
    }
  else if (address->sa_family == AF_INET6)
    {
      const struct in6_addr *in =
          &((const struct sockaddr_in6 *) (const void *) address)->sin6_addr;

      inet_ntop (AF_INET6, in, text, sizeof text);
      *loopback = IN6_IS_ADDR_LOOPBACK (in);
    }
  return g_strdup (text);
}

LzPeers *
lz_peers_new (LzServer *server)
{
  LzPeers *self = g_new0 (LzPeers, 1);

  self->server = server;
  g_mutex_init (&self->lock);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->connected = g_hash_table_new (g_direct_hash, g_direct_equal);
  return self;
}

void
lz_peers_free (LzPeers *self)
{
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->connected);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Before anything is read: may one more come from there? */
gboolean
lz_peers_accept (LzPeers *self, const struct sockaddr *address)
{
  guint limit = self->server->config.max_per_address;
  gboolean loopback, ok;
  g_autofree char *text = dup_address (address, &loopback);

  if (limit == 0 && loopback)
    return TRUE;
  if (limit == 0)
    limit = DEFAULT_PER_ADDRESS;
  g_mutex_lock (&self->lock);
  ok = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, text)) < limit;
  g_mutex_unlock (&self->lock);
  if (!ok)
    lz_server_count (self->server, LZ_COUNT_CONNECTIONS_TURNED_AWAY, 1);
  return ok;
}

static void
count_address (LzPeers *self, const char *address, int by)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, address)) + (guint) by;

  if (n == 0)
    g_hash_table_remove (self->counts, address);
  else
    g_hash_table_insert (self->counts, g_strdup (address), GUINT_TO_POINTER (n));
}

static LzConnection *
begin (LzPeers *self, struct MHD_Connection *connection)
{
  LzConnection *peer = g_new0 (LzConnection, 1);
  const union MHD_ConnectionInfo *address =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const union MHD_ConnectionInfo *fd =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);

  peer->address = dup_address (address->client_addr, &peer->loopback);
  peer->fd = fd->connect_fd;
  peer->since_us = g_get_monotonic_time ();
  peer->allowed_us = (gint64) self->server->config.slow_s * G_USEC_PER_SEC;
  g_mutex_lock (&self->lock);
  count_address (self, peer->address, 1);
  g_hash_table_add (self->connected, peer);
  g_mutex_unlock (&self->lock);
  return peer;
}

static void
end (LzPeers *self, LzConnection *peer)
{
  g_mutex_lock (&self->lock);
  count_address (self, peer->address, -1);
  g_hash_table_remove (self->connected, peer);
  g_mutex_unlock (&self->lock);
  g_free (peer->address);
  g_free (peer);
}

void
lz_peers_notify_cb (void *cls,
                    struct MHD_Connection *connection,
                    void **socket_context,
                    enum MHD_ConnectionNotificationCode code)
{
  LzServer *server = cls;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    *socket_context = begin (server->peers, connection);
  else if (*socket_context != NULL)
    {
      end (server->peers, *socket_context);
      *socket_context = NULL;
    }
}

void
lz_peers_set_phase (LzPeers *self,
                    LzConnection *peer,
                    gboolean in_request,
                    gboolean reading,
                    gint64 allowed_us)
{
  g_mutex_lock (&self->lock);
  peer->in_request = in_request;
  peer->reading = reading;
  peer->n_gone = 0;
  peer->since_us = g_get_monotonic_time ();
  peer->allowed_us = allowed_us;
  g_mutex_unlock (&self->lock);
}

/* Whether the client has gone in the middle of its headers or its body.  The daemon (libmicrohttpd
 * 0.9.75 with epoll) does not see an end that came together with the last bytes until its timeout.
 * Seen twice, a second apart: what it read just now may have been the rest. */
static gboolean
has_left (LzConnection *peer)
{
  struct pollfd look = { .fd = peer->fd, .events = POLLRDHUP };
  gboolean gone = poll (&look, 1, 0) == 1 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
  int unread = 0;

  if (!gone || (peer->in_request && !peer->reading) || ioctl (peer->fd, FIONREAD, &unread) < 0 ||
      unread > 0)
    peer->n_gone = 0;
  else
    peer->n_gone++;
  return peer->n_gone > 1;
}

/* Ends connections that send, but so slowly that they only hold a place.  One that sends nothing at
 * all ends by itself, by the daemon's own timeout. */
void
lz_peers_close_slow (LzPeers *self)
{
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  LzConnection *peer;

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->connected);
  while (g_hash_table_iter_next (&iter, (gpointer *) &peer, NULL))
    if (has_left (peer))
      shutdown (peer->fd, SHUT_RDWR);
    else if ((!peer->in_request || peer->reading) && now_us - peer->since_us > peer->allowed_us)
      {
        shutdown (peer->fd, SHUT_RDWR);
        peer->since_us = now_us;
        lz_server_count (self->server, LZ_COUNT_SLOW_CLOSED, 1);
      }
  g_mutex_unlock (&self->lock);
}

guint
lz_peers_count (LzPeers *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = g_hash_table_size (self->connected);
  g_mutex_unlock (&self->lock);
  return n;
}
