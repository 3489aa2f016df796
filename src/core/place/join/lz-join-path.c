/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-join.h"
#include "lz-segment-tree.h"

#include <math.h>

/* Up to here every node is tried as a start; beyond, two sweeps find the ends of a tree. */
#define MAX_STARTS 200

/* Steps in the search for the best way on, past the end of the longest way. */
#define MAX_STEPS 2000

/* A way on that runs this near beside the road is its other carriageway or a turning circle. */
#define BESIDE_M 25.0

#define N_SAMPLES 8

#define NO_EDGE G_MAXUINT

typedef struct
{
  double distance_m;
  guint node;
} HeapItem;

typedef struct
{
  const LzJoinGraph *graph;
  guint n;
  guint *first_link; /* of each node, n + 1 of them */
  guint *links;      /* edges at the nodes */
  double *distance_m;
  guint *via; /* the edge by which a node was reached */
  GArray *heap;
} Search;

static const LzJoinEdge *
get_edge (const Search *self, guint i)
{
  return &g_array_index (self->graph->edges, LzJoinEdge, i);
}

static guint
far_end (const LzJoinEdge *edge, guint node)
{
  return edge->node[edge->node[0] == node];
}

static void
make_links (Search *self)
{
  g_autofree guint *fill = NULL;

  self->first_link = g_new0 (guint, self->n + 1);
  self->links = g_new (guint, 2 * self->graph->edges->len + 1);
  for (guint i = 0; i < self->graph->edges->len; i++)
    for (guint side = 0; side < 2; side++)
      self->first_link[get_edge (self, i)->node[side] + 1]++;
  for (guint i = 0; i < self->n; i++)
    self->first_link[i + 1] += self->first_link[i];

  fill = g_memdup2 (self->first_link, (self->n + 1) * sizeof *fill);
  for (guint i = 0; i < self->graph->edges->len; i++)
    for (guint side = 0; side < 2; side++)
      self->links[fill[get_edge (self, i)->node[side]]++] = i;
}

static gboolean
is_before (const HeapItem *a, const HeapItem *b)
{
  return a->distance_m < b->distance_m || (a->distance_m == b->distance_m && a->node < b->node);
}

static void
push (GArray *heap, HeapItem item)
{
  HeapItem *items;
  guint at = heap->len;

  g_array_append_val (heap, item);
  items = (HeapItem *) (gpointer) heap->data;
  for (; at > 0 && is_before (&item, &items[(at - 1) / 2]); at = (at - 1) / 2)
    items[at] = items[(at - 1) / 2];
  items[at] = item;
}

static HeapItem
pop (GArray *heap)
{
  HeapItem *items = (HeapItem *) (gpointer) heap->data;
  HeapItem first = items[0], last = items[heap->len - 1];
  guint n = heap->len - 1, at = 0;

  g_array_set_size (heap, n);
  for (guint child = 1; child < n; child = 2 * at + 1)
    {
      if (child + 1 < n && is_before (&items[child + 1], &items[child]))
        child++;
      if (!is_before (&items[child], &last))
        break;
      items[at] = items[child];
      at = child;
    }
  if (n > 0)
    items[at] = last;
  return first;
}

/* Dijkstra from @start; returns the farthest node, the lowest of equally far ones. */
static guint
sweep (Search *self, guint start)
{
  guint farthest = start;

  for (guint i = 0; i < self->n; i++)
    {
      self->distance_m[i] = HUGE_VAL;
      self->via[i] = NO_EDGE;
    }
  self->distance_m[start] = 0;
  push (self->heap, (HeapItem){ 0, start });

  while (self->heap->len > 0)
    {
      HeapItem item = pop (self->heap);

      if (item.distance_m > self->distance_m[item.node])
        continue;
      if (item.distance_m > self->distance_m[farthest])
        farthest = item.node;

      for (guint k = self->first_link[item.node]; k < self->first_link[item.node + 1]; k++)
        {
          const LzJoinEdge *edge = get_edge (self, self->links[k]);
          guint other = far_end (edge, item.node);
          double distance_m = item.distance_m + edge->length_m;

          if (distance_m < self->distance_m[other])
            {
              self->distance_m[other] = distance_m;
              self->via[other] = self->links[k];
              push (self->heap, (HeapItem){ distance_m, other });
            }
        }
    }
  return farthest;
}

/* The two nodes that are farthest apart on the ground of the road; leaves the sweep from the
 * first. */
static void
find_ends (Search *self, guint *from, guint *to)
{
  double best_m = -1;
  guint best = 0;

  if (self->n > MAX_STARTS)
    {
      best = sweep (self, sweep (self, 0));
    }
  else
    {
      for (guint i = 0; i < self->n; i++)
        {
          guint end = sweep (self, i);

          /* Rounding must not decide between a way and itself from the other end. */
          if (self->distance_m[end] > best_m + 0.001)
            {
              best_m = self->distance_m[end];
              best = i;
            }
        }
    }

  *from = best;
  *to = sweep (self, best);
}

typedef struct
{
  GArray *nodes; /* of guint */
  GArray *edges; /* of guint, one less */
} Way;

/* Reads the way from the last sweep's start to @to. */
static void
read_way (const Search *self, guint to, Way *way)
{
  g_array_append_val (way->nodes, to);
  while (self->via[to] != NO_EDGE)
    {
      g_array_append_val (way->edges, self->via[to]);
      to = far_end (get_edge (self, self->via[to]), to);
      g_array_append_val (way->nodes, to);
    }
}

static void
reverse (GArray *array)
{
  guint *items = (guint *) (gpointer) array->data;

  for (guint i = 0, j = array->len; i + 1 < j; i++)
    {
      guint swap = items[i];

      items[i] = items[--j];
      items[j] = swap;
    }
}

/* Adds an edge's points, leaving out those that are there already. */
static void
append_edge (GArray *points, const LzJoinEdge *edge, gboolean is_forward)
{
  guint n = edge->line != NULL ? edge->last - edge->first + 1 : 0;

  for (guint i = 0; i < n; i++)
    {
      LzPoint p = edge->line->points[is_forward ? edge->first + i : edge->last - i];
      const LzPoint *last =
          points->len > 0 ? &g_array_index (points, LzPoint, points->len - 1) : NULL;

      if (last == NULL || last->lat7 != p.lat7 || last->lon7 != p.lon7)
        g_array_append_val (points, p);
    }
}

static LzLine *
make_line (const Search *self, const Way *way)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzPoint));

  for (guint i = 0; i < way->edges->len; i++)
    {
      const LzJoinEdge *edge = get_edge (self, g_array_index (way->edges, guint, i));

      append_edge (points, edge, edge->node[0] == g_array_index (way->nodes, guint, i));
    }
  return points->len > 0 ? lz_line_new ((const LzPoint *) (gconstpointer) points->data, points->len)
                         : NULL;
}

/* A way onward from an end of the longest way: only where the road closes to a ring. */
typedef struct
{
  const Search *search;
  const LzLine *line;  /* the way so far */
  gboolean *is_used;   /* edges */
  gboolean *is_passed; /* nodes */
  GArray *stack;       /* edges of the way being tried */
  GArray *best;
  double best_m;
  guint steps;
} Onward;

static gboolean
runs_beside (const Onward *self, const LzJoinEdge *edge)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzPoint));
  g_autoptr (LzLine) line = NULL;
  guint n_beside = 0;

  append_edge (points, edge, TRUE);
  if (points->len < 2 || self->line == NULL)
    return FALSE;

  line = lz_line_new ((const LzPoint *) (gconstpointer) points->data, points->len);
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      LzProjection p;

      lz_line_project (self->line, lz_line_point_at (line, edge->length_m * (i + 0.5) / N_SAMPLES),
                       &p);
      n_beside += (guint) (p.offset_m < BESIDE_M);
    }
  return n_beside * 2 > N_SAMPLES;
}

/* A loop of one edge: its middle must be off its start, or it is a turning circle. */
static gboolean
is_small_loop (const LzJoinEdge *edge)
{
  return edge->node[0] == edge->node[1] && edge->length_m < 6 * BESIDE_M;
}

static void
try_onward (Onward *self, guint node, double length_m)
{
  const Search *search = self->search;

  if (length_m > self->best_m)
    {
      self->best_m = length_m;
      g_array_set_size (self->best, 0);
      g_array_append_vals (self->best, self->stack->data, self->stack->len);
    }

  for (guint k = search->first_link[node]; k < search->first_link[node + 1]; k++)
    {
      guint i = search->links[k];
      const LzJoinEdge *edge = get_edge (search, i);
      guint other = far_end (edge, node);

      if (self->is_used[i] || self->steps >= MAX_STEPS || is_small_loop (edge) ||
          runs_beside (self, edge))
        continue;

      self->steps++;
      self->is_used[i] = TRUE;
      g_array_append_val (self->stack, i);
      if (self->is_passed[other])
        {
          /* The ring closes: no way on from here. */
          if (length_m + edge->length_m > self->best_m)
            {
              self->best_m = length_m + edge->length_m;
              g_array_set_size (self->best, 0);
              g_array_append_vals (self->best, self->stack->data, self->stack->len);
            }
        }
      else
        {
          self->is_passed[other] = TRUE;
          try_onward (self, other, length_m + edge->length_m);
          self->is_passed[other] = FALSE;
        }
      g_array_set_size (self->stack, self->stack->len - 1);
      self->is_used[i] = FALSE;
    }
}

static void
extend (const Search *self, Way *way)
{
  g_autoptr (LzLine) line = make_line (self, way);
  guint node = g_array_index (way->nodes, guint, way->nodes->len - 1);
  Onward onward = {
    .search = self,
    .line = line,
    .is_used = g_new0 (gboolean, self->graph->edges->len + 1),
    .is_passed = g_new0 (gboolean, self->n),
    .stack = g_array_new (FALSE, FALSE, sizeof (guint)),
    .best = g_array_new (FALSE, FALSE, sizeof (guint)),
  };

  for (guint i = 0; i < way->edges->len; i++)
    onward.is_used[g_array_index (way->edges, guint, i)] = TRUE;
  for (guint i = 0; i < way->nodes->len; i++)
    onward.is_passed[g_array_index (way->nodes, guint, i)] = TRUE;

  try_onward (&onward, node, 0);
  for (guint i = 0; i < onward.best->len; i++)
    {
      guint edge = g_array_index (onward.best, guint, i);

      node = far_end (get_edge (self, edge), node);
      g_array_append_val (way->edges, edge);
      g_array_append_val (way->nodes, node);
    }

  g_free (onward.is_used);
  g_free (onward.is_passed);
  g_array_unref (onward.stack);
  g_array_unref (onward.best);
}

/* The road's own line: between the two places farthest apart the shortest way, which takes no
 * detours and a roundabout's or carriageway's one side; then, where an end lies on a ring, the rest
 * of the ring.  NULL if the graph has no way at all. */
LzLine *
lz_join_longest_way (const LzJoinGraph *graph)
{
  Search search = {
    .graph = graph,
    .n = graph->nodes->len,
    .distance_m = g_new (double, graph->nodes->len + 1),
    .via = g_new (guint, graph->nodes->len + 1),
    .heap = g_array_new (FALSE, FALSE, sizeof (HeapItem)),
  };
  Way way = { g_array_new (FALSE, FALSE, sizeof (guint)),
              g_array_new (FALSE, FALSE, sizeof (guint)) };
  LzLine *line = NULL;
  guint from, to;

  if (search.n > 0)
    {
      make_links (&search);
      find_ends (&search, &from, &to);
      read_way (&search, to, &way);
      extend (&search, &way);
      reverse (way.nodes);
      reverse (way.edges);
      extend (&search, &way);
      line = make_line (&search, &way);
    }

  g_array_unref (way.nodes);
  g_array_unref (way.edges);
  g_array_unref (search.heap);
  g_free (search.first_link);
  g_free (search.links);
  g_free (search.distance_m);
  g_free (search.via);
  return line;
}
