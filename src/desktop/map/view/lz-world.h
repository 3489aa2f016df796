/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-line.h"

#include <math.h>

G_BEGIN_DECLS

/** LZ_TILE_PX: side of a tile as shown. */
#define LZ_TILE_PX 256

/**
 * LzWorld:
 * @x: column, growing eastwards
 * @y: row, growing southwards
 *
 * A place on the Web Mercator square, 0 to 1 both ways.  Doubles: floats step by 2.4 m here.
 */
typedef struct
{
  double x;
  double y;
} LzWorld;

/**
 * LzWorldBox:
 *
 * A rectangle of the square, edges included.
 */
typedef struct
{
  double x0;
  double y0;
  double x1;
  double y1;
} LzWorldBox;

#define LZ_WORLD_BOX_EMPTY ((LzWorldBox){ 2, 2, -2, -2 })

/* Latitudes past the square's edge count as the edge. */
LzWorld lz_world_from_degrees (double latitude, double longitude);
void lz_world_to_degrees (LzWorld world, double *latitude, double *longitude);
LzWorld lz_world_from_point (LzPoint point);
LzPoint lz_world_to_point (LzWorld world);
/* The middle of the smallest cell of lz_point_morton(). */
LzWorld lz_world_from_morton (guint64 morton);
/* Metres on the ground for one unit of the square, at its row @y. */
double lz_world_metres (double y);

static inline void
lz_world_box_add (LzWorldBox *box, LzWorld p)
{
  box->x0 = MIN (box->x0, p.x);
  box->y0 = MIN (box->y0, p.y);
  box->x1 = MAX (box->x1, p.x);
  box->y1 = MAX (box->y1, p.y);
}

static inline gboolean
lz_world_box_touches (const LzWorldBox *a, const LzWorldBox *b)
{
  return a->x0 <= b->x1 && a->x1 >= b->x0 && a->y0 <= b->y1 && a->y1 >= b->y0;
}

/* The same box with @by more on every side. */
static inline LzWorldBox
lz_world_box_grow (LzWorldBox box, double by)
{
  return (LzWorldBox){ box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by };
}

G_END_DECLS
