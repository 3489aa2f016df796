/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-pinyin.h"
#include "lz-search.h"

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
lz_search_words (const LzCase *self, const LzCategory *category)
{
  GString *out = g_string_sized_new (256);
  const char *texts[] = {
    self->text,
    self->road_name,
    self->address,
    category != NULL ? category->name : NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      append_words (out, texts[i]);
      append_initials (out, texts[i]);
    }
  append_words (out, self->category);
  append_words (out, self->number);
  append_words (out, self->unit);
  if (category != NULL)
    append_words (out, category->name_en);
  return g_string_free (out, FALSE);
}

static void
begin_term (GString *out)
{
  if (out->len > 0)
    g_string_append (out, " AND ");
}

/* A word matches from its start; letters alone may also be initials. */
static void
append_word_term (GString *out, const char *word)
{
  gboolean letters = strlen (word) >= 2;

  for (const char *p = word; *p != '\0'; p++)
    letters = letters && g_ascii_isalpha (*p);

  begin_term (out);
  g_string_append_printf (out, "(\"%s\"*", word);
  if (letters)
    {
      g_string_append (out, " OR (");
      for (const char *p = word; p[1] != '\0'; p++)
        g_string_append_printf (out, "%s\"p_%.2s\"", p == word ? "" : " AND ", p);
      g_string_append_c (out, ')');
    }
  g_string_append_c (out, ')');
}

/* A run of Chinese characters: its pairs, or the one character. */
static const char *
append_han_term (GString *out, const char *text)
{
  const char *next = g_utf8_next_char (text);

  if (*next == '\0' || !is_han (g_utf8_get_char (next)))
    {
      begin_term (out);
      g_string_append_printf (out, "\"%.*s\"", (int) (next - text), text);
      return next;
    }
  while (*next != '\0' && is_han (g_utf8_get_char (next)))
    {
      const char *end = g_utf8_next_char (next);

      begin_term (out);
      g_string_append_printf (out, "\"%.*s\"", (int) (end - text), text);
      text = next;
      next = end;
    }
  return next;
}

char *
lz_search_expression (const char *text)
{
  GString *out = g_string_new (NULL);

  while (text != NULL && *text != '\0')
    {
      gunichar c = g_utf8_get_char (text);

      if (is_han (c))
        {
          text = append_han_term (out, text);
        }
      else if (is_word (c))
        {
          g_autofree char *word = take_word (&text);

          append_word_term (out, word);
        }
      else
        {
          text = g_utf8_next_char (text);
        }
    }
  return g_string_free (out, out->len == 0);
}
