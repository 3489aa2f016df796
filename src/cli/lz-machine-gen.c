/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes the help page and the drawing of the machine while Luzhang is built:
 *   lz-machine-gen po/zh_CN.po machine.svg machine.md
 * The words come from the translation itself, so that no locale has to be installed. */

#include "lz-machine-page.h"

#include <stdio.h>
#include <string.h>

/* "…" of a line of a po file, unescaped; NULL if there is none. */
static char *
dup_quoted (const char *line)
{
  const char *first = strchr (line, '"');
  const char *last = strrchr (line, '"');
  g_autofree char *inner = NULL;

  if (first == NULL || last <= first)
    return NULL;
  inner = g_strndup (first + 1, (gsize) (last - first - 1));
  return g_strcompress (inner);
}

static GHashTable *
read_words (const char *path, GError **error)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) id = g_string_new (NULL);
  g_autoptr (GString) translated = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GString *into = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines;; line++)
    {
      g_autofree char *quoted = *line != NULL ? dup_quoted (*line) : NULL;

      if (*line == NULL || g_str_has_prefix (*line, "msgid "))
        {
          if (id->len > 0 && translated->len > 0)
            g_hash_table_replace (words, g_strdup (id->str), g_strdup (translated->str));
          g_string_truncate (id, 0);
          g_string_truncate (translated, 0);
          into = id;
        }
      else if (g_str_has_prefix (*line, "msgstr"))
        into = translated;
      else if (**line != '"')
        continue;
      if (*line == NULL)
        return g_steal_pointer (&words);
      if (into != NULL && quoted != NULL)
        g_string_append (into, quoted);
    }
}

static const char *
translate (const char *text, gpointer data)
{
  const char *found = g_hash_table_lookup (data, text);

  return found != NULL ? found : text;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) words = argc == 4 ? read_words (argv[1], &error) : NULL;
  g_autofree char *svg = NULL;
  g_autofree char *page = NULL;

  if (words != NULL)
    {
      svg = lz_machine_draw (translate, words);
      page = lz_machine_write_markdown (translate, words);
      if (g_file_set_contents (argv[2], svg, -1, &error) &&
          g_file_set_contents (argv[3], page, -1, &error))
        return 0;
    }
  fprintf (stderr, "lz-machine-gen: %s\n", error != NULL ? error->message : "PO SVG MARKDOWN");
  return 1;
}
