/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-markup.h"
#include "lz-osm-rings.h"
#include "lz-street-sink.h"

#include "lz-error.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* osm, relation, member, nd (Overpass puts geometry there). */
#define MAX_DEPTH 8

typedef struct
{
  gint64 id;
  LzPoint point;
} Node;

typedef struct
{
  gint64 id;
  guint first_ref;
  guint n_refs;
  LzStreetTags *tags; /* NULL if none of ours */
} Way;

typedef struct
{
  LzStreetTags *tags;
  guint first_member;
  guint n_members;
  guint n_inner; /* the last so many of them */
} Area;

typedef enum
{
  IN_NOTHING,
  IN_NODE,
  IN_WAY,
  IN_RELATION,
} Inside;

/* The whole file is gathered before anything is resolved: Overpass writes ways before nodes. */
typedef struct
{
  LzStreetSink *sink;
  GArray *nodes;   /* of Node */
  GArray *ways;    /* of Way */
  GArray *refs;    /* of gint64, of all ways */
  GArray *areas;   /* of Area */
  GArray *members; /* of gint64, way ids of all areas */
  GArray *inner;   /* of gint64, way ids of the current area's holes */
  gboolean is_sorted;
  guint depth;

  Inside inside;
  gboolean is_gone; /* deleted, but still in the file */
  gint64 id;
  LzPoint point;
  gboolean has_point;
  guint first; /* ref or member of the current thing */
  LzStreetTags tags;
} Reader;

static void
clear_tags (LzStreetTags *tags)
{
  if (tags == NULL)
    return;

  lz_street_tags_clear (tags);
  g_free (tags);
}

static void
clear_way (gpointer data)
{
  Way *way = data;

  clear_tags (way->tags);
}

static void
clear_area (gpointer data)
{
  Area *area = data;

  clear_tags (area->tags);
}

static const char *
find_attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];

  return NULL;
}

static gint64
parse_id (const char *text)
{
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static double
parse_degrees (const char *text)
{
  char *end;
  double value;

  if (text == NULL || text[0] == '\0')
    return NAN;

  value = g_ascii_strtod (text, &end);
  return *end == '\0' ? value : NAN;
}

static gboolean
parse_point (const char **names, const char **values, LzPoint *point)
{
  return lz_point_from_degrees (parse_degrees (find_attribute (names, values, "lat")),
                                parse_degrees (find_attribute (names, values, "lon")), point);
}

static void
add_node (Reader *self, gint64 id, LzPoint point)
{
  Node node = { id, point };

  if (self->nodes->len > 0 && g_array_index (self->nodes, Node, self->nodes->len - 1).id >= id)
    self->is_sorted = FALSE;
  g_array_append_val (self->nodes, node);
}

static void
start_thing (Reader *self, const char *element, const char **names, const char **values)
{
  const char *action = find_attribute (names, values, "action");

  if (strcmp (element, "node") == 0)
    self->inside = IN_NODE;
  else if (strcmp (element, "way") == 0)
    self->inside = IN_WAY;
  else if (strcmp (element, "relation") == 0)
    self->inside = IN_RELATION;
  else
    return;

  self->id = parse_id (find_attribute (names, values, "id"));
  self->is_gone = g_strcmp0 (find_attribute (names, values, "visible"), "false") == 0 ||
                  g_strcmp0 (action, "delete") == 0;
  self->has_point = parse_point (names, values, &self->point);
  self->first = self->inside == IN_RELATION ? self->members->len : self->refs->len;
  g_array_set_size (self->inner, 0);
  self->tags.has_class = TRUE;
}

static void
add_member (Reader *self, const char **names, const char **values)
{
  const char *role = find_attribute (names, values, "role");
  gint64 id = parse_id (find_attribute (names, values, "ref"));

  if (g_strcmp0 (find_attribute (names, values, "type"), "way") != 0)
    return;

  g_array_append_val (g_strcmp0 (role, "inner") == 0 ? self->inner : self->members, id);
}

static void
start_part (Reader *self, const char *element, const char **names, const char **values)
{
  if (strcmp (element, "tag") == 0)
    {
      const char *key = find_attribute (names, values, "k");
      const char *value = find_attribute (names, values, "v");

      if (key != NULL && value != NULL)
        lz_street_tags_set (&self->tags, key, value);
    }
  else if (self->inside == IN_WAY && strcmp (element, "nd") == 0)
    {
      gint64 id = parse_id (find_attribute (names, values, "ref"));
      LzPoint point;

      g_array_append_val (self->refs, id);
      if (!self->is_gone && parse_point (names, values, &point))
        add_node (self, id, point);
    }
  else if (self->inside == IN_RELATION && strcmp (element, "member") == 0)
    {
      add_member (self, names, values);
    }
}

static void
start_element_cb (GMarkupParseContext *context,
                  const char *element,
                  const char **names,
                  const char **values,
                  gpointer user_data,
                  GError **error)
{
  Reader *self = user_data;

  (void) context;
  self->depth++;
  if (self->depth == 1 && strcmp (element, "osm") != 0)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 "the outermost element is <%.40s>, not <osm>", element);
  else if (self->depth > MAX_DEPTH)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 "elements nested more than %d deep", MAX_DEPTH);
  else if (self->depth == 2)
    start_thing (self, element, names, values);
  else if (self->depth == 3 && self->inside != IN_NOTHING)
    start_part (self, element, names, values);
}

static LzStreetTags *
take_tags (Reader *self)
{
  LzStreetTags *tags;

  if (self->tags.n == 0)
    return NULL;

  tags = g_memdup2 (&self->tags, sizeof self->tags);
  self->tags = (LzStreetTags){ 0 };
  return tags;
}

static void
end_node (Reader *self)
{
  if (!self->has_point)
    {
      self->sink->skipped[LZ_SKIP_BAD_PLACE]++;
      return;
    }

  add_node (self, self->id, self->point);
  if (self->tags.n > 0)
    lz_street_sink_add (self->sink, &self->tags, self->id, LZ_SHAPE_POINT, &self->point, 1);
}

static void
end_way (Reader *self)
{
  Way way = { self->id, self->first, self->refs->len - self->first, take_tags (self) };

  g_array_append_val (self->ways, way);
}

static void
end_relation (Reader *self)
{
  Area area = { .first_member = self->first, .n_inner = self->inner->len };

  if (g_strcmp0 (self->tags.values[LZ_TAG_TYPE], "multipolygon") != 0)
    {
      self->sink->skipped[LZ_SKIP_OTHER_KIND]++;
      g_array_set_size (self->members, self->first);
      return;
    }

  area.tags = take_tags (self);
  g_array_append_vals (self->members, self->inner->data, self->inner->len);
  area.n_members = self->members->len - self->first;
  g_array_append_val (self->areas, area);
}

static void
end_element_cb (GMarkupParseContext *context,
                const char *element,
                gpointer user_data,
                GError **error)
{
  Reader *self = user_data;

  (void) context;
  (void) element;
  (void) error;
  if (self->depth-- != 2 || self->inside == IN_NOTHING)
    return;

  if (self->is_gone)
    g_array_set_size (self->inside == IN_RELATION ? self->members : self->refs, self->first);
  else if (self->inside == IN_NODE)
    end_node (self);
  else if (self->inside == IN_WAY)
    end_way (self);
  else
    end_relation (self);

  lz_street_tags_clear (&self->tags);
  self->inside = IN_NOTHING;
}

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  const Node *na = a, *nb = b;

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
  const Node *node = element;

  return id < node->id ? -1 : id > node->id;
}

/* The longest run of nodes that are in the file: an extract cuts ways at its edge.  Returns how
 * many of the nodes are missing. */
static guint
resolve_refs (const Reader *self, const gint64 *refs, guint n, GArray *points)
{
  guint run = 0, best_end = 0, best_run = 0, n_missing = 0;

  g_array_set_size (points, 0);
  for (guint i = 0; i < n; i++)
    {
      const Node *node = self->nodes->len > 0
                             ? bsearch (&refs[i], self->nodes->data, self->nodes->len, sizeof *node,
                                        compare_node_id)
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
add_ways (Reader *self)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzPoint));

  for (guint i = 0; i < self->ways->len; i++)
    {
      const Way *way = &g_array_index (self->ways, Way, i);
      guint n_missing;

      if (way->tags == NULL)
        continue;

      n_missing =
          resolve_refs (self, (const gint64 *) (gconstpointer) self->refs->data + way->first_ref,
                        way->n_refs, points);
      if (n_missing > 0 && points->len >= 2)
        self->sink->skipped[LZ_SKIP_CUT]++;
      lz_street_sink_add (self->sink, way->tags, way->id, LZ_SHAPE_LINE,
                          (const LzPoint *) (gconstpointer) points->data, points->len);
    }
}

/* Gives the nodes of some of the area's ways, as far as they are in the file, to the ring maker. */
static GPtrArray *
make_rings (const Reader *self, guint first, guint n, GHashTable *ways_by_id, guint *n_open)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LzOsmPiece));

  for (guint i = first; i < first + n; i++)
    {
      gint64 id = g_array_index (self->members, gint64, i);
      const Way *way = g_hash_table_lookup (ways_by_id, &id);
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
add_ring (Reader *self, const Area *area, LzShape shape, const GArray *points)
{
  lz_street_sink_add (self->sink, area->tags, 0, shape,
                      (const LzPoint *) (gconstpointer) points->data, points->len);
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
resolve_rings (const Reader *self, const GPtrArray *rings)
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
add_area (Reader *self, const Area *area, GHashTable *ways_by_id)
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
      self->sink->skipped[LZ_SKIP_OTHER_KIND]++;
      return;
    }

  outer_refs = make_rings (self, area->first_member, n_outer, ways_by_id, &n_open);
  inner_refs =
      make_rings (self, area->first_member + n_outer, area->n_inner, ways_by_id, &n_open_holes);
  if (outer_refs->len == 0 && n_open == 0)
    n_open = 1;
  self->sink->skipped[LZ_SKIP_OPEN_AREA] += n_open + n_open_holes;

  outers = resolve_rings (self, outer_refs);
  holes = resolve_rings (self, inner_refs);
  for (guint i = 0; i < outers->len; i++)
    {
      add_ring (self, area, LZ_SHAPE_AREA, outers->pdata[i]);
      for (guint k = 0; k < holes->len; k++)
        if (outers->len == 1 || is_within (holes->pdata[k], outers->pdata[i]))
          add_ring (self, area, LZ_SHAPE_HOLE, holes->pdata[k]);
    }
}

static void
resolve (Reader *self)
{
  g_autoptr (GHashTable) ways_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (!self->is_sorted)
    g_array_sort (self->nodes, compare_nodes);

  add_ways (self);
  if (self->areas->len == 0)
    return;

  for (guint i = 0; i < self->ways->len; i++)
    {
      Way *way = &g_array_index (self->ways, Way, i);

      g_hash_table_insert (ways_by_id, &way->id, way);
    }
  for (guint i = 0; i < self->areas->len; i++)
    add_area (self, &g_array_index (self->areas, Area, i), ways_by_id);
}

static void
clear_reader (Reader *self)
{
  lz_street_tags_clear (&self->tags);
  g_array_unref (self->nodes);
  g_array_unref (self->ways);
  g_array_unref (self->refs);
  g_array_unref (self->areas);
  g_array_unref (self->members);
  g_array_unref (self->inner);
}

/* Reads OSM XML: streets, water, rail, buildings, green, places; multipolygons with
 * their holes. */
gboolean
lz_osm_read (GBytes *bytes, LzStreetSink *sink, GCancellable *cancellable, GError **error)
{
  static const GMarkupParser parser = { start_element_cb, end_element_cb, NULL, NULL, NULL };
  gboolean is_read;
  Reader reader = {
    .sink = sink,
    .nodes = g_array_new (FALSE, FALSE, sizeof (Node)),
    .ways = g_array_new (FALSE, FALSE, sizeof (Way)),
    .refs = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .areas = g_array_new (FALSE, FALSE, sizeof (Area)),
    .members = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .inner = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .is_sorted = TRUE,
  };

  g_array_set_clear_func (reader.ways, clear_way);
  g_array_set_clear_func (reader.areas, clear_area);
  sink->is_osm = TRUE;

  is_read = lz_markup_parse (&parser, &reader, "OSM XML", bytes, cancellable, error);
  if (is_read)
    resolve (&reader);
  clear_reader (&reader);
  return is_read;
}
