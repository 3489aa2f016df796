/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** LZ_POINT_SCALE: coordinates are integers of 1e-7 degree (1.1 cm at the equator). */
#define LZ_POINT_SCALE 1e7

/**
 * LzPoint:
 * @lat7: latitude in 1e-7 degree, north positive
 * @lon7: longitude in 1e-7 degree, east positive
 *
 * A place in WGS 84 (= CGCS2000 for us).  Never GCJ-02 or BD-09: those exist at display only.
 */
typedef struct
{
  gint32 lat7;
  gint32 lon7;
} LzPoint;

/**
 * LzBox:
 *
 * A rectangle of coordinates, all four edges included.  Does not cross the antimeridian.
 */
typedef struct
{
  gint32 south7;
  gint32 west7;
  gint32 north7;
  gint32 east7;
} LzBox;

static inline double
lz_point_latitude (LzPoint p)
{
  return p.lat7 / LZ_POINT_SCALE;
}

static inline double
lz_point_longitude (LzPoint p)
{
  return p.lon7 / LZ_POINT_SCALE;
}

static inline gboolean
lz_point_is_valid (LzPoint p)
{
  return p.lat7 >= -900000000 && p.lat7 <= 900000000 && p.lon7 >= -1800000000 &&
         p.lon7 <= 1800000000 && (p.lat7 != 0 || p.lon7 != 0);
}

gboolean lz_point_from_degrees (double latitude, double longitude, LzPoint *point);
guint64 lz_point_morton (LzPoint point);

G_END_DECLS
