/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-log.h"
#include "lz-sync-private.h"
#include "lz-unsent.h"
#include "lz-wire.h"

/* Well below the server's 8 MiB and 10,000 lines. */
#define BATCH_EVENTS     2000
#define BATCH_BYTES      (2 * 1024 * 1024)
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

/* The path for handing in: any feed of the account will do, each event says its own. */
static char *
dup_path (LzSync *self, const LzEvent *first, GError **error)
{
  g_autoptr (GPtrArray) feeds = lz_sync_list_feeds (self->station, error);
  g_autofree char *feed = NULL;

  if (feeds == NULL)
    return NULL;
  feed = g_uri_escape_string (feeds->len > 0 ? ((const LzFeed *) g_ptr_array_index (feeds, 0))->name
                                             : first->feed,
                              NULL, FALSE);
  return g_strdup_printf ("/v1/feeds/%s/events", feed);
}

static gboolean
push_batch (LzSync *self, GPtrArray *events, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = dup_path (self, g_ptr_array_index (events, 0), error);
  g_autoptr (SoupMessage) message =
      path != NULL ? lz_http_new_message (self->http, "POST", path, error) : NULL;
  g_autoptr (GBytes) lines = NULL;
  g_auto (LzReceipts) receipts = { 0 };
  g_auto (LzHttpAnswer) answer = { 0 };

  if (message == NULL)
    return FALSE;
  lz_sync_enter (self, LZ_SYNC_PUSHING);
  lines = write_lines (events);
  lz_http_set_body (message, "application/x-ndjson", lines, TRUE);
  if (!lz_http_send (self->http, message, "application/json", MAX_ANSWER_BYTES, &answer,
                     cancellable, error))
    return FALSE;
  if (!read_receipts (answer.body, events, &receipts, error) ||
      !lz_sync_take_receipts (self->station, events, lines, &receipts, error))
    return FALSE;

  self->progress.n_pushed += receipts.receipts->len;
  for (guint i = 0; i < receipts.receipts->len; i++)
    self->progress.n_refused += g_array_index (receipts.receipts, LzReceipt, i).home_seq == 0;
  for (guint i = 0; i < events->len; i++) /* what was said of these before is old */
    lz_sync_forget_head (self, ((const LzEvent *) g_ptr_array_index (events, i))->feed);
  lz_sync_know_heads (self, receipts.heads);
  lz_sync_report (self);
  return TRUE;
}

/* The server lacks what it once answered: it was restored from a backup.  What it lost is sent
 * again. */
static gboolean
go_back (LzSync *self, GError **error)
{
  gint64 have = lz_http_get_have (self->http);

  if (have < 0)
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                           "a gap, but not from where on");
      return FALSE;
    }
  g_message ("the server has this device up to %" G_GINT64_FORMAT " only: sending again", have);
  return lz_sync_unconfirm_after (self->station, have, error);
}

/* Another store has used this device's name: this one was copied, or restored from a backup.  It
 * takes a name of its own; what the server has of it already keeps the old one.  The session is the
 * old name's: somebody must log in again. */
static gboolean
part_ways (LzSync *self, GCancellable *cancellable, GError **error)
{
  g_message ("another store uses this station's name: taking a new one");
  lz_token_forget (self->station);
  if (!lz_sync_take_new_device (self->station, error) || !lz_sync_pull (self, cancellable, error) ||
      !lz_sync_take_new_device (self->station, error))
    return FALSE;
  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_DIVERGED,
                       "another store uses this station's name; it has a new one now");
  return FALSE;
}

/* Acts of other stations that came here in a file go up under this account. */
static gboolean
push_carried (LzSync *self, const char *device, GCancellable *cancellable, GError **error)
{
  while (TRUE)
    {
      g_autoptr (GPtrArray) events =
          lz_sync_list_carried (self->station, device, BATCH_EVENTS, BATCH_BYTES, error);

      if (events == NULL)
        return FALSE;
      if (events->len == 0)
        return TRUE;
      if (!push_batch (self, events, cancellable, error))
        return FALSE;
    }
}

gboolean
lz_sync_carry (LzSync *self, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) devices = lz_unsent_list_devices (self->station);

  for (char **device = devices; *device != NULL; device++)
    if (!push_carried (self, *device, cancellable, error))
      return FALSE;
  return TRUE;
}

/* Sends what waits, in the order of its numbers; what time has ended by itself goes along.  Every
 * pass either shrinks what waits or ends. */
gboolean
lz_sync_push (LzSync *self, GCancellable *cancellable, GError **error)
{
  gboolean went_back = FALSE;

  if (!lz_log_follow_time (self->station, NULL, error))
    return FALSE;
  while (TRUE)
    {
      g_autoptr (GPtrArray) events =
          lz_sync_offer (self->station, BATCH_EVENTS, BATCH_BYTES, error);
      g_autoptr (GError) failure = NULL;

      if (events == NULL)
        return FALSE;
      if (events->len == 0)
        return TRUE;
      if (push_batch (self, events, cancellable, &failure))
        continue;
      if (g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_GAP) && !went_back)
        {
          went_back = TRUE;
          if (go_back (self, error))
            continue;
          return FALSE;
        }
      if (g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_DIVERGED))
        return part_ways (self, cancellable, error);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
}
