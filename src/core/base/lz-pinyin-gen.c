/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs at build time and writes lz-pinyin-table.h: the first letter of each Chinese character's
 * reading after ICU, and the words of lz-pinyin-words.txt, sorted.  So the program itself needs no
 * ICU. */

#include <glib.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

static const struct
{
  const char *name;
  gunichar first;
  gunichar last;
} blocks[] = {
  { "lz_pinyin_ext_a", 0x3400, 0x4dbf },
  { "lz_pinyin_main", 0x4e00, 0x9fff },
};

static UTransliterator *
open_transliterator (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar id[64];
  UTransliterator *self;

  u_uastrcpy (id, "Han-Latin; Latin-ASCII; Lower");
  self = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  if (U_FAILURE (status))
    g_error ("ICU's transliterator: %s", u_errorName (status));

  return self;
}

/* Gives the first letter of @c's reading, or 0 where ICU knows none. */
static char
initial (const UTransliterator *transliterator, gunichar c)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar text[64];
  int32_t length = 0;
  int32_t limit;

  u_strFromUTF32 (text, G_N_ELEMENTS (text), &length, (const UChar32 *) &c, 1, &status);
  limit = length;
  utrans_transUChars (transliterator, text, &length, G_N_ELEMENTS (text), 0, &limit, &status);
  if (U_FAILURE (status))
    g_error ("U+%04X: %s", c, u_errorName (status));

  return length > 0 && text[0] >= 'a' && text[0] <= 'z' ? (char) text[0] : 0;
}

static void
write_blocks (GString *out)
{
  UTransliterator *transliterator = open_transliterator ();

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      g_string_append_printf (out, "#define %s_first 0x%x\n", blocks[i].name, blocks[i].first);
      g_string_append_printf (out, "static const char %s[] =", blocks[i].name);
      for (gunichar c = blocks[i].first; c <= blocks[i].last; c++)
        {
          char letter = initial (transliterator, c);

          if ((c - blocks[i].first) % 64 == 0)
            g_string_append (out, c == blocks[i].first ? "\n  \"" : "\"\n  \"");
          g_string_append_c (out, letter != 0 ? letter : ' ');
        }
      g_string_append (out, "\";\n\n");
    }

  utrans_close (transliterator);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  const char *const *const *one = a;
  const char *const *const *two = b;

  return strcmp ((*one)[0], (*two)[0]);
}

/* A line is a word, a space and one letter for each of its characters. */
static void
write_words (GString *out, const char *path)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char **parts;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;

      parts = g_strsplit (lines[i], " ", -1);
      if (g_strv_length (parts) != 2 || !g_utf8_validate (parts[0], -1, NULL) ||
          g_utf8_strlen (parts[0], -1) != (glong) strlen (parts[1]))
        g_error ("%s:%u: not a word and one letter for each character", path, i + 1);
      g_ptr_array_add (words, parts);
    }

  g_ptr_array_sort (words, compare_words);
  g_string_append (out, "static const LzPinyinWord lz_pinyin_words[] = {\n");
  for (guint i = 0; i < words->len; i++)
    {
      char **word = g_ptr_array_index (words, i);

      if (i > 0 && g_str_equal (word[0], ((char **) g_ptr_array_index (words, i - 1))[0]))
        g_error ("%s: %s is there twice", path, word[0]);
      g_string_append_printf (out, "  { \"%s\", \"%s\" },\n", word[0], word[1]);
    }
  g_string_append (out, "};\n");
}

int
main (int argc, char **argv)
{
  g_autoptr (GString) out = g_string_new ("/* Made by lz-pinyin-gen; do not edit. */\n\n");
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    g_error ("usage: lz-pinyin-gen WORDS OUTPUT");

  write_blocks (out);
  write_words (out, argv[1]);
  if (!g_file_set_contents (argv[2], out->str, (gssize) out->len, &error))
    g_error ("%s", error->message);

  return 0;
}
