/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-id.h"
#include "lz-streets.h"

G_BEGIN_DECLS

/**
 * LzKnownRoad:
 * @line: (nullable): %NULL if it is damaged; such a road is matched by its name alone
 * @matched: set by lz_roads_match()
 *
 * A road that the station has before an import.
 */
typedef struct
{
  LzId id;
  char *name;
  LzLine *line;
  gboolean matched;
} LzKnownRoad;

void lz_known_road_free (LzKnownRoad *self);

/**
 * lz_roads_match:
 * @shapes: (element-type LzRoadShape): roads of a new map
 * @known: (element-type LzKnownRoad): roads of the station
 *
 * Finds which road of the new map is which of the station: the same name, and more than half of the
 * shorter one within 50 m of the other.  Where a road has been cut into several, the longest common
 * piece keeps it.  Pure.
 *
 * Returns: (transfer container): for each shape its known road, or %NULL
 */
LzKnownRoad **lz_roads_match (GPtrArray *shapes, GPtrArray *known);

G_END_DECLS
