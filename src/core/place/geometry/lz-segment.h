/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-point.h"

#include <math.h>

G_BEGIN_DECLS

/* Private to place/: the one distance that lines and the road index measure with, so that both
 * find the same road.  It is plane geometry around the point asked about, which is exact enough
 * (a part in a million) at the distances that matter here. */

/** LZ_EARTH_RADIUS_M: the mean radius (IUGG). */
#define LZ_EARTH_RADIUS_M 6371008.8

/** LZ_M_PER_UNIT: metres in 1e-7 degree of latitude. */
#define LZ_M_PER_UNIT (LZ_EARTH_RADIUS_M * G_PI / 180 / LZ_POINT_SCALE)

/**
 * LzPlane:
 * @origin: the point asked about
 * @x_m: metres in 1e-7 degree of longitude here
 *
 * A flat map around a point, x to the east and y to the north, in metres.
 */
typedef struct
{
  LzPoint origin;
  double x_m;
} LzPlane;

LzPlane lz_plane_at (LzPoint origin);

static inline double
lz_plane_x (const LzPlane *plane, LzPoint p)
{
  return ((double) p.lon7 - plane->origin.lon7) * plane->x_m;
}

static inline double
lz_plane_y (const LzPlane *plane, LzPoint p)
{
  return ((double) p.lat7 - plane->origin.lat7) * LZ_M_PER_UNIT;
}

/* The place @along of the way from @a to @b, from 0 to 1. */
static inline LzPoint
lz_point_between (LzPoint a, LzPoint b, double along)
{
  return (LzPoint){
    (gint32) lround (a.lat7 + ((double) b.lat7 - a.lat7) * along),
    (gint32) lround (a.lon7 + ((double) b.lon7 - a.lon7) * along),
  };
}

/* The squared distance in m² of the origin from the segment, and where on it the foot is, from 0
 * at @a to 1 at @b. */
static inline double
lz_plane_segment_distance2 (const LzPlane *plane, LzPoint a, LzPoint b, double *along)
{
  double ax = lz_plane_x (plane, a), ay = lz_plane_y (plane, a);
  double dx = lz_plane_x (plane, b) - ax, dy = lz_plane_y (plane, b) - ay;
  double length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? -(ax * dx + ay * dy) / length2 : 0;
  double x, y;

  t = CLAMP (t, 0.0, 1.0);
  x = ax + t * dx;
  y = ay + t * dy;
  *along = t;
  return x * x + y * y;
}

G_END_DECLS
