/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-error.h"
#include "lz-score-private.h"
#include "lz-tsv.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum
{
  KEY,
  INPUT,
  FORM,
  WEIGHT,
  CAP,
  MISSING,
  STEPS,
  NAME_ZH,
  NAME_EN,
};

static const char *const columns[] = { "key",     "input", "form",    "weight",  "cap",
                                       "missing", "steps", "name_zh", "name_en", NULL };
static const char *const notes[] = { "model",   "version", "grades", "name_zh",
                                     "name_en", "subject", "source", NULL };
static const char *const forms[] = { "rate", "rest", "steps", "each", "zero" };

static void
term_free (gpointer data)
{
  LzScoreTerm *term = data;

  g_free (term->key);
  g_free (term->name_zh);
  g_free (term->name_en);
  g_free (term->input);
  g_clear_pointer (&term->steps, g_array_unref);
  g_free (term);
}

void
lz_score_model_free (LzScoreModel *self)
{
  if (self == NULL)
    return;

  g_free (self->key);
  g_clear_pointer (&self->notes, g_hash_table_unref);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->grades, g_array_unref);
  g_free (self);
}

static gboolean
parse_number (const char *text, double *value)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*value);
}

static gboolean
read_form (const LzTsv *tsv, guint row, LzScoreForm *form, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (lz_tsv_get (tsv, row, FORM), forms[i]) == 0)
      {
        *form = (LzScoreForm) i;
        return TRUE;
      }
  return lz_tsv_set_error (tsv, row, FORM, "is none of rate, rest, steps, each, zero", error);
}

static gboolean
read_missing (const LzTsv *tsv, guint row, LzScoreMissing *missing, GError **error)
{
  const char *text = lz_tsv_get (tsv, row, MISSING);

  if (strcmp (text, "share") == 0)
    *missing = LZ_MISSING_SHARE;
  else if (*text != '\0' && strcmp (text, "none") != 0)
    return lz_tsv_set_error (tsv, row, MISSING, "is neither none nor share", error);
  return TRUE;
}

/* "50:100 100:90 *:0" */
static gboolean
read_steps (const LzTsv *tsv, guint row, LzScoreTerm *term, GError **error)
{
  g_auto (GStrv) words = g_strsplit (lz_tsv_get (tsv, row, STEPS), " ", -1);
  gint64 last = -1;

  term->steps = g_array_new (FALSE, FALSE, sizeof (LzScoreStep));
  for (char **word = words; *word != NULL && **word != '\0'; word++)
    {
      char *colon = strchr (*word, ':');
      LzScoreStep step = { G_MAXINT64, 0 };

      if (colon == NULL || last == G_MAXINT64 || !parse_number (colon + 1, &step.points))
        return lz_tsv_set_error (tsv, row, STEPS, "is not like 50:100 100:90 *:0", error);
      *colon = '\0';
      if (strcmp (*word, "*") != 0 &&
          (!g_ascii_string_to_signed (*word, 10, last + 1, G_MAXINT64 - 1, &step.up_to, NULL)))
        return lz_tsv_set_error (tsv, row, STEPS, "is not like 50:100 100:90 *:0", error);
      last = step.up_to;
      g_array_append_val (term->steps, step);
    }
  return last == G_MAXINT64 || lz_tsv_set_error (tsv, row, STEPS, "does not end with *:", error);
}

static gboolean
read_term (const LzTsv *tsv, guint row, LzScoreTerm *term, GError **error)
{
  term->key = lz_tsv_dup (tsv, row, KEY);
  term->input = lz_tsv_dup (tsv, row, INPUT);
  term->name_zh = lz_tsv_dup (tsv, row, NAME_ZH);
  term->name_en = lz_tsv_dup (tsv, row, NAME_EN);
  if (term->key == NULL || term->input == NULL || term->name_zh == NULL || term->name_en == NULL)
    return lz_tsv_set_error (tsv, row, KEY, "or input or a name is empty", error);
  if (!read_form (tsv, row, &term->form, error) || !read_missing (tsv, row, &term->missing, error))
    return FALSE;
  if (term->form != LZ_SCORE_ZERO && !parse_number (lz_tsv_get (tsv, row, WEIGHT), &term->weight))
    return lz_tsv_set_error (tsv, row, WEIGHT, "is no number", error);
  if (*lz_tsv_get (tsv, row, CAP) != '\0' &&
      (!parse_number (lz_tsv_get (tsv, row, CAP), &term->cap) || term->cap < 0))
    return lz_tsv_set_error (tsv, row, CAP, "is no number", error);
  return term->form != LZ_SCORE_STEPS || read_steps (tsv, row, term, error);
}

/* "A:90 B:75 C:60 D:40 E:0" */
static gboolean
read_grades (LzScoreModel *self, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  double last = G_MAXDOUBLE;

  self->grades = g_array_new (FALSE, FALSE, sizeof (LzGrade));
  for (char **word = words; *word != NULL && **word != '\0'; word++)
    {
      LzGrade grade = { **word, 0 };

      if ((*word)[1] != ':' || !parse_number (*word + 2, &grade.from) || grade.from >= last)
        break;
      last = grade.from;
      g_array_append_val (self->grades, grade);
    }
  if (self->grades->len > 0 && self->grades->len == g_strv_length (words))
    return TRUE;
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                       "grades: is not like A:90 B:75 C:60 D:40 E:0");
  return FALSE;
}

static gboolean
read_notes (LzScoreModel *self, const LzTsv *tsv, GError **error)
{
  const char *version = lz_tsv_get_note (tsv, "version");
  guint64 number;

  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; notes[i] != NULL; i++)
    g_hash_table_insert (self->notes, (gpointer) notes[i],
                         g_strdup (lz_tsv_get_note (tsv, notes[i])));
  self->key = g_strdup (lz_tsv_get_note (tsv, "model"));
  if (self->key == NULL || version == NULL ||
      !g_ascii_string_to_unsigned (version, 10, 1, G_MAXINT, &number, NULL))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           "a score model needs the lines “# model:” and “# version:”");
      return FALSE;
    }
  self->version = (guint) number;
  return read_grades (self, lz_tsv_get_note (tsv, "grades"), error);
}

LzScoreModel *
lz_score_model_parse (GBytes *bytes, GError **error)
{
  g_autoptr (LzTsv) tsv = lz_tsv_parse (bytes, columns, error);
  g_autoptr (LzScoreModel) self = g_new0 (LzScoreModel, 1);

  if (tsv == NULL || !read_notes (self, tsv, error))
    return NULL;
  self->terms = g_ptr_array_new_with_free_func (term_free);
  for (guint row = 0; row < lz_tsv_get_n_rows (tsv); row++)
    {
      LzScoreTerm *term = g_new0 (LzScoreTerm, 1);

      g_ptr_array_add (self->terms, term);
      if (!read_term (tsv, row, term, error))
        return NULL;
    }
  if (self->terms->len > 0)
    return g_steal_pointer (&self);
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, "a score model needs terms");
  return NULL;
}
