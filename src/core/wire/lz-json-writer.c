/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-wire"

#include "config.h"

#include "lz-error.h"
#include "lz-json-writer.h"
#include "lz-wire.h"

/**
 * lz_json_append_string:
 * @out: where to
 * @text: valid UTF-8
 *
 * Appends @text as a JSON string with the shortest escapes (RFC 8785, section 3.2.2.2).
 */
void
lz_json_append_string (GString *out, const char *text)
{
  gsize plain = 0; /* bytes that need no escape, most of the time all of them */

  while ((guchar) text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\')
    plain++;
  g_string_append_c (out, '"');
  g_string_append_len (out, text, (gssize) plain);
  for (const char *p = text + plain; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
        g_string_append (out, "\\\"");
        break;
      case '\\':
        g_string_append (out, "\\\\");
        break;
      case '\b':
        g_string_append (out, "\\b");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\f':
        g_string_append (out, "\\f");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      default:
        if ((guchar) *p < 0x20)
          g_string_append_printf (out, "\\u%04x", (guchar) *p);
        else
          g_string_append_c (out, *p);
      }
  g_string_append_c (out, '"');
}

void
lz_json_object_begin (LzJsonObject *self, GString *out)
{
  self->out = out;
  self->begun = FALSE;
  g_string_append_c (out, '{');
}

void
lz_json_object_end (LzJsonObject *self)
{
  g_string_append_c (self->out, '}');
}

/* @key is one of ours: plain ASCII. */
void
lz_json_object_key (LzJsonObject *self, const char *key)
{
  if (self->begun)
    g_string_append_c (self->out, ',');
  self->begun = TRUE;
  g_string_append_c (self->out, '"');
  g_string_append (self->out, key);
  g_string_append (self->out, "\":");
}

/**
 * lz_json_append_int:
 * @out: where to
 * @value: any number
 *
 * Appends @value in decimal digits: printf() takes longer than all the rest of an event.
 */
void
lz_json_append_int (GString *out, gint64 value)
{
  char digits[20];
  char *at = digits + sizeof digits;
  guint64 left = value < 0 ? -(guint64) value : (guint64) value;

  do
    *--at = (char) ('0' + left % 10);
  while ((left /= 10) > 0);
  if (value < 0)
    g_string_append_c (out, '-');
  g_string_append_len (out, at, digits + sizeof digits - at);
}

/* Nothing is written for NULL or "". */
void
lz_json_object_string (LzJsonObject *self, const char *key, const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  lz_json_object_key (self, key);
  lz_json_append_string (self->out, value);
}

void
lz_json_object_int (LzJsonObject *self, const char *key, gint64 value)
{
  lz_json_object_key (self, key);
  lz_json_append_int (self->out, value);
}

void
lz_json_object_int_or_nothing (LzJsonObject *self, const char *key, gint64 value)
{
  if (value != 0)
    lz_json_object_int (self, key, value);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* json-glib lets half a surrogate pair through ("\ud83d"), which is no UTF-8. */
static gboolean
append_text (GString *out, const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, "half a surrogate pair in a string");
      return FALSE;
    }
  lz_json_append_string (out, text);
  return TRUE;
}

static gboolean
append_object (GString *out, JsonObject *object, GError **error)
{
  g_autoptr (GList) keys = g_list_sort (json_object_get_members (object), compare_keys);

  g_string_append_c (out, '{');
  for (GList *l = keys; l != NULL; l = l->next)
    {
      if (l != keys)
        g_string_append_c (out, ',');
      if (!append_text (out, l->data, error))
        return FALSE;
      g_string_append_c (out, ':');
      if (!lz_json_append_canonical (out, json_object_get_member (object, l->data), error))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
append_array (GString *out, JsonArray *array, GError **error)
{
  guint n = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (!lz_json_append_canonical (out, json_array_get_element (array, i), error))
        return FALSE;
    }
  g_string_append_c (out, ']');
  return TRUE;
}

static gboolean
append_value (GString *out, JsonNode *node, GError **error)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return append_text (out, json_node_get_string (node), error);
    case G_TYPE_INT64:
      lz_json_append_int (out, json_node_get_int (node));
      return TRUE;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      return TRUE;
    default:
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           "numbers in an event must be integers");
      return FALSE;
    }
}

/**
 * lz_json_append_canonical:
 * @out: where to
 * @node: any JSON
 * @error: (nullable): %LZ_ERROR_INVALID for a number that is no 64-bit integer
 *
 * Writes @node in canonical form.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_json_append_canonical (GString *out, JsonNode *node, GError **error)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return append_object (out, json_node_get_object (node), error);
    case JSON_NODE_ARRAY:
      return append_array (out, json_node_get_array (node), error);
    case JSON_NODE_VALUE:
      return append_value (out, node, error);
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
      return TRUE;
    }
}
