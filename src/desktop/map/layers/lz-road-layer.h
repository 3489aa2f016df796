/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases.h"
#include "lz-map-view.h"
#include "lz-roads.h"

G_BEGIN_DECLS

/*
 * The office's roads as soft bands with a line in them: colour and dashes say how each stands.
 */
#define LZ_TYPE_ROAD_LAYER (lz_road_layer_get_type ())
G_DECLARE_FINAL_TYPE (LzRoadLayer, lz_road_layer, LZ, ROAD_LAYER, ShumateLayer)

LzRoadLayer *lz_road_layer_new (ShumateViewport *viewport);

/* As lz_map_set_roads(). */
void lz_road_layer_set_roads (LzRoadLayer *self, GPtrArray *roads, GArray *tallies);
void lz_road_layer_set_selected (LzRoadLayer *self, const LzId *road);
void lz_road_layer_set_dark (LzRoadLayer *self, gboolean dark);
void lz_road_layer_set_datum (LzRoadLayer *self, LzDatum datum);

/* (nullable): the road at (x, y) of the widget; lent. */
const LzId *lz_road_layer_pick (LzRoadLayer *self, double x, double y);

G_END_DECLS
