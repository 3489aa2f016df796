/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-private.h"

#define BATCH_LINES 2500
/* The server stops after 16 MiB; the line that it is at then comes whole. */
#define MAX_ANSWER_BYTES (17 * 1024 * 1024)

static gboolean
set_not_ours (GError **error, const char *what)
{
  g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, "a feed's line: %s", what);
  return FALSE;
}

/* What is no line of a feed at all is not of our server; a line whose event is none is. */
static gboolean
read_line (const char *text, gsize length, LzFeedLine *line, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (lz_wire_parse_feed_line (text, length, line, &failure))
    return TRUE;
  if (line->seq == 0)
    g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, failure->message);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static GArray *
read_lines (GBytes *body, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (LzFeedLine));
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  const char *end = size > 0 ? text + size : text; /* nothing may be NULL */

  g_array_set_clear_func (lines, (GDestroyNotify) lz_feed_line_clear);
  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));
      LzFeedLine line = { 0 };

      if (stop == NULL)
        {
          set_not_ours (error, "cut off");
          return NULL;
        }
      if (!read_line (text, (gsize) (stop - text), &line, error))
        {
          lz_feed_line_clear (&line);
          return NULL;
        }
      g_array_append_val (lines, line);
      text = stop + 1;
    }
  return g_steal_pointer (&lines);
}

/* Lines after @after, and where the feed ends: asks the server, and not the station. */
static GArray *
request_lines (LzSync *self,
               const char *feed,
               gint64 after,
               gint64 *head,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *name = g_uri_escape_string (feed, NULL, FALSE);
  g_autofree char *path =
      g_strdup_printf ("/v1/feeds/%s/events?after=%" G_GINT64_FORMAT "&limit=%u", name, after,
                       BATCH_LINES);
  g_autoptr (SoupMessage) message = lz_http_new_message (self->http, "GET", path, error);
  g_auto (LzHttpAnswer) answer = { 0 };
  const char *text;

  if (message == NULL || !lz_http_send (self->http, message, "application/x-ndjson",
                                        MAX_ANSWER_BYTES, &answer, cancellable, error))
    return NULL;
  text = soup_message_headers_get_one (answer.headers, "Luzhang-Feed-Head");
  if (text == NULL)
    {
      set_not_ours (error, "the feed's head is missing");
      return NULL;
    }
  *head = g_ascii_strtoll (text, NULL, 10);
  return read_lines (answer.body, error);
}

/* A break in the chain stops the pull of this feed and says so. */
static void
take_chain_error (GError **error, GError *failure)
{
  if (!g_error_matches (failure, LZ_ERROR, LZ_ERROR_CORRUPT))
    {
      g_propagate_error (error, failure);
      return;
    }
  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_CHAIN, failure->message);
  g_error_free (failure);
}

static gboolean
check_head (const LzFeed *feed, gint64 head, guint n_lines, GError **error)
{
  if (head < feed->seq)
    g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_CHAIN,
                 "feed %s ends at %" G_GINT64_FORMAT ", but was read up to %" G_GINT64_FORMAT,
                 feed->name, head, feed->seq);
  else if (head > feed->seq && n_lines == 0)
    g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_CHAIN,
                 "feed %s ends at %" G_GINT64_FORMAT ", but line %" G_GINT64_FORMAT " did not come",
                 feed->name, head, feed->seq + 1);
  else
    return TRUE;
  return FALSE;
}

/* Whether the server has said that the feed ends where it was read to; then the chain must be the
 * same, too. */
static gboolean
is_at_head (LzSync *self, const LzFeed *feed, gboolean *at_head, GError **error)
{
  const LzFeedHead *head = lz_sync_get_head (self, feed->name);

  *at_head = head != NULL && head->seq == feed->seq;
  if (!*at_head || memcmp (head->chain, feed->chain, sizeof head->chain) == 0)
    return TRUE;
  g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_CHAIN,
               "feed %s was changed at or before line %" G_GINT64_FORMAT, feed->name, feed->seq);
  return FALSE;
}

/* Lines that the station takes in. */
typedef struct
{
  LzStation *station;
  const char *feed;
  GArray *lines;
  guint n_new;
  GError *error;
} Taking;

static gpointer
take_lines (gpointer data)
{
  Taking *taking = data;

  lz_sync_take_lines (taking->station, taking->feed, taking->lines, &taking->n_new, &taking->error);
  return NULL;
}

/* Takes @lines in, and meanwhile asks for those that follow: NULL without @error where none do.
 * Nothing here touches the station until the thread that does has ended. */
static gboolean
take_and_request (LzSync *self,
                  LzFeed *feed,
                  GArray *lines,
                  gint64 *head,
                  GArray **next,
                  GCancellable *cancellable,
                  GError **error)
{
  Taking taking = { self->station, feed->name, lines, 0, NULL };
  gint64 last = g_array_index (lines, LzFeedLine, lines->len - 1).seq;
  GThread *thread = NULL;
  GError *failure = NULL;

  *next = NULL;
  if (last < *head)
    {
      thread = g_thread_new ("luzhang-pull", take_lines, &taking);
      *next = request_lines (self, feed->name, last, head, cancellable, &failure);
      g_thread_join (thread);
    }
  else
    {
      take_lines (&taking);
    }
  if (taking.error == NULL)
    {
      feed->seq = last;
      self->progress.n_pulled += taking.n_new;
      lz_sync_report (self);
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_clear_error (&failure);
  g_clear_pointer (next, g_array_unref);
  take_chain_error (error, taking.error);
  return FALSE;
}

static gboolean
pull_feed (LzSync *self, LzFeed *feed, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) lines = NULL;
  gint64 head = 0;
  gboolean at_head;

  if (!is_at_head (self, feed, &at_head, error))
    return FALSE;
  if (at_head)
    return TRUE;
  lz_sync_enter (self, LZ_SYNC_PULLING);
  lines = request_lines (self, feed->name, feed->seq, &head, cancellable, error);
  if (lines == NULL)
    return FALSE;
  while (lines != NULL)
    {
      GArray *next;

      if (!lz_sync_is_same_life (self, error) || !check_head (feed, head, lines->len, error))
        return FALSE;
      if (lines->len == 0)
        return TRUE;
      if (!take_and_request (self, feed, lines, &head, &next, cancellable, error))
        return FALSE;
      g_array_unref (lines);
      lines = next;
    }
  return TRUE;
}

/* Reads every feed of the account to its end; one that fails does not hold up the others. */
gboolean
lz_sync_pull (LzSync *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) feeds = lz_sync_list_feeds (self->station, error);
  g_autoptr (GError) first = NULL;

  if (feeds == NULL)
    return FALSE;
  for (guint i = 0; i < feeds->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autoptr (GError) failure = NULL;

      if (pull_feed (self, g_ptr_array_index (feeds, i), cancellable, &failure))
        continue;
      g_info ("%s", failure->message);
      if (first == NULL)
        first = g_steal_pointer (&failure);
    }
  if (first == NULL)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
