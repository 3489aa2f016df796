/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-wire"

#include "config.h"

#include "lz-error.h"
#include "lz-json-writer.h"
#include "lz-wire-private.h"
#include "lz-wire.h"

#include <string.h>

static char *
write_event (const LzEvent *event, gboolean received)
{
  GString *out = g_string_sized_new (512);
  char text[LZ_ID_STRING_SIZE];
  LzJsonObject object;

  lz_json_object_begin (&object, out);
  lz_json_object_string (&object, "actor", event->actor);
  if (!lz_id_is_nil (&event->basis))
    {
      lz_id_format (&event->basis, text);
      lz_json_object_string (&object, "basis", text);
    }
  lz_json_object_key (&object, "body");
  g_string_append (out, event->body_json);
  lz_json_object_string (&object, "device", event->device);
  lz_json_object_int (&object, "device_seq", event->device_seq);
  lz_json_object_string (&object, "feed", event->feed);
  if (received)
    lz_json_object_int (&object, "home_seq", event->home_seq);
  lz_id_format (&event->id, text);
  lz_json_object_string (&object, "id", text);
  lz_json_object_string (&object, "kind", event->kind_name);
  lz_json_object_int (&object, "occurred_at", event->occurred_ms);
  if (received)
    lz_json_object_int (&object, "received_at", event->received_ms);
  lz_id_format (&event->subject, text);
  lz_json_object_string (&object, "subject", text);
  lz_json_object_end (&object);
  return g_string_free (out, FALSE);
}

/**
 * lz_wire_write_event:
 * @event: an event; its @body_json is canonical
 *
 * Writes the canonical event: what its author said, without the server's additions.  These bytes
 * are what the chain hashes and what a station pushes.
 *
 * Returns: (transfer full): one line of JSON, no line end
 */
char *
lz_wire_write_event (const LzEvent *event)
{
  return write_event (event, FALSE);
}

/**
 * lz_wire_write_received_event:
 * @event: an event that the server has put in order
 *
 * Writes @event with `home_seq` and `received_at`: a line of a feed.
 *
 * Returns: (transfer full): one line of JSON, no line end
 */
char *
lz_wire_write_received_event (const LzEvent *event)
{
  return write_event (event, TRUE);
}

static gboolean
read_id_member (JsonObject *object, const char *key, gboolean needed, LzId *id, GError **error)
{
  const char *text = NULL;

  if (!lz_json_read_text (object, key, LZ_ID_STRING_SIZE, &text, error))
    return FALSE;
  if (text == NULL)
    return !needed || lz_wire_set_invalid (error, key);
  return lz_id_parse (text, id) || lz_wire_set_invalid (error, key);
}

static gboolean
read_name_member (JsonObject *object, const char *key, gsize max, char **to, GError **error)
{
  const char *text = NULL;

  if (!lz_json_read_text (object, key, max, &text, error))
    return FALSE;
  if (text == NULL || *text == '\0')
    return lz_wire_set_invalid (error, key);
  *to = g_strdup (text);
  return TRUE;
}

static gboolean
read_envelope (JsonObject *object, LzEvent *event, GError **error)
{
  if (!read_id_member (object, "id", TRUE, &event->id, error) ||
      !read_id_member (object, "subject", TRUE, &event->subject, error) ||
      !read_id_member (object, "basis", FALSE, &event->basis, error) ||
      !read_name_member (object, "feed", 64, &event->feed, error) ||
      !read_name_member (object, "kind", 64, &event->kind_name, error) ||
      !read_name_member (object, "actor", 200, &event->actor, error) ||
      !read_name_member (object, "device", 64, &event->device, error) ||
      !lz_json_read_int (object, "device_seq", 1, G_MAXINT64, &event->device_seq, error) ||
      !lz_json_read_int (object, "occurred_at", LZ_WIRE_ANY_TIME, &event->occurred_ms, error) ||
      !lz_json_read_int (object, "home_seq", 0, G_MAXINT64, &event->home_seq, error) ||
      !lz_json_read_int (object, "received_at", LZ_WIRE_ANY_TIME, &event->received_ms, error))
    return FALSE;
  if (event->device_seq == 0)
    return lz_wire_set_invalid (error, "device_seq");
  if (event->occurred_ms == 0)
    return lz_wire_set_invalid (error, "occurred_at");

  event->kind = lz_kind_from_string (event->kind_name);
  return TRUE;
}

LzEvent *
lz_wire_read_event (const char *line, gssize length, GError **error)
{
  g_autoptr (JsonNode) root = lz_wire_parse_json (line, length, error);
  g_autoptr (LzEvent) event = lz_event_new ();
  g_autoptr (GString) canonical = NULL;
  JsonObject *object, *body;

  if (root == NULL)
    return NULL;
  object = json_node_get_object (root);
  if (!read_envelope (object, event, error) || !lz_json_read_object (object, "body", &body, error))
    return NULL;
  if (body == NULL)
    {
      lz_wire_set_invalid (error, "body");
      return NULL;
    }

  canonical = g_string_sized_new (256);
  if (!lz_json_append_canonical (canonical, json_object_get_member (object, "body"), error))
    return NULL;
  event->body_json = g_strndup (canonical->str, canonical->len);
  if (event->kind != LZ_KIND_UNKNOWN)
    {
      event->body = lz_wire_read_body (body, error);
      if (event->body == NULL)
        return NULL;
    }
  return g_steal_pointer (&event);
}

/**
 * lz_wire_parse_event:
 * @line: one JSON object; need not end with NUL if @length is given
 * @length: its bytes, or -1
 * @error: (nullable): %LZ_ERROR_INVALID naming what is wrong, or %LZ_ERROR_TOO_LARGE
 *
 * Reads an event.  Its body is brought into canonical form, which changes nothing where it was
 * canonical already; a kind that we do not know keeps its body as text.
 *
 * Returns: (transfer full) (nullable): the event
 */
LzEvent *
lz_wire_parse_event (const char *line, gssize length, GError **error)
{
  LzEvent *event = lz_wire_scan_event (line, length < 0 ? strlen (line) : (gsize) length, NULL);

  return event != NULL ? event : lz_wire_read_event (line, length, error);
}

/**
 * lz_wire_parse_canonical:
 * @line: one JSON object; need not end with NUL
 * @length: its bytes
 * @canonical: (out) (transfer full): what lz_wire_write_event() gives for the event
 * @error: (nullable): as of lz_wire_parse_event()
 *
 * Reads an event, with its canonical text: the bytes of @line themselves where they are that.
 *
 * Returns: (transfer full) (nullable): the event
 */
LzEvent *
lz_wire_parse_canonical (const char *line, gsize length, char **canonical, GError **error)
{
  LzEvent *event = lz_wire_scan_event (line, length, canonical);

  if (event != NULL)
    return event;
  event = lz_wire_read_event (line, (gssize) length, error);
  if (event != NULL)
    *canonical = lz_wire_write_event (event);
  return event;
}

/**
 * lz_wire_chain:
 * @previous: chain value of the feed's event before; all zero for the first
 * @event: the next event
 * @chain: (out): SHA-256 of @previous followed by the canonical event
 */
void
lz_wire_chain (const guint8 previous[LZ_SHA256_SIZE],
               const LzEvent *event,
               guint8 chain[LZ_SHA256_SIZE])
{
  g_autofree char *canonical = lz_wire_write_event (event);

  lz_wire_chain_bytes (previous, canonical, strlen (canonical), chain);
}
