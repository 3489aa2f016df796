/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-server-http-private.h"

#define WINDOW_US (60 * G_USEC_PER_SEC)
/* Names that strangers make up must not fill the memory. */
#define MAX_KEYS 20000

/* Wrong passwords of the last minute, by user and address. */
struct _LzAttempts
{
  GMutex lock;
  GHashTable *times; /* "user\naddress" -> GArray of gint64, ascending */
};

LzAttempts *
lz_attempts_new (void)
{
  LzAttempts *self = g_new0 (LzAttempts, 1);

  g_mutex_init (&self->lock);
  self->times =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  return self;
}

void
lz_attempts_free (LzAttempts *self)
{
  g_hash_table_unref (self->times);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
drop_old (GArray *times, gint64 now_us)
{
  guint n = 0;

  while (n < times->len && g_array_index (times, gint64, n) <= now_us - WINDOW_US)
    n++;
  if (n > 0)
    g_array_remove_range (times, 0, n);
}

static gboolean
is_over (gpointer key, gpointer value, gpointer data)
{
  (void) key;
  drop_old (value, *(gint64 *) data);
  return ((GArray *) value)->len == 0;
}

guint
lz_server_check_attempts (LzServer *server, const char *user, const char *address)
{
  LzAttempts *self = server->attempts;
  g_autofree char *key = g_strconcat (user, "\n", address, NULL);
  gint64 now_us = g_get_monotonic_time ();
  guint seconds = 0;
  GArray *times;

  g_mutex_lock (&self->lock);
  times = g_hash_table_lookup (self->times, key);
  if (times != NULL)
    {
      drop_old (times, now_us);
      if (times->len >= server->config.attempts_per_minute)
        {
          gint64 left_us = g_array_index (times, gint64, 0) + WINDOW_US - now_us;

          seconds = (guint) (left_us / G_USEC_PER_SEC) + 1;
        }
    }
  g_mutex_unlock (&self->lock);
  return seconds;
}

void
lz_server_note_attempt (LzServer *server, const char *user, const char *address, gboolean ok)
{
  LzAttempts *self = server->attempts;
  g_autofree char *key = g_strconcat (user, "\n", address, NULL);
  gint64 now_us = g_get_monotonic_time ();
  GArray *times;

  g_mutex_lock (&self->lock);
  if (ok)
    g_hash_table_remove (self->times, key);
  else
    {
      if (g_hash_table_size (self->times) >= MAX_KEYS)
        g_hash_table_foreach_remove (self->times, is_over, &now_us);
      times = g_hash_table_lookup (self->times, key);
      if (times == NULL && g_hash_table_size (self->times) < MAX_KEYS)
        {
          times = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_hash_table_insert (self->times, g_steal_pointer (&key), times);
        }
      if (times != NULL)
        g_array_append_val (times, now_us);
    }
  g_mutex_unlock (&self->lock);
}
