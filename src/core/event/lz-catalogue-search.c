/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-catalogue-private.h"

#include "lz-pinyin.h"

#include <string.h>

/* How a word was found, best first. */
typedef enum
{
  RANK_CODE,           /* the whole code or number */
  RANK_CODE_START,     /* how our code starts */
  RANK_NAME_START,     /* how the Chinese name starts */
  RANK_NAME,           /* part of the Chinese name */
  RANK_INITIALS_WHOLE, /* all initials of the name or of a part between commas */
  RANK_INITIALS_START, /* how these start */
  RANK_ENGLISH,        /* how an English word starts */
  RANK_INITIALS,       /* initials from the middle */
  RANK_TEXT,           /* part of a filing condition */
  RANK_SOUND,          /* other characters with the same initials */
  RANK_NONE,
} Rank;

typedef struct
{
  const LzCategory *category;
  Rank rank;
  guint uses;
  guint place;
} Match;

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_ispunct (c);
}

/* Cuts a name at its commas and brackets and gives " zdjy mlsc". */
static char *
make_initials (const char *name)
{
  GString *initials = g_string_new (NULL);
  g_autoptr (GString) part = g_string_new (NULL);

  for (const char *p = name;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != 0 && !is_separator (c))
        {
          g_string_append_unichar (part, c);
          continue;
        }
      if (part->len > 0)
        {
          g_autofree char *letters = lz_pinyin_initials (part->str);

          g_string_append_printf (initials, " %s", letters);
          g_string_truncate (part, 0);
        }
      if (c == 0)
        return g_string_free (initials, FALSE);
    }
}

static char *
make_english (const char *name)
{
  GString *english = g_string_new (" ");

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_separator (c))
        g_string_append_unichar (english, g_unichar_tolower (c));
      else if (english->str[english->len - 1] != ' ')
        g_string_append_c (english, ' ');
    }

  return g_string_free (english, FALSE);
}

static char *
make_code (const char *code)
{
  g_auto (GStrv) parts = g_strsplit (code, "-", -1);
  g_autofree char *joined = g_strjoinv (NULL, parts);

  return g_utf8_strdown (joined, -1);
}

LzSearchEntry *
lz_search_entry_new (const LzCategory *category)
{
  LzSearchEntry *self = g_new0 (LzSearchEntry, 1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < category->conditions->len; i++)
    g_string_append_printf (
        text, "%s\n", ((const LzCondition *) g_ptr_array_index (category->conditions, i))->text);

  self->code = make_code (category->code);
  self->name = g_utf8_strdown (category->name, -1);
  self->initials = make_initials (category->name);
  self->english = make_english (category->name_en);
  self->text = g_utf8_strdown (text->str, -1);
  return self;
}

void
lz_search_entry_free (LzSearchEntry *self)
{
  g_free (self->code);
  g_free (self->name);
  g_free (self->initials);
  g_free (self->english);
  g_free (self->text);
  g_free (self);
}

static Rank
rank_initials (const LzCategory *category, const LzSearchEntry *entry, const char *word)
{
  gsize length = strlen (word);
  const char *found = entry->initials;
  Rank rank = RANK_NONE;

  if (g_str_equal (category->initials, word))
    return RANK_INITIALS_WHOLE;
  if (g_str_has_prefix (category->initials, word))
    rank = RANK_INITIALS_START;
  else if (strstr (category->initials, word) != NULL)
    rank = RANK_INITIALS;

  while ((found = strstr (found, word)) != NULL)
    {
      if (found[-1] == ' ')
        rank = RANK_INITIALS_START;
      if (found[-1] == ' ' && (found[length] == ' ' || found[length] == '\0'))
        return RANK_INITIALS_WHOLE;
      found++;
    }

  return rank;
}

static gboolean
is_code (const LzCategory *category, const LzSearchEntry *entry, const char *word)
{
  return g_str_equal (entry->code, word) || g_strcmp0 (category->standard_code, word) == 0 ||
         g_strcmp0 (category->cjt214_code, word) == 0 ||
         g_strcmp0 (category->local_code, word) == 0;
}

/* @word is in lower case; @bare is the same without hyphens; @sound are its initials. */
static Rank
rank_word (const LzCategory *category,
           const LzSearchEntry *entry,
           const char *word,
           const char *bare,
           const char *sound)
{
  g_autofree char *word_start = NULL;
  Rank rank;

  if (bare[0] != '\0' && is_code (category, entry, bare))
    return RANK_CODE;
  if (bare[0] != '\0' && g_str_has_prefix (entry->code, bare))
    return RANK_CODE_START;
  if (g_str_has_prefix (entry->name, word))
    return RANK_NAME_START;
  if (strstr (entry->name, word) != NULL)
    return RANK_NAME;

  if (g_str_is_ascii (word))
    {
      rank = rank_initials (category, entry, word);
      if (rank <= RANK_INITIALS_START)
        return rank;
      word_start = g_strconcat (" ", word, NULL);
      if (strstr (entry->english, word_start) != NULL)
        return RANK_ENGLISH;
      if (rank != RANK_NONE)
        return rank;
    }

  if (strstr (entry->text, word) != NULL)
    return RANK_TEXT;
  if (!g_str_is_ascii (word) && strlen (sound) > 1 && strstr (category->initials, sound) != NULL)
    return RANK_SOUND;

  return RANK_NONE;
}

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const Match *one = a;
  const Match *two = b;

  if (one->rank != two->rank)
    return one->rank < two->rank ? -1 : 1;
  if (one->uses != two->uses)
    return one->uses > two->uses ? -1 : 1;

  return one->place < two->place ? -1 : 1;
}

/* Lowers the rank of each match to that of @word, if @word is found less well. */
static void
apply_word (const LzCatalogue *self, Match *matches, const char *word)
{
  g_autofree char *bare = make_code (word);
  g_autofree char *sound = lz_pinyin_initials (word);

  for (guint i = 0; i < self->categories->len; i++)
    if (matches[i].rank != RANK_NONE)
      {
        Rank rank = rank_word (matches[i].category, g_ptr_array_index (self->entries, i), word,
                               bare, sound);

        matches[i].rank = MAX (matches[i].rank, rank);
      }
}

GPtrArray *
lz_catalogue_search (const LzCatalogue *self, const char *text, GHashTable *uses)
{
  g_autofree Match *matches = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *lower = NULL;
  g_auto (GStrv) words = NULL;
  GPtrArray *found;
  guint n;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  n = self->categories->len;
  matches = g_new (Match, n);
  for (guint i = 0; i < n; i++)
    {
      const LzCategory *category = g_ptr_array_index (self->categories, i);
      guint used = uses ? GPOINTER_TO_UINT (g_hash_table_lookup (uses, category->code)) : 0;

      matches[i] = (Match){ category, RANK_CODE, used, i };
    }

  valid = g_utf8_make_valid (text, -1);
  lower = g_utf8_strdown (valid, -1);
  words = g_strsplit_set (lower, " \t\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      apply_word (self, matches, words[i]);

  if (n > 0) /* an empty catalogue has no array to sort */
    qsort (matches, n, sizeof *matches, compare_matches);
  found = g_ptr_array_sized_new (n);
  for (guint i = 0; i < n && matches[i].rank != RANK_NONE; i++)
    g_ptr_array_add (found, (gpointer) matches[i].category);

  return found;
}
