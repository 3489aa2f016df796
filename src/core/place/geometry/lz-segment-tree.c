/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-segment-tree.h"

#include <math.h>
#include <stdlib.h>

/* Children of a node of the tree. */
#define FANOUT 16

/* Enough for 2^32 segments. */
#define MAX_LEVELS 9

/* Rounding may make a segment seem nearer than the box around it. */
#define BOX_SLACK (1 - 1e-12)

/* A packed R-tree: the segments sorted along a space-filling curve, and above them levels of
 * boxes, each around FANOUT of the level below. */
struct _LzSegmentTree
{
  GArray *segments;           /* of LzSegment */
  GArray *levels[MAX_LEVELS]; /* of LzBox; [0] has a box for each FANOUT segments */
  guint n_levels;
};

static guint64
segment_key (const LzSegment *segment)
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
sort_segments (LzSegmentTree *self)
{
  guint n = self->segments->len;
  g_autofree SortEntry *order = g_new (SortEntry, n);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (LzSegment), n);

  for (guint i = 0; i < n; i++)
    order[i] = (SortEntry){ segment_key (&g_array_index (self->segments, LzSegment, i)), i };
  qsort (order, n, sizeof *order, compare_entries);
  for (guint i = 0; i < n; i++)
    g_array_append_val (sorted, g_array_index (self->segments, LzSegment, order[i].index));

  g_array_unref (self->segments);
  self->segments = sorted;
}

static LzBox
segment_box (const LzSegment *s)
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
entry_box (const LzSegmentTree *self, int level, guint i)
{
  if (level < 0)
    return segment_box (&g_array_index (self->segments, LzSegment, i));
  return g_array_index (self->levels[level], LzBox, i);
}

static guint
count_entries (const LzSegmentTree *self, int level)
{
  return level < 0 ? self->segments->len : self->levels[level]->len;
}

static void
add_level (LzSegmentTree *self)
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

/**
 * lz_segment_tree_new:
 * @segments: (transfer full) (element-type LzSegment): the segments, in any order
 *
 * Returns: (transfer full): a tree over them
 */
LzSegmentTree *
lz_segment_tree_new (GArray *segments)
{
  LzSegmentTree *self;

  g_return_val_if_fail (segments != NULL, NULL);

  self = g_new0 (LzSegmentTree, 1);
  self->segments = segments;
  if (segments->len == 0)
    return self;

  sort_segments (self);
  do
    add_level (self);
  while (self->levels[self->n_levels - 1]->len > 1);
  return self;
}

/**
 * lz_segment_tree_free:
 * @self: (nullable) (transfer full): a tree
 */
void
lz_segment_tree_free (LzSegmentTree *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_levels; i++)
    g_array_unref (self->levels[i]);
  g_array_unref (self->segments);
  g_free (self);
}

typedef struct
{
  LzPlane plane;
  double best2;
  guint tag;
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
search_segments (const LzSegmentTree *self, guint first, Search *search)
{
  guint end = MIN (first + FANOUT, self->segments->len);

  for (guint i = first; i < end; i++)
    {
      const LzSegment *s = &g_array_index (self->segments, LzSegment, i);
      double along;
      double distance2 = lz_plane_segment_distance2 (&search->plane, s->a, s->b, &along);

      if (distance2 < search->best2 || (distance2 == search->best2 && s->tag < search->tag))
        {
          search->best2 = distance2;
          search->tag = s->tag;
        }
    }
}

/* Nearest boxes first, so that the far ones need not be opened. */
static void
search_node (const LzSegmentTree *self, int level, guint node, Search *search)
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
 * lz_segment_tree_nearest:
 * @self: a tree
 * @point: a place
 * @max_m: how far a segment may be
 * @tag: (out): whose segment is nearest; the lowest of equally near ones
 *
 * Returns: %FALSE if there is none
 */
gboolean
lz_segment_tree_nearest (const LzSegmentTree *self, LzPoint point, double max_m, guint *tag)
{
  Search search = { lz_plane_at (point), max_m * max_m, G_MAXUINT };

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->n_levels == 0)
    return FALSE;

  search_node (self, (int) self->n_levels - 1, 0, &search);
  if (search.tag == G_MAXUINT)
    return FALSE;

  *tag = search.tag;
  return TRUE;
}

typedef struct
{
  LzPlane plane;
  double max2;
  LzSegmentFunc func;
  gpointer user_data;
} Visit;

static void
visit_node (const LzSegmentTree *self, int level, guint node, const Visit *visit)
{
  guint first = node * FANOUT;
  guint end = MIN (first + FANOUT, count_entries (self, level - 1));

  for (guint i = first; i < end; i++)
    if (level > 0)
      {
        LzBox box = entry_box (self, level - 1, i);

        if (box_distance2 (&visit->plane, &box) <= visit->max2)
          visit_node (self, level - 1, i, visit);
      }
    else
      {
        const LzSegment *s = &g_array_index (self->segments, LzSegment, i);
        double along;
        double distance2 = lz_plane_segment_distance2 (&visit->plane, s->a, s->b, &along);

        if (distance2 <= visit->max2)
          visit->func (s, &visit->plane, sqrt (distance2), along, visit->user_data);
      }
}

/**
 * lz_segment_tree_visit:
 * @self: a tree
 * @point: a place
 * @max_m: how far
 * @func: (scope call): told each segment within @max_m of @point
 * @user_data: for @func
 */
void
lz_segment_tree_visit (const LzSegmentTree *self,
                       LzPoint point,
                       double max_m,
                       LzSegmentFunc func,
                       gpointer user_data)
{
  Visit visit = { lz_plane_at (point), max_m * max_m, func, user_data };

  g_return_if_fail (self != NULL);

  if (self->n_levels > 0)
    visit_node (self, (int) self->n_levels - 1, 0, &visit);
}
