/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

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
read_receipt (JsonNode *node, const LzEvent *event, LzReceipt *receipt, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id;

  memset (receipt, 0, sizeof *receipt);
  id = object != NULL ? json_object_get_string_member_with_default (object, "id", "") : "";
  if (!lz_id_parse (id, &receipt->id) || !lz_id_equal (&receipt->id, &event->id))
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                           "the receipts are not those of the events that were sent");
      return FALSE;
    }
  receipt->home_seq = json_object_get_int_member_with_default (object, "seq", 0);
  receipt->received_ms = json_object_get_int_member_with_default (object, "received_at", 0);
  receipt->code = g_strdup (json_object_get_string_member_with_default (object, "refused", NULL));
  receipt->state = g_strdup (json_object_get_string_member_with_default (object, "state", NULL));
  receipt->message =
      g_strdup (json_object_get_string_member_with_default (object, "message", NULL));
  if ((receipt->home_seq > 0) != (receipt->code == NULL))
    {
      lz_receipt_clear (receipt);
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                           "a receipt says neither taken nor refused");
      return FALSE;
    }
  return TRUE;
}

/* A receipt for each event, in their order, or the whole answer counts for nothing. */
static GArray *
read_receipts (GBytes *body, GPtrArray *events, GError **error)
{
  g_autoptr (JsonNode) root = lz_sync_parse_object (body, error);
  g_autoptr (GArray) receipts = g_array_new (FALSE, FALSE, sizeof (LzReceipt));
  JsonNode *member;
  JsonArray *array;

  if (root == NULL)
    return NULL;
  g_array_set_clear_func (receipts, (GDestroyNotify) lz_receipt_clear);
  member = json_object_get_member (json_node_get_object (root), "receipts");
  array = member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
  if (array == NULL || json_array_get_length (array) != events->len)
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                           "not as many receipts as events");
      return NULL;
    }
  for (guint i = 0; i < events->len; i++)
    {
      LzReceipt receipt;

      if (!read_receipt (json_array_get_element (array, i), g_ptr_array_index (events, i), &receipt,
                         error))
        return NULL;
      g_array_append_val (receipts, receipt);
    }
  return g_steal_pointer (&receipts);
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
  g_autoptr (GArray) receipts = NULL;
  g_auto (LzHttpAnswer) answer = { 0 };

  if (message == NULL)
    return FALSE;
  lines = write_lines (events);
  lz_http_set_body (message, "application/x-ndjson", lines, TRUE);
  if (!lz_http_send (self->http, message, "application/json", MAX_ANSWER_BYTES, &answer,
                     cancellable, error))
    return FALSE;
  receipts = read_receipts (answer.body, events, error);
  if (receipts == NULL || !lz_sync_take_receipts (self->station, receipts, error))
    return FALSE;

  self->progress.n_pushed += receipts->len;
  for (guint i = 0; i < receipts->len; i++)
    self->progress.n_refused += g_array_index (receipts, LzReceipt, i).home_seq == 0;
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

/* Sends what waits, in the order of its numbers.  Every pass either shrinks what waits or ends. */
gboolean
lz_sync_push (LzSync *self, GCancellable *cancellable, GError **error)
{
  gboolean went_back = FALSE;

  lz_sync_enter (self, LZ_SYNC_PUSHING);
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
