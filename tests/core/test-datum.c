/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-datum.h"
#include "lz-test.h"

#include <math.h>

typedef struct
{
  double lat0, lon0, lat, lon, epsilon;
} Sample;

/* WGS 84 to GCJ-02, published: the test vectors of googollee/eviltransform (three cities) and the
 * worked example of wandergis/coordtransform. */
static const Sample gcj02_samples[] = {
  { 31.1774276, 121.5272106, 31.17530398364597, 121.531541859215, 2e-7 },
  { 22.543847, 113.912316, 22.540796131694766, 113.9171764808363, 2e-7 },
  { 39.911954, 116.377817, 39.91334545536069, 116.38404722455657, 2e-7 },
  { 39.915, 116.404, 39.91640428150164, 116.41024449916938, 1e-9 },
};

/* GCJ-02 to BD-09, published: the worked example of wandergis/coordtransform, and Beijing's railway
 * station as both makers' maps have it (manual of R's geoChina). */
static const Sample baidu_samples[] = {
  { 39.915, 116.404, 39.92133699351021, 116.41036949371029, 1e-9 },
  { 39.90245, 116.42703, 39.90851, 116.43351, 2e-5 },
};

static void
test_published (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (gcj02_samples); i++)
    {
      const Sample *s = &gcj02_samples[i];
      double lat = s->lat0, lon = s->lon0;

      lz_datum_from_wgs84 (LZ_DATUM_GCJ02, &lat, &lon);
      g_assert_cmpfloat_with_epsilon (lat, s->lat, s->epsilon);
      g_assert_cmpfloat_with_epsilon (lon, s->lon, s->epsilon);
      lz_datum_to_wgs84 (LZ_DATUM_GCJ02, &lat, &lon);
      g_assert_cmpfloat_with_epsilon (lat, s->lat0, 1e-9);
      g_assert_cmpfloat_with_epsilon (lon, s->lon0, 1e-9);
    }

  for (guint i = 0; i < G_N_ELEMENTS (baidu_samples); i++)
    {
      const Sample *s = &baidu_samples[i];
      double lat = s->lat0, lon = s->lon0;

      lz_datum_to_wgs84 (LZ_DATUM_GCJ02, &lat, &lon);
      lz_datum_from_wgs84 (LZ_DATUM_BD09, &lat, &lon);
      g_assert_cmpfloat_with_epsilon (lat, s->lat, s->epsilon);
      g_assert_cmpfloat_with_epsilon (lon, s->lon, s->epsilon);
    }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      double lat0 = g_test_rand_double_range (1, 55.5),
             lon0 = g_test_rand_double_range (72.2, 137.5);

      /* The root in the shift has its kink at 105° east, a whole line of awkward places. */
      if (i % 10 == 0)
        lon0 = 105 + g_test_rand_double_range (-1e-6, 1e-6);

      for (LzDatum datum = LZ_DATUM_WGS84; datum <= LZ_DATUM_BD09; datum++)
        {
          double lat = lat0, lon = lon0;

          lz_datum_from_wgs84 (datum, &lat, &lon);
          g_assert_cmpfloat (hypot (lat - lat0, lon - lon0), <, 0.05);
          lz_datum_to_wgs84 (datum, &lat, &lon);
          g_assert_cmpfloat_with_epsilon (lat, lat0, 1e-8);
          g_assert_cmpfloat_with_epsilon (lon, lon0, 1e-8);
        }
    }
}

static void
test_outside_china (void)
{
  static const double places[][2] = {
    { 49.4, 8.69 }, { -33.9, 151.2 }, { 40.7, -74 }, { 0, 0 }, { 60, 100 }, { 90, 180 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (LzDatum datum = LZ_DATUM_WGS84; datum <= LZ_DATUM_BD09; datum++)
      {
        double lat = places[i][0], lon = places[i][1];

        lz_datum_from_wgs84 (datum, &lat, &lon);
        g_assert_cmpfloat (lat, ==, places[i][0]);
        g_assert_cmpfloat (lon, ==, places[i][1]);
        lz_datum_to_wgs84 (datum, &lat, &lon);
        g_assert_cmpfloat (lat, ==, places[i][0]);
        g_assert_cmpfloat (lon, ==, places[i][1]);
      }
}

static void
test_names (void)
{
  LzDatum datum = LZ_DATUM_BD09;

  for (LzDatum d = LZ_DATUM_WGS84; d <= LZ_DATUM_BD09; d++)
    {
      g_assert_true (lz_datum_from_string (lz_datum_to_string (d), &datum));
      g_assert_cmpint (datum, ==, d);
    }

  datum = LZ_DATUM_GCJ02;
  g_assert_false (lz_datum_from_string ("mars", &datum));
  g_assert_false (lz_datum_from_string (NULL, &datum));
  g_assert_cmpint (datum, ==, LZ_DATUM_GCJ02);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/datum/published", test_published);
  g_test_add_func ("/core/datum/round-trip", test_round_trip);
  g_test_add_func ("/core/datum/outside-china", test_outside_china);
  g_test_add_func ("/core/datum/names", test_names);

  return g_test_run ();
}
