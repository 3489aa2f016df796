/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-record"

#include "config.h"

#include "lz-asset-kinds.h"
#include "lz-error.h"
#include "lz-tsv.h"

#include <glib/gi18n-lib.h>

struct _LzAssetKinds
{
  gatomicrefcount refs;
  GPtrArray *kinds;
};

enum
{
  COLUMN_KIND,
  COLUMN_FIELD,
  COLUMN_LABEL,
  COLUMN_LABEL_EN,
  COLUMN_TYPE,
  COLUMN_NEEDED,
  COLUMN_CHOICES,
  COLUMN_NOTE,
};

static const char *const columns[] = { "kind",   "field",   "label_zh", "label_en", "type",
                                       "needed", "choices", "note_zh",  NULL };
static const char *const types[] = { "text", "int", "date", "choice", "phone", "code16" };

static void
free_field (gpointer data)
{
  LzAssetField *self = data;

  g_free (self->key);
  g_free (self->label);
  g_free (self->label_en);
  g_free (self->note);
  g_strfreev (self->choices);
  g_free (self);
}

static void
free_kind (gpointer data)
{
  LzAssetKind *self = data;

  g_free (self->key);
  g_free (self->label);
  g_free (self->label_en);
  g_free (self->note);
  g_free (self->sign);
  g_strfreev (self->codes);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

static GStrv
dup_words (const LzTsv *table, guint row)
{
  const char *text = lz_tsv_get (table, row, COLUMN_CHOICES);

  return *text != '\0' ? g_strsplit (text, " ", -1) : NULL;
}

static gboolean
find_type (const LzTsv *table, guint row, LzFieldType *type, GError **error)
{
  const char *text = lz_tsv_get (table, row, COLUMN_TYPE);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i], text))
      {
        *type = (LzFieldType) i;
        return TRUE;
      }
  return lz_tsv_set_error (table, row, COLUMN_TYPE, "is no type of field", error);
}

/* "manhole=井 lamp=灯" in the table's notes, else the first character of the label. */
static char *
dup_sign (const LzTsv *table, const LzAssetKind *kind)
{
  const char *note = lz_tsv_get_note (table, "signs");
  g_auto (GStrv) signs = g_strsplit (note != NULL ? note : "", " ", -1);
  gsize length = strlen (kind->key);

  for (guint i = 0; signs[i] != NULL; i++)
    if (strncmp (signs[i], kind->key, length) == 0 && signs[i][length] == '=')
      return g_utf8_substring (signs[i] + length + 1, 0,
                               MIN (1, g_utf8_strlen (signs[i] + length + 1, -1)));
  return kind->label != NULL ? g_utf8_substring (kind->label, 0, 1) : NULL;
}

static gboolean
add_row (LzAssetKinds *self, const LzTsv *table, guint row, GError **error)
{
  const char *key = lz_tsv_get (table, row, COLUMN_KIND);
  const char *field_key = lz_tsv_get (table, row, COLUMN_FIELD);
  const LzAssetKind *known = lz_asset_kinds_find (self, key);
  LzFieldType type = LZ_FIELD_TEXT;
  LzAssetField *field;
  LzAssetKind *kind;

  if (*field_key == '\0')
    {
      if (known != NULL || *key == '\0')
        return lz_tsv_set_error (table, row, COLUMN_KIND, "names no new kind", error);
      kind = g_new0 (LzAssetKind, 1);
      kind->key = g_strdup (key);
      kind->label = lz_tsv_dup (table, row, COLUMN_LABEL);
      kind->label_en = lz_tsv_dup (table, row, COLUMN_LABEL_EN);
      kind->note = lz_tsv_dup (table, row, COLUMN_NOTE);
      kind->codes = dup_words (table, row);
      kind->sign = dup_sign (table, kind);
      kind->fields = g_ptr_array_new_with_free_func (free_field);
      g_ptr_array_add (self->kinds, kind);
      return kind->label != NULL || lz_tsv_set_error (table, row, COLUMN_LABEL, "is empty", error);
    }
  if (known == NULL)
    return lz_tsv_set_error (table, row, COLUMN_KIND, "has no row of its own before", error);
  if (lz_asset_kind_find_field (known, field_key) != NULL)
    return lz_tsv_set_error (table, row, COLUMN_FIELD, "is there twice", error);
  if (!find_type (table, row, &type, error))
    return FALSE;
  field = g_new0 (LzAssetField, 1);
  field->key = g_strdup (field_key);
  field->label = lz_tsv_dup (table, row, COLUMN_LABEL);
  field->label_en = lz_tsv_dup (table, row, COLUMN_LABEL_EN);
  field->type = type;
  field->needed = g_str_equal (lz_tsv_get (table, row, COLUMN_NEEDED), "yes");
  field->choices = dup_words (table, row);
  field->note = lz_tsv_dup (table, row, COLUMN_NOTE);
  g_ptr_array_add (known->fields, field);
  if (field->label == NULL)
    return lz_tsv_set_error (table, row, COLUMN_LABEL, "is empty", error);
  return type != LZ_FIELD_CHOICE || field->choices != NULL ||
         lz_tsv_set_error (table, row, COLUMN_CHOICES, "is empty", error);
}

/**
 * lz_asset_kinds_parse:
 * @table: as `data/assets/kinds.tsv`, which explains itself
 * @error: (nullable): %LZ_ERROR_INVALID, naming line and column
 *
 * Returns: (transfer full) (nullable): the kinds
 */
LzAssetKinds *
lz_asset_kinds_parse (GBytes *table, GError **error)
{
  g_autoptr (LzTsv) rows = lz_tsv_parse (table, columns, error);
  g_autoptr (LzAssetKinds) self = NULL;

  if (rows == NULL)
    return NULL;
  self = g_new0 (LzAssetKinds, 1);
  g_atomic_ref_count_init (&self->refs);
  self->kinds = g_ptr_array_new_with_free_func (free_kind);
  for (guint row = 0; row < lz_tsv_get_n_rows (rows); row++)
    if (!add_row (self, rows, row, error))
      return NULL;
  return g_steal_pointer (&self);
}

LzAssetKinds *
lz_asset_kinds_ref (LzAssetKinds *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
lz_asset_kinds_unref (LzAssetKinds *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->kinds);
  g_free (self);
}

guint
lz_asset_kinds_get_n (const LzAssetKinds *self)
{
  return self->kinds->len;
}

const LzAssetKind *
lz_asset_kinds_get (const LzAssetKinds *self, guint index)
{
  return index < self->kinds->len ? g_ptr_array_index (self->kinds, index) : NULL;
}

/**
 * lz_asset_kinds_find:
 * @self: the kinds
 * @name: a key, or a label in either language
 *
 * Returns: (transfer none) (nullable): the kind of that name
 */
const LzAssetKind *
lz_asset_kinds_find (const LzAssetKinds *self, const char *name)
{
  for (guint i = 0; i < self->kinds->len; i++)
    {
      const LzAssetKind *kind = g_ptr_array_index (self->kinds, i);

      if (g_strcmp0 (kind->key, name) == 0 || g_strcmp0 (kind->label, name) == 0 ||
          g_strcmp0 (kind->label_en, name) == 0)
        return kind;
    }
  return NULL;
}

/**
 * lz_asset_kind_find_field:
 * @self: a kind
 * @name: a key, or a label in either language
 *
 * Returns: (transfer none) (nullable): the field of that name
 */
const LzAssetField *
lz_asset_kind_find_field (const LzAssetKind *self, const char *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const LzAssetField *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (field->key, name) == 0 || g_strcmp0 (field->label, name) == 0 ||
          g_strcmp0 (field->label_en, name) == 0)
        return field;
    }
  return NULL;
}

/**
 * lz_asset_code_check:
 * @code: the code of a 部件
 * @kind: (nullable): it must fit this kind
 * @error: (nullable): %LZ_ERROR_INVALID with the reason in the user's words
 *
 * A code has 16 digits: 6 of the division, 2 of the 大类, 2 of the 小类, 6 in order (domain §1.2;
 * the sample there is 3205080101000001).  There is no check digit.
 *
 * Returns: whether it can be one
 */
gboolean
lz_asset_code_check (const char *code, const LzAssetKind *kind, GError **error)
{
  char class_code[5] = { 0 };

  if (strlen (code) != 16 || strspn (code, "0123456789") != 16)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("The code “%s” does not have 16 digits."),
                   code);
      return FALSE;
    }
  if (code[0] == '0' || g_str_equal (code + 10, "000000"))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                   _ ("The code “%s” names no division or has no number in it."), code);
      return FALSE;
    }
  memcpy (class_code, code + 6, 4);
  if (kind != NULL && kind->codes != NULL &&
      !g_strv_contains ((const char *const *) kind->codes, class_code))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                   _ ("The code “%s” is one of class %s, which is no %s."), code, class_code,
                   kind->label);
      return FALSE;
    }
  return TRUE;
}
