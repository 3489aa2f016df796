/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-box-tree.h"
#include "lz-streets.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * LzRoadHealth:
 *
 * How a road stands, by its worst open case.
 */
typedef enum
{
  LZ_ROAD_UNKNOWN,
  LZ_ROAD_GOOD,
  LZ_ROAD_WARNED,
  LZ_ROAD_OVERDUE,
} LzRoadHealth;

/**
 * LzRoadBand:
 * @grade: decides its width
 * @parts: (element-type LzRoadPart)
 *
 * A road as it is drawn.
 */
typedef struct
{
  LzStreetClass grade;
  LzRoadHealth health;
  GArray *parts;
} LzRoadBand;

/**
 * LzRoadPart:
 * @points: (array length=n_points): shifted to the base map's datum
 * @box: of the points
 */
typedef struct
{
  guint n_points;
  LzWorld *points;
  LzWorldBox box;
} LzRoadPart;

/* Width of the whole band on the screen. */
double lz_road_band_width (LzStreetClass grade, guint zoom);

/**
 * LzRoadTile:
 * @world_px: side of the world
 * @x0: west edge of the tile, px of the world
 * @y0: north edge
 * @side_px: of the tile
 *
 * Where to draw.
 */
typedef struct
{
  cairo_t *cr;
  guint zoom;
  double world_px;
  double x0;
  double y0;
  double side_px;
  gboolean dark;
} LzRoadTile;

/* Draws what of @band lies in @tile. */
void lz_road_band_paint (const LzRoadBand *band, const LzRoadTile *tile, gboolean selected);

G_END_DECLS
