/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-rules.h"
#include "lz-score.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: tally-query
 *
 * The figures of a period, counted from the station's cases.  Blocking functions, for a job of
 * LzStore, the CLI and tests.
 */

/**
 * LzTallyQuery:
 * @period: of which period
 * @now_ms: the present moment, at which a running period ends; 0 = the station's clock
 * @bys: what to set out by, a set of 1 << #LzTallyBy
 * @within: only cases of the group @within_value of this; %LZ_BY_ALL = all cases
 * @within_value: (nullable): see @within; not by time
 * @counts: for lz_tally_query_judge(): only cases that count as one of these, a set of
 *   LZ_COUNT_BIT(); 0 = as anything
 * @keep: for lz_tally_query_run(): keep which cases count as one of these; 0 = none
 */
typedef struct
{
  LzPeriod period;
  gint64 now_ms;
  guint bys;
  LzTallyBy within;
  const char *within_value;
  guint64 counts;
  guint64 keep;
} LzTallyQuery;

/* A case of a period and what it counts for, a set of LZ_COUNT_BIT(). */
typedef struct
{
  gint64 fid;
  gint64 reported_ms;
  guint64 bits;
  const char *unit; /* interned, "" = none; only in lz_tally_query_judge() */
} LzTallyCase;

/**
 * LzTallies:
 * @span: what was counted by
 * @rules: of its limits
 * @tallies: those that were asked for; the others are %NULL
 * @cases: (element-type LzTallyCase): those to be kept, in the order of their reports
 */
typedef struct
{
  LzTallySpan span;
  LzRules *rules;
  LzTally *tallies[LZ_N_BYS];
  GArray *cases;
} LzTallies;

void lz_tallies_free (LzTallies *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTallies, lz_tallies_free)

/* What the cases do not say, for lz_tally_is_within(); to be cleared whether it succeeds or not. */
gboolean lz_tally_maps_load (LzStation *station, LzTallyMaps *maps, GError **error);
void lz_tally_maps_clear (LzTallyMaps *maps);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzTallyMaps, lz_tally_maps_clear)

/* Counts everything that @query asks for, in one pass over the cases of the period. */
LzTallies *lz_tally_query_run (LzStation *station, const LzTallyQuery *query, GError **error);
GPtrArray *
lz_tally_query_run_many (LzStation *station, const LzTallyQuery *queries, guint n, GError **error);

/**
 * lz_tally_query_list:
 * @query: as it was given to lz_tally_query_run()
 * @by: which table
 * @value: which group in it
 * @count: which figure; of a rate take lz_rate_get_part() or lz_rate_get_whole()
 *
 * Opens a figure: the cases behind it.
 *
 * Returns: (transfer full) (nullable) (element-type gint64): their fids, ascending; as many as the
 *   figure says
 */
GArray *lz_tally_query_list (LzStation *station,
                             const LzTallyQuery *query,
                             LzTallyBy by,
                             const char *value,
                             LzCount count,
                             GError **error);

/* A case of the period; @figures is lent for that moment. */
typedef void (*LzTallyVisit) (const LzFigures *figures, const LzTallySpan *span, gpointer data);

/* Calls @visit for every case that can count in the period of @query and is within its group: for
 * lists that no figure stands for.  In no order. */
gboolean lz_tally_query_visit (LzStation *station,
                               const LzTallyQuery *query,
                               LzTallyVisit visit,
                               gpointer data,
                               GError **error);

/* A case and what it counts for, a set of LZ_COUNT_BIT(); @unit: whose it was then, "" = nobody's,
 * %NULL = not known. */
typedef struct
{
  LzId id;
  guint64 bits;
  const char *unit;
} LzJudgedCase;

/* Every case that counts for anything in the period (or for @counts), by id: what a bulletin seals.
 * (element-type LzJudgedCase) */
GArray *lz_tally_query_judge (LzStation *station, const LzTallyQuery *query, GError **error);

/**
 * LzTallyNames:
 *
 * What people call the groups of a table: names of roads, persons, divisions, categories.
 */
typedef struct _LzTallyNames LzTallyNames;

LzTallyNames *lz_tally_names_load (LzStation *station, GError **error);
void lz_tally_names_free (LzTallyNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTallyNames, lz_tally_names_free)

/* Translated; @value itself where nothing better is known. */
char *lz_tally_names_dup (const LzTallyNames *self, LzTallyBy by, const char *value);

/* The score model @key: the station's own ("scores/KEY.tsv" among its reference data), else the
 * built-in one.  %LZ_ERROR_NOT_FOUND if there is none of this name. */
LzScoreModel *lz_scores_load (LzStation *station, const char *key, GError **error);
/* Setting: the model by which units are scored. */
#define LZ_SETTING_UNIT_MODEL "unit_model"
#define LZ_DEFAULT_UNIT_MODEL "unit-national"
#define LZ_CHIEF_MODEL        "chief-monthly"

G_END_DECLS
