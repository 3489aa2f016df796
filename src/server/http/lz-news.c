/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"
#define _GNU_SOURCE  /* POLLRDHUP */

#include "config.h"

#include "lz-server-http-private.h"

#include <poll.h>

/* Requests that wait for a feed to grow.  They hold a suspended connection and nothing else. */
struct _LzNews
{
  GMutex lock;             /* guards the rest */
  GHashTable *generations; /* feed -> guint64: how often it has grown */
  GPtrArray *waiting;      /* LzRequest */
};

LzNews *
lz_news_new (void)
{
  LzNews *self = g_new0 (LzNews, 1);

  g_mutex_init (&self->lock);
  self->generations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->waiting = g_ptr_array_new ();
  return self;
}

void
lz_news_free (LzNews *self)
{
  g_hash_table_unref (self->generations);
  g_ptr_array_unref (self->waiting);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static guint64
look_up (LzNews *self, const char *feed)
{
  const guint64 *generation = g_hash_table_lookup (self->generations, feed);

  return generation != NULL ? *generation : 0;
}

guint64
lz_server_get_generation (LzServer *server, const char *feed)
{
  LzNews *self = server->news;
  guint64 generation;

  g_mutex_lock (&self->lock);
  generation = look_up (self, feed);
  g_mutex_unlock (&self->lock);
  return generation;
}

static void
dispatch_all (GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    lz_request_dispatch (requests->pdata[i]);
}

void
lz_server_tell (LzServer *server, GPtrArray *feeds)
{
  LzNews *self = server->news;
  g_autoptr (GPtrArray) woken = g_ptr_array_new ();

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < feeds->len; i++)
    {
      guint64 *generation = g_new (guint64, 1);

      *generation = look_up (self, feeds->pdata[i]) + 1;
      g_hash_table_replace (self->generations, g_strdup (feeds->pdata[i]), generation);
      for (guint w = 0; w < self->waiting->len;)
        {
          LzRequest *request = self->waiting->pdata[w];

          if (g_str_equal (request->waiting_for, feeds->pdata[i]))
            g_ptr_array_add (woken, g_ptr_array_steal_index_fast (self->waiting, w));
          else
            w++;
        }
    }
  g_mutex_unlock (&self->lock);
  dispatch_all (woken);
}

void
lz_request_wait (LzRequest *request, const char *feed, guint64 generation, guint seconds)
{
  LzServer *server = request->server;
  LzNews *self = server->news;
  gboolean wait;

  if (request->waiting_for == NULL)
    {
      request->waiting_for = g_strdup (feed);
      request->until_us = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
    }
  g_mutex_lock (&self->lock);
  wait = look_up (self, feed) == generation;
  if (wait)
    g_ptr_array_add (self->waiting, request);
  g_mutex_unlock (&self->lock);
  if (wait)
    {
      g_mutex_lock (&server->lock); /* there may be an earlier time to wake up at */
      g_cond_signal (&server->tick);
      g_mutex_unlock (&server->lock);
    }
  else
    lz_request_dispatch (request);
}

gboolean
lz_request_has_waited (LzRequest *request)
{
  return request->has_waited;
}

/* Whether the client has gone: nobody would notice while the connection is suspended. */
static gboolean
has_left (LzRequest *request)
{
  struct pollfd look = { .fd = request->peer->fd, .events = POLLRDHUP };

  return poll (&look, 1, 0) == 1 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void
lz_news_expire (LzNews *self, gboolean everybody)
{
  g_autoptr (GPtrArray) over = g_ptr_array_new ();
  gint64 now_us = g_get_monotonic_time ();

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->waiting->len;)
    {
      LzRequest *request = self->waiting->pdata[i];

      if (everybody || request->until_us <= now_us || has_left (request))
        {
          request->has_waited = TRUE;
          g_ptr_array_add (over, g_ptr_array_steal_index_fast (self->waiting, i));
        }
      else
        i++;
    }
  g_mutex_unlock (&self->lock);
  dispatch_all (over);
}

gint64
lz_news_next_us (LzNews *self)
{
  gint64 next_us = G_MAXINT64;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->waiting->len; i++)
    next_us = MIN (next_us, ((LzRequest *) self->waiting->pdata[i])->until_us);
  g_mutex_unlock (&self->lock);
  return next_us;
}

guint
lz_news_count (LzNews *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->waiting->len;
  g_mutex_unlock (&self->lock);
  return n;
}
