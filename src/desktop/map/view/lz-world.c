/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-world.h"

#define EDGE_LATITUDE 85.0511287798
#define EQUATOR_M     40075016.685578488

LzWorld
lz_world_from_degrees (double latitude, double longitude)
{
  double phi = CLAMP (latitude, -EDGE_LATITUDE, EDGE_LATITUDE) * G_PI / 180;

  return (LzWorld){ (longitude + 180) / 360, (1 - asinh (tan (phi)) / G_PI) / 2 };
}

void
lz_world_to_degrees (LzWorld world, double *latitude, double *longitude)
{
  *latitude = atan (sinh (G_PI * (1 - 2 * world.y))) * 180 / G_PI;
  *longitude = world.x * 360 - 180;
}

LzWorld
lz_world_from_point (LzPoint point)
{
  return lz_world_from_degrees (lz_point_latitude (point), lz_point_longitude (point));
}

LzPoint
lz_world_to_point (LzWorld world)
{
  double latitude, longitude;

  world.x = CLAMP (world.x, 0, 1);
  world.y = CLAMP (world.y, 0, 1);
  lz_world_to_degrees (world, &latitude, &longitude);

  return (LzPoint){ (gint32) lround (latitude * LZ_POINT_SCALE),
                    (gint32) lround (longitude * LZ_POINT_SCALE) };
}

static guint32
gather_bits (guint64 v)
{
  v &= 0x5555555555555555;
  v = (v | v >> 1) & 0x3333333333333333;
  v = (v | v >> 2) & 0x0f0f0f0f0f0f0f0f;
  v = (v | v >> 4) & 0x00ff00ff00ff00ff;
  v = (v | v >> 8) & 0x0000ffff0000ffff;
  v = (v | v >> 16) & 0x00000000ffffffff;
  return (guint32) v;
}

LzWorld
lz_world_from_morton (guint64 morton)
{
  const double side = 2147483648.0; /* 2^31, see lz_point_morton() */

  return (LzWorld){ (gather_bits (morton) + 0.5) / side, (gather_bits (morton >> 1) + 0.5) / side };
}

double
lz_world_metres (double y)
{
  return EQUATOR_M / cosh (G_PI * (1 - 2 * y));
}
