/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-wire"

#include "config.h"

#include "lz-json-writer.h"
#include "lz-wire.h"

#include <string.h>

/* What the server adds to an event, put into its canonical text and taken out of it without reading
 * the event.  The members behind the body are texts and numbers, and no text holds a quote that is
 * not escaped: so the last place where the bytes of a key stand is that key. */

#define HOME_SEQ    ",\"home_seq\":"
#define ID          ",\"id\":\""
#define KIND        ",\"kind\":\""
#define RECEIVED_AT ",\"received_at\":"
#define SUBJECT     ",\"subject\":\""

/* The last place before @end (nullable) where @key stands whole; NULL: nowhere. */
static const char *
find_before (const char *text, const char *end, const char *key)
{
  gsize length = strlen (key);

  if (end == NULL || (gsize) (end - text) < length)
    return NULL;
  for (gsize at = (gsize) (end - text) - length + 1; at-- > 0;)
    if (text[at] == *key && memcmp (text + at, key, length) == 0)
      return text + at;
  return NULL;
}

/* Whether nothing but a number stands between @key and @end. */
static gboolean
is_number_until (const char *at, const char *key, const char *end)
{
  at += strlen (key);
  return at < end && at + strspn (at, "0123456789") == end;
}

/**
 * lz_wire_add_receipt:
 * @canonical: the canonical text of an event
 * @home_seq: its place in its home feed
 * @received_ms: when the server got it, ms UTC
 *
 * Gives what lz_wire_write_received_event() gives for the same event.  Any thread.
 *
 * Returns: (transfer full) (nullable): a line of a feed; %NULL if @canonical is no such text
 */
char *
lz_wire_add_receipt (const char *canonical, gint64 home_seq, gint64 received_ms)
{
  gsize length = strlen (canonical);
  const char *subject = find_before (canonical, canonical + length, SUBJECT);
  const char *id = find_before (canonical, subject, ID);
  GString *line;

  if (id == NULL)
    return NULL;
  line = g_string_sized_new (length + sizeof HOME_SEQ + sizeof RECEIVED_AT + 40);
  g_string_append_len (line, canonical, id - canonical);
  g_string_append (line, HOME_SEQ);
  lz_json_append_int (line, home_seq);
  g_string_append_len (line, id, subject - id);
  g_string_append (line, RECEIVED_AT);
  lz_json_append_int (line, received_ms);
  g_string_append (line, subject);
  return g_string_free (line, FALSE);
}

/**
 * lz_wire_cut_receipt:
 * @line: what lz_wire_add_receipt() gave; need not end with NUL
 * @length: its bytes
 * @kind: (out): of the event
 *
 * The way back: what lz_wire_write_event() would give.  Any thread.
 *
 * Returns: (transfer full) (nullable): the canonical event; %NULL if @line is no such line
 */
char *
lz_wire_cut_receipt (const char *line, gsize length, LzKind *kind)
{
  const char *subject = find_before (line, line + length, SUBJECT);
  const char *time = find_before (line, subject, RECEIVED_AT);
  const char *named = find_before (line, time, KIND);
  const char *id = find_before (line, named, ID);
  const char *place = find_before (line, id, HOME_SEQ);
  const char *end;
  GString *canonical;
  char name[65];
  gsize n;

  if (place == NULL || !is_number_until (place, HOME_SEQ, id) ||
      !is_number_until (time, RECEIVED_AT, subject))
    return NULL;
  named += strlen (KIND);
  end = memchr (named, '"', (gsize) (time - named));
  n = end != NULL ? (gsize) (end - named) : sizeof name;
  if (n >= sizeof name)
    return NULL;
  memcpy (name, named, n);
  name[n] = '\0';
  *kind = lz_kind_from_string (name);

  canonical = g_string_sized_new (length);
  g_string_append_len (canonical, line, place - line);
  g_string_append_len (canonical, id, time - id);
  g_string_append_len (canonical, subject, line + length - subject);
  return g_string_free (canonical, FALSE);
}
