/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-id.h"
#include "lz-line.h"

G_BEGIN_DECLS

/**
 * LzRoadIndex:
 *
 * Finds the nearest of many roads to a point.  Build it, then only read it; any thread.
 */
typedef struct _LzRoadIndex LzRoadIndex;

LzRoadIndex *lz_road_index_new (void);
LzRoadIndex *lz_road_index_ref (LzRoadIndex *self);
void lz_road_index_unref (LzRoadIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzRoadIndex, lz_road_index_unref)

/* @line is copied. */
void lz_road_index_add (LzRoadIndex *self, const LzId *road, const LzLine *line);
void lz_road_index_build (LzRoadIndex *self);

/* FALSE if no road is within @max_m. */
gboolean lz_road_index_find (const LzRoadIndex *self,
                             LzPoint point,
                             double max_m,
                             LzId *road,
                             LzProjection *projection);

G_END_DECLS
