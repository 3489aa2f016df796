/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-street-labels.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

/**
 * LzStreetPart:
 * @LZ_STREET_GROUND: land, water, houses, streets
 * @LZ_STREET_NAMES: the names alone, on nothing, to lie above the roads' bands
 */
typedef enum
{
  LZ_STREET_GROUND,
  LZ_STREET_NAMES,
} LzStreetPart;

#define LZ_TYPE_STREET_SOURCE (lz_street_source_get_type ())
G_DECLARE_FINAL_TYPE (LzStreetSource, lz_street_source, LZ, STREET_SOURCE, ShumateMapSource)

/**
 * lz_street_source_new:
 * @labels: (nullable): the names of the map, for %LZ_STREET_NAMES
 * @map: (nullable): the streets, for %LZ_STREET_GROUND; NULL is bare land
 * @style: the theme's colours
 * @scale: pixels a unit
 *
 * A map source that draws its tiles in worker threads.  Each has an id of its own, so that tiles of
 * another theme are not taken from Shumate's cache.
 */
LzStreetSource *lz_street_source_new (LzStreetPart part,
                                      LzStreetMap *map,
                                      LzStreetLabels *labels,
                                      const LzStreetStyle *style,
                                      guint scale);

G_END_DECLS
