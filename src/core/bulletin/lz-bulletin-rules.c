/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-bulletin"

#include "config.h"

#include "lz-bulletin-rules.h"
#include "lz-error.h"
#include "lz-tsv.h"

#include <string.h>

#define MAX_LISTED 50

enum
{
  REPORT,
  PART,
  KEY,
  WHEN,
  LIST,
  ITEM_ZH,
  ITEM_EN,
  TEXT_ZH,
  TEXT_EN,
};

static const char *const columns[] = { "report",  "part",    "key",   "when", "list",
                                       "item_zh", "item_en", "zh_CN", "en",   NULL };

struct _LzBulletinRules
{
  char *version;
  guint deadline_days;
  GPtrArray *sentences;
};

static void
condition_clear (gpointer data)
{
  lz_figure_token_clear (&((LzSentenceCondition *) data)->figure);
}

static void
sentence_free (gpointer data)
{
  LzSentence *self = data;

  g_free (self->part);
  g_free (self->key);
  g_clear_pointer (&self->conditions, g_array_unref);
  if (self->list != NULL)
    condition_clear (&self->list->condition);
  g_free (self->list);
  g_free (self->item);
  g_free (self->text);
  g_free (self);
}

void
lz_bulletin_rules_free (LzBulletinRules *self)
{
  if (self == NULL)
    return;

  g_free (self->version);
  g_clear_pointer (&self->sentences, g_ptr_array_unref);
  g_free (self);
}

/* Rates are written in per cent and points in points, and kept in hundredths; times in hours. */
static gint64
scale_of (const LzFigureToken *figure)
{
  if (figure->when == LZ_WHEN_CHANGE || figure->when == LZ_WHEN_YEAR_CHANGE)
    return 100;
  switch (figure->form)
    {
    case LZ_FIGURE_RATE:
    case LZ_FIGURE_SCORE:
      return 100;
    case LZ_FIGURE_TIME:
      return 3600000;
    case LZ_FIGURE_COUNT:
    default:
      return 1;
    }
}

/* "overdue_open>0" */
static gboolean
parse_condition (const char *text, LzSentenceCondition *condition)
{
  gsize length = strcspn (text, "<>=");
  g_autofree char *figure = g_strndup (text, length);
  gint64 limit;

  if (text[length] == '\0' ||
      !g_ascii_string_to_signed (text + length + 1, 10, -1000000, 1000000, &limit, NULL) ||
      !lz_figure_token_parse (figure, &condition->figure))
    return FALSE;
  condition->compare = text[length];
  condition->limit = limit * scale_of (&condition->figure);
  return TRUE;
}

static gboolean
parse_conditions (const LzTsv *table, guint row, LzSentence *sentence, GError **error)
{
  g_auto (GStrv) words = g_strsplit (lz_tsv_get (table, row, WHEN), " ", -1);

  sentence->conditions = g_array_new (FALSE, TRUE, sizeof (LzSentenceCondition));
  g_array_set_clear_func (sentence->conditions, condition_clear);
  for (guint i = 0; words[i] != NULL; i++)
    {
      LzSentenceCondition condition = { 0 };

      if (words[i][0] == '\0')
        continue;
      if (!parse_condition (words[i], &condition))
        return lz_tsv_set_error (table, row, WHEN, "is no condition such as filed>0", error);
      g_array_append_val (sentence->conditions, condition);
    }
  return TRUE;
}

/* "unit overdue_open>0 5" */
static gboolean
parse_list (const LzTsv *table, guint row, LzSentence *sentence, GError **error)
{
  g_auto (GStrv) words = g_strsplit (lz_tsv_get (table, row, LIST), " ", -1);
  LzSentenceList list = { 0 };
  guint64 limit;

  if (words[0] == NULL || words[0][0] == '\0')
    return TRUE;
  if (g_strv_length (words) != 3 || !lz_tally_by_from_string (words[0], &list.by) ||
      !g_ascii_string_to_unsigned (words[2], 10, 1, MAX_LISTED, &limit, NULL) ||
      !parse_condition (words[1], &list.condition))
    return lz_tsv_set_error (table, row, LIST, "is no list such as “unit overdue_open>0 5”", error);
  list.limit = (guint) limit;
  sentence->list = g_memdup2 (&list, sizeof list);
  return TRUE;
}

static gboolean
is_chinese (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "zh");
}

static char *
dup_text (const LzTsv *table, guint row, guint column)
{
  GString *text = g_string_new (lz_tsv_get (table, row, column));

  g_string_replace (text, "\\n", "\n", 0);
  return g_string_free (text, FALSE);
}

static gboolean
parse_row (LzBulletinRules *self, const LzTsv *table, guint row, GError **error)
{
  LzSentence *sentence = g_new0 (LzSentence, 1);

  g_ptr_array_add (self->sentences, sentence);
  sentence->part = lz_tsv_dup (table, row, PART);
  sentence->key = lz_tsv_dup (table, row, KEY);
  sentence->item = dup_text (table, row, is_chinese () ? ITEM_ZH : ITEM_EN);
  sentence->text = dup_text (table, row, is_chinese () ? TEXT_ZH : TEXT_EN);
  if (sentence->part == NULL)
    return lz_tsv_set_error (table, row, PART, "is empty", error);
  if (sentence->key == NULL)
    return lz_tsv_set_error (table, row, KEY, "is empty", error);
  return parse_conditions (table, row, sentence, error) && parse_list (table, row, sentence, error);
}

static gboolean
read_deadline (LzBulletinRules *self, const LzTsv *table, GError **error)
{
  const char *note = lz_tsv_get_note (table, "deadline_days");
  guint64 days = 0;

  if (note != NULL && !g_ascii_string_to_unsigned (note, 10, 0, 366, &days, error))
    {
      g_prefix_error (error, "deadline_days: ");
      return FALSE;
    }
  self->deadline_days = (guint) days;
  return TRUE;
}

LzBulletinRules *
lz_bulletin_rules_parse (GBytes *bytes, const char *report, GError **error)
{
  g_autoptr (LzTsv) table = lz_tsv_parse (bytes, columns, error);
  g_autoptr (LzBulletinRules) self = g_new0 (LzBulletinRules, 1);

  if (table == NULL)
    return NULL;
  self->version = g_strdup (lz_tsv_get_note (table, "version"));
  if (!read_deadline (self, table, error))
    return NULL;
  self->sentences = g_ptr_array_new_with_free_func (sentence_free);
  for (guint row = 0; row < lz_tsv_get_n_rows (table); row++)
    {
      const char *of = lz_tsv_get (table, row, REPORT);

      if ((strcmp (of, "*") == 0 || strcmp (of, report) == 0) &&
          !parse_row (self, table, row, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

const char *
lz_bulletin_rules_get_version (const LzBulletinRules *self)
{
  return self->version != NULL ? self->version : "";
}

guint
lz_bulletin_rules_get_deadline_days (const LzBulletinRules *self)
{
  return self->deadline_days;
}

guint
lz_bulletin_rules_get_n (const LzBulletinRules *self)
{
  return self->sentences->len;
}

const LzSentence *
lz_bulletin_rules_get (const LzBulletinRules *self, guint index)
{
  g_return_val_if_fail (index < self->sentences->len, NULL);

  return g_ptr_array_index (self->sentences, index);
}

const LzSentence *
lz_bulletin_rules_find (const LzBulletinRules *self, const char *key)
{
  for (guint i = 0; i < self->sentences->len; i++)
    {
      const LzSentence *sentence = g_ptr_array_index (self->sentences, i);

      if (strcmp (sentence->key, key) == 0)
        return sentence;
    }
  return NULL;
}
