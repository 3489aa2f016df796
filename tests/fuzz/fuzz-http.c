/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server makes of a request: path, query, headers, and bodies packed or not. */

#include "config.h"

#include "fuzz.h"
#include "lz-event-lines.h"
#include "lz-headers.h"
#include "lz-server-http-private.h"
#include "message.h"

#define MAX_BODY (64 * 1024) /* a bomb is stopped here as it would be later */

static void
check_path (const Message *message)
{
  g_auto (GStrv) segments = lz_path_split (message->path);
  guint status;
  const LzRoute *route = lz_router_find (message->method, message->path, segments, &status);

  g_assert_cmpuint (g_strv_length (segments), <=, 8);
  for (char **segment = segments; *segment != NULL; segment++)
    g_assert_true (g_utf8_validate (*segment, -1, NULL));
  if (route == NULL)
    {
      g_assert_true (status == 404 || status == 405);
      return;
    }
  g_assert_cmpstr (route->method, ==, message->method);
  g_assert_true (lz_path_matches (route->pattern, segments));
  for (char **segment = segments; *segment != NULL; segment++)
    g_assert_null (strchr (*segment, '/'));
}

static void
check_query (const Message *message)
{
  g_auto (GStrv) pairs = g_strsplit (message->query != NULL ? message->query : "", "&", 16);

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      const char *equals = strchr (*pair, '=');
      gint64 value = 5;

      if (equals != NULL && lz_query_read_number (equals + 1, 1, 10000, &value))
        g_assert_true (value >= 1 && value <= 10000);
      else
        g_assert_cmpint (value, ==, 5);
    }
  g_assert_true (lz_query_read_number (NULL, 1, 2, NULL));
}

static void
check_headers (const Message *message)
{
  static const gint64 sizes[] = { 0, 1, 5000, G_MAXINT64 };
  const char *token = lz_header_read_bearer (message_get (message, "Authorization"));
  const char *encoding = lz_header_choose_encoding (message_get (message, "Accept-Encoding"));
  gint64 length = lz_header_read_length (message_get (message, "Content-Length"),
                                         message_get (message, "Transfer-Encoding"));

  g_assert_true (token == NULL || strlen (token) < G_MAXINT);
  g_assert_true (encoding == NULL || g_str_equal (encoding, "zstd") ||
                 g_str_equal (encoding, "gzip"));
  g_assert_cmpint (length, >=, -1);
  lz_header_names_tag (message_get (message, "If-None-Match"), "\"tag\"");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gint64 from = -1, part = -1;

      if (lz_header_read_range (message_get (message, "Range"), sizes[i], &from, &part) ==
          LZ_RANGE_PART)
        {
          g_assert_true (from >= 0 && part >= 1);
          g_assert_cmpint (from, <=, sizes[i] - part);
        }
      else
        g_assert_true (from == -1 && part == -1);
    }
}

static void
check_lines (const char *text, gsize size)
{
  g_autoptr (GArray) lines = lz_event_lines_split (text, size, 100);

  if (lines == NULL)
    return;
  lz_event_lines_parse (lines);
  for (guint i = 0; i < lines->len; i++)
    {
      const LzEventLine *line = &g_array_index (lines, LzEventLine, i);

      g_assert_true ((line->event == NULL) == (line->error != NULL));
      g_assert_true ((line->event == NULL) == (line->canonical == NULL));
      g_assert_true (line->text >= text && line->text + line->length <= text + size);
    }
}

static void
check_body (const Message *message)
{
  const char *encoding = message_get (message, "Content-Encoding");
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *text;

  if (g_strcmp0 (encoding, "gzip") == 0 || g_strcmp0 (encoding, "zstd") == 0)
    {
      body = lz_decompress (encoding, message->body, message->size, MAX_BODY, &error);
      g_assert_true ((body == NULL) == (error != NULL));
    }
  else
    body = g_bytes_new (message->body, MIN (message->size, MAX_BODY));
  if (body == NULL)
    return;
  text = g_bytes_get_data (body, &size);
  g_assert_cmpuint (size, <=, MAX_BODY);
  lz_body_read_object (parser, text, size);
  check_lines (text, size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (Message) message;

  message_init (&message, data, size);
  check_path (&message);
  check_query (&message);
  check_headers (&message);
  check_body (&message);
  return 0;
}
