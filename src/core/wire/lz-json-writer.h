/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Writes members of one canonical object; keys must come in ascending order. */
typedef struct
{
  GString *out;
  gboolean begun;
} LzJsonObject;

void lz_json_object_begin (LzJsonObject *self, GString *out);
void lz_json_object_end (LzJsonObject *self);
void lz_json_object_key (LzJsonObject *self, const char *key);
void lz_json_object_string (LzJsonObject *self, const char *key, const char *value);
void lz_json_object_int (LzJsonObject *self, const char *key, gint64 value);
void lz_json_object_int_or_nothing (LzJsonObject *self, const char *key, gint64 value);

gboolean lz_json_append_canonical (GString *out, JsonNode *node, GError **error);

G_END_DECLS
