/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-wire"

#include "config.h"

#include "lz-feed-line.h"

#include "lz-error.h"
#include "lz-json-writer.h"
#include "lz-wire-private.h"
#include "lz-wire.h"

#include <nettle/sha2.h>
#include <string.h>

#define MAX_LINE_BYTES (2 * LZ_WIRE_MAX_EVENT_BYTES)

void
lz_feed_line_clear (LzFeedLine *self)
{
  g_clear_pointer (&self->event, lz_event_free);
  g_clear_pointer (&self->canonical, g_bytes_unref);
}

void
lz_wire_chain_bytes (const guint8 previous[LZ_SHA256_SIZE],
                     const void *canonical,
                     gsize size,
                     guint8 chain[LZ_SHA256_SIZE])
{
  struct sha256_ctx ctx;

  sha256_init (&ctx);
  sha256_update (&ctx, LZ_SHA256_SIZE, previous);
  sha256_update (&ctx, size, canonical);
  sha256_digest (&ctx, LZ_SHA256_SIZE, chain);
}

static gboolean
set_invalid (GError **error, const char *what)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "a feed's line: %s", what);
  return FALSE;
}

static gboolean
read_frame (JsonObject *object, LzFeedLine *line, JsonNode **event, GError **error)
{
  const char *chain = NULL;
  gint64 seq = 0;

  if (!lz_json_read_int (object, "seq", 1, G_MAXINT64, &seq, NULL) || seq == 0)
    return set_invalid (error, "no seq");
  if (!lz_json_read_text (object, "chain", 2 * LZ_SHA256_SIZE, &chain, NULL) || chain == NULL ||
      !lz_wire_parse_hash (chain, line->chain))
    return set_invalid (error, "no chain");
  *event = json_object_get_member (object, "event");
  if (*event == NULL || !JSON_NODE_HOLDS_OBJECT (*event))
    return set_invalid (error, "no event");
  line->seq = seq;
  return TRUE;
}

/* The general way: whatever is JSON. */
static gboolean
read_line (const char *text, gsize length, LzFeedLine *line, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GString) event = NULL;
  JsonNode *node;
  char *canonical;

  if (length > MAX_LINE_BYTES)
    return set_invalid (error, "too long");
  root = lz_wire_parse_json_of (text, (gssize) length, MAX_LINE_BYTES, NULL);
  if (root == NULL)
    return set_invalid (error, "not JSON");
  if (!read_frame (json_node_get_object (root), line, &node, error))
    return FALSE;

  event = g_string_sized_new (length);
  if (!lz_json_append_canonical (event, node, error))
    return FALSE;
  line->event = lz_wire_parse_event (event->str, (gssize) event->len, error);
  if (line->event == NULL)
    return FALSE;
  canonical = lz_wire_write_event (line->event);
  line->canonical = g_bytes_new_take (canonical, strlen (canonical));
  return TRUE;
}

/**
 * lz_wire_parse_feed_line:
 * @text: one line, without its end
 * @length: its bytes
 * @line: (out caller-allocates): all zero; clear with lz_feed_line_clear()
 * @error: (nullable): %LZ_ERROR_INVALID or %LZ_ERROR_TOO_LARGE, saying what is wrong
 *
 * Reads a line of a feed.  Says nothing of whether it fits the chain.  Any thread.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_wire_parse_feed_line (const char *text, gsize length, LzFeedLine *line, GError **error)
{
  if (lz_wire_scan_feed_line (text, length, line))
    return TRUE;
  lz_feed_line_clear (line);
  memset (line, 0, sizeof *line);
  return read_line (text, length, line, error);
}
