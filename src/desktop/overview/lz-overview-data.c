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
  g_clear_pointer (&self->counted, lz_tallies_free);
  g_clear_pointer (&self->sealed, lz_bulletin_free);
  g_clear_pointer (&self->previous, lz_tallies_free);
  g_clear_pointer (&self->last_year, lz_tallies_free);
  g_clear_pointer (&self->names, lz_tally_names_free);
  g_free (self);
}

static gboolean
take_sealed (LzOverviewData *self, LzStation *station, GError **error)
{
  const char *kind = lz_bulletin_kind_of (self->query.period.kind);
  g_autoptr (GError) failure = NULL;

  if (kind == NULL)
    return TRUE;
  self->sealed = lz_bulletins_find (station, &self->query.period, kind, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (self->sealed == NULL)
    return TRUE;
  self->counted = g_steal_pointer (&self->now);
  self->now = lz_bulletin_make_tallies (self->sealed, self->counted);
  return TRUE;
}

LzOverviewData *
lz_overview_data_load (LzStation *station, const LzPeriod *period, gint64 now_ms, GError **error)
{
  g_autoptr (LzOverviewData) self = g_new0 (LzOverviewData, 1);
  g_autoptr (GPtrArray) tallies = NULL;
  LzTallyQuery queries[3];
  guint n = 2;

  self->query.period = *period;
  self->query.now_ms = now_ms;
  self->query.bys = 1u << LZ_BY_ALL | 1u << LZ_BY_DIMENSION | 1u << LZ_BY_UNIT | 1u << LZ_BY_ROAD;
  queries[0] = queries[1] = queries[2] = self->query;
  queries[1].bys = queries[2].bys = 1u << LZ_BY_ALL;
  queries[1].period = lz_period_previous (period);
  if (lz_period_last_year (period, &queries[2].period))
    n = 3;
  self->names = lz_tally_names_load (station, error);
  tallies = self->names != NULL ? lz_tally_query_run_many (station, queries, n, error) : NULL;
  if (tallies == NULL)
    return NULL;
  if (n == 3)
    self->last_year = g_ptr_array_steal_index (tallies, 2);
  self->previous = g_ptr_array_steal_index (tallies, 1);
  self->now = g_ptr_array_steal_index (tallies, 0);
  return take_sealed (self, station, error) ? g_steal_pointer (&self) : NULL;
}

LzFigureOf
lz_overview_data_make_of (const LzOverviewData *self)
{
  LzFigureOf of = { .period = self->query.period, .now_ms = self->query.now_ms, .value = "" };

  if (self->sealed != NULL)
    of.bulletin = self->sealed->id;
  return of;
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

/* Of every period that was published its published figures stand. */
static gboolean
fill_points (LzOverviewTrend *self, LzStation *station, const GPtrArray *tallies, GError **error)
{
  for (guint i = 0; i < self->n; i++)
    {
      LzTrendPoint *point = &self->points[i];
      const char *kind = lz_bulletin_kind_of (point->period.kind);
      g_autoptr (GError) failure = NULL;
      g_autoptr (LzBulletin) bulletin =
          kind != NULL ? lz_bulletins_find_figures (station, &point->period, kind, &failure) : NULL;

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      memcpy (point->counts, lz_overview_data_get_all (g_ptr_array_index (tallies, i))->counts,
              sizeof point->counts);
      if (bulletin == NULL)
        continue;
      point->bulletin = bulletin->id;
      for (guint k = 0; k < LZ_N_COUNTS; k++)
        point->counts[k] = lz_bulletin_get_count (bulletin, LZ_BY_ALL, "", (LzCount) k);
    }
  return TRUE;
}

static LzTallies *
make_times (LzOverviewTrend *self, LzStation *station, LzTallies *counted, GError **error)
{
  const LzTrendPoint *shown = &self->points[self->n - 1];
  g_autoptr (LzTallies) now = counted;
  g_autoptr (LzBulletin) bulletin = NULL;

  if (lz_id_is_nil (&shown->bulletin))
    return g_steal_pointer (&now);
  bulletin = lz_bulletins_load (station, &shown->bulletin, error);
  return bulletin != NULL ? lz_bulletin_make_times (station, bulletin, now, error) : NULL;
}

LzOverviewTrend *
lz_overview_trend_load (LzStation *station,
                        const LzPeriod *period,
                        guint n,
                        gint64 now_ms,
                        GError **error)
{
  g_autoptr (LzOverviewTrend) self = g_new0 (LzOverviewTrend, 1);
  g_autofree LzTallyQuery *queries = g_new0 (LzTallyQuery, n);
  g_autoptr (GPtrArray) tallies = NULL;
  LzPeriod at = *period;

  self->now_ms = now_ms;
  self->n = n;
  self->points = g_new0 (LzTrendPoint, n);
  for (guint i = n; i-- > 0; at = lz_period_previous (&at))
    {
      queries[i] = (LzTallyQuery){ .period = at, .now_ms = now_ms, .bys = 1u << LZ_BY_ALL };
      self->points[i].period = at;
    }
  queries[n - 1].bys |= 1u << LZ_BY_ROAD_HOUR | 1u << LZ_BY_ROAD_WEEKDAY;
  tallies = lz_tally_query_run_many (station, queries, n, error);
  if (tallies == NULL || !fill_points (self, station, tallies, error))
    return NULL;
  self->times = make_times (self, station, g_ptr_array_steal_index (tallies, n - 1), error);
  return self->times != NULL ? g_steal_pointer (&self) : NULL;
}
