/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-push-batch.h"

#include "lz-wire.h"

#define MAX_ANSWER_BYTES (8 * 1024 * 1024)

static GBytes *
write_lines (GPtrArray *events)
{
  GString *lines = g_string_sized_new (events->len * 512);

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *line = lz_wire_write_event (g_ptr_array_index (events, i));

      g_string_append (lines, line);
      g_string_append_c (lines, '\n');
    }
  return g_string_free_to_bytes (lines);
}

/* The path for handing in: any feed of the account will do, each event says its own. */
static char *
dup_path (LzSync *sync, const LzEvent *first, GError **error)
{
  g_autoptr (GPtrArray) feeds = lz_sync_list_feeds (sync->station, error);
  g_autofree char *feed = NULL;

  if (feeds == NULL)
    return NULL;
  feed = g_uri_escape_string (feeds->len > 0 ? ((const LzFeed *) g_ptr_array_index (feeds, 0))->name
                                             : first->feed,
                              NULL, FALSE);
  return g_strdup_printf ("/v1/feeds/%s/events", feed);
}

LzPushBatch *
lz_push_batch_new (LzSync *sync, GPtrArray *events, GError **error)
{
  g_autoptr (LzPushBatch) self = g_new0 (LzPushBatch, 1);
  g_autofree char *path = NULL;

  self->events = events;
  path = dup_path (sync, g_ptr_array_index (events, 0), error);
  self->message = path != NULL ? lz_http_new_message (sync->http, "POST", path, error) : NULL;
  if (self->message == NULL)
    return NULL;
  self->lines = write_lines (events);
  lz_http_set_body (self->message, "application/x-ndjson", self->lines, TRUE);
  return g_steal_pointer (&self);
}

void
lz_push_batch_free (LzPushBatch *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->events);
  g_clear_pointer (&self->lines, g_bytes_unref);
  g_clear_object (&self->message);
  lz_receipts_clear (&self->receipts);
  g_free (self);
}

gint64
lz_push_batch_get_last (const LzPushBatch *self)
{
  return ((const LzEvent *) g_ptr_array_index (self->events, self->events->len - 1))->device_seq;
}

static gboolean
set_not_ours (GError **error, const char *what)
{
  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, what);
  return FALSE;
}

/* A receipt for each event, in their order, or the whole answer counts for nothing. */
static gboolean
read_receipts (GBytes *body, GPtrArray *events, LzReceipts *answer, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gsize size;
  const char *text = g_bytes_get_data (body, &size);

  if (!lz_wire_parse_receipts (text, size, answer, &failure))
    return set_not_ours (error, failure->message);
  if (answer->receipts->len != events->len)
    return set_not_ours (error, "not as many receipts as events");
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);

      if (!lz_id_equal (&g_array_index (answer->receipts, LzReceipt, i).id, &event->id))
        return set_not_ours (error, "the receipts are not those of the events that were sent");
    }
  return TRUE;
}

gboolean
lz_push_batch_send (LzPushBatch *self, LzSync *sync, GCancellable *cancellable, GError **error)
{
  g_auto (LzHttpAnswer) answer = { 0 };

  return lz_http_send (sync->http, self->message, "application/json", MAX_ANSWER_BYTES, &answer,
                       cancellable, error) &&
         read_receipts (answer.body, self->events, &self->receipts, error);
}

gboolean
lz_push_batch_keep (LzPushBatch *self, LzSync *sync, GError **error)
{
  return lz_sync_take_receipts (sync->station, self->events, self->lines, &self->receipts,
                                &self->n_refused, error);
}

void
lz_push_batch_tell (const LzPushBatch *self, LzSync *sync)
{
  sync->progress.n_pushed += self->events->len;
  sync->progress.n_refused += self->n_refused;
  for (guint i = 0; i < self->events->len; i++) /* what was said of these before is old */
    lz_sync_forget_head (sync, ((const LzEvent *) g_ptr_array_index (self->events, i))->feed);
  lz_sync_know_heads (sync, self->receipts.heads);
  lz_sync_report (sync);
}
