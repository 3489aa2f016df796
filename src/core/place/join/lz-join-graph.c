/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-join.h"
#include "lz-segment-tree.h"

/* An edge from a node to itself shorter than this is a vertex beside a piece's end, no loop. */
#define MIN_LOOP_M (2 * LZ_JOIN_TOUCH_M)

/* The root of @i's set. */
guint
lz_join_find (guint *parents, guint i)
{
  while (parents[i] != i)
    {
      parents[i] = parents[parents[i]];
      i = parents[i];
    }
  return i;
}

/* Puts two sets together; the lower root stays.  FALSE if they were one already. */
gboolean
lz_join_unite (guint *parents, guint a, guint b)
{
  guint root_a = lz_join_find (parents, a), root_b = lz_join_find (parents, b);

  if (root_a == root_b)
    return FALSE;

  parents[MAX (root_a, root_b)] = MIN (root_a, root_b);
  return TRUE;
}

static guint *
new_sets (guint n)
{
  guint *parents = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    parents[i] = i;
  return parents;
}

static LzSegmentTree *
make_point_tree (const GArray *points)
{
  GArray *segments = g_array_sized_new (FALSE, FALSE, sizeof (LzSegment), points->len);

  for (guint i = 0; i < points->len; i++)
    {
      LzPoint p = g_array_index (points, LzPoint, i);
      LzSegment segment = { p, p, i };

      g_array_append_val (segments, segment);
    }
  return lz_segment_tree_new (segments);
}

typedef struct
{
  guint *parents;
  guint self;
} Touch;

static void
touch_cb (const LzSegment *segment,
          const LzPlane *plane,
          double distance_m,
          double along,
          gpointer user_data)
{
  Touch *touch = user_data;

  (void) plane;
  (void) distance_m;
  (void) along;
  lz_join_unite (touch->parents, touch->self, segment->tag);
}

/* The ends of all pieces, those within LZ_JOIN_TOUCH_M of each other taken as one. */
static void
make_nodes (LzJoinGraph *self, const LzStreet *const *pieces, guint n)
{
  g_autoptr (GArray) ends = g_array_sized_new (FALSE, FALSE, sizeof (LzPoint), 2 * n);
  g_autoptr (LzSegmentTree) tree = NULL;
  g_autofree guint *parents = new_sets (2 * n);

  for (guint i = 0; i < n; i++)
    {
      const LzLine *line = pieces[i]->line;

      g_array_append_val (ends, line->points[0]);
      g_array_append_val (ends, line->points[line->n - 1]);
    }

  tree = make_point_tree (ends);
  for (guint i = 0; i < ends->len; i++)
    {
      Touch touch = { parents, i };

      lz_segment_tree_visit (tree, g_array_index (ends, LzPoint, i), LZ_JOIN_TOUCH_M, touch_cb,
                             &touch);
    }
  for (guint i = 0; i < ends->len; i++)
    if (lz_join_find (parents, i) == i)
      g_array_append_val (self->nodes, g_array_index (ends, LzPoint, i));
}

static void
add_edge (LzJoinGraph *self, LzJoinEdge edge)
{
  for (guint i = edge.first; i < edge.last; i++)
    edge.length_m += lz_distance_m (edge.line->points[i], edge.line->points[i + 1]);
  if (edge.node[0] != edge.node[1] || edge.length_m > MIN_LOOP_M)
    g_array_append_val (self->edges, edge);
}

/* Cuts a piece at every node on its way: another piece of the road ends there. */
static void
add_piece (LzJoinGraph *self, const LzSegmentTree *tree, const LzLine *line, guint piece)
{
  LzJoinEdge edge = { .line = line, .piece = piece };
  gboolean has_start = FALSE;

  for (guint i = 0; i < line->n; i++)
    {
      /* The ends of a chain of touching ends may be a little farther from its node. */
      gboolean is_end = i == 0 || i == line->n - 1;
      guint node;

      if (!lz_segment_tree_nearest (tree, line->points[i], is_end ? LZ_JOIN_GAP_M : LZ_JOIN_TOUCH_M,
                                    &node))
        continue;
      if (has_start)
        {
          edge.node[1] = node;
          edge.last = i;
          add_edge (self, edge);
        }
      edge.node[0] = node;
      edge.first = i;
      has_start = TRUE;
    }
  g_array_append_val (self->piece_nodes, edge.node[0]);
}

typedef struct
{
  double distance_m;
  guint a;
  guint b;
} Gap;

/* Of an end, the nearest nodes of other parts of the road: one of each part, and no more parts than
 * this.  A junction has a handful; without a limit a crowd of loose ends would make pairs without
 * end. */
#define MAX_GAPS 16

typedef struct
{
  guint *parents;
  guint self;
  Gap nearest[MAX_GAPS];
  guint part[MAX_GAPS];
  guint n;
} GapSearch;

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  const Gap *ga = a, *gb = b;

  if (ga->distance_m != gb->distance_m)
    return ga->distance_m < gb->distance_m ? -1 : 1;
  if (ga->a != gb->a)
    return ga->a < gb->a ? -1 : 1;
  return ga->b < gb->b ? -1 : ga->b > gb->b;
}

static guint
find_farthest (const GapSearch *search)
{
  guint farthest = 0;

  for (guint i = 1; i < search->n; i++)
    if (compare_gaps (&search->nearest[i], &search->nearest[farthest]) > 0)
      farthest = i;
  return farthest;
}

static void
gap_cb (const LzSegment *segment,
        const LzPlane *plane,
        double distance_m,
        double along,
        gpointer user_data)
{
  GapSearch *search = user_data;
  Gap gap = { distance_m, MIN (search->self, segment->tag), MAX (search->self, segment->tag) };
  guint part = lz_join_find (search->parents, segment->tag);
  guint slot = 0;

  (void) plane;
  (void) along;
  if (part == lz_join_find (search->parents, search->self))
    return;

  while (slot < search->n && search->part[slot] != part)
    slot++;
  if (slot == search->n && search->n < MAX_GAPS)
    {
      search->n++;
    }
  else
    {
      if (slot == search->n)
        slot = find_farthest (search);
      if (compare_gaps (&gap, &search->nearest[slot]) >= 0)
        return;
    }

  search->nearest[slot] = gap;
  search->part[slot] = part;
}

/* Bridges the narrowest gaps first, each only if it connects what is not connected yet. */
static void
bridge_gaps (LzJoinGraph *self, const LzSegmentTree *tree, guint *parents)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (Gap));

  for (guint i = 0; i < self->nodes->len; i++)
    {
      GapSearch search = { .parents = parents, .self = i };

      lz_segment_tree_visit (tree, g_array_index (self->nodes, LzPoint, i), LZ_JOIN_GAP_M, gap_cb,
                             &search);
      g_array_append_vals (gaps, search.nearest, search.n);
    }
  g_array_sort (gaps, compare_gaps);

  for (guint i = 0; i < gaps->len; i++)
    {
      const Gap *gap = &g_array_index (gaps, Gap, i);
      LzJoinEdge edge = { { gap->a, gap->b }, gap->distance_m, NULL, 0, 0, G_MAXUINT };

      if (lz_join_unite (parents, gap->a, gap->b))
        g_array_append_val (self->edges, edge);
    }
}

static void
number_components (LzJoinGraph *self, guint *parents)
{
  g_array_set_size (self->component, self->nodes->len);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      guint root = lz_join_find (parents, i);

      /* A root is the lowest of its set, so that it has its number already. */
      g_array_index (self->component, guint, i) =
          root == i ? self->n_components++ : g_array_index (self->component, guint, root);
    }
}

/* Makes the graph of the pieces of one name: what touches is connected, and gaps are bridged.  The
 * order of @pieces is the order of nodes and edges. */
LzJoinGraph *
lz_join_graph_new (const LzStreet *const *pieces, guint n)
{
  LzJoinGraph *self = g_new0 (LzJoinGraph, 1);
  g_autoptr (LzSegmentTree) tree = NULL;
  g_autofree guint *parents = NULL;

  self->nodes = g_array_new (FALSE, FALSE, sizeof (LzPoint));
  self->edges = g_array_new (FALSE, FALSE, sizeof (LzJoinEdge));
  self->component = g_array_new (FALSE, FALSE, sizeof (guint));
  self->piece_nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  make_nodes (self, pieces, n);
  tree = make_point_tree (self->nodes);
  for (guint i = 0; i < n; i++)
    add_piece (self, tree, pieces[i]->line, i);

  parents = new_sets (self->nodes->len);
  for (guint i = 0; i < self->edges->len; i++)
    {
      const LzJoinEdge *edge = &g_array_index (self->edges, LzJoinEdge, i);

      lz_join_unite (parents, edge->node[0], edge->node[1]);
    }
  bridge_gaps (self, tree, parents);
  number_components (self, parents);
  return self;
}

void
lz_join_graph_free (LzJoinGraph *self)
{
  g_array_unref (self->nodes);
  g_array_unref (self->edges);
  g_array_unref (self->component);
  g_array_unref (self->piece_nodes);
  g_free (self);
}
