/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-divisions.h"

#include "lz-error.h"
#include "lz-tsv.h"

#include <string.h>

struct _LzDivisions
{
  gatomicrefcount ref_count;
  LzTsv *tsv;           /* for its notes */
  GPtrArray *divisions; /* of LzDivision */
  GHashTable *by_code;  /* code → LzDivision, both lent */
};

enum
{
  CODE,
  NAME,
  LEVEL,
  PARENT,
};

static const char *const columns[] = { "code", "name", "level", "parent", NULL };

static const struct
{
  const char *name;
  guint n_digits;
} levels[] = {
  [LZ_DIVISION_CITY] = { "city", 6 },
  [LZ_DIVISION_SUBDISTRICT] = { "subdistrict", 9 },
  [LZ_DIVISION_COMMUNITY] = { "community", 12 },
};

const char *
lz_division_level_to_string (LzDivisionLevel level)
{
  g_return_val_if_fail ((guint) level < G_N_ELEMENTS (levels), NULL);

  return levels[level].name;
}

gboolean
lz_division_level_from_string (const char *text, LzDivisionLevel *level)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (level != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_str_equal (text, levels[i].name))
      {
        *level = (LzDivisionLevel) i;
        return TRUE;
      }

  return FALSE;
}

static void
division_free (gpointer data)
{
  LzDivision *division = data;

  g_free (division->code);
  g_free (division->name);
  g_free (division->parent);
  g_free (division);
}

static gboolean
check_code (const LzTsv *tsv, guint row, const LzDivision *division, GError **error)
{
  const char *code = division->code != NULL ? division->code : "";

  if (strspn (code, "0123456789") != strlen (code) ||
      strlen (code) != levels[division->level].n_digits)
    {
      g_autofree char *problem =
          g_strdup_printf ("is not %u digits", levels[division->level].n_digits);

      return lz_tsv_set_error (tsv, row, CODE, problem, error);
    }

  return TRUE;
}

static gboolean
check_parent (const LzDivisions *self, guint row, const LzDivision *division, GError **error)
{
  const LzDivision *parent;

  if (division->level == LZ_DIVISION_CITY)
    return division->parent == NULL ||
           lz_tsv_set_error (self->tsv, row, PARENT, "a city has none", error);

  parent = division->parent ? g_hash_table_lookup (self->by_code, division->parent) : NULL;
  if (parent == NULL || parent->level + 1 != division->level ||
      !g_str_has_prefix (division->code, parent->code))
    return lz_tsv_set_error (self->tsv, row, PARENT,
                             "is not the division above this one, in a line before", error);

  return TRUE;
}

static gboolean
read_row (LzDivisions *self, guint row, GError **error)
{
  LzDivision *division = g_new0 (LzDivision, 1);

  g_ptr_array_add (self->divisions, division);
  division->code = lz_tsv_dup (self->tsv, row, CODE);
  division->name = lz_tsv_dup (self->tsv, row, NAME);
  division->parent = lz_tsv_dup (self->tsv, row, PARENT);

  if (!lz_division_level_from_string (lz_tsv_get (self->tsv, row, LEVEL), &division->level))
    return lz_tsv_set_error (self->tsv, row, LEVEL,
                             "is neither “city” nor “subdistrict” nor “community”", error);
  if (division->name == NULL)
    return lz_tsv_set_error (self->tsv, row, NAME, "is empty", error);
  if (!check_code (self->tsv, row, division, error) || !check_parent (self, row, division, error))
    return FALSE;
  if (!g_hash_table_insert (self->by_code, division->code, division))
    return lz_tsv_set_error (self->tsv, row, CODE, "is there twice", error);

  return TRUE;
}

LzDivisions *
lz_divisions_parse (GBytes *bytes, GError **error)
{
  g_autoptr (LzDivisions) self = NULL;
  LzTsv *tsv;

  g_return_val_if_fail (bytes != NULL, NULL);

  tsv = lz_tsv_parse (bytes, columns, error);
  if (tsv == NULL)
    {
      g_prefix_error (error, "Reading the divisions: ");
      return NULL;
    }

  self = g_new0 (LzDivisions, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->tsv = tsv;
  self->divisions = g_ptr_array_new_with_free_func (division_free);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < lz_tsv_get_n_rows (tsv); i++)
    if (!read_row (self, i, error))
      {
        g_prefix_error (error, "Reading the divisions: ");
        return NULL;
      }

  return g_steal_pointer (&self);
}

LzDivisions *
lz_divisions_ref (LzDivisions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lz_divisions_unref (LzDivisions *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->by_code);
  g_ptr_array_unref (self->divisions);
  lz_tsv_free (self->tsv);
  g_free (self);
}

const char *
lz_divisions_get_note (const LzDivisions *self, const char *key)
{
  g_return_val_if_fail (self != NULL, NULL);

  return lz_tsv_get_note (self->tsv, key);
}

guint
lz_divisions_get_n (const LzDivisions *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->divisions->len;
}

const LzDivision *
lz_divisions_get (const LzDivisions *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->divisions->len, NULL);

  return g_ptr_array_index (self->divisions, index);
}

const LzDivision *
lz_divisions_find (const LzDivisions *self, const char *code)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  return g_hash_table_lookup (self->by_code, code);
}

/* A name without the word for its kind: "嵩阳" of "嵩阳街道办事处". */
static gsize
stem_length (const char *name)
{
  /* A longer word comes before the one that it ends with. */
  static const char *const kinds[] = {
    "街道办事处", "街道", "社区居委会", "居委会", "村委会", "社区", "镇", "乡", "市",
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_suffix (name, kinds[i]) && strlen (name) > strlen (kinds[i]))
      return strlen (name) - strlen (kinds[i]);

  return strlen (name);
}

/* The same name, or @asked is its stem, or both are a subdistrict's with and without 办事处. */
static gboolean
is_called (const LzDivision *division, const char *asked)
{
  gsize stem = stem_length (division->name);

  if (g_str_equal (division->name, asked))
    return TRUE;
  if (strncmp (division->name, asked, stem) != 0)
    return FALSE;

  return asked[stem] == '\0' ||
         (g_str_has_suffix (division->name, "街道") && g_str_equal (asked + stem, "街道办事处"));
}

const LzDivision *
lz_divisions_find_name (const LzDivisions *self, const char *name, const char *within)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint level = 0; level < G_N_ELEMENTS (levels); level++)
    for (guint i = 0; i < self->divisions->len; i++)
      {
        const LzDivision *division = g_ptr_array_index (self->divisions, i);

        if (division->level == level && is_called (division, name) &&
            (within == NULL || g_str_has_prefix (division->code, within)))
          return division;
      }

  return NULL;
}

GPtrArray *
lz_divisions_list (const LzDivisions *self, const char *parent)
{
  GPtrArray *children;

  g_return_val_if_fail (self != NULL, NULL);

  children = g_ptr_array_new ();
  for (guint i = 0; i < self->divisions->len; i++)
    {
      LzDivision *division = g_ptr_array_index (self->divisions, i);

      if (g_strcmp0 (division->parent, parent) == 0)
        g_ptr_array_add (children, division);
    }

  return children;
}
