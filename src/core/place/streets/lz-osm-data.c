/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-osm-data.h"
#include "lz-osm-rings.h"

#include <stdlib.h>

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  const LzOsmNode *na = a, *nb = b;

  if (na->id != nb->id)
    return na->id < nb->id ? -1 : 1;
  if (na->point.lat7 != nb->point.lat7)
    return na->point.lat7 < nb->point.lat7 ? -1 : 1;
  return na->point.lon7 < nb->point.lon7 ? -1 : na->point.lon7 > nb->point.lon7;
}

static int
compare_node_id (gconstpointer key, gconstpointer element)
{
  gint64 id = *(const gint64 *) key;
  const LzOsmNode *node = element;

  return id < node->id ? -1 : id > node->id;
}

/* The longest run of nodes that are in the file: an extract cuts ways at its edge.  Returns how
 * many of the nodes are missing. */
static guint
resolve_refs (const LzOsmData *self, const gint64 *refs, guint n, GArray *points)
{
  guint run = 0, best_end = 0, best_run = 0, n_missing = 0;

  g_array_set_size (points, 0);
  for (guint i = 0; i < n; i++)
    {
      const LzOsmNode *node = self->nodes->len > 0
                                  ? bsearch (&refs[i], self->nodes->data, self->nodes->len,
                                             sizeof *node, compare_node_id)
                                  : NULL;

      if (node == NULL)
        {
          n_missing++;
          run = 0;
          continue;
        }

      g_array_append_val (points, node->point);
      if (++run > best_run)
        {
          best_run = run;
          best_end = points->len;
        }
    }

  g_array_set_size (points, best_end);
  if (best_end > best_run)
    g_array_remove_range (points, 0, best_end - best_run);
  return n_missing;
}

static void
add_ways (LzOsmData *self, LzStreetSink *sink)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzPoint));

  for (guint i = 0; i < self->ways->len; i++)
    {
      const LzOsmWay *way = &g_array_index (self->ways, LzOsmWay, i);
      guint n_missing;

      if (way->tags == NULL)
        continue;

      n_missing =
          resolve_refs (self, (const gint64 *) (gconstpointer) self->refs->data + way->first_ref,
                        way->n_refs, points);
      if (n_missing > 0 && points->len >= 2)
        sink->skipped[LZ_SKIP_CUT]++;
      lz_street_sink_add (sink, way->tags, way->id, LZ_SHAPE_LINE,
                          (const LzPoint *) (gconstpointer) points->data, points->len);
    }
}

/* Gives the nodes of some of the area's ways, as far as they are in the file, to the ring maker. */
static GPtrArray *
make_rings (const LzOsmData *self, guint first, guint n, GHashTable *ways_by_id, guint *n_open)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LzOsmPiece));

  for (guint i = first; i < first + n; i++)
    {
      gint64 id = g_array_index (self->members, gint64, i);
      const LzOsmWay *way = g_hash_table_lookup (ways_by_id, &id);
      LzOsmPiece piece;

      if (way == NULL || way->n_refs < 2)
        continue;

      piece.refs = &g_array_index (self->refs, gint64, way->first_ref);
      piece.n = way->n_refs;
      g_array_append_val (pieces, piece);
    }

  return lz_osm_rings ((const LzOsmPiece *) (gconstpointer) pieces->data, pieces->len, n_open);
}

static void
add_ring (LzStreetSink *sink, const LzOsmArea *area, LzShape shape, const GArray *points)
{
  lz_street_sink_add (sink, area->tags, 0, shape, (const LzPoint *) (gconstpointer) points->data,
                      points->len);
}

static gboolean
is_inside (LzPoint p, const GArray *ring)
{
  gboolean inside = FALSE;

  for (guint i = 1; i < ring->len; i++)
    {
      LzPoint a = g_array_index (ring, LzPoint, i - 1), b = g_array_index (ring, LzPoint, i);
      double part;

      if ((a.lat7 > p.lat7) == (b.lat7 > p.lat7))
        continue;
      part = ((double) p.lat7 - a.lat7) / ((double) b.lat7 - a.lat7);
      if (p.lon7 < a.lon7 + part * ((double) b.lon7 - a.lon7))
        inside = !inside;
    }
  return inside;
}

/* By most of its nodes: a hole may touch the outline. */
static gboolean
is_within (const GArray *hole, const GArray *outer)
{
  guint n = 0;

  for (guint i = 0; i < hole->len; i++)
    n += (guint) is_inside (g_array_index (hole, LzPoint, i), outer);
  return 2 * n > hole->len;
}

static GPtrArray *
resolve_rings (const LzOsmData *self, const GPtrArray *rings)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < rings->len; i++)
    {
      const GArray *ring = rings->pdata[i];
      GArray *points = g_array_new (FALSE, FALSE, sizeof (LzPoint));

      resolve_refs (self, (const gint64 *) (gconstpointer) ring->data, ring->len, points);
      g_ptr_array_add (lines, points);
    }
  return lines;
}

static void
add_area (LzOsmData *self, LzStreetSink *sink, const LzOsmArea *area, GHashTable *ways_by_id)
{
  guint n_outer = area->n_members - area->n_inner, n_open = 0, n_open_holes = 0;
  g_autoptr (GPtrArray) outer_refs = NULL;
  g_autoptr (GPtrArray) inner_refs = NULL;
  g_autoptr (GPtrArray) outers = NULL;
  g_autoptr (GPtrArray) holes = NULL;
  LzStreetClass cls;

  if (area->tags == NULL ||
      lz_street_tags_classify (area->tags, LZ_SHAPE_AREA, &cls) != LZ_SKIP_NONE)
    {
      sink->skipped[LZ_SKIP_OTHER_KIND]++;
      return;
    }

  outer_refs = make_rings (self, area->first_member, n_outer, ways_by_id, &n_open);
  inner_refs =
      make_rings (self, area->first_member + n_outer, area->n_inner, ways_by_id, &n_open_holes);
  if (outer_refs->len == 0 && n_open == 0)
    n_open = 1;
  sink->skipped[LZ_SKIP_OPEN_AREA] += n_open + n_open_holes;

  outers = resolve_rings (self, outer_refs);
  holes = resolve_rings (self, inner_refs);
  for (guint i = 0; i < outers->len; i++)
    {
      add_ring (sink, area, LZ_SHAPE_AREA, outers->pdata[i]);
      for (guint k = 0; k < holes->len; k++)
        if (outers->len == 1 || is_within (holes->pdata[k], outers->pdata[i]))
          add_ring (sink, area, LZ_SHAPE_HOLE, holes->pdata[k]);
    }
}

void
lz_osm_data_resolve (LzOsmData *self, LzStreetSink *sink)
{
  g_autoptr (GHashTable) ways_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (!self->is_sorted)
    g_array_sort (self->nodes, compare_nodes);

  add_ways (self, sink);
  if (self->areas->len == 0)
    return;

  for (guint i = 0; i < self->ways->len; i++)
    {
      LzOsmWay *way = &g_array_index (self->ways, LzOsmWay, i);

      g_hash_table_insert (ways_by_id, &way->id, way);
    }
  for (guint i = 0; i < self->areas->len; i++)
    add_area (self, sink, &g_array_index (self->areas, LzOsmArea, i), ways_by_id);
}
