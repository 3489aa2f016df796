/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-score-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const char *
lz_score_model_get_key (const LzScoreModel *self)
{
  return self->key;
}

guint
lz_score_model_get_version (const LzScoreModel *self)
{
  return self->version;
}

const char *
lz_score_model_get_note (const LzScoreModel *self, const char *key)
{
  return g_hash_table_lookup (self->notes, key);
}

guint
lz_score_model_get_n_terms (const LzScoreModel *self)
{
  return self->terms->len;
}

const LzScoreTerm *
lz_score_model_get_term (const LzScoreModel *self, guint index)
{
  g_return_val_if_fail (index < self->terms->len, NULL);

  return g_ptr_array_index (self->terms, index);
}

static gboolean
is_chinese (void)
{
  /* Translators: which of the names in the office's data to show: "zh" or "en". */
  return strcmp (C_ ("names in data", "en"), "zh") == 0;
}

const char *
lz_score_model_get_name (const LzScoreModel *self)
{
  const char *name = lz_score_model_get_note (self, is_chinese () ? "name_zh" : "name_en");

  return name != NULL ? name : self->key;
}

const char *
lz_score_term_get_name (const LzScoreTerm *self)
{
  return is_chinese () ? self->name_zh : self->name_en;
}

char *
lz_score_model_dup_definition (const LzScoreModel *self)
{
  g_autoptr (GString) terms = g_string_new (NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const LzScoreTerm *term = g_ptr_array_index (self->terms, i);

      if (i > 0)
        g_string_append (terms, _ (", "));
      g_string_append (terms, lz_score_term_get_name (term));
      if (term->form != LZ_SCORE_ZERO)
        g_string_append_printf (terms, " %g", term->weight);
    }
  /* Translators: the name of a score model, and what it is made of. */
  return g_strdup_printf (_ ("%s: %s"), lz_score_model_get_name (self), terms->str);
}

char *
lz_score_model_dup_inputs (const LzScoreModel *self)
{
  GString *inputs = g_string_new (NULL);

  for (guint i = 0; i < self->terms->len; i++)
    g_string_append_printf (inputs, "%s%s", i > 0 ? " " : "",
                            ((const LzScoreTerm *) g_ptr_array_index (self->terms, i))->input);
  return g_string_free (inputs, FALSE);
}

void
lz_score_clear (LzScore *self)
{
  g_clear_pointer (&self->terms, g_array_unref);
}

/* Half away from zero.  What the sum of binary fractions misses by must not decide. */
static double
round_hundredths (double value)
{
  double rounded = floor (fabs (value) * 100 + 0.5 + 1e-7) / 100;

  return value < 0 && rounded > 0 ? -rounded : rounded;
}

static double
find_step (const GArray *steps, gint64 number)
{
  for (guint i = 0; i < steps->len; i++)
    if (number <= g_array_index (steps, LzScoreStep, i).up_to)
      return g_array_index (steps, LzScoreStep, i).points;
  return 0;
}

static gboolean
is_rate (const LzScoreTerm *term)
{
  return term->form == LZ_SCORE_RATE || term->form == LZ_SCORE_REST;
}

static double
count_each (const LzScoreTerm *term, gint64 number)
{
  double points = term->weight * (double) number;

  return term->cap > 0 ? CLAMP (points, -term->cap, term->cap) : points;
}

static double
evaluate_term (const LzScoreTerm *term, LzRatio value)
{
  double rate = is_rate (term) ? (double) value.part / (double) value.whole : 0;

  switch (term->form)
    {
    case LZ_SCORE_RATE:
      return rate * term->weight;
    case LZ_SCORE_REST:
      return (1 - rate) * term->weight;
    case LZ_SCORE_STEPS:
      return find_step (term->steps, value.part) * term->weight / 100;
    case LZ_SCORE_EACH:
      return count_each (term, value.part);
    case LZ_SCORE_ZERO:
    default:
      return 0;
    }
}

/* @fixed: what is no share of anything: deductions and bonuses. */
typedef struct
{
  double points;
  double weight; /* of the terms that had a value */
  double missing_weight;
  double fixed;
  gboolean zero;
  gboolean none;
} Sum;

static void
add_term (Sum *sum, LzScore *score, const LzScoreTerm *term, LzScoreInput input, gpointer data)
{
  LzRatio value = { 0, 0 };
  gboolean known = input (term->input, &value, data);
  double points = NAN, shown;

  if (is_rate (term) && (!known || value.whole == 0))
    {
      score->n_missing++;
      sum->missing_weight += term->weight;
      sum->none |= term->missing == LZ_MISSING_NONE;
    }
  else
    points = evaluate_term (term, value);

  if (term->form == LZ_SCORE_ZERO)
    sum->zero |= value.part > 0;
  else if (term->form == LZ_SCORE_EACH)
    sum->fixed += points;
  else if (!isnan (points))
    {
      sum->points += points;
      sum->weight += term->weight;
    }
  shown = isnan (points) ? NAN : round_hundredths (points);
  g_array_append_val (score->terms, shown);
}

char
lz_score_grade (const LzScoreModel *self, double points)
{
  for (guint i = 0; i < self->grades->len; i++)
    if (points >= g_array_index (self->grades, LzGrade, i).from)
      return g_array_index (self->grades, LzGrade, i).grade;
  return g_array_index (self->grades, LzGrade, self->grades->len - 1).grade;
}

/**
 * lz_score_evaluate:
 * @self: a model
 * @input: gives the figures
 * @data: for @input
 * @score: (out caller-allocates): the score; clear with lz_score_clear()
 *
 * A score lies between 0 and what the model gives at most: deductions do not take it below 0.
 */
void
lz_score_evaluate (const LzScoreModel *self, LzScoreInput input, gpointer data, LzScore *score)
{
  Sum sum = { 0 };
  double points;

  *score = (LzScore){ .terms = g_array_new (FALSE, FALSE, sizeof (double)) };
  for (guint i = 0; i < self->terms->len; i++)
    add_term (&sum, score, g_ptr_array_index (self->terms, i), input, data);

  if (sum.none || sum.weight <= 0)
    return;
  points = sum.points * (sum.weight + sum.missing_weight) / sum.weight + sum.fixed;
  score->has_value = TRUE;
  score->points = sum.zero ? 0 : round_hundredths (MAX (points, 0));
  score->grade = lz_score_grade (self, score->points);
}

typedef struct
{
  const LzTallyGroup *group;
  LzScoreInput more;
  gpointer data;
} GroupInput;

/* A count of a term over rates is no rate: both words may be the same key. */
static gboolean
read_group (const char *key, LzRatio *value, gpointer data)
{
  const GroupInput *self = data;
  LzRate rate;
  LzCount count;

  if (g_str_has_prefix (key, "rate:") && lz_rate_from_string (key + 5, &rate))
    {
      *value = lz_tally_group_get_rate (self->group, rate);
      return lz_ratio_has_value (*value);
    }
  if (g_str_has_prefix (key, "count:") && lz_count_from_string (key + 6, &count))
    {
      *value = (LzRatio){ self->group->counts[count], 0 };
      return TRUE;
    }
  return self->more != NULL && self->more (key, value, self->data);
}

void
lz_score_evaluate_group (const LzScoreModel *self,
                         const LzTallyGroup *group,
                         LzScoreInput more,
                         gpointer data,
                         LzScore *score)
{
  GroupInput input = { group, more, data };

  lz_score_evaluate (self, read_group, &input, score);
}

void
lz_score_rank (const LzScore *scores, guint n, guint *ranks)
{
  for (guint i = 0; i < n; i++)
    {
      ranks[i] = scores[i].has_value ? 1 : 0;
      for (guint k = 0; scores[i].has_value && k < n; k++)
        ranks[i] += scores[k].has_value && scores[k].points > scores[i].points;
    }
}
