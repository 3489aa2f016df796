/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-calendar.h"
#include "lz-rates.h"

G_BEGIN_DECLS

/**
 * LzTallyBy:
 * @LZ_BY_ALL: everything in one group, whose value is ""
 * @LZ_BY_DIMENSION: 序化 洁化 绿化 亮化 …; value: lz_dimension_to_string()
 * @LZ_BY_SUBDISTRICT: value: the 9-digit code
 * @LZ_BY_COMMUNITY: value: the 12-digit code of the road's community; "" = none is known
 * @LZ_BY_ROAD: value: the road's id; "" = on no road
 * @LZ_BY_CHIEF: value: the person; a case counts for each chief of its road
 * @LZ_BY_UNIT: the unit it was last dispatched to; "" = none yet
 * @LZ_BY_INSPECTOR: who reported it
 * @LZ_BY_HOUR: "00" to "23", @LZ_BY_WEEKDAY: "1" (Monday) to "7", @LZ_BY_DAY: "2026-03-02": the
 *   local time of what is counted, lz_count_time()
 *
 * By what figures are set out.
 */
typedef enum
{
  LZ_BY_ALL,
  LZ_BY_DIMENSION,
  LZ_BY_CATEGORY,
  LZ_BY_SUBDISTRICT,
  LZ_BY_COMMUNITY,
  LZ_BY_ROAD,
  LZ_BY_CHIEF,
  LZ_BY_UNIT,
  LZ_BY_INSPECTOR,
  LZ_BY_SOURCE,
  LZ_BY_HOUR,
  LZ_BY_WEEKDAY,
  LZ_BY_DAY,
  LZ_BY_ROAD_HOUR,             /* value: the road's id, a space, the hour: heat */
  LZ_BY_DIMENSION_SUBDISTRICT, /* value: the dimension, a space, the subdistrict: four lists */
  LZ_BY_DIMENSION_ROAD,
  LZ_BY_DIMENSION_UNIT,
  LZ_BY_DIMENSION_COMMUNITY,
  LZ_BY_ROAD_WEEKDAY, /* value: the road's id, a space, "1" to "7": heat */
  LZ_N_BYS
} LzTallyBy;

/* "all", "dimension", "category", "subdistrict" …, "road_hour". */
const char *lz_tally_by_to_string (LzTallyBy by);
gboolean lz_tally_by_from_string (const char *text, LzTallyBy *by);
const char *lz_tally_by_label (LzTallyBy by);
/* Whether the group depends on when something happened, and so on what is counted. */
gboolean lz_tally_by_is_timed (LzTallyBy by);

/**
 * LzTallyMaps:
 * @chiefs: (nullable) (element-type LzId GPtrArray): a road's chiefs, ids of persons
 * @communities: (nullable) (element-type LzId utf8): a road's community
 *
 * What a case does not say itself.  Lent.
 */
typedef struct
{
  GHashTable *chiefs;
  GHashTable *communities;
} LzTallyMaps;

/* How long the handling clock of a case ran: by that clock, and in plain time. */
typedef struct
{
  gint64 clock_ms;
  gint64 calendar_ms;
} LzHandlingTime;

/**
 * LzTallyGroup:
 * @value: which group, by the words of #LzTallyBy
 * @counts: one for each #LzCount
 * @times: (element-type LzHandlingTime): of each handled case; in no order
 */
typedef struct
{
  char *value;
  gint64 counts[LZ_N_COUNTS];
  GArray *times;
} LzTallyGroup;

LzRatio lz_tally_group_get_rate (const LzTallyGroup *self, LzRate rate);

/**
 * lz_tally_group_get_quantile:
 * @by_clock: by the handling clock of each case, else in plain time
 * @percent: 50 for the median, 90 for p90
 * @ms: (out): the time of a real case: the smallest that at least @percent per cent of the handled
 *   cases did not exceed (nearest rank)
 *
 * Returns: %FALSE if nothing was handled
 */
gboolean lz_tally_group_get_quantile (const LzTallyGroup *self,
                                      gboolean by_clock,
                                      guint percent,
                                      gint64 *ms);

/**
 * LzTally:
 *
 * The figures of one period, set out by one thing.  Add every case, finish, read.  One thread.
 */
typedef struct _LzTally LzTally;

/* @maps is lent. */
LzTally *lz_tally_new (LzTallyBy by, const LzTallySpan *span, const LzTallyMaps *maps);
void lz_tally_free (LzTally *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTally, lz_tally_free)

LzHandlingTime lz_tally_measure (const LzCalendar *calendar, const LzFigures *figures);

/**
 * lz_tally_add:
 * @bits: what lz_counts_judge() says of @figures
 * @time: what lz_tally_measure() says, if it was handled in the period
 *
 * Counts a case in every group it belongs to.
 */
void
lz_tally_add (LzTally *self, const LzFigures *figures, guint64 bits, const LzHandlingTime *time);

/* The way to set out, one of the set @among of 1 << LzTallyBy, of whose groups those of @by are
 * sums;
 * @by itself where there is none. */
LzTallyBy lz_tally_by_get_finer (LzTallyBy by, guint among);
/* Counts every case that @finer counted, lz_tally_by_get_finer(): a few hundred groups instead of
 * all cases. */
void lz_tally_sum_up (LzTally *self, const LzTally *finer);

/* A group whose figures are known, as of a sealed period; it has no times. */
void lz_tally_set_group (LzTally *self, const char *value, const gint64 *counts);

/* Once all are added: puts the groups in the order of their values. */
void lz_tally_finish (LzTally *self);

LzTallyBy lz_tally_get_by (const LzTally *self);
guint lz_tally_get_n_groups (const LzTally *self);
const LzTallyGroup *lz_tally_get_group (const LzTally *self, guint index);
/* NULL: nothing was counted there. */
const LzTallyGroup *lz_tally_find (const LzTally *self, const char *value);

/* Whether a case belongs to the group @value of @by, whatever it counts for.  Not by time. */
gboolean lz_tally_is_within (LzTallyBy by,
                             const char *value,
                             const LzFigures *figures,
                             const LzTallyMaps *maps);

/* Whether @figures counts as @count in the group @value of @by: what lz_tally_add() goes by, for
 * opening a figure to its cases. */
gboolean lz_tally_is_in (LzTallyBy by,
                         const char *value,
                         LzCount count,
                         const LzFigures *figures,
                         const LzTallySpan *span,
                         const LzTallyMaps *maps);

G_END_DECLS
