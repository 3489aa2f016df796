/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-wire"

#include "config.h"

#include "lz-receipts.h"

#include "lz-error.h"
#include "lz-scan.h"
#include "lz-wire-private.h"
#include "lz-wire.h"

#define MAX_BYTES      (16 * 1024 * 1024)
#define MAX_FEED_BYTES 64
#define MAX_WORD_BYTES 64

void
lz_receipt_clear (LzReceipt *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->message, g_free);
}

void
lz_feed_head_clear (LzFeedHead *self)
{
  g_clear_pointer (&self->feed, g_free);
}

void
lz_receipts_clear (LzReceipts *self)
{
  g_clear_pointer (&self->receipts, g_array_unref);
  g_clear_pointer (&self->heads, g_array_unref);
}

static void
init (LzReceipts *self)
{
  lz_receipts_clear (self);
  self->receipts = g_array_new (FALSE, TRUE, sizeof (LzReceipt));
  g_array_set_clear_func (self->receipts, (GDestroyNotify) lz_receipt_clear);
  self->heads = g_array_new (FALSE, TRUE, sizeof (LzFeedHead));
  g_array_set_clear_func (self->heads, (GDestroyNotify) lz_feed_head_clear);
}

/* ------------------------------------------------------------------------------- quick way */

/* Nearly all receipts are of events that were taken: {"id":…,"seq":N,"received_at":N}. */
static gboolean
scan_receipts (Scan *scan, GArray *receipts)
{
  do
    {
      LzReceipt receipt = { 0 };

      if (!expect (scan, "{\"id\":") || !scan_id (scan, &receipt.id) ||
          !expect (scan, ",\"seq\":") || !scan_int (scan, 1, G_MAXINT64, &receipt.home_seq) ||
          !expect (scan, ",\"received_at\":") ||
          !scan_int (scan, LZ_WIRE_ANY_TIME, &receipt.received_ms) || !expect (scan, "}"))
        return FALSE;
      g_array_append_val (receipts, receipt);
    }
  while (expect (scan, ","));
  return TRUE;
}

static gboolean
scan_heads (Scan *scan, GArray *heads)
{
  if (expect (scan, "]"))
    return TRUE;
  do
    {
      char chain[2 * LZ_SHA256_SIZE + 1];
      char feed[MAX_FEED_BYTES + 1];
      LzFeedHead head = { 0 };

      if (!expect (scan, "{\"feed\":") || !scan_word (scan, MAX_FEED_BYTES, feed) ||
          !expect (scan, ",\"head\":") || !scan_int (scan, 0, G_MAXINT64, &head.seq) ||
          !expect (scan, ",\"chain\":") || !scan_word (scan, sizeof chain - 1, chain) ||
          !lz_wire_parse_hash (chain, head.chain) || !expect (scan, "}"))
        return FALSE;
      head.feed = g_strdup (feed);
      g_array_append_val (heads, head);
    }
  while (expect (scan, ","));
  return expect (scan, "]");
}

static gboolean
scan_answer (const char *text, gsize length, LzReceipts *answer)
{
  Scan scan = { text, text + length };
  gint64 time_ms;

  return g_utf8_validate (text, (gssize) length, NULL) && expect (&scan, "{\"receipts\":[") &&
         scan_receipts (&scan, answer->receipts) && expect (&scan, "],\"feeds\":[") &&
         scan_heads (&scan, answer->heads) && expect (&scan, ",\"received_at\":") &&
         scan_int (&scan, LZ_WIRE_ANY_TIME, &time_ms) && expect (&scan, "}") && scan.at == scan.end;
}

/* ----------------------------------------------------------------------------- general way */

static gboolean
set_invalid (GError **error, const char *what)
{
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, what);
  return FALSE;
}

static gboolean
read_receipt (JsonNode *node, LzReceipt *receipt)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = NULL, *code = NULL, *state = NULL, *message = NULL;

  if (object == NULL || !lz_json_read_text (object, "id", LZ_ID_STRING_SIZE, &id, NULL) ||
      !lz_id_parse (id, &receipt->id) ||
      !lz_json_read_int (object, "seq", 1, G_MAXINT64, &receipt->home_seq, NULL) ||
      !lz_json_read_int (object, "received_at", LZ_WIRE_ANY_TIME, &receipt->received_ms, NULL) ||
      !lz_json_read_text (object, "refused", MAX_WORD_BYTES, &code, NULL) ||
      !lz_json_read_text (object, "state", MAX_WORD_BYTES, &state, NULL) ||
      !lz_json_read_text (object, "message", LZ_WIRE_MAX_TEXT_BYTES, &message, NULL))
    return FALSE;
  receipt->code = g_strdup (code);
  receipt->state = g_strdup (state);
  receipt->message = g_strdup (message);
  return TRUE;
}

static gboolean
read_head (JsonNode *node, LzFeedHead *head)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *feed = NULL, *chain = NULL;

  if (object == NULL || !lz_json_read_text (object, "feed", MAX_FEED_BYTES, &feed, NULL) ||
      feed == NULL || !lz_json_read_int (object, "head", 0, G_MAXINT64, &head->seq, NULL) ||
      !lz_json_read_text (object, "chain", 2 * LZ_SHA256_SIZE, &chain, NULL) || chain == NULL ||
      !lz_wire_parse_hash (chain, head->chain))
    return FALSE;
  head->feed = g_strdup (feed);
  return TRUE;
}

/* NULL where the member is missing or no array. */
static JsonArray *
get_array (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
read_answer (const char *text, gsize length, LzReceipts *answer, GError **error)
{
  g_autoptr (JsonNode) root = lz_wire_parse_json_of (text, (gssize) length, MAX_BYTES, error);
  JsonArray *receipts, *heads;

  if (root == NULL)
    return FALSE;
  receipts = get_array (json_node_get_object (root), "receipts");
  heads = get_array (json_node_get_object (root), "feeds");
  if (receipts == NULL)
    return set_invalid (error, "no receipts");
  for (guint i = 0; i < json_array_get_length (receipts); i++)
    {
      LzReceipt receipt = { 0 };
      gboolean ok = read_receipt (json_array_get_element (receipts, i), &receipt);

      g_array_append_val (answer->receipts, receipt);
      if (!ok || (receipt.home_seq > 0) != (receipt.code == NULL))
        return set_invalid (error, "a receipt says neither taken nor refused");
    }
  for (guint i = 0; heads != NULL && i < json_array_get_length (heads); i++)
    {
      LzFeedHead head = { 0 };
      gboolean ok = read_head (json_array_get_element (heads, i), &head);

      g_array_append_val (answer->heads, head);
      if (!ok)
        return set_invalid (error, "a feed's head is not as it should be");
    }
  return TRUE;
}

/**
 * lz_wire_parse_receipts:
 * @text: a JSON object, Receipts of the API
 * @length: its bytes
 * @answer: (out caller-allocates): all zero; clear with lz_receipts_clear(), after a failure too
 * @error: (nullable): %LZ_ERROR_INVALID or %LZ_ERROR_TOO_LARGE
 *
 * Reads what the server answered to events that were handed in.  Any thread.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_wire_parse_receipts (const char *text, gsize length, LzReceipts *answer, GError **error)
{
  init (answer);
  if (scan_answer (text, length, answer))
    return TRUE;
  init (answer);
  return read_answer (text, length, answer, error);
}
