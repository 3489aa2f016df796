/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-catalogue.h"

#include "lz-catalogue-private.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *key;
  const char *name; /* the plan's own word */
} dimensions[LZ_N_DIMENSIONS] = {
  [LZ_DIMENSION_NONE] = { "none", "" },
  [LZ_DIMENSION_ORDER] = { "order", "序化" },
  [LZ_DIMENSION_CLEAN] = { "cleanliness", "洁化" },
  [LZ_DIMENSION_GREEN] = { "greenery", "绿化" },
  [LZ_DIMENSION_LIGHT] = { "lighting", "亮化" },
  [LZ_DIMENSION_CONDUCT] = { "conduct", "素质" },
  [LZ_DIMENSION_CAMPAIGN] = { "campaign", "专项" },
};

const char *
lz_dimension_to_string (LzDimension dimension)
{
  g_return_val_if_fail ((guint) dimension < LZ_N_DIMENSIONS, NULL);

  return dimensions[dimension].key;
}

gboolean
lz_dimension_from_string (const char *text, LzDimension *dimension)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (dimension != NULL, FALSE);

  for (guint i = 0; i < LZ_N_DIMENSIONS; i++)
    if (g_str_equal (text, dimensions[i].key) ||
        (text[0] != '\0' && g_str_equal (text, dimensions[i].name)))
      {
        *dimension = (LzDimension) i;
        return TRUE;
      }

  return FALSE;
}

const char *
lz_dimension_label (LzDimension dimension)
{
  switch (dimension)
    {
    case LZ_DIMENSION_NONE:
      return C_ ("dimension", "None");
    case LZ_DIMENSION_ORDER:
      return C_ ("dimension", "Order");
    case LZ_DIMENSION_CLEAN:
      return C_ ("dimension", "Cleanliness");
    case LZ_DIMENSION_GREEN:
      return C_ ("dimension", "Greenery");
    case LZ_DIMENSION_LIGHT:
      return C_ ("dimension", "Lighting");
    case LZ_DIMENSION_CONDUCT:
      return C_ ("dimension", "Conduct");
    case LZ_DIMENSION_CAMPAIGN:
      return C_ ("dimension", "Campaigns");
    case LZ_N_DIMENSIONS:
    default:
      g_return_val_if_reached (NULL);
    }
}

void
lz_condition_free (LzCondition *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->closing);
  g_free (self->source);
  g_free (self);
}

void
lz_category_free (LzCategory *self)
{
  if (self == NULL)
    return;

  g_free (self->code);
  g_free (self->subtask);
  g_free (self->name);
  g_free (self->name_en);
  g_free (self->initials);
  g_free (self->kind);
  g_free (self->code_system);
  g_free (self->standard_code);
  g_free (self->cjt214_code);
  g_free (self->local_system);
  g_free (self->local_code);
  g_free (self->lead_unit);
  g_strfreev (self->units);
  g_free (self->source);
  g_clear_pointer (&self->conditions, g_ptr_array_unref);
  g_free (self);
}

void
lz_task_free (LzTask *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->lead_unit);
  g_strfreev (self->units);
  g_free (self);
}

LzCatalogue *
lz_catalogue_ref (LzCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lz_catalogue_unref (LzCatalogue *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->by_code);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->tasks);
  g_free (self);
}

guint
lz_catalogue_get_version (const LzCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}

guint
lz_catalogue_get_n_categories (const LzCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->categories->len;
}

const LzCategory *
lz_catalogue_get_category (const LzCatalogue *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->categories->len, NULL);

  return g_ptr_array_index (self->categories, index);
}

const LzCategory *
lz_catalogue_find (const LzCatalogue *self, const char *code)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  return g_hash_table_lookup (self->by_code, code);
}

const LzCondition *
lz_category_find_condition (const LzCategory *self, guint number)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* They are numbered from 1 without gaps, which the parser checks. */
  if (number < 1 || number > self->conditions->len)
    return NULL;

  return g_ptr_array_index (self->conditions, number - 1);
}

guint
lz_catalogue_get_n_tasks (const LzCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->tasks->len;
}

const LzTask *
lz_catalogue_get_task (const LzCatalogue *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->tasks->len, NULL);

  return g_ptr_array_index (self->tasks, index);
}
