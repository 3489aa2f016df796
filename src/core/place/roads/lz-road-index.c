/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-road-index.h"

#include "lz-segment-tree.h"

typedef struct
{
  LzId id;
  LzLine *line;
} Road;

struct _LzRoadIndex
{
  GArray *roads;
  GArray *segments; /* until it is built */
  LzSegmentTree *tree;
};

static void
clear_road (gpointer data)
{
  Road *road = data;

  lz_line_free (road->line);
}

/**
 * lz_road_index_new:
 *
 * Returns: (transfer full): an index without roads
 */
LzRoadIndex *
lz_road_index_new (void)
{
  LzRoadIndex *self = g_atomic_rc_box_new0 (LzRoadIndex);

  self->roads = g_array_new (FALSE, FALSE, sizeof (Road));
  g_array_set_clear_func (self->roads, clear_road);
  self->segments = g_array_new (FALSE, FALSE, sizeof (LzSegment));
  return self;
}

/**
 * lz_road_index_ref:
 * @self: an index
 *
 * Returns: (transfer full): @self, owned once more
 */
LzRoadIndex *
lz_road_index_ref (LzRoadIndex *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
free_index (gpointer data)
{
  LzRoadIndex *self = data;

  g_clear_pointer (&self->segments, g_array_unref);
  lz_segment_tree_free (self->tree);
  g_array_unref (self->roads);
}

/**
 * lz_road_index_unref:
 * @self: (transfer full): an index
 */
void
lz_road_index_unref (LzRoadIndex *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, free_index);
}

/**
 * lz_road_index_add:
 * @self: an index that is not built yet
 * @road: the road's id
 * @line: its geometry, copied
 *
 * Adds a road.  Where several are equally near, the one added first is found.
 */
void
lz_road_index_add (LzRoadIndex *self, const LzId *road, const LzLine *line)
{
  Road entry;
  guint index;

  g_return_if_fail (self != NULL && self->tree == NULL);
  g_return_if_fail (road != NULL);
  g_return_if_fail (line != NULL && line->n > 0);

  index = self->roads->len;
  entry = (Road){ *road, lz_line_copy (line) };
  g_array_append_val (self->roads, entry);

  for (guint i = 0; i + 1 < MAX (line->n, 2); i++)
    {
      LzSegment segment = { line->points[i], line->points[MIN (i + 1, line->n - 1)], index };

      g_array_append_val (self->segments, segment);
    }
}

/**
 * lz_road_index_build:
 * @self: an index
 *
 * Makes @self ready to be asked; from here on no road can be added, and any thread may read.
 */
void
lz_road_index_build (LzRoadIndex *self)
{
  g_return_if_fail (self != NULL && self->tree == NULL);

  self->tree = lz_segment_tree_new (g_steal_pointer (&self->segments));
}

/**
 * lz_road_index_find:
 * @self: a built index
 * @point: a place
 * @max_m: how far the road may be, in metres
 * @road: (out) (optional): the nearest road
 * @projection: (out) (optional): where on it
 *
 * Finds the road that is nearest to @point, exactly as if lz_line_project() were asked of each.
 * Any thread.
 *
 * Returns: %FALSE if no road is within @max_m; the out values are then untouched
 */
gboolean
lz_road_index_find (const LzRoadIndex *self,
                    LzPoint point,
                    double max_m,
                    LzId *road,
                    LzProjection *projection)
{
  const Road *found;
  guint index;

  g_return_val_if_fail (self != NULL && self->tree != NULL, FALSE);
  g_return_val_if_fail (max_m >= 0, FALSE);

  if (!lz_segment_tree_nearest (self->tree, point, max_m, &index))
    return FALSE;

  found = &g_array_index (self->roads, Road, index);
  if (road != NULL)
    *road = found->id;
  if (projection != NULL)
    lz_line_project (found->line, point, projection);
  return TRUE;
}
