/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-tally.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzScoreForm:
 * @LZ_SCORE_RATE: the rate times the weight
 * @LZ_SCORE_REST: one minus the rate, times the weight
 * @LZ_SCORE_STEPS: points out of 100 by steps of a number, times the weight
 * @LZ_SCORE_EACH: the weight, negative too, for every one, up to @cap
 * @LZ_SCORE_ZERO: with even one the whole score is 0
 */
typedef enum
{
  LZ_SCORE_RATE,
  LZ_SCORE_REST,
  LZ_SCORE_STEPS,
  LZ_SCORE_EACH,
  LZ_SCORE_ZERO,
} LzScoreForm;

/**
 * LzScoreMissing:
 * @LZ_MISSING_NONE: without this rate there is no score
 * @LZ_MISSING_SHARE: the other rates share its weight between them
 *
 * What becomes of a rate below whose line stands zero.
 */
typedef enum
{
  LZ_MISSING_NONE,
  LZ_MISSING_SHARE,
} LzScoreMissing;

/**
 * LzScoreTerm:
 * @key: of its row
 * @name_zh: for people
 * @input: a rate or count of ours, or what somebody else counts
 * @weight: points at most; points for each one
 * @cap: of %LZ_SCORE_EACH: no more points than that in either direction; 0 = no cap
 * @steps: (element-type LzScoreStep): of %LZ_SCORE_STEPS
 */
typedef struct
{
  char *key;
  char *name_zh;
  char *name_en;
  char *input;
  LzScoreForm form;
  double weight;
  double cap;
  LzScoreMissing missing;
  GArray *steps;
} LzScoreTerm;

typedef struct
{
  gint64 up_to; /* G_MAXINT64 = all above */
  double points;
} LzScoreStep;

/**
 * LzScoreModel:
 *
 * A way to make one number of figures, as data with a version (data/scores).  Built once, then only
 * read; any thread.
 */
typedef struct _LzScoreModel LzScoreModel;

/**
 * lz_score_model_parse:
 * @bytes: a table such as data/scores/unit-national.tsv, which explains itself
 * @error: (nullable): %LZ_ERROR_INVALID, naming line and column
 *
 * Returns: (transfer full) (nullable): the model
 */
LzScoreModel *lz_score_model_parse (GBytes *bytes, GError **error);
void lz_score_model_free (LzScoreModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzScoreModel, lz_score_model_free)

/* "unit-national", its version, and what it says of itself; "name_zh", "source" … */
const char *lz_score_model_get_key (const LzScoreModel *self);
guint lz_score_model_get_version (const LzScoreModel *self);
const char *lz_score_model_get_note (const LzScoreModel *self, const char *key);
guint lz_score_model_get_n_terms (const LzScoreModel *self);
const LzScoreTerm *lz_score_model_get_term (const LzScoreModel *self, guint index);
/* In the language of the program. */
const char *lz_score_model_get_name (const LzScoreModel *self);
const char *lz_score_term_get_name (const LzScoreTerm *self);
/* "National form: Closing rate 30, Rework 30": what a score is made of, with the points of each. */
char *lz_score_model_dup_definition (const LzScoreModel *self);
/* The inputs of its terms with blanks between them: "count:filed rate:closing". */
char *lz_score_model_dup_inputs (const LzScoreModel *self);

/**
 * LzScoreInput:
 * @key: of a term's input
 * @value: (out): a rate; of a number, its part
 *
 * Returns: %FALSE if nothing is known of it: a rate without value, a number of 0
 */
typedef gboolean (*LzScoreInput) (const char *key, LzRatio *value, gpointer data);

/**
 * LzScore:
 * @has_value: there is a score
 * @points: rounded to hundredths, as it is published and ranked
 * @grade: 'A' to 'E'; 0 without a value
 * @terms: the points of each term, rounded for showing; NAN = it had no value
 * @n_missing: how many of the rates had none, 缺项
 */
typedef struct
{
  gboolean has_value;
  double points;
  char grade;
  GArray *terms;
  guint n_missing;
} LzScore;

void lz_score_clear (LzScore *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzScore, lz_score_clear)

void
lz_score_evaluate (const LzScoreModel *self, LzScoreInput input, gpointer data, LzScore *score);
/* The same with the counts and rates of a group, and @more for what is none of them. */
void lz_score_evaluate_group (const LzScoreModel *self,
                              const LzTallyGroup *group,
                              LzScoreInput more,
                              gpointer data,
                              LzScore *score);

/* [90, …] A, [75, 90) B, [60, 75) C, [40, 60) D, below E, domain §4.3; of points as published. */
char lz_score_grade (const LzScoreModel *self, double points);

/**
 * lz_score_rank:
 * @scores: (array length=n): in any order
 * @ranks: (out caller-allocates) (array length=n): from 1; 0 = without a value.  Equal points have
 *   equal ranks, and the next rank is left out (1, 2, 2, 4)
 */
void lz_score_rank (const LzScore *scores, guint n, guint *ranks);

G_END_DECLS
