/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-datum.h"

#include <math.h>

/* The ellipsoid of Krasovsky 1940, which GCJ-02 reckons its shift on. */
#define KRASOVSKY_A_M 6378245.0
#define KRASOVSKY_E2  0.00669342162296594323

/* BD-09's own shift on top. */
#define BAIDU_PI  (G_PI * 3000 / 180)
#define BAIDU_LAT 0.006
#define BAIDU_LON 0.0065

/* An inverse this near is exact for coordinates of 1e-7 degree. */
#define INVERSE_DEGREE 1e-10
#define INVERSE_ROUNDS 30

static const char *const names[] = {
  [LZ_DATUM_WGS84] = "wgs84",
  [LZ_DATUM_GCJ02] = "gcj02",
  [LZ_DATUM_BD09] = "bd09",
};

/**
 * lz_datum_to_string:
 * @datum: a datum
 *
 * Returns: (transfer none): its name in settings and files: "wgs84", "gcj02" or "bd09"
 */
const char *
lz_datum_to_string (LzDatum datum)
{
  g_return_val_if_fail ((guint) datum < G_N_ELEMENTS (names), NULL);

  return names[datum];
}

/**
 * lz_datum_from_string:
 * @text: (nullable): a name
 * @datum: (out): the datum; untouched on failure
 *
 * Returns: %FALSE if @text names none
 */
gboolean
lz_datum_from_string (const char *text, LzDatum *datum)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *datum = (LzDatum) i;
        return TRUE;
      }

  return FALSE;
}

/* The rectangle within which the map makers shift; it is theirs, and coarse. */
static gboolean
is_in_china (double latitude, double longitude)
{
  return latitude >= 0.8293 && latitude <= 55.8271 && longitude >= 72.004 && longitude <= 137.8347;
}

static void
add_gcj02_shift (double *latitude, double *longitude)
{
  double x = *longitude - 105, y = *latitude - 35;
  double root = sqrt (fabs (x));
  double common = (20 * sin (6 * x * G_PI) + 20 * sin (2 * x * G_PI)) * 2 / 3;
  double north_m, east_m, phi, w2, w;

  north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common +
            (20 * sin (y * G_PI) + 40 * sin (y / 3 * G_PI)) * 2 / 3 +
            (160 * sin (y / 12 * G_PI) + 320 * sin (y * G_PI / 30)) * 2 / 3;
  east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common +
           (20 * sin (x * G_PI) + 40 * sin (x / 3 * G_PI)) * 2 / 3 +
           (150 * sin (x / 12 * G_PI) + 300 * sin (x / 30 * G_PI)) * 2 / 3;

  phi = *latitude * G_PI / 180;
  w2 = 1 - KRASOVSKY_E2 * sin (phi) * sin (phi);
  w = sqrt (w2);
  *latitude += north_m * 180 / (KRASOVSKY_A_M * (1 - KRASOVSKY_E2) / (w2 * w) * G_PI);
  *longitude += east_m * 180 / (KRASOVSKY_A_M / w * cos (phi) * G_PI);
}

static void
add_bd09_shift (double *latitude, double *longitude)
{
  double x = *longitude, y = *latitude;
  double radius = hypot (x, y) + 0.00002 * sin (y * BAIDU_PI);
  double angle = atan2 (y, x) + 0.000003 * cos (x * BAIDU_PI);

  *longitude = radius * cos (angle) + BAIDU_LON;
  *latitude = radius * sin (angle) + BAIDU_LAT;
}

/**
 * lz_datum_from_wgs84:
 * @datum: what to shift to
 * @latitude: (inout): degrees
 * @longitude: (inout): degrees
 *
 * Shifts a place for display on a map of another datum.  Outside China nothing changes.
 */
void
lz_datum_from_wgs84 (LzDatum datum, double *latitude, double *longitude)
{
  if (datum == LZ_DATUM_WGS84 || !is_in_china (*latitude, *longitude))
    return;

  add_gcj02_shift (latitude, longitude);
  if (datum == LZ_DATUM_BD09)
    add_bd09_shift (latitude, longitude);
}

/**
 * lz_datum_to_wgs84:
 * @datum: what to shift from
 * @latitude: (inout): degrees
 * @longitude: (inout): degrees
 *
 * Undoes lz_datum_from_wgs84() to less than 1e-7 degree, such as for a click on the map.
 */
void
lz_datum_to_wgs84 (LzDatum datum, double *latitude, double *longitude)
{
  double north = *latitude, east = *longitude;

  if (datum == LZ_DATUM_WGS84 || !is_in_china (north, east))
    return;

  /* The shift changes by less than a hundredth of the way walked, so each round gains two digits
   * and more.  It is reckoned without asking for the rectangle again: a place near its edge must
   * not swing in and out. */
  for (guint i = 0; i < INVERSE_ROUNDS; i++)
    {
      double lat = north, lon = east;

      add_gcj02_shift (&lat, &lon);
      if (datum == LZ_DATUM_BD09)
        add_bd09_shift (&lat, &lon);
      north -= lat - *latitude;
      east -= lon - *longitude;
      if (fabs (lat - *latitude) < INVERSE_DEGREE && fabs (lon - *longitude) < INVERSE_DEGREE)
        break;
    }

  *latitude = north;
  *longitude = east;
}
