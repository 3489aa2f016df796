/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-segment.h"

G_BEGIN_DECLS

/**
 * LzSegment:
 * @a: one end
 * @b: the other; a lone point has both the same
 * @tag: whose it is
 */
typedef struct
{
  LzPoint a;
  LzPoint b;
  guint tag;
} LzSegment;

/**
 * LzSegmentTree:
 *
 * Finds the segments near a point.  Once made it is only read, by any thread.
 */
typedef struct _LzSegmentTree LzSegmentTree;

/**
 * LzSegmentFunc:
 * @segment: a segment
 * @plane: the plane around the point asked about
 * @distance_m: how far it is
 * @along: where its nearest point is, from 0 at its start to 1 at its end
 *
 * Told each segment near a point, in no particular order.
 */
typedef void (*LzSegmentFunc) (const LzSegment *segment,
                               const LzPlane *plane,
                               double distance_m,
                               double along,
                               gpointer user_data);

LzSegmentTree *lz_segment_tree_new (GArray *segments);
void lz_segment_tree_free (LzSegmentTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzSegmentTree, lz_segment_tree_free)

gboolean
lz_segment_tree_nearest (const LzSegmentTree *self, LzPoint point, double max_m, guint *tag);
void lz_segment_tree_visit (const LzSegmentTree *self,
                            LzPoint point,
                            double max_m,
                            LzSegmentFunc func,
                            gpointer user_data);

G_END_DECLS
