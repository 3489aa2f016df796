/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-calendar.h"

G_BEGIN_DECLS

/**
 * LzPatrolEvery:
 *
 * How long a period lasts in which a road has to be patrolled once.
 */
typedef enum
{
  LZ_PATROL_EVERY_DAY,
  LZ_PATROL_EVERY_WEEK,       /* Monday to Sunday */
  LZ_PATROL_EVERY_HALF_MONTH, /* 1st to 15th, 16th to the last */
  LZ_PATROL_EVERY_MONTH,
} LzPatrolEvery;

/**
 * LzPatrolRule:
 * @level: of the road chief: 1 一级, 2 二级, 3 三级, 4 总路长
 * @every: once in each
 * @workdays: days off need no patrol
 * @percent: of the road that has to be covered in a period
 * @source: (nullable): where the rule is from
 *
 * What a road chief of one level owes each road.
 */
typedef struct
{
  guint level;
  LzPatrolEvery every;
  gboolean workdays;
  guint percent;
  char *source;
} LzPatrolRule;

/**
 * LzPatrolRules:
 *
 * The rules of all levels, read from a table such as `data/patrol/frequency.tsv`.  Built once, then
 * only read; any thread.
 */
typedef struct _LzPatrolRules LzPatrolRules;

/**
 * lz_patrol_rules_parse:
 * @bytes: the table
 * @error: (nullable): %LZ_ERROR_INVALID, naming the line
 *
 * Returns: (transfer full) (nullable): the rules, or %NULL with @error set
 */
LzPatrolRules *lz_patrol_rules_parse (GBytes *bytes, GError **error);
void lz_patrol_rules_free (LzPatrolRules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPatrolRules, lz_patrol_rules_free)

/* (nullable): the rule of a level; %NULL = this level owes nothing. */
const LzPatrolRule *lz_patrol_rules_find (const LzPatrolRules *self, guint level);

/* Translated: "every day", "every workday", "every week" … */
const char *lz_patrol_rule_label (const LzPatrolRule *self);

/**
 * LzPatrolPeriod:
 * @from_ms: its first moment, ms UTC
 * @until_ms: the first moment after it
 * @due_ms: by when the patrol has to be done: the end of its last day that counts
 *
 * One period, by the city's calendar.
 */
typedef struct
{
  gint64 from_ms;
  gint64 until_ms;
  gint64 due_ms;
} LzPatrolPeriod;

/**
 * lz_patrol_period_at:
 * @rule: a rule
 * @calendar: the city's
 * @at_ms: a moment
 * @period: (out caller-allocates): the period that holds @at_ms
 *
 * Returns: whether a patrol is owed in it: %FALSE where all its days are off
 */
gboolean lz_patrol_period_at (const LzPatrolRule *rule,
                              const LzCalendar *calendar,
                              gint64 at_ms,
                              LzPatrolPeriod *period);

G_END_DECLS
