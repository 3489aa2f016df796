/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-base"

#include "config.h"

#include "lz-point.h"

#include <math.h>

/**
 * lz_point_from_degrees:
 * @latitude: degrees, north positive
 * @longitude: degrees, east positive
 * @point: (out): the point, rounded to 1e-7 degree; untouched on failure
 *
 * Returns: %FALSE if the numbers are no place on earth; 0,0 counts as none, since it is what
 *   broken receivers write
 */
gboolean
lz_point_from_degrees (double latitude, double longitude, LzPoint *point)
{
  LzPoint p;

  if (!isfinite (latitude) || !isfinite (longitude) || fabs (latitude) > 90 ||
      fabs (longitude) > 180)
    return FALSE;

  p.lat7 = (gint32) lround (latitude * LZ_POINT_SCALE);
  p.lon7 = (gint32) lround (longitude * LZ_POINT_SCALE);
  if (!lz_point_is_valid (p))
    return FALSE;

  *point = p;
  return TRUE;
}

static guint64
spread_bits (guint64 v)
{
  v &= 0xffffffff;
  v = (v | v << 16) & 0x0000ffff0000ffff;
  v = (v | v << 8) & 0x00ff00ff00ff00ff;
  v = (v | v << 4) & 0x0f0f0f0f0f0f0f0f;
  v = (v | v << 2) & 0x3333333333333333;
  v = (v | v << 1) & 0x5555555555555555;
  return v;
}

/**
 * lz_point_morton:
 * @point: a place
 *
 * Gives the place of @point on the Z-order curve over the Web Mercator square: the bits of the
 * column x and the row y (from the north), y above x, 31 bits each.  All points of map tile
 * (z, x, y) share the top 2z of these 62 bits, so that a tile is one range of numbers.
 *
 * Returns: 0 to 2^62 - 1; latitudes past the square's edge count as the edge
 */
guint64
lz_point_morton (LzPoint point)
{
  const double side = 2147483648.0; /* 2^31 */
  double latitude = CLAMP (lz_point_latitude (point), -85.0511287, 85.0511287) * G_PI / 180;
  double x = (lz_point_longitude (point) + 180) / 360 * side;
  double y = (1 - asinh (tan (latitude)) / G_PI) / 2 * side;

  x = CLAMP (x, 0, side - 1);
  y = CLAMP (y, 0, side - 1);
  return spread_bits ((guint64) x) | spread_bits ((guint64) y) << 1;
}
