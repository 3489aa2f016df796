/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reads what strangers send: text in, values out; no connection, no files.  Fuzzed by
 * tests/fuzz/fuzz-http.c. */

/* The path's segments, of valid UTF-8; what lies deeper than any route is one last segment. */
GStrv lz_path_split (const char *path);
/* Whether the segments are those of @pattern, whose "{}" takes any one that is not empty. */
gboolean lz_path_matches (const char *pattern, GStrv segments);

/* TRUE and @value untouched for NULL; FALSE unless @text is a number between @min and @max. */
gboolean lz_query_read_number (const char *text, gint64 min, gint64 max, gint64 *value);

/* The token in @text, NULL if it brings none. */
const char *lz_header_read_bearer (const char *text);
/* Bytes of the body that is announced; -1 = unknown, G_MAXINT64 for nonsense. */
gint64 lz_header_read_length (const char *content_length, const char *transfer_encoding);
/* "zstd", "gzip" or NULL; an encoding with q=0 is one that the client does not want. */
const char *lz_header_choose_encoding (const char *accept);
/* Whether If-None-Match names @tag. */
gboolean lz_header_names_tag (const char *text, const char *tag);

typedef enum
{
  LZ_RANGE_NONE,
  LZ_RANGE_PART,
  LZ_RANGE_BEYOND,
} LzRange;

/* One range, "bytes=a-b", "bytes=a-" or "bytes=-n", of something with @size bytes; anything else is
 * passed over, as RFC 9110 allows.  With LZ_RANGE_PART @length is at least 1. */
LzRange lz_header_read_range (const char *text, gint64 size, gint64 *from, gint64 *length);

/* The object that is @text, owned by @parser; NULL if it is none, or nested without end. */
JsonObject *lz_body_read_object (JsonParser *parser, const char *text, gsize size);

G_END_DECLS
