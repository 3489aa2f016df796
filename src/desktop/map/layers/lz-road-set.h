/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-box-tree.h"
#include "lz-datum.h"
#include "lz-road-paint.h"
#include "lz-roads.h"

G_BEGIN_DECLS

/**
 * LzRoadSet:
 * @bands: (element-type LzRoadBand): one for each road, in their order
 *
 * The roads prepared for drawing: projected, shifted to the base map's datum, indexed.  Built once,
 * then only read; any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  GArray *bands;
  GArray *owners; /* guint: which band each box of the tree is of */
  LzBoxTree *tree;
} LzRoadSet;

/* @roads: (element-type LzRoad) (nullable); @healths: LzId -> LzRoadHealth. */
LzRoadSet *lz_road_set_new (GPtrArray *roads, GHashTable *healths, LzDatum datum);
LzRoadSet *lz_road_set_ref (LzRoadSet *self);
void lz_road_set_unref (LzRoadSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzRoadSet, lz_road_set_unref)

/* (element-type guint): the bands with a part in @box, each once, ascending. */
GArray *lz_road_set_find (const LzRoadSet *self, const LzWorldBox *box);

/* The bands that show in tile (x, y) of LZ_TILE_PX. */
GArray *lz_road_set_find_tile (const LzRoadSet *self, guint zoom, int x, int y);

/* Draws those; @selected: the number of the emphasised one or G_MAXUINT. */
cairo_surface_t *lz_road_set_paint_tile (const LzRoadSet *self,
                                         const GArray *numbers,
                                         guint zoom,
                                         int x,
                                         int y,
                                         int scale,
                                         gboolean dark,
                                         guint selected);

G_END_DECLS
