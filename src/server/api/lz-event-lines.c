/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-event-lines.h"
#include "lz-wire.h"

#include <string.h>

/* Fewer lines are not worth a thread. */
#define LINES_A_PART 256

static void
clear_line (gpointer data)
{
  LzEventLine *line = data;

  lz_event_free (line->event);
  g_free (line->canonical);
  g_clear_error (&line->error);
}

GArray *
lz_event_lines_split (const char *text, gsize size, guint max)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (LzEventLine));
  const char *end = size > 0 ? text + size : text; /* nothing may be NULL */

  g_array_set_clear_func (lines, clear_line);
  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));
      LzEventLine line = { .text = text, .length = (gsize) ((stop != NULL ? stop : end) - text) };

      if (line.length > 0 && lines->len == max)
        return NULL;
      if (line.length > 0)
        g_array_append_val (lines, line);
      text += line.length + 1;
    }
  return g_steal_pointer (&lines);
}

/* One body that several threads read. */
typedef struct
{
  GArray *lines;
  guint next;  /* first line that nobody has taken; atomic */
  GMutex lock; /* guards the next */
  GCond done;
  guint n_left; /* helpers that have not ended */
} Work;

static void
parse_parts (Work *work)
{
  for (;;)
    {
      guint from = (guint) g_atomic_int_add ((gint *) &work->next, LINES_A_PART);
      guint to = MIN (from + LINES_A_PART, work->lines->len);

      if (from >= work->lines->len)
        return;
      for (guint i = from; i < to; i++)
        {
          LzEventLine *line = &g_array_index (work->lines, LzEventLine, i);

          line->event =
              lz_wire_parse_canonical (line->text, line->length, &line->canonical, &line->error);
        }
    }
}

static void
help (gpointer data, gpointer user_data)
{
  Work *work = data;

  (void) user_data;
  parse_parts (work);
  g_mutex_lock (&work->lock);
  if (--work->n_left == 0)
    g_cond_signal (&work->done);
  g_mutex_unlock (&work->lock);
}

static gpointer
make_helpers (gpointer data)
{
  (void) data;
  return g_thread_pool_new (help, NULL, (gint) g_get_num_processors (), FALSE, NULL);
}

void
lz_event_lines_parse (GArray *lines)
{
  static GOnce once = G_ONCE_INIT;
  Work work = { .lines = lines };
  guint n_parts = lines->len / LINES_A_PART;

  if (n_parts > 1)
    work.n_left = MIN (n_parts, g_get_num_processors ()) - 1;
  g_mutex_init (&work.lock);
  g_cond_init (&work.done);
  for (guint i = work.n_left; i > 0; i--)
    g_thread_pool_push (g_once (&once, make_helpers, NULL), &work, NULL);
  parse_parts (&work);
  g_mutex_lock (&work.lock);
  while (work.n_left > 0)
    g_cond_wait (&work.done, &work.lock);
  g_mutex_unlock (&work.lock);
  g_mutex_clear (&work.lock);
  g_cond_clear (&work.done);
}
