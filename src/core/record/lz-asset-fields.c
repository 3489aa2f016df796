/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-record"

#include "config.h"

#include "lz-asset-kinds.h"
#include "lz-civil.h"
#include "lz-error.h"

#include <glib/gi18n-lib.h>

#define MAX_TEXT_BYTES 2000

static gboolean
set_wrong (GError **error, const LzAssetField *field, const char *text, const char *wanted)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("“%s” is not right for %s: %s"), text,
               field->label, wanted);
  return FALSE;
}

static gboolean
is_date (const char *text)
{
  int year, month, day;

  return lz_civil_parse (text, &year, &month, &day);
}

/* Digits, and what people put between them. */
static gboolean
is_phone (const char *text)
{
  guint n_digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      n_digits++;
    else if (strchr ("+-() /,;", *p) == NULL)
      return FALSE;
  return n_digits >= 3;
}

/**
 * lz_asset_field_set:
 * @self: a field
 * @kind: of the asset
 * @text: what somebody entered or a file says; "" takes the field away
 * @facts: set there
 * @error: (nullable): %LZ_ERROR_INVALID with the reason in the user's words
 *
 * Reads what a person wrote as the field wants it.
 *
 * Returns: whether it could be read
 */
gboolean
lz_asset_field_set (const LzAssetField *self,
                    const LzAssetKind *kind,
                    const char *text,
                    JsonObject *facts,
                    GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gint64 number;

  if (*trimmed == '\0')
    {
      json_object_set_null_member (facts, self->key);
      return TRUE;
    }
  if (strlen (trimmed) > MAX_TEXT_BYTES || !g_utf8_validate (trimmed, -1, NULL))
    return set_wrong (error, self, "…", _ ("it is too long, or no text"));
  switch (self->type)
    {
    case LZ_FIELD_INT:
      if (!g_ascii_string_to_signed (trimmed, 10, 0, G_MAXINT32, &number, NULL))
        return set_wrong (error, self, trimmed, _ ("a whole number is wanted"));
      json_object_set_int_member (facts, self->key, number);
      return TRUE;
    case LZ_FIELD_DATE:
      if (!is_date (trimmed))
        return set_wrong (error, self, trimmed, _ ("a date like 2026-03-05 is wanted"));
      break;
    case LZ_FIELD_CHOICE:
      if (!g_strv_contains ((const char *const *) self->choices, trimmed))
        {
          g_autofree char *choices = g_strjoinv (_ (", "), self->choices);

          return set_wrong (error, self, trimmed, choices);
        }
      break;
    case LZ_FIELD_PHONE:
      if (!is_phone (trimmed))
        return set_wrong (error, self, trimmed, _ ("a telephone number is wanted"));
      break;
    case LZ_FIELD_CODE16:
      if (!lz_asset_code_check (trimmed, kind, error))
        return FALSE;
      break;
    case LZ_FIELD_TEXT:
    default:
      break;
    }
  json_object_set_string_member (facts, self->key, trimmed);
  return TRUE;
}

/**
 * lz_asset_field_dup_text:
 * @self: a field
 * @facts: of an asset
 *
 * Returns: (transfer full) (nullable): what the asset has there, as lz_asset_field_set() takes it
 */
char *
lz_asset_field_dup_text (const LzAssetField *self, JsonObject *facts)
{
  JsonNode *node = json_object_get_member (facts, self->key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : NULL;
}

/**
 * lz_asset_kind_check:
 * @self: a kind
 * @facts: all the fields of an asset
 * @error: (nullable): %LZ_ERROR_INVALID, naming the field that is missing
 *
 * Returns: whether everything that the kind needs is there
 */
gboolean
lz_asset_kind_check (const LzAssetKind *self, JsonObject *facts, GError **error)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const LzAssetField *field = g_ptr_array_index (self->fields, i);
      g_autofree char *text = field->needed ? lz_asset_field_dup_text (field, facts) : NULL;

      if (!field->needed || text != NULL)
        continue;
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("%s needs “%s”."), self->label,
                   field->label);
      return FALSE;
    }
  return TRUE;
}

/**
 * lz_asset_kind_dup_title:
 * @self: a kind
 * @facts: of an asset
 *
 * Returns: (transfer full): what to call it: its name, else its number, chip or code, else the kind
 */
char *
lz_asset_kind_dup_title (const LzAssetKind *self, JsonObject *facts)
{
  static const char *const keys[] = { "name", "number", "chip", "scope", "code" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const LzAssetField *field = lz_asset_kind_find_field (self, keys[i]);
      g_autofree char *text = field != NULL ? lz_asset_field_dup_text (field, facts) : NULL;

      if (text != NULL)
        return i == 0 ? g_steal_pointer (&text) : g_strdup_printf ("%s %s", self->label, text);
    }
  return g_strdup (self->label);
}
