/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-feed-line.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Years 1970 to 2200. */
#define LZ_WIRE_LAST_TIME G_GINT64_CONSTANT (7258118400000)
#define LZ_WIRE_ANY_TIME  0, LZ_WIRE_LAST_TIME

gboolean lz_wire_set_invalid (GError **error, const char *what);
gboolean lz_wire_parse_hash (const char *text, guint8 hash[LZ_SHA256_SIZE]);
JsonNode *lz_wire_parse_json (const char *text, gssize length, GError **error);
JsonNode *lz_wire_parse_json_of (const char *text, gssize length, gsize max_bytes, GError **error);
LzBody *lz_wire_read_body (JsonObject *object, GError **error);

/* A text of a body, and the most bytes that it may have. */
typedef struct
{
  const char *key;
  gsize max_bytes;
  gsize offset; /* in LzBody, of its char * */
} LzBodyText;

extern const LzBodyText lz_body_texts[];
extern const guint lz_n_body_texts;

#define LZ_BODY_TEXT(body, text) (G_STRUCT_MEMBER_P ((body), (text)->offset))

/* The quick way for what is canonical; NULL where the general way must decide. */
LzEvent *lz_wire_scan_event (const char *line, gsize length, char **canonical);
LzBody *lz_wire_scan_body (const char *json, gsize length);
gboolean lz_wire_scan_feed_line (const char *text, gsize length, LzFeedLine *line);
/* The general way. */
LzEvent *lz_wire_read_event (const char *line, gssize length, GError **error);

/* Each leaves its out value alone where the member is missing. */
gboolean lz_json_read_int (JsonObject *object,
                           const char *key,
                           gint64 min,
                           gint64 max,
                           gint64 *value,
                           GError **error);
gboolean lz_json_read_text (JsonObject *object,
                            const char *key,
                            gsize max_bytes,
                            const char **text,
                            GError **error);
gboolean
lz_json_read_object (JsonObject *object, const char *key, JsonObject **inner, GError **error);

G_END_DECLS
