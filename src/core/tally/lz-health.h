/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzHealthFacts:
 * @length_m: of the road
 * @open, @overdue, @supervised: cases
 * @spots: places where the same problem keeps coming back
 * @patrol_overdue: 1 if a patrol that was due was not made, else 0
 *
 * What is wrong on a road.
 */
typedef struct
{
  double length_m;
  guint open;
  guint overdue;
  guint supervised;
  guint spots;
  guint patrol_overdue;
} LzHealthFacts;

/**
 * LzHealthTerm:
 * @key: of its row
 * @label: for people
 * @n: how many there are
 * @per_km: counts per kilometre
 * @weight: points for each
 * @points: that it takes from 100
 *
 * One line of the reckoning, as it is shown.
 */
typedef struct
{
  const char *key;
  const char *label;
  const char *label_en;
  guint n;
  gboolean per_km;
  double weight;
  double points;
} LzHealthTerm;

/**
 * LzHealthGrade:
 *
 * For colour, shape and word.
 */
typedef enum
{
  LZ_HEALTH_GOOD,
  LZ_HEALTH_FAIR,
  LZ_HEALTH_POOR,
  LZ_HEALTH_BAD,
} LzHealthGrade;

/**
 * LzHealthModel:
 *
 * How a road's health is reckoned: data, `data/scores/road-health.tsv`.  Built once, then only
 * read; any thread.
 */
typedef struct _LzHealthModel LzHealthModel;

#define LZ_HEALTH_N_TERMS 5

LzHealthModel *lz_health_model_parse (GBytes *table, GError **error);
void lz_health_model_free (LzHealthModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzHealthModel, lz_health_model_free)

guint lz_health_model_get_version (const LzHealthModel *self);
guint lz_health_model_get_spot_days (const LzHealthModel *self);
double lz_health_model_get_spot_radius_m (const LzHealthModel *self);
guint lz_health_model_get_spot_cases (const LzHealthModel *self);

int lz_health_reckon (const LzHealthModel *self,
                      const LzHealthFacts *facts,
                      LzHealthTerm terms[LZ_HEALTH_N_TERMS]);
LzHealthGrade lz_health_grade (const LzHealthModel *self, int score);
const char *lz_health_grade_label (LzHealthGrade grade);

G_END_DECLS
