/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-overview-data.h"

#include <string.h>

void
lz_overview_data_free (LzOverviewData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->now, lz_tallies_free);
  g_clear_pointer (&self->previous, lz_tallies_free);
  g_clear_pointer (&self->last_year, lz_tallies_free);
  g_clear_pointer (&self->names, lz_tally_names_free);
  g_free (self);
}

LzOverviewData *
lz_overview_data_load (LzStation *station, const LzPeriod *period, gint64 now_ms, GError **error)
{
  g_autoptr (LzOverviewData) self = g_new0 (LzOverviewData, 1);
  LzTallyQuery before;

  self->query.period = *period;
  self->query.now_ms = now_ms;
  self->query.bys = 1u << LZ_BY_ALL | 1u << LZ_BY_DIMENSION | 1u << LZ_BY_UNIT | 1u << LZ_BY_ROAD;
  before = self->query;
  before.bys = 1u << LZ_BY_ALL;
  self->names = lz_tally_names_load (station, error);
  self->now = self->names != NULL ? lz_tally_query_run (station, &self->query, error) : NULL;
  if (self->now == NULL)
    return NULL;

  before.period = lz_period_previous (period);
  self->previous = lz_tally_query_run (station, &before, error);
  if (self->previous == NULL)
    return NULL;
  if (!lz_period_last_year (period, &before.period))
    return g_steal_pointer (&self);
  self->last_year = lz_tally_query_run (station, &before, error);
  return self->last_year != NULL ? g_steal_pointer (&self) : NULL;
}

const LzTallyGroup *
lz_overview_data_get_all (const LzTallies *tallies)
{
  static const LzTallyGroup nothing;
  const LzTallyGroup *all =
      tallies != NULL ? lz_tally_find (tallies->tallies[LZ_BY_ALL], "") : NULL;

  return all != NULL ? all : &nothing;
}

void
lz_overview_trend_free (LzOverviewTrend *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->times, lz_tallies_free);
  g_free (self->points);
  g_free (self);
}

LzOverviewTrend *
lz_overview_trend_load (LzStation *station,
                        const LzPeriod *period,
                        guint n,
                        gint64 now_ms,
                        GError **error)
{
  g_autoptr (LzOverviewTrend) self = g_new0 (LzOverviewTrend, 1);
  LzTallyQuery query = { .period = *period, .now_ms = now_ms };

  self->now_ms = now_ms;
  self->n = n;
  self->points = g_new0 (LzTrendPoint, n);
  query.bys = 1u << LZ_BY_ROAD_HOUR | 1u << LZ_BY_ROAD_WEEKDAY;
  self->times = lz_tally_query_run (station, &query, error);
  if (self->times == NULL)
    return NULL;
  query.bys = 1u << LZ_BY_ALL;
  for (guint i = n; i-- > 0; query.period = lz_period_previous (&query.period))
    {
      g_autoptr (LzTallies) tallies = lz_tally_query_run (station, &query, error);

      if (tallies == NULL)
        return NULL;
      self->points[i].period = query.period;
      memcpy (self->points[i].counts, lz_overview_data_get_all (tallies)->counts,
              sizeof self->points[i].counts);
    }
  return g_steal_pointer (&self);
}
