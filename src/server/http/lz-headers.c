/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-headers.h"

#include "lz-wire.h"

#include <string.h>

/* More than any path of the contract has. */
#define MAX_SEGMENTS  8
#define MAX_ENCODINGS 16
/* More than any body of the contract has. */
#define MAX_DEPTH 64

GStrv
lz_path_split (const char *path)
{
  g_autofree char *valid = g_utf8_make_valid (path, -1);

  return g_strsplit (valid + (*valid == '/'), "/", MAX_SEGMENTS);
}

gboolean
lz_path_matches (const char *pattern, GStrv segments)
{
  g_auto (GStrv) wanted = g_strsplit (pattern + 1, "/", -1);
  guint i;

  for (i = 0; wanted[i] != NULL; i++)
    {
      if (segments[i] == NULL)
        return FALSE;
      if (g_str_equal (wanted[i], "{}") ? *segments[i] == '\0'
                                        : !g_str_equal (wanted[i], segments[i]))
        return FALSE;
    }
  return segments[i] == NULL;
}

gboolean
lz_query_read_number (const char *text, gint64 min, gint64 max, gint64 *value)
{
  return text == NULL || g_ascii_string_to_signed (text, 10, min, max, value, NULL);
}

const char *
lz_header_read_bearer (const char *text)
{
  return text != NULL && g_ascii_strncasecmp (text, "Bearer ", 7) == 0 ? text + 7 : NULL;
}

gint64
lz_header_read_length (const char *content_length, const char *transfer_encoding)
{
  gint64 length;

  if (content_length == NULL)
    return transfer_encoding != NULL ? -1 : 0;
  return g_ascii_string_to_signed (content_length, 10, 0, G_MAXINT64, &length, NULL) ? length
                                                                                     : G_MAXINT64;
}

const char *
lz_header_choose_encoding (const char *accept)
{
  static const char *const known[] = { "zstd", "gzip" };
  g_auto (GStrv) parts = g_strsplit (accept != NULL ? accept : "", ",", MAX_ENCODINGS);

  for (guint k = 0; k < G_N_ELEMENTS (known); k++)
    for (guint i = 0; parts[i] != NULL; i++)
      {
        g_auto (GStrv) words = g_strsplit (g_strstrip (parts[i]), ";", 2);

        if (words[0] != NULL && g_ascii_strcasecmp (g_strstrip (words[0]), known[k]) == 0 &&
            (words[1] == NULL || !g_str_equal (g_strstrip (words[1]), "q=0")))
          return known[k];
      }
  return NULL;
}

gboolean
lz_header_names_tag (const char *text, const char *tag)
{
  return text != NULL && (strstr (text, tag) != NULL || g_str_equal (text, "*"));
}

LzRange
lz_header_read_range (const char *text, gint64 size, gint64 *from, gint64 *length)
{
  g_auto (GStrv) ends = NULL;
  gint64 first, last = size - 1;

  if (text == NULL || !g_str_has_prefix (text, "bytes=") || strchr (text, ',') != NULL)
    return LZ_RANGE_NONE;
  ends = g_strsplit (text + 6, "-", 2);
  if (ends[0] == NULL || ends[1] == NULL)
    return LZ_RANGE_NONE;
  if (*ends[0] == '\0')
    {
      gint64 n;

      if (!g_ascii_string_to_signed (ends[1], 10, 0, G_MAXINT64, &n, NULL))
        return LZ_RANGE_NONE;
      if (n == 0)
        return LZ_RANGE_BEYOND;
      first = MAX (0, size - n);
    }
  else if (!g_ascii_string_to_signed (ends[0], 10, 0, G_MAXINT64, &first, NULL) ||
           (*ends[1] != '\0' &&
            (!g_ascii_string_to_signed (ends[1], 10, 0, G_MAXINT64, &last, NULL) || last < first)))
    return LZ_RANGE_NONE;
  if (first >= size)
    return LZ_RANGE_BEYOND;
  *from = first;
  *length = MIN (last, size - 1) - first + 1;
  return LZ_RANGE_PART;
}

JsonObject *
lz_body_read_object (JsonParser *parser, const char *text, gsize size)
{
  JsonNode *root;

  if (!lz_json_check (text, size, MAX_DEPTH) ||
      !json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}
