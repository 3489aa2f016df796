/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-pinyin.h"
#include "lz-search.h"

#include <string.h>

/* Of a long description only so much is indexed by its initials: people type a few letters. */
#define MAX_INITIALS 120

static gboolean
is_han (gunichar c)
{
  return (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

/* What the index's tokenizer keeps in a word; must agree with `tokenchars` in the schema. */
static gboolean
is_word (gunichar c)
{
  return !is_han (c) && (g_unichar_isalnum (c) || c == '-' || c == '_');
}

/* The run of Latin letters, digits and dashes at *@text, in lower case; moves *@text behind it. */
static char *
take_word (const char **text)
{
  const char *start = *text;

  while (**text != '\0' && is_word (g_utf8_get_char (*text)))
    *text = g_utf8_next_char (*text);
  return g_utf8_strdown (start, *text - start);
}

static void
append_token (GString *out, const char *prefix, const char *token, gssize length)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, prefix);
  g_string_append_len (out, token, length);
}

/* Numbers are looked for by their parts too: "D-3fa2-261123-7" also as "3fa2", "261123", "7". */
static void
append_parts (GString *out, const char *word)
{
  g_auto (GStrv) parts = NULL;

  if (strchr (word, '-') == NULL)
    return;
  parts = g_strsplit (word, "-", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      append_token (out, "", parts[i], -1);
}

static void
append_words (GString *out, const char *text)
{
  const char *previous = NULL; /* the Chinese character just before */

  while (text != NULL && *text != '\0')
    {
      gunichar c = g_utf8_get_char (text);
      const char *next = g_utf8_next_char (text);

      if (is_han (c))
        {
          append_token (out, "", text, next - text);
          if (previous != NULL)
            append_token (out, "", previous, next - previous);
          previous = text;
          text = next;
          continue;
        }
      previous = NULL;
      if (is_word (c))
        {
          g_autofree char *word = take_word (&text);

          append_token (out, "", word, -1);
          append_parts (out, word);
          continue;
        }
      text = next;
    }
}

static void
append_initials (GString *out, const char *text)
{
  g_autofree char *initials = text != NULL ? lz_pinyin_initials (text) : NULL;

  for (guint i = 0;
       initials != NULL && initials[i] != '\0' && initials[i + 1] != '\0' && i < MAX_INITIALS; i++)
    append_token (out, "p_", initials + i, 2);
}

char *
lz_search_words (const LzCase *self)
{
  GString *out = g_string_sized_new (256);
  const char *texts[] = {
    self->text,
    self->road_name,
    self->address,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      append_words (out, texts[i]);
      append_initials (out, texts[i]);
    }
  append_words (out, self->category);
  append_words (out, self->number);
  return g_string_free (out, FALSE);
}

/* The codes of the categories that @fits finds in their names, as alternatives. */
static void
append_categories (GString *out,
                   const LzCatalogue *catalogue,
                   const char *term,
                   gboolean (*fits) (const LzCategory *category, const char *term))
{
  guint n = lz_catalogue_get_n_categories (catalogue);

  for (guint i = 0; i < n; i++)
    {
      const LzCategory *category = lz_catalogue_get_category (catalogue, i);
      g_autofree char *code = NULL;

      if (!fits (category, term))
        continue;
      code = g_utf8_strdown (category->code, -1);
      g_string_append_printf (out, " OR \"%s\"", code);
    }
}

static gboolean
fits_name (const LzCategory *category, const char *term)
{
  return strstr (category->name, term) != NULL;
}

static gboolean
fits_letters (const LzCategory *category, const char *term)
{
  g_autofree char *english = g_utf8_strdown (category->name_en, -1);

  return strstr (category->initials, term) != NULL || strstr (english, term) != NULL;
}

static void
begin_term (GString *out)
{
  g_string_append (out, out->len > 0 ? " AND (" : "(");
}

/* A word matches from its start; letters alone may also be initials. */
static void
append_word_term (GString *out, const char *word, const LzCatalogue *catalogue)
{
  gboolean letters = strlen (word) >= 2;

  for (const char *p = word; *p != '\0'; p++)
    letters = letters && g_ascii_isalpha (*p);

  begin_term (out);
  g_string_append_printf (out, "\"%s\"*", word);
  if (letters)
    {
      g_string_append (out, " OR (");
      for (const char *p = word; p[1] != '\0'; p++)
        g_string_append_printf (out, "%s\"p_%.2s\"", p == word ? "" : " AND ", p);
      g_string_append_c (out, ')');
      append_categories (out, catalogue, word, fits_letters);
    }
  g_string_append_c (out, ')');
}

/* A run of Chinese characters: its pairs, or the one character. */
static void
append_han_term (GString *out, const char *run, const LzCatalogue *catalogue)
{
  const char *next = g_utf8_next_char (run);

  begin_term (out);
  if (*next == '\0')
    g_string_append_printf (out, "\"%s\"", run);
  else
    g_string_append_c (out, '(');
  for (const char *p = run; *next != '\0'; p = g_utf8_next_char (p))
    {
      next = g_utf8_next_char (next);
      g_string_append_printf (out, "%s\"%.*s\"", p == run ? "" : " AND ", (int) (next - p), p);
    }
  if (g_utf8_strlen (run, -1) > 1)
    g_string_append_c (out, ')');
  append_categories (out, catalogue, run, fits_name);
  g_string_append_c (out, ')');
}

static char *
take_han (const char **text)
{
  const char *start = *text;

  while (**text != '\0' && is_han (g_utf8_get_char (*text)))
    *text = g_utf8_next_char (*text);
  return g_strndup (start, (gsize) (*text - start));
}

char *
lz_search_expression (const char *text, const LzCatalogue *catalogue)
{
  GString *out = g_string_new (NULL);

  while (text != NULL && *text != '\0')
    {
      gunichar c = g_utf8_get_char (text);

      if (is_han (c))
        {
          g_autofree char *run = take_han (&text);

          append_han_term (out, run, catalogue);
        }
      else if (is_word (c))
        {
          g_autofree char *word = take_word (&text);

          append_word_term (out, word, catalogue);
        }
      else
        {
          text = g_utf8_next_char (text);
        }
    }
  return g_string_free (out, out->len == 0);
}
