/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the overview of the bulletin page waits for, over a large store: bench-overview STATION.
 * Everything before its first paint is in "overview"; the trend comes in after it. */

#include "lz-error.h"
#include "lz-overview-data.h"

#include <stdio.h>
#include <time.h>

#define ROUNDS 7

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
time_overview (LzStation *station, const char *name, const LzPeriod *period, guint n_trend)
{
  double ms[ROUNDS], cpu_ms[ROUNDS];
  gint64 n = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LzOverviewData) data = NULL;
      g_autoptr (LzOverviewTrend) trend = NULL;
      gint64 now_ms = lz_station_now (station);
      gint64 start = g_get_monotonic_time ();
      clock_t ticks = clock ();

      if (n_trend > 0)
        trend = lz_overview_trend_load (station, period, n_trend, now_ms, &error);
      else
        data = lz_overview_data_load (station, period, now_ms, &error);
      ms[i] = (double) (g_get_monotonic_time () - start) / 1000;
      cpu_ms[i] = (double) (clock () - ticks) * 1000 / CLOCKS_PER_SEC;
      if (error != NULL)
        g_error ("%s", error->message);
      n = trend != NULL ? trend->points[trend->n - 1].counts[LZ_COUNT_REPORTED]
                        : lz_overview_data_get_all (data->now)->counts[LZ_COUNT_REPORTED];
    }
  qsort (ms, ROUNDS, sizeof *ms, compare);
  qsort (cpu_ms, ROUNDS, sizeof *cpu_ms, compare);
  printf ("%-32s (%8" G_GINT64_FORMAT ") median %8.1f ms   max %8.1f ms   CPU %8.1f ms   n %d\n",
          name, n, ms[ROUNDS / 2], ms[ROUNDS - 1], cpu_ms[ROUNDS / 2], ROUNDS);
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzStation) station = NULL;
  LzPeriod week, month;
  int offset_min;

  if (argc < 2)
    {
      fprintf (stderr, "bench-overview STATION\n");
      return 2;
    }
  station = lz_station_open (argv[1], LZ_STATION_READ_ONLY, &error);
  if (station == NULL)
    g_error ("%s", error->message);
  offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));
  week = lz_period_at (LZ_PERIOD_WEEK, lz_station_now (station), offset_min);
  week = lz_period_previous (&week);
  month = lz_period_at (LZ_PERIOD_MONTH, lz_station_now (station), offset_min);
  month = lz_period_previous (&month);
  time_overview (station, "overview of a week", &week, 0);
  time_overview (station, "overview of a month", &month, 0);
  time_overview (station, "trend of 12 weeks", &week, 12);
  return 0;
}
