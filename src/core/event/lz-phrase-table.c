/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-phrase-table.h"
#include "lz-tsv.h"

#include <string.h>

enum
{
  CATEGORY,
  ACTION,
  WORDS,
};

static const char *const columns[] = { "category", "action", "words", NULL };

typedef struct
{
  LzKind kind;
  const char *scope; /* of the table */
  const char *words;
} Phrase;

struct _LzPhrases
{
  LzTsv *tsv;
  GArray *phrases; /* Phrase */
};

static gboolean
read_row (LzPhrases *self, guint row, GError **error)
{
  g_autofree char *kind = g_strconcat ("case.", lz_tsv_get (self->tsv, row, ACTION), NULL);
  Phrase phrase = { lz_kind_from_string (kind), lz_tsv_get (self->tsv, row, CATEGORY),
                    lz_tsv_get (self->tsv, row, WORDS) };

  if (*phrase.scope == '\0')
    return lz_tsv_set_error (self->tsv, row, CATEGORY, "is empty", error);
  if (phrase.kind == LZ_KIND_UNKNOWN)
    return lz_tsv_set_error (self->tsv, row, ACTION, "is no act", error);
  if (*phrase.words == '\0')
    return lz_tsv_set_error (self->tsv, row, WORDS, "is empty", error);
  g_array_append_val (self->phrases, phrase);
  return TRUE;
}

LzPhrases *
lz_phrases_parse (GBytes *bytes, GError **error)
{
  g_autoptr (LzPhrases) self = g_new0 (LzPhrases, 1);

  self->phrases = g_array_new (FALSE, FALSE, sizeof (Phrase));
  self->tsv = lz_tsv_parse (bytes, columns, error);
  if (self->tsv == NULL)
    return NULL;
  for (guint row = 0; row < lz_tsv_get_n_rows (self->tsv); row++)
    if (!read_row (self, row, error))
      return NULL;
  return g_steal_pointer (&self);
}

void
lz_phrases_free (LzPhrases *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->tsv, lz_tsv_free);
  g_array_unref (self->phrases);
  g_free (self);
}

/* How closely @scope is meant for @category: 3 it itself, 2 its task, 1 all, 0 not at all. */
static guint
judge (const char *scope, const char *category)
{
  gsize n = strlen (scope);

  if (g_str_equal (scope, "*"))
    return 1;
  if (category == NULL)
    return 0;
  if (g_str_equal (scope, category))
    return 3;
  return strncmp (scope, category, n) == 0 && category[n] == '-' ? 2 : 0;
}

gboolean
lz_phrases_scope_fits (const char *scope, const char *category)
{
  return judge (scope, category) > 0;
}

GPtrArray *
lz_phrases_list (const LzPhrases *self, const char *category, LzKind kind)
{
  GPtrArray *found = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, found);

  for (guint closeness = 3; closeness > 0; closeness--)
    for (guint i = 0; i < self->phrases->len; i++)
      {
        const Phrase *phrase = &g_array_index (self->phrases, Phrase, i);

        if (phrase->kind == kind && judge (phrase->scope, category) == closeness)
          g_ptr_array_add (found, (char *) phrase->words);
      }
  return found;
}
