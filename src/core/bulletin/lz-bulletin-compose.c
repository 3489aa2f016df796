/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-bulletin"

#include "config.h"

#include "lz-bulletin-compose.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A group that is listed in a sentence. */
typedef struct
{
  const char *value;
  gint64 figure;
} Listed;

static gboolean
holds (const LzSentenceCondition *condition,
       const LzFigureToken *token,
       const LzBulletinFigures *figures,
       gint64 *value)
{
  if (!lz_figure_token_read (token, figures, value))
    return FALSE;
  switch (condition->compare)
    {
    case '<':
      return *value < condition->limit;
    case '=':
      return *value == condition->limit;
    case '>':
    default:
      return *value > condition->limit;
    }
}

static gboolean
all_hold (const LzSentence *sentence, const LzBulletinFigures *figures)
{
  for (guint i = 0; i < sentence->conditions->len; i++)
    {
      const LzSentenceCondition *condition =
          &g_array_index (sentence->conditions, LzSentenceCondition, i);
      gint64 value;

      if (!holds (condition, &condition->figure, figures, &value))
        return FALSE;
    }
  return TRUE;
}

static int
compare_falling (gconstpointer a, gconstpointer b)
{
  const Listed *x = a, *y = b;

  return x->figure != y->figure ? (x->figure < y->figure) - (x->figure > y->figure)
                                : strcmp (x->value, y->value);
}

static int
compare_rising (gconstpointer a, gconstpointer b)
{
  const Listed *x = a, *y = b;

  return x->figure != y->figure ? (x->figure > y->figure) - (x->figure < y->figure)
                                : strcmp (x->value, y->value);
}

/* What belongs to no group, as cases without a unit, is not named. */
static GArray *
list_groups (const LzSentenceList *list, const LzBulletinFigures *figures)
{
  GArray *listed = g_array_new (FALSE, TRUE, sizeof (Listed));
  const LzTally *tally = figures->now[list->by];

  for (guint i = 0; tally != NULL && i < lz_tally_get_n_groups (tally); i++)
    {
      const LzTallyGroup *group = lz_tally_get_group (tally, i);
      LzFigureToken token = list->condition.figure;
      Listed entry = { .value = group->value };

      token.by = list->by;
      token.value = group->value;
      if (group->value[0] != '\0' && holds (&list->condition, &token, figures, &entry.figure))
        g_array_append_val (listed, entry);
    }
  g_array_sort (listed, list->condition.compare == '<' ? compare_rising : compare_falling);
  if (listed->len > list->limit)
    g_array_set_size (listed, list->limit);
  return listed;
}

/* @name is no figure: a word of the frame, else as it is. */
static void
append_name (GString *out, const LzBulletinFrame *frame, const char *name)
{
  for (const char *const *pair = frame->names; pair != NULL && pair[0] != NULL; pair += 2)
    if (strcmp (pair[0], name) == 0)
      {
        g_autofree char *escaped = lz_bulletin_escape (pair[1]);

        g_string_append (out, escaped);
        return;
      }
  g_string_append_printf (out, "{{%s}}", name);
}

/* Puts in what the braces of @text name.  @list: (nullable): for "{list}"; @by, @value: the group
 * whose figures are meant, %NULL = the whole. */
static void
fill (GString *out,
      const LzBulletinFrame *frame,
      const char *text,
      const char *list,
      LzTallyBy by,
      const char *value)
{
  const char *end;

  for (const char *p = text; *p != '\0'; p = end + 1)
    {
      g_autofree char *name = NULL;
      g_auto (LzFigureToken) token = { 0 };

      end = *p == '{' ? strchr (p, '}') : NULL;
      if (end == NULL)
        {
          end = p;
          g_string_append_c (out, *p);
          continue;
        }
      name = g_strndup (p + 1, (gsize) (end - p - 1));
      if (list != NULL && strcmp (name, "list") == 0)
        g_string_append (out, list);
      else if (value != NULL && strcmp (name, "name") == 0)
        {
          g_autofree char *group = frame->dup_name (by, value, frame->data);
          g_autofree char *escaped = lz_bulletin_escape (group);

          g_string_append (out, escaped);
        }
      else if (lz_figure_token_parse (name, &token))
        {
          g_autofree char *written = NULL;

          if (value != NULL && token.by == LZ_BY_ALL)
            {
              token.by = by;
              g_free (token.value);
              token.value = g_strdup (value);
            }
          written = lz_figure_token_dup (&token);
          g_string_append_printf (out, "{%s}", written);
        }
      else
        append_name (out, frame, name);
    }
}

/* (nullable): nothing is to be listed. */
static char *
make_list (const LzBulletinFrame *frame, const LzSentence *sentence)
{
  g_autoptr (GArray) listed = list_groups (sentence->list, &frame->figures);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < listed->len; i++)
    {
      if (i > 0)
        g_string_append (out, C_ ("between names in a bulletin", ", "));
      fill (out, frame, sentence->item, NULL, sentence->list->by,
            g_array_index (listed, Listed, i).value);
    }
  return g_string_free (out, listed->len == 0);
}

static char *
make_sentence (const LzBulletinFrame *frame, const LzSentence *sentence)
{
  g_autofree char *list = NULL;
  GString *out;

  if (!all_hold (sentence, &frame->figures))
    return NULL;
  if (sentence->list != NULL)
    {
      list = make_list (frame, sentence);
      if (list == NULL)
        return NULL;
    }
  out = g_string_new (NULL);
  fill (out, frame, sentence->text, list, LZ_BY_ALL, NULL);
  return g_string_free (out, FALSE);
}

char *
lz_bulletin_compose_sentence (const LzBulletinFrame *frame, const char *key)
{
  const LzSentence *sentence = lz_bulletin_rules_find (frame->rules, key);

  return sentence != NULL ? make_sentence (frame, sentence) : NULL;
}

static LzBulletinSection *
find_section (const LzBulletinText *text, const char *key)
{
  for (guint i = 0; i < text->sections->len; i++)
    {
      LzBulletinSection *section = g_ptr_array_index (text->sections, i);

      if (strcmp (section->key, key) == 0)
        return section;
    }
  return NULL;
}

/* The words around the sections, by the part of their row; they hold no figures but the opening. */
static char **
find_place (LzBulletinText *text, const char *part)
{
  const struct
  {
    const char *part;
    char **place;
  } places[] = { { "title", &text->title },         { "addressee", &text->addressee },
                 { "opening", &text->opening },     { "date", &text->date },
                 { "tables", &text->tables_title }, { "cases", &text->cases_title } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strcmp (places[i].part, part) == 0)
      return places[i].place;
  return NULL;
}

static void
put_sentence (const LzBulletinFrame *frame, LzBulletinText *text, const LzSentence *sentence)
{
  g_autofree char *made = make_sentence (frame, sentence);
  char **place = find_place (text, sentence->part);
  LzBulletinSection *section = find_section (text, sentence->part);

  if (made == NULL || made[0] == '\0')
    return;
  if (strcmp (sentence->part, "section") == 0)
    lz_bulletin_text_add_section (text, sentence->key, made);
  else if (section != NULL)
    lz_bulletin_section_add (section, sentence->key, made);
  else if (place != NULL && *place == NULL)
    *place = g_steal_pointer (&made);
}

LzBulletinText *
lz_bulletin_compose (const LzBulletinFrame *frame)
{
  LzBulletinText *text = lz_bulletin_text_new ();

  for (guint i = 0; i < lz_bulletin_rules_get_n (frame->rules); i++)
    put_sentence (frame, text, lz_bulletin_rules_get (frame->rules, i));
  return text;
}
