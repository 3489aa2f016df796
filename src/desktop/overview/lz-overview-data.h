/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-bulletins.h"
#include "lz-figure-cases.h"
#include "lz-session.h"
#include "lz-tally-query.h"

G_BEGIN_DECLS

/**
 * LzOverviewData:
 * @query: what was counted
 * @now: the period: total, dimensions, units, roads; as it was published, if it was
 * @counted: (nullable): of a published one, the same as it would be counted now
 * @sealed: (nullable): what was published
 * @previous: the one before, the total alone
 * @last_year: (nullable): the same of the last year, the total alone
 * @names: what the groups are called
 *
 * What the overview shows of a period.
 */
typedef struct
{
  LzTallyQuery query;
  LzTallies *now;
  LzTallies *counted;
  LzBulletin *sealed;
  LzTallies *previous;
  LzTallies *last_year;
  LzTallyNames *names;
} LzOverviewData;

void lz_overview_data_free (LzOverviewData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzOverviewData, lz_overview_data_free)

/* Blocks: for a job. */
LzOverviewData *
lz_overview_data_load (LzStation *station, const LzPeriod *period, gint64 now_ms, GError **error);

/* What a figure of the period is a figure of; the caller adds of whom. */
LzFigureOf lz_overview_data_make_of (const LzOverviewData *self);

/* A period of the trend with the counts of its total: as @bulletin published them; nil = it was not
 * published. */
typedef struct
{
  LzPeriod period;
  LzId bulletin;
  gint64 counts[LZ_N_COUNTS];
} LzTrendPoint;

/**
 * LzOverviewTrend:
 * @n: so many periods, the shown one last
 * @times: the shown one by road and hour and by road and weekday, as published if it was
 *
 * What comes in after the first figures, as it takes longer to count.
 */
typedef struct
{
  gint64 now_ms;
  guint n;
  LzTrendPoint *points;
  LzTallies *times;
} LzOverviewTrend;

void lz_overview_trend_free (LzOverviewTrend *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzOverviewTrend, lz_overview_trend_free)

/* Blocks: for a job. */
LzOverviewTrend *lz_overview_trend_load (LzStation *station,
                                         const LzPeriod *period,
                                         guint n,
                                         gint64 now_ms,
                                         GError **error);

/* The total of @tallies, all zero where nothing happened or there is no such period. */
const LzTallyGroup *lz_overview_data_get_all (const LzTallies *tallies);

G_END_DECLS
