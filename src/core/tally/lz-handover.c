/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-handover.h"

#include "lz-tsv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum
{
  COLUMN_RECEIVER,
  COLUMN_LABEL,
  COLUMN_LABEL_EN,
  COLUMN_WORDS,
  COLUMN_CATEGORIES,
};

static const char *const columns[] = { "receiver", "label_zh",   "label_en",
                                       "words",    "categories", NULL };

struct _LzHandover
{
  GPtrArray *receivers; /* LzReceiver */
};

static void
free_receiver (gpointer data)
{
  LzReceiver *self = data;

  g_free (self->key);
  g_free (self->label);
  g_free (self->label_en);
  g_strfreev (self->words);
  g_strfreev (self->categories);
  g_free (self);
}

void
lz_handover_free (LzHandover *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->receivers);
  g_free (self);
}

/**
 * lz_handover_parse:
 * @table: such as `data/rules/handover.tsv`
 * @error: (nullable): %LZ_ERROR_INVALID, naming the line
 *
 * Returns: (transfer full) (nullable): to whom cases are handed over
 */
LzHandover *
lz_handover_parse (GBytes *table, GError **error)
{
  g_autoptr (LzHandover) self = NULL;
  g_autoptr (LzTsv) tsv = lz_tsv_parse (table, columns, error);

  if (tsv == NULL)
    return NULL;
  self = g_new0 (LzHandover, 1);
  self->receivers = g_ptr_array_new_with_free_func (free_receiver);
  for (guint row = 0; row < lz_tsv_get_n_rows (tsv); row++)
    {
      LzReceiver *receiver = g_new0 (LzReceiver, 1);

      g_ptr_array_add (self->receivers, receiver);
      receiver->key = lz_tsv_dup (tsv, row, COLUMN_RECEIVER);
      receiver->label = lz_tsv_dup (tsv, row, COLUMN_LABEL);
      receiver->label_en = lz_tsv_dup (tsv, row, COLUMN_LABEL_EN);
      receiver->words = g_strsplit (lz_tsv_get (tsv, row, COLUMN_WORDS), " ", -1);
      receiver->categories = g_strsplit (lz_tsv_get (tsv, row, COLUMN_CATEGORIES), " ", -1);
      if (receiver->key == NULL || receiver->label == NULL || receiver->label_en == NULL)
        {
          lz_tsv_set_error (tsv, row, COLUMN_RECEIVER, "has no key or no name", error);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

const LzReceiver *
lz_handover_find_by_unit (const LzHandover *self, const char *unit)
{
  for (guint i = 0; unit != NULL && i < self->receivers->len; i++)
    {
      const LzReceiver *receiver = self->receivers->pdata[i];

      for (guint k = 0; receiver->words[k] != NULL; k++)
        if (*receiver->words[k] != '\0' && strstr (unit, receiver->words[k]) != NULL)
          return receiver;
    }
  return NULL;
}

const LzReceiver *
lz_handover_find_by_category (const LzHandover *self, const char *category)
{
  for (guint i = 0; category != NULL && i < self->receivers->len; i++)
    {
      const LzReceiver *receiver = self->receivers->pdata[i];

      if (g_strv_contains ((const char *const *) receiver->categories, category))
        return receiver;
    }
  return NULL;
}

const char *
lz_receiver_get_label (const LzReceiver *self)
{
  /* Translators: which of the names in the office's data to show: "zh" or "en". */
  return strcmp (C_ ("names in data", "en"), "zh") == 0 ? self->label : self->label_en;
}
