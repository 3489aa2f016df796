/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-wire"

#include "config.h"

#include "lz-error.h"
#include "lz-wire-private.h"
#include "lz-wire.h"

#define MAX_DEPTH 16

gboolean
lz_wire_set_invalid (GError **error, const char *what)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "the member “%s” is missing or wrong", what);
  return FALSE;
}

/* -1: no hexadecimal digit as we write them. */
static int
digit_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

gboolean
lz_wire_parse_hash (const char *text, guint8 hash[LZ_SHA256_SIZE])
{
  if (strlen (text) != 2 * LZ_SHA256_SIZE)
    return FALSE;

  for (int i = 0; i < LZ_SHA256_SIZE; i++)
    {
      int high = digit_value (text[2 * i]);
      int low = digit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      hash[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

/* Parses text that must be one JSON object. */
JsonNode *
lz_wire_parse_json_of (const char *text, gssize length, gsize max_bytes, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) parse_error = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  JsonNode *root;

  if (size > max_bytes)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, "the event is too large");
      return NULL;
    }
  if (!lz_json_check (text, size, MAX_DEPTH))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, "not JSON in UTF-8");
      return NULL;
    }

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &parse_error))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "not JSON: %s", parse_error->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, "not a JSON object");
      return NULL;
    }
  return json_node_ref (root);
}

/* The same for what is no longer than an event may be. */
JsonNode *
lz_wire_parse_json (const char *text, gssize length, GError **error)
{
  return lz_wire_parse_json_of (text, length, LZ_WIRE_MAX_EVENT_BYTES, error);
}

const char *
lz_json_node_get_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/**
 * lz_json_get_text:
 * @object: an object of anybody's
 * @key: name of the member
 * @otherwise: (nullable): what it is where there is no such member, or one that is no text
 *
 * json_object_get_string_member_with_default() gives %NULL for a number, whatever its default is.
 *
 * Returns: (nullable): the text, the object's own
 */
const char *
lz_json_get_text (JsonObject *object, const char *key, const char *otherwise)
{
  JsonNode *node = json_object_get_member (object, key);
  const char *text = node != NULL ? lz_json_node_get_text (node) : NULL;

  return text != NULL ? text : otherwise;
}

JsonObject *
lz_json_get_object (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
lz_json_get_array (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The same for a whole number. */
gint64
lz_json_get_int (JsonObject *object, const char *key, gint64 otherwise)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : otherwise;
}

gboolean
lz_json_read_int (JsonObject *object,
                  const char *key,
                  gint64 min,
                  gint64 max,
                  gint64 *value,
                  GError **error)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) < min || json_node_get_int (node) > max)
    return lz_wire_set_invalid (error, key);

  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
lz_json_read_text (JsonObject *object,
                   const char *key,
                   gsize max_bytes,
                   const char **text,
                   GError **error)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
      strlen (json_node_get_string (node)) > max_bytes ||
      !g_utf8_validate (json_node_get_string (node), -1, NULL)) /* half a surrogate pair */
    return lz_wire_set_invalid (error, key);

  *text = json_node_get_string (node);
  return TRUE;
}

gboolean
lz_json_read_object (JsonObject *object, const char *key, JsonObject **inner, GError **error)
{
  JsonNode *node = json_object_get_member (object, key);

  *inner = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return lz_wire_set_invalid (error, key);

  *inner = json_node_get_object (node);
  return TRUE;
}
