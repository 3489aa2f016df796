/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts with figures in them: taking them apart, and what they read. */
#define G_LOG_DOMAIN "lz-bulletin"

#include "config.h"

#include "lz-bulletin-text.h"

#include <string.h>

static void
run_clear (gpointer data)
{
  g_free (((LzTextRun *) data)->text);
}

static void
add_words (GArray *runs, GString *words)
{
  LzTextRun run = { .text = g_strdup (words->str) };

  if (words->len == 0)
    g_free (run.text);
  else
    g_array_append_val (runs, run);
  g_string_truncate (words, 0);
}

/* (nullable): what is in the braces that open at @p, if it is a figure. */
static char *
dup_token (const char *p)
{
  const char *end = strchr (p, '}');
  g_autofree char *token = end != NULL ? g_strndup (p + 1, (gsize) (end - p - 1)) : NULL;
  g_auto (LzFigureToken) figure = { 0 };

  return token != NULL && lz_figure_token_parse (token, &figure) ? g_steal_pointer (&token) : NULL;
}

GArray *
lz_bulletin_split (const char *text)
{
  GArray *runs = g_array_new (FALSE, TRUE, sizeof (LzTextRun));
  GString *words = g_string_new (NULL);

  g_array_set_clear_func (runs, run_clear);
  for (const char *p = text; *p != '\0';)
    {
      char *token = *p == '{' && p[1] != '{' ? dup_token (p) : NULL;

      if (token != NULL)
        {
          LzTextRun run = { .text = token, .is_figure = TRUE };

          add_words (runs, words);
          p += strlen (token) + 2;
          g_array_append_val (runs, run);
          continue;
        }
      g_string_append_c (words, *p);
      p += (*p == '{' || *p == '}') && p[1] == *p ? 2 : 1;
    }
  add_words (runs, words);
  g_string_free (words, TRUE);
  return runs;
}

char *
lz_bulletin_escape (const char *words)
{
  GString *text = g_string_new (words);

  g_string_replace (text, "{", "{{", 0);
  g_string_replace (text, "}", "}}", 0);
  return g_string_free (text, FALSE);
}

char *
lz_bulletin_text_dup_figure (const LzBulletinText *self,
                             const char *token,
                             const LzBulletinFigures *figures)
{
  const char *said = self->said != NULL ? g_hash_table_lookup (self->said, token) : NULL;
  g_auto (LzFigureToken) figure = { 0 };

  if (said != NULL)
    return g_strdup (said);
  if (figures == NULL || !lz_figure_token_parse (token, &figure))
    return g_strdup (LZ_NO_VALUE);
  return lz_figure_token_dup_text (&figure, figures);
}

char *
lz_bulletin_text_dup_words (const LzBulletinText *self,
                            const char *text,
                            const LzBulletinFigures *figures)
{
  g_autoptr (GArray) runs = lz_bulletin_split (text);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const LzTextRun *run = &g_array_index (runs, LzTextRun, i);
      g_autofree char *figure =
          run->is_figure ? lz_bulletin_text_dup_figure (self, run->text, figures) : NULL;

      g_string_append (words, figure != NULL ? figure : run->text);
    }
  return g_string_free (words, FALSE);
}

static void
fix_text (const LzBulletinText *self,
          GHashTable *said,
          const char *text,
          const LzBulletinFigures *figures)
{
  g_autoptr (GArray) runs = lz_bulletin_split (text != NULL ? text : "");

  for (guint i = 0; i < runs->len; i++)
    {
      const LzTextRun *run = &g_array_index (runs, LzTextRun, i);

      if (run->is_figure)
        g_hash_table_insert (said, g_strdup (run->text),
                             lz_bulletin_text_dup_figure (self, run->text, figures));
    }
}

void
lz_bulletin_text_fix (LzBulletinText *self, const LzBulletinFigures *figures)
{
  GHashTable *said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  fix_text (self, said, self->opening, figures);
  for (guint s = 0; s < self->sections->len; s++)
    {
      const LzBulletinSection *section = g_ptr_array_index (self->sections, s);

      for (guint p = 0; p < section->paragraphs->len; p++)
        fix_text (self, said, ((LzParagraph *) g_ptr_array_index (section->paragraphs, p))->text,
                  figures);
    }
  g_clear_pointer (&self->said, g_hash_table_unref);
  self->said = said;
}
