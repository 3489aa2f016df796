/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-error.h"
#include "lz-health.h"
#include "lz-tsv.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  char *label;
  char *label_en;
  gboolean per_km;
  double weight;
} Term;

struct _LzHealthModel
{
  guint version;
  double least_km;
  guint spot_days;
  guint spot_radius_m;
  guint spot_cases;
  guint good;
  guint fair;
  guint poor;
  Term terms[LZ_HEALTH_N_TERMS];
};

enum
{
  COLUMN_TERM,
  COLUMN_LABEL,
  COLUMN_LABEL_EN,
  COLUMN_PER,
  COLUMN_POINTS,
};

static const char *const columns[] = { "term", "label_zh", "label_en", "per", "points", NULL };
static const char *const keys[] = { "open", "overdue", "supervised", "spots", "patrol" };

static gboolean
read_number (const char *text, double *number)
{
  char *end = NULL;

  if (text == NULL || *text == '\0')
    return FALSE;
  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*number) && *number >= 0;
}

static gboolean
read_note (const LzTsv *table, const char *key, double *number, GError **error)
{
  if (read_number (lz_tsv_get_note (table, key), number))
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "the line “# %s: …” is missing or wrong", key);
  return FALSE;
}

static gboolean
read_notes (LzHealthModel *self, const LzTsv *table, GError **error)
{
  const struct
  {
    const char *key;
    guint *to;
  } notes[] = {
    { "version", &self->version },
    { "spot_days", &self->spot_days },
    { "spot_radius_m", &self->spot_radius_m },
    { "spot_cases", &self->spot_cases },
    { "good", &self->good },
    { "fair", &self->fair },
    { "poor", &self->poor },
  };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      double number;

      if (!read_note (table, notes[i].key, &number, error))
        return FALSE;
      *notes[i].to = (guint) number;
    }
  return read_note (table, "least_km", &self->least_km, error);
}

static gboolean
read_term (LzHealthModel *self, const LzTsv *table, guint row, GError **error)
{
  for (guint i = 0; i < LZ_HEALTH_N_TERMS; i++)
    if (g_str_equal (keys[i], lz_tsv_get (table, row, COLUMN_TERM)))
      {
        Term *term = &self->terms[i];

        if (term->label != NULL)
          return lz_tsv_set_error (table, row, COLUMN_TERM, "is there twice", error);
        term->label = lz_tsv_dup (table, row, COLUMN_LABEL);
        term->label_en = lz_tsv_dup (table, row, COLUMN_LABEL_EN);
        term->per_km = g_str_equal (lz_tsv_get (table, row, COLUMN_PER), "km");
        if (term->label == NULL)
          return lz_tsv_set_error (table, row, COLUMN_LABEL, "is empty", error);
        return read_number (lz_tsv_get (table, row, COLUMN_POINTS), &term->weight) ||
               lz_tsv_set_error (table, row, COLUMN_POINTS, "is no number", error);
      }
  return lz_tsv_set_error (table, row, COLUMN_TERM, "is unknown", error);
}

/**
 * lz_health_model_parse:
 * @table: as `data/scores/road-health.tsv`, which explains itself
 * @error: (nullable): %LZ_ERROR_INVALID, naming line and column
 *
 * Returns: (transfer full) (nullable): the model
 */
LzHealthModel *
lz_health_model_parse (GBytes *table, GError **error)
{
  g_autoptr (LzTsv) rows = lz_tsv_parse (table, columns, error);
  g_autoptr (LzHealthModel) self = g_new0 (LzHealthModel, 1);

  if (rows == NULL || !read_notes (self, rows, error))
    return NULL;
  for (guint row = 0; row < lz_tsv_get_n_rows (rows); row++)
    if (!read_term (self, rows, row, error))
      return NULL;
  for (guint i = 0; i < LZ_HEALTH_N_TERMS; i++)
    if (self->terms[i].label == NULL)
      {
        g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "the term “%s” is missing", keys[i]);
        return NULL;
      }
  return g_steal_pointer (&self);
}

void
lz_health_model_free (LzHealthModel *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < LZ_HEALTH_N_TERMS; i++)
    {
      g_free (self->terms[i].label);
      g_free (self->terms[i].label_en);
    }
  g_free (self);
}

guint
lz_health_model_get_version (const LzHealthModel *self)
{
  return self->version;
}

guint
lz_health_model_get_spot_days (const LzHealthModel *self)
{
  return self->spot_days;
}

double
lz_health_model_get_spot_radius_m (const LzHealthModel *self)
{
  return self->spot_radius_m;
}

guint
lz_health_model_get_spot_cases (const LzHealthModel *self)
{
  return self->spot_cases;
}

/**
 * lz_health_reckon:
 * @self: a model
 * @facts: what is wrong on the road
 * @terms: (out) (array fixed-size=5): each line of the reckoning
 *
 * Returns: its health, 0 to 100, rounded to a whole number
 */
int
lz_health_reckon (const LzHealthModel *self,
                  const LzHealthFacts *facts,
                  LzHealthTerm terms[LZ_HEALTH_N_TERMS])
{
  const guint counts[LZ_HEALTH_N_TERMS] = { facts->open, facts->overdue, facts->supervised,
                                            facts->spots, facts->patrol_overdue };
  double km = MAX (facts->length_m / 1000, self->least_km);
  double score = 100;

  for (guint i = 0; i < LZ_HEALTH_N_TERMS; i++)
    {
      const Term *term = &self->terms[i];
      double points = term->weight * counts[i];

      if (term->per_km && km > 0)
        points /= km;
      terms[i] = (LzHealthTerm){ keys[i],      term->label,  term->label_en, counts[i],
                                 term->per_km, term->weight, points };
      score -= points;
    }
  return score > 0 ? (int) lround (score) : 0;
}

LzHealthGrade
lz_health_grade (const LzHealthModel *self, int score)
{
  if (score >= (int) self->good)
    return LZ_HEALTH_GOOD;
  if (score >= (int) self->fair)
    return LZ_HEALTH_FAIR;
  return score >= (int) self->poor ? LZ_HEALTH_POOR : LZ_HEALTH_BAD;
}

const char *
lz_health_grade_label (LzHealthGrade grade)
{
  static const char *const labels[] = { N_ ("Good"), N_ ("Fair"), N_ ("Poor"), N_ ("Bad") };

  g_return_val_if_fail ((guint) grade < G_N_ELEMENTS (labels), NULL);

  return _ (labels[grade]);
}
