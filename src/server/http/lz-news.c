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
  GHashTable *soon;        /* feeds with news that nobody was told of yet */
};

LzNews *
lz_news_new (void)
{
  LzNews *self = g_new0 (LzNews, 1);

  g_mutex_init (&self->lock);
  self->generations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->waiting = g_ptr_array_new ();
  self->soon = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
lz_news_free (LzNews *self)
{
  g_hash_table_unref (self->generations);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->soon);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* With the lock held.  Each of them only grows: the sum is the same if none has. */
static guint64
look_up (LzNews *self, const char *const *feeds)
{
  guint64 sum = 0;

  for (guint i = 0; feeds[i] != NULL; i++)
    {
      const guint64 *generation = g_hash_table_lookup (self->generations, feeds[i]);

      sum += generation != NULL ? *generation : 0;
    }
  return sum;
}

guint64
lz_server_get_generation (LzServer *server, const char *const *feeds)
{
  LzNews *self = server->news;
  guint64 generation;

  g_mutex_lock (&self->lock);
  generation = look_up (self, feeds);
  g_mutex_unlock (&self->lock);
  return generation;
}

static void
dispatch_all (GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    lz_request_dispatch (requests->pdata[i]);
}

/* With the lock held: who waits for @feed goes over to @woken. */
static void
raise_generation (LzNews *self, const char *feed, GPtrArray *woken)
{
  const char *const feeds[] = { feed, NULL };
  guint64 *generation = g_new (guint64, 1);

  *generation = look_up (self, feeds) + 1;
  g_hash_table_replace (self->generations, g_strdup (feed), generation);
  for (guint w = 0; w < self->waiting->len;)
    {
      LzRequest *request = self->waiting->pdata[w];

      if (g_strv_contains ((const char *const *) request->waiting_for, feed))
        {
          request->has_news = TRUE;
          g_ptr_array_add (woken, g_ptr_array_steal_index_fast (self->waiting, w));
        }
      else
        w++;
    }
}

void
lz_server_tell (LzServer *server, GPtrArray *feeds)
{
  LzNews *self = server->news;
  g_autoptr (GPtrArray) woken = g_ptr_array_new ();

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < feeds->len; i++)
    raise_generation (self, feeds->pdata[i], woken);
  g_mutex_unlock (&self->lock);
  dispatch_all (woken);
}

void
lz_server_tell_all (LzServer *server)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_ptr_array_add (all, (gpointer) LZ_NEWS_OF_ALL);
  lz_server_tell (server, all);
}

void
lz_server_tell_soon (LzServer *server, GPtrArray *feeds)
{
  LzNews *self = server->news;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < feeds->len; i++)
    g_hash_table_add (self->soon, g_strdup (feeds->pdata[i]));
  g_mutex_unlock (&self->lock);
}

void
lz_news_flush (LzNews *self)
{
  g_autoptr (GPtrArray) woken = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer feed;

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->soon);
  while (g_hash_table_iter_next (&iter, &feed, NULL))
    {
      raise_generation (self, feed, woken);
      g_hash_table_iter_remove (&iter);
    }
  g_mutex_unlock (&self->lock);
  dispatch_all (woken);
}

void
lz_request_wait (LzRequest *request, const char *const *feeds, guint64 generation, guint seconds)
{
  LzServer *server = request->server;
  LzNews *self = server->news;
  gboolean wait;

  if (request->waiting_for == NULL)
    {
      request->waiting_for = g_strdupv ((GStrv) feeds);
      request->until_us = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
    }
  g_mutex_lock (&self->lock);
  wait = look_up (self, feeds) == generation;
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
    {
      request->has_news = TRUE;
      lz_request_dispatch (request);
    }
}

gboolean
lz_request_has_news (LzRequest *request)
{
  return request->has_news;
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
