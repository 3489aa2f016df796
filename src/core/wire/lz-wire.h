/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * SECTION: wire
 *
 * Events as JSON: one codec for the store, the client and the server.  Canonical JSON, in the
 * manner of RFC 8785: keys in order, no white space, integers only, strings with the shortest
 * escapes.  What is hashed, stored and sent are the same bytes.  Pure functions, any thread.
 */

/* Caps on what comes from outside. */
#define LZ_WIRE_MAX_EVENT_BYTES (256 * 1024)
#define LZ_WIRE_MAX_TEXT_BYTES  (16 * 1024)
#define LZ_WIRE_MAX_PHOTOS      200

/* One JSON object in canonical form, as LzBody keeps the facts of a record. */
char *lz_wire_make_facts (JsonObject *facts, GError **error);
/* (transfer full): never NULL without @error; NULL and "" give an empty object. */
JsonObject *lz_wire_read_facts (const char *facts, GError **error);
/* The same for what may be longer than an event: @max_bytes. */
JsonObject *lz_wire_read_object (const char *text, gsize max_bytes, GError **error);

char *lz_wire_write_body (const LzBody *body);
LzBody *lz_wire_parse_body (const char *json, GError **error);

char *lz_wire_write_event (const LzEvent *event);
char *lz_wire_write_received_event (const LzEvent *event);
LzEvent *lz_wire_parse_event (const char *line, gssize length, GError **error);
LzEvent *lz_wire_parse_canonical (const char *line, gsize length, char **canonical, GError **error);

/* Texts of events that are known to be canonical, without reading the event. */
char *lz_wire_add_receipt (const char *canonical, gint64 home_seq, gint64 received_ms);
char *lz_wire_cut_receipt (const char *line, gsize length, LzKind *kind);

void lz_wire_chain (const guint8 previous[LZ_SHA256_SIZE],
                    const LzEvent *event,
                    guint8 chain[LZ_SHA256_SIZE]);

gboolean lz_json_check (const char *data, gsize size, guint max_depth);
/* For what others wrote: never of another type than asked for, as json-glib's own may be. */
const char *lz_json_get_text (JsonObject *object, const char *key, const char *otherwise);
gint64 lz_json_get_int (JsonObject *object, const char *key, gint64 otherwise);
JsonObject *lz_json_get_object (JsonObject *object, const char *key);
JsonArray *lz_json_get_array (JsonObject *object, const char *key);
/* NULL where @node is no text. */
const char *lz_json_node_get_text (JsonNode *node);
void lz_json_append_string (GString *out, const char *text);
void lz_json_append_int (GString *out, gint64 value);

G_END_DECLS
