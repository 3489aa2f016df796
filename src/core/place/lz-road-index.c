/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-road-index.h"

#include "lz-segment.h"

#include <math.h>

/* Children of a node of the tree. */
#define FANOUT 16

/* Enough for 2^32 segments. */
#define MAX_LEVELS 9

/* Rounding may make a segment seem nearer than the box around it. */
#define BOX_SLACK (1 - 1e-12)

typedef struct
{
  LzId id;
  LzLine *line;
} Road;

typedef struct
{
  LzPoint a;
  LzPoint b;
  guint road;
} Segment;

/* A packed R-tree: the segments sorted along a space-filling curve, and above them levels of
 * boxes, each around FANOUT of the level below. */
struct _LzRoadIndex
{
  GArray *roads;
  GArray *segments;
  GArray *levels[MAX_LEVELS]; /* of LzBox; [0] has a box for each FANOUT segments */
  guint n_levels;
  gboolean is_built;
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
  self->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
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

  for (guint i = 0; i < self->n_levels; i++)
    g_array_unref (self->levels[i]);
  g_array_unref (self->segments);
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

  g_return_if_fail (self != NULL && !self->is_built);
  g_return_if_fail (road != NULL);
  g_return_if_fail (line != NULL && line->n > 0);

  index = self->roads->len;
  entry = (Road){ *road, lz_line_copy (line) };
  g_array_append_val (self->roads, entry);

  for (guint i = 0; i + 1 < MAX (line->n, 2); i++)
    {
      Segment segment = { line->points[i], line->points[MIN (i + 1, line->n - 1)], index };

      g_array_append_val (self->segments, segment);
    }
}

static guint64
segment_key (const Segment *segment)
{
  LzPoint middle = { (gint32) (((gint64) segment->a.lat7 + segment->b.lat7) / 2),
                     (gint32) (((gint64) segment->a.lon7 + segment->b.lon7) / 2) };

  return lz_point_morton (middle);
}

typedef struct
{
  guint64 key;
  guint index;
} SortEntry;

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const SortEntry *ea = a, *eb = b;

  if (ea->key != eb->key)
    return ea->key < eb->key ? -1 : 1;
  return ea->index < eb->index ? -1 : ea->index > eb->index;
}

static void
sort_segments (LzRoadIndex *self)
{
  guint n = self->segments->len;
  g_autofree SortEntry *order = g_new (SortEntry, n);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (Segment), n);

  for (guint i = 0; i < n; i++)
    order[i] = (SortEntry){ segment_key (&g_array_index (self->segments, Segment, i)), i };
  qsort (order, n, sizeof *order, compare_entries);
  for (guint i = 0; i < n; i++)
    g_array_append_val (sorted, g_array_index (self->segments, Segment, order[i].index));

  g_array_unref (self->segments);
  self->segments = sorted;
}

static LzBox
segment_box (const Segment *s)
{
  return (LzBox){ MIN (s->a.lat7, s->b.lat7), MIN (s->a.lon7, s->b.lon7),
                  MAX (s->a.lat7, s->b.lat7), MAX (s->a.lon7, s->b.lon7) };
}

static void
grow_box (LzBox *box, const LzBox *other)
{
  box->south7 = MIN (box->south7, other->south7);
  box->west7 = MIN (box->west7, other->west7);
  box->north7 = MAX (box->north7, other->north7);
  box->east7 = MAX (box->east7, other->east7);
}

/* The box of entry @i of @level; level -1 are the segments. */
static LzBox
entry_box (const LzRoadIndex *self, int level, guint i)
{
  if (level < 0)
    return segment_box (&g_array_index (self->segments, Segment, i));
  return g_array_index (self->levels[level], LzBox, i);
}

static guint
count_entries (const LzRoadIndex *self, int level)
{
  return level < 0 ? self->segments->len : self->levels[level]->len;
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
  g_return_if_fail (self != NULL && !self->is_built);

  self->is_built = TRUE;
  if (self->segments->len == 0)
    return;

  sort_segments (self);
  do
    {
      int below = (int) self->n_levels - 1;
      guint n = count_entries (self, below);
      GArray *level = g_array_sized_new (FALSE, FALSE, sizeof (LzBox), (n + FANOUT - 1) / FANOUT);

      g_assert (self->n_levels < MAX_LEVELS);
      for (guint i = 0; i < n; i += FANOUT)
        {
          LzBox box = entry_box (self, below, i);

          for (guint j = i + 1; j < MIN (i + FANOUT, n); j++)
            {
              LzBox other = entry_box (self, below, j);

              grow_box (&box, &other);
            }
          g_array_append_val (level, box);
        }
      self->levels[self->n_levels++] = level;
    }
  while (self->levels[self->n_levels - 1]->len > 1);
}

typedef struct
{
  LzPlane plane;
  double best2;
  guint road;
} Search;

static double
box_distance2 (const LzPlane *plane, const LzBox *box)
{
  LzPoint near = { CLAMP (plane->origin.lat7, box->south7, box->north7),
                   CLAMP (plane->origin.lon7, box->west7, box->east7) };
  double x = lz_plane_x (plane, near), y = lz_plane_y (plane, near);

  return (x * x + y * y) * BOX_SLACK;
}

static void
search_segments (const LzRoadIndex *self, guint first, Search *search)
{
  guint end = MIN (first + FANOUT, self->segments->len);

  for (guint i = first; i < end; i++)
    {
      const Segment *s = &g_array_index (self->segments, Segment, i);
      double along;
      double distance2 = lz_plane_segment_distance2 (&search->plane, s->a, s->b, &along);

      if (distance2 < search->best2 || (distance2 == search->best2 && s->road < search->road))
        {
          search->best2 = distance2;
          search->road = s->road;
        }
    }
}

/* Nearest boxes first, so that the far ones need not be opened. */
static void
search_node (const LzRoadIndex *self, int level, guint node, Search *search)
{
  guint first = node * FANOUT;
  guint n, order[FANOUT];
  double distance2[FANOUT];

  if (level == 0)
    {
      search_segments (self, first, search);
      return;
    }

  n = MIN (FANOUT, self->levels[level - 1]->len - first);
  for (guint i = 0; i < n; i++)
    {
      guint at = i;
      double d2 = box_distance2 (&search->plane,
                                 &g_array_index (self->levels[level - 1], LzBox, first + i));

      for (; at > 0 && distance2[at - 1] > d2; at--)
        {
          distance2[at] = distance2[at - 1];
          order[at] = order[at - 1];
        }
      distance2[at] = d2;
      order[at] = first + i;
    }

  for (guint i = 0; i < n && distance2[i] <= search->best2; i++)
    search_node (self, level - 1, order[i], search);
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
  Search search = { .plane = lz_plane_at (point), .road = G_MAXUINT };
  const Road *found;

  g_return_val_if_fail (self != NULL && self->is_built, FALSE);
  g_return_val_if_fail (max_m >= 0, FALSE);

  if (self->n_levels == 0)
    return FALSE;

  search.best2 = max_m * max_m;
  search_node (self, (int) self->n_levels - 1, 0, &search);
  if (search.road == G_MAXUINT)
    return FALSE;

  found = &g_array_index (self->roads, Road, search.road);
  if (road != NULL)
    *road = found->id;
  if (projection != NULL)
    lz_line_project (found->line, point, projection);
  return TRUE;
}
