/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-track-code.h"
#include "lz-track-match.h"

#include <math.h>

/* A city of straight streets: what a patrol of two hours, a fix a second, covers of 500 roads. */

#define N_ROADS   500
#define ROAD_M    1500.0
#define BLOCK_M   120.0
#define N_SECONDS 7200

/* Metres from 28.3° N 117.2° E. */
static LzPoint
at_m (double east_m, double north_m)
{
  const double degree_m = 6371008.8 * G_PI / 180;
  LzPoint p = { 0, 0 };

  lz_point_from_degrees (28.3 + north_m / degree_m,
                         117.2 + east_m / (degree_m * cos (28.3 * G_PI / 180)), &p);
  return p;
}

/* Every second street runs north; each is cut into pieces of 30 m as real ones are. */
static void
add_road (LzTrackMatcher *matcher, guint number)
{
  LzPoint points[51];
  LzId id = { .bytes = { (guint8) (number >> 8), (guint8) number, 1 } };
  double at = number / 2 % 25 * BLOCK_M, from = number / 50 * (ROAD_M + 60);
  g_autoptr (LzLine) line = NULL;

  for (guint i = 0; i <= 50; i++)
    points[i] =
        number % 2 == 0 ? at_m (from + i * ROAD_M / 50, at) : at_m (at, from + i * ROAD_M / 50);
  line = lz_line_new (points, 51);
  lz_track_matcher_add_road (matcher, &id, LZ_STREET_TERTIARY, line, NULL);
}

static void
free_track (gpointer data)
{
  lz_track_free (data);
}

/* Along the streets of one block after another, 1.4 m a second, with errors of 4 m. */
static GPtrArray *
walk (void)
{
  GPtrArray *tracks = g_ptr_array_new_with_free_func (free_track);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  LzTrack *track = g_new0 (LzTrack, 1);
  double x = 0, y = 0;

  track->n = N_SECONDS;
  track->points = g_new0 (LzTrackPoint, N_SECONDS);
  for (guint i = 0; i < N_SECONDS; i++)
    {
      guint leg = (guint) (i * 1.4 / BLOCK_M);

      if (leg % 2 == 0)
        x += 1.4;
      else
        y += 1.4;
      track->points[i].point =
          at_m (x + g_rand_double_range (rand, -4, 4), y + g_rand_double_range (rand, -4, 4));
      track->points[i].time_ms = G_GINT64_CONSTANT (1772409600000) + i * G_GINT64_CONSTANT (1000);
      track->points[i].accuracy_m = 5;
    }
  g_ptr_array_add (tracks, track);
  return tracks;
}

int
main (void)
{
  g_autoptr (GPtrArray) tracks = walk ();
  g_autoptr (LzTrackMatcher) matcher = lz_track_matcher_new ();
  g_autoptr (LzCleanTrack) clean = NULL;
  g_autoptr (LzTrackMatch) match = NULL;
  g_autofree char *code = NULL;
  gint64 start_us = g_get_monotonic_time (), built_us, cleaned_us, matched_us, coded_us;
  gint64 covered_cm = 0;

  for (guint i = 0; i < N_ROADS; i++)
    add_road (matcher, i);
  lz_track_matcher_build (matcher);
  built_us = g_get_monotonic_time ();
  clean = lz_clean_track_new (tracks);
  cleaned_us = g_get_monotonic_time ();
  match = lz_track_matcher_match (matcher, clean);
  matched_us = g_get_monotonic_time ();
  code = lz_track_code_write (clean, LZ_TRACK_CODE_MAX_BYTES);
  coded_us = g_get_monotonic_time ();

  for (guint i = 0; i < match->covers->len; i++)
    covered_cm += lz_spans_length_cm (((LzRoadCover *) match->covers->pdata[i])->spans);
  g_print ("%d roads put into the tree: %.1f ms\n", N_ROADS, (double) (built_us - start_us) / 1000);
  g_print ("%d fixes cleaned, %u left: %.1f ms\n", N_SECONDS, clean->fixes->len,
           (double) (cleaned_us - built_us) / 1000);
  g_print ("matched: %u roads, %.1f km of %.1f km walked: %.1f ms\n", match->covers->len,
           (double) covered_cm / 1e5, N_SECONDS * 1.4 / 1000,
           (double) (matched_us - cleaned_us) / 1000);
  g_print ("written as %u bytes: %.1f ms\n", (guint) strlen (code),
           (double) (coded_us - matched_us) / 1000);
  return matched_us - start_us < 2000000 ? 0 : 1;
}
