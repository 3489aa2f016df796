/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-join.h"
#include "lz-segment-tree.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A crossing street is looked for this near a road's end; then at the bends this far along it, but
 * not past a third of it. */
#define CROSSING_M    40.0
#define CROSSING_IN_M 150.0

/* This near it surely meets the road. */
#define MEETS_M 2.0

/**
 * lz_road_shape_free:
 * @self: (nullable) (transfer full): a road
 */
void
lz_road_shape_free (LzRoadShape *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->from_name);
  g_free (self->to_name);
  lz_line_free (self->line);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static gboolean
is_part_of_road (const LzStreet *street)
{
  return lz_street_class_is_road (street->cls) && street->name != NULL && street->line->n >= 2;
}

static int
compare_points (LzPoint a, LzPoint b)
{
  if (a.lon7 != b.lon7)
    return a.lon7 < b.lon7 ? -1 : 1;
  return a.lat7 < b.lat7 ? -1 : a.lat7 > b.lat7;
}

static int
compare_lines (const LzLine *a, const LzLine *b)
{
  for (guint i = 0; i < MIN (a->n, b->n); i++)
    {
      int order = compare_points (a->points[i], b->points[i]);

      if (order != 0)
        return order;
    }
  return a->n < b->n ? -1 : a->n > b->n;
}

/* An order that does not depend on the file's: everything after follows it. */
static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const LzStreet *sa = *(const LzStreet *const *) a, *sb = *(const LzStreet *const *) b;
  int order = strcmp (sa->name, sb->name);

  if (order == 0)
    order = compare_lines (sa->line, sb->line);
  if (order == 0)
    order = (int) sb->cls - (int) sa->cls;
  if (order == 0)
    order = sb->oneway - sa->oneway;
  return order;
}

/* All pieces of roads, sorted; one that is in the file twice, as from two layers, counts once. */
static GPtrArray *
collect_pieces (const GPtrArray *streets, guint *n_unnamed, gboolean *has_oneways)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *pieces = g_ptr_array_new ();

  for (guint i = 0; i < streets->len; i++)
    {
      LzStreet *street = streets->pdata[i];

      *n_unnamed += (guint) (lz_street_class_is_road (street->cls) && street->name == NULL);
      *has_oneways = *has_oneways || street->oneway != 0;
      if (is_part_of_road (street))
        g_ptr_array_add (all, street);
    }
  g_ptr_array_sort (all, compare_pieces);

  for (guint i = 0; i < all->len; i++)
    {
      const LzStreet *piece = all->pdata[i];
      const LzStreet *last = pieces->len > 0 ? pieces->pdata[pieces->len - 1] : NULL;

      if (last == NULL || strcmp (last->name, piece->name) != 0 ||
          compare_lines (last->line, piece->line) != 0)
        g_ptr_array_add (pieces, all->pdata[i]);
    }
  return pieces;
}

static void
reverse_line (LzLine *line)
{
  for (guint i = 0, j = line->n; i + 1 < j; i++)
    {
      LzPoint swap = line->points[i];

      line->points[i] = line->points[--j];
      line->points[j] = swap;
    }
}

/* Twice the area in some unit, positive if the ring runs counter-clockwise. */
static double
signed_area (const LzLine *ring)
{
  LzPlane plane = lz_plane_at (ring->points[0]);
  double area = 0;

  for (guint i = 0; i + 1 < ring->n; i++)
    area += lz_plane_x (&plane, ring->points[i]) * lz_plane_y (&plane, ring->points[i + 1]) -
            lz_plane_x (&plane, ring->points[i + 1]) * lz_plane_y (&plane, ring->points[i]);
  return area;
}

/* A ring starts at its westernmost point and runs clockwise. */
static void
orient_ring (LzLine *ring)
{
  guint west = 0, n = ring->n - 1;
  g_autofree LzPoint *points = g_new (LzPoint, ring->n);

  if (signed_area (ring) > 0)
    reverse_line (ring);
  for (guint i = 1; i < n; i++)
    if (compare_points (ring->points[i], ring->points[west]) < 0)
      west = i;
  for (guint i = 0; i < ring->n; i++)
    points[i] = ring->points[(west + i) % n];
  memcpy (ring->points, points, ring->n * sizeof *points);
}

/* Chainage grows to the east, or to the north where a road's ends lie farther apart that way. */
static void
orient (LzLine *line)
{
  LzPoint last = line->points[line->n - 1];
  LzPlane plane = lz_plane_at (line->points[0]);
  double east_m = lz_plane_x (&plane, last), north_m = lz_plane_y (&plane, last);

  if (line->n >= 4 && compare_points (line->points[0], last) == 0)
    orient_ring (line);
  else if ((fabs (east_m) >= fabs (north_m) ? east_m : north_m) < 0)
    reverse_line (line);
}

/* The line of a road: without the other carriageways, unless it falls apart without them. */
static LzLine *
make_line (const LzStreet *const *pieces, guint n, gboolean has_oneways, gboolean *dual)
{
  g_autofree gboolean *is_other = g_new0 (gboolean, n);
  g_autofree const LzStreet **kept = g_new (const LzStreet *, n);
  g_autoptr (LzJoinGraph) graph = NULL;
  guint n_kept = 0;

  *dual = lz_join_find_duals (pieces, n, has_oneways, is_other) > 0;
  for (guint i = 0; i < n; i++)
    if (!is_other[i])
      kept[n_kept++] = pieces[i];

  graph = lz_join_graph_new (kept, n_kept);
  if (graph->n_components != 1)
    {
      lz_join_graph_free (graph);
      graph = lz_join_graph_new (pieces, n);
    }
  return lz_join_longest_way (graph);
}

static void
free_line (gpointer data)
{
  lz_line_free (data);
}

static void
free_shape (gpointer data)
{
  lz_road_shape_free (data);
}

static LzRoadShape *
make_shape (const LzStreet *const *pieces, guint n, gboolean has_oneways)
{
  gboolean dual;
  LzLine *line = make_line (pieces, n, has_oneways, &dual);
  LzRoadShape *shape;

  /* Nothing but a piece of no length, or a turning circle. */
  if (line == NULL)
    line = lz_line_copy (pieces[0]->line);
  orient (line);

  shape = g_new0 (LzRoadShape, 1);
  shape->name = g_strdup (pieces[0]->name);
  shape->line = line;
  shape->length_m = lz_line_length_m (line);
  shape->dual = dual;
  shape->parts = g_ptr_array_new_full (n, free_line);
  for (guint i = 0; i < n; i++)
    {
      shape->cls = MAX (shape->cls, pieces[i]->cls);
      g_ptr_array_add (shape->parts, lz_line_copy (pieces[i]->line));
    }
  return shape;
}

/* Makes the roads of one name. */
static void
join_name (const LzStreet *const *pieces, guint n, gboolean has_oneways, GPtrArray *shapes)
{
  g_autoptr (LzJoinGraph) graph = lz_join_graph_new (pieces, n);
  g_autofree guint *first = g_new0 (guint, graph->n_components + 2);
  g_autofree const LzStreet **sorted = g_new (const LzStreet *, n);
  const guint *component = (const guint *) (gconstpointer) graph->component->data;
  const guint *node = (const guint *) (gconstpointer) graph->piece_nodes->data;

  /* Sorts the pieces by road and keeps their order: first[k + 1] is where the next one of road k
   * goes, and in the end where road k + 1 starts. */
  for (guint i = 0; i < n; i++)
    first[component[node[i]] + 2]++;
  for (guint k = 0; k < graph->n_components; k++)
    first[k + 2] += first[k + 1];
  for (guint i = 0; i < n; i++)
    sorted[first[component[node[i]] + 1]++] = pieces[i];

  for (guint k = 0; k < graph->n_components; k++)
    if (first[k + 1] > first[k])
      g_ptr_array_add (shapes,
                       make_shape (sorted + first[k], first[k + 1] - first[k], has_oneways));
}

static LzSegmentTree *
make_tree (const GPtrArray *pieces)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (LzSegment));

  for (guint i = 0; i < pieces->len; i++)
    {
      const LzLine *line = ((const LzStreet *) pieces->pdata[i])->line;

      for (guint k = 0; k + 1 < line->n; k++)
        {
          LzSegment segment = { line->points[k], line->points[k + 1], i };

          g_array_append_val (segments, segment);
        }
    }
  return lz_segment_tree_new (segments);
}

typedef struct
{
  const GPtrArray *pieces;
  const char *own_name;
  const LzStreet *best;
  double best_m;
} Crossing;

/* The nearest; among those that meet the road the greatest; then by name, so that the order of
 * things does not decide. */
static gboolean
is_better (const Crossing *self, const LzStreet *piece, double distance_m)
{
  if (self->best == NULL)
    return TRUE;
  if (distance_m != self->best_m)
    return distance_m < self->best_m;
  if (piece->cls != self->best->cls)
    return piece->cls > self->best->cls;
  return strcmp (piece->name, self->best->name) < 0;
}

static void
crossing_cb (const LzSegment *segment,
             const LzPlane *plane,
             double distance_m,
             double along,
             gpointer user_data)
{
  Crossing *self = user_data;
  const LzStreet *piece = self->pieces->pdata[segment->tag];

  (void) plane;
  (void) along;
  distance_m = distance_m <= MEETS_M ? 0 : distance_m;
  if (strcmp (piece->name, self->own_name) == 0 || !is_better (self, piece, distance_m))
    return;

  self->best = piece;
  self->best_m = distance_m;
}

static const char *
find_crossing (const LzSegmentTree *tree,
               const GPtrArray *pieces,
               const char *own_name,
               LzPoint at,
               double reach_m)
{
  Crossing crossing = { pieces, own_name, NULL, reach_m };

  lz_segment_tree_visit (tree, at, reach_m, crossing_cb, &crossing);
  return crossing.best != NULL ? crossing.best->name : NULL;
}

/* The street that crosses at one end of a road, or near it. */
static char *
name_end (const LzSegmentTree *tree,
          const GPtrArray *pieces,
          const LzRoadShape *shape,
          gboolean at_end)
{
  const LzLine *line = shape->line;
  double most_m = MIN (CROSSING_IN_M, shape->length_m / 3), in_m = 0;
  const char *name =
      find_crossing (tree, pieces, shape->name, line->points[at_end ? line->n - 1 : 0], CROSSING_M);

  for (guint i = 1; name == NULL && i < line->n; i++)
    {
      LzPoint before = line->points[at_end ? line->n - i : i - 1];
      LzPoint at = line->points[at_end ? line->n - 1 - i : i];

      in_m += lz_distance_m (before, at);
      if (in_m > most_m)
        break;
      name = find_crossing (tree, pieces, shape->name, at, MEETS_M);
    }
  return g_strdup (name);
}

static int
compare_shapes (gconstpointer a, gconstpointer b)
{
  const LzRoadShape *sa = *(const LzRoadShape *const *) a, *sb = *(const LzRoadShape *const *) b;
  int order = strcmp (sa->name, sb->name);

  return order != 0 ? order : compare_lines (sa->line, sb->line);
}

static void
report_roads (LzImportReport *report, const GPtrArray *shapes, guint n_unnamed)
{
  report->n_roads += shapes->len;
  for (guint i = 0; i < shapes->len; i++)
    report->length_m += ((const LzRoadShape *) shapes->pdata[i])->length_m;

  if (n_unnamed == 0)
    return;
  if (report->skipped == NULL)
    report->skipped = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (
      report->skipped,
      g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE,
                       "%u street without a name: on the map, but no road made of it",
                       "%u streets without a name: on the map, but no roads made of them",
                       n_unnamed),
          n_unnamed));
}

/**
 * lz_streets_join:
 * @streets: (element-type LzStreet): what was imported
 * @report: (nullable) (inout): the number of roads and their length are added
 *
 * Makes roads of the named streets.  Pieces of one name are one road where they touch (within 1 m)
 * or leave a gap of up to 60 m; farther apart they are roads of their own.  A road's line is the
 * shortest way between its two farthest places, and goes on around a ring where it ends on one;
 * forks are among the parts only.  Of a dual carriageway (one-way pieces beside each other in
 * opposite directions; main roads side by side where the source tells no directions) the line
 * follows one side.  Chainage grows to the east, or to the north where the ends lie farther apart
 * that way; a ring starts at its westernmost point and runs clockwise.  The ends are named by the
 * nearest other named street within 40 m, or the first one met within 150 m of the end.
 *
 * The result does not depend on the order of @streets.  Blocks; any thread.
 *
 * Returns: (transfer container) (element-type LzRoadShape): an array that owns its roads, sorted
 *   by name and place
 */
GPtrArray *
lz_streets_join (GPtrArray *streets, LzImportReport *report)
{
  GPtrArray *shapes;
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (LzSegmentTree) tree = NULL;
  guint n_unnamed = 0;
  gboolean has_oneways = FALSE;

  g_return_val_if_fail (streets != NULL, NULL);

  shapes = g_ptr_array_new_with_free_func (free_shape);
  pieces = collect_pieces (streets, &n_unnamed, &has_oneways);
  for (guint first = 0, end; first < pieces->len; first = end)
    {
      const LzStreet *const *group = (const LzStreet *const *) &pieces->pdata[first];

      for (end = first + 1; end < pieces->len; end++)
        if (strcmp (((const LzStreet *) pieces->pdata[end])->name, group[0]->name) != 0)
          break;
      join_name (group, end - first, has_oneways, shapes);
    }

  tree = make_tree (pieces);
  for (guint i = 0; i < shapes->len; i++)
    {
      LzRoadShape *shape = shapes->pdata[i];

      shape->from_name = name_end (tree, pieces, shape, FALSE);
      shape->to_name = name_end (tree, pieces, shape, TRUE);
    }
  g_ptr_array_sort (shapes, compare_shapes);

  if (report != NULL)
    report_roads (report, shapes, n_unnamed);
  return shapes;
}
