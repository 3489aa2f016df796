/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-base"

#include "config.h"

#include "lz-pinyin.h"

#include <string.h>

typedef struct
{
  const char *word;     /* in UTF-8; the table is in the order of its bytes */
  const char *initials; /* a letter for each of its characters */
} LzPinyinWord;

#include "lz-pinyin-table.h"

/* Finds the longest word that @text starts with: among words in byte order, those that @text starts
 * with come before @text itself, and the longest of them last. */
static const LzPinyinWord *
find_word (const char *text)
{
  guint low = 0;
  guint high = G_N_ELEMENTS (lz_pinyin_words);
  gsize first_size = (gsize) (g_utf8_next_char (text) - text);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (lz_pinyin_words[middle].word, text) <= 0)
        low = middle + 1;
      else
        high = middle;
    }

  while (low > 0)
    {
      const LzPinyinWord *word = &lz_pinyin_words[--low];

      if (g_str_has_prefix (text, word->word))
        return word;
      if (strncmp (word->word, text, first_size) != 0)
        break;
    }

  return NULL;
}

static char
initial_of (gunichar c)
{
  char letter = ' ';

  if (c >= 0xff01 && c <= 0xff5e) /* full width */
    c -= 0xff01 - '!';

  if (c < 0x80)
    return g_ascii_isalnum ((char) c) ? g_ascii_tolower ((char) c) : '\0';
  if (c - lz_pinyin_main_first < sizeof lz_pinyin_main - 1)
    letter = lz_pinyin_main[c - lz_pinyin_main_first];
  else if (c - lz_pinyin_ext_a_first < sizeof lz_pinyin_ext_a - 1)
    letter = lz_pinyin_ext_a[c - lz_pinyin_ext_a_first];

  return letter != ' ' ? letter : '\0';
}

char *
lz_pinyin_initials (const char *text)
{
  g_autofree char *valid = NULL;
  GString *initials;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  initials = g_string_sized_new (strlen (valid) / 3 + 1);
  for (const char *p = valid; *p != '\0';)
    {
      const LzPinyinWord *word = (guchar) *p >= 0x80 ? find_word (p) : NULL;
      char letter;

      if (word != NULL)
        {
          g_string_append (initials, word->initials);
          p += strlen (word->word);
          continue;
        }

      letter = initial_of (g_utf8_get_char (p));
      if (letter != '\0')
        g_string_append_c (initials, letter);
      p = g_utf8_next_char (p);
    }

  return g_string_free (initials, FALSE);
}
