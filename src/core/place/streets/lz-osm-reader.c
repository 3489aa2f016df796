/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-markup.h"
#include "lz-osm-data.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* osm, relation, member, nd (Overpass puts geometry there). */
#define MAX_DEPTH 8

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
  LzOsmData data;
  GArray *inner; /* of gint64, way ids of the current area's holes */
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
  LzOsmWay *way = data;

  clear_tags (way->tags);
}

static void
clear_area (gpointer data)
{
  LzOsmArea *area = data;

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
  LzOsmNode node = { id, point };

  if (self->data.nodes->len > 0 &&
      g_array_index (self->data.nodes, LzOsmNode, self->data.nodes->len - 1).id >= id)
    self->data.is_sorted = FALSE;
  g_array_append_val (self->data.nodes, node);
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
  self->first = self->inside == IN_RELATION ? self->data.members->len : self->data.refs->len;
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

  g_array_append_val (g_strcmp0 (role, "inner") == 0 ? self->inner : self->data.members, id);
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

      g_array_append_val (self->data.refs, id);
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
  LzOsmWay way = { self->id, self->first, self->data.refs->len - self->first, take_tags (self) };

  g_array_append_val (self->data.ways, way);
}

static void
end_relation (Reader *self)
{
  LzOsmArea area = { .first_member = self->first, .n_inner = self->inner->len };

  if (g_strcmp0 (self->tags.values[LZ_TAG_TYPE], "multipolygon") != 0)
    {
      self->sink->skipped[LZ_SKIP_OTHER_KIND]++;
      g_array_set_size (self->data.members, self->first);
      return;
    }

  area.tags = take_tags (self);
  g_array_append_vals (self->data.members, self->inner->data, self->inner->len);
  area.n_members = self->data.members->len - self->first;
  g_array_append_val (self->data.areas, area);
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
    g_array_set_size (self->inside == IN_RELATION ? self->data.members : self->data.refs,
                      self->first);
  else if (self->inside == IN_NODE)
    end_node (self);
  else if (self->inside == IN_WAY)
    end_way (self);
  else
    end_relation (self);

  lz_street_tags_clear (&self->tags);
  self->inside = IN_NOTHING;
}

static void
clear_reader (Reader *self)
{
  lz_street_tags_clear (&self->tags);
  g_array_unref (self->data.nodes);
  g_array_unref (self->data.ways);
  g_array_unref (self->data.refs);
  g_array_unref (self->data.areas);
  g_array_unref (self->data.members);
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
    .data = {
      .nodes = g_array_new (FALSE, FALSE, sizeof (LzOsmNode)),
      .ways = g_array_new (FALSE, FALSE, sizeof (LzOsmWay)),
      .refs = g_array_new (FALSE, FALSE, sizeof (gint64)),
      .areas = g_array_new (FALSE, FALSE, sizeof (LzOsmArea)),
      .members = g_array_new (FALSE, FALSE, sizeof (gint64)),
      .is_sorted = TRUE,
    },
    .inner = g_array_new (FALSE, FALSE, sizeof (gint64)),
  };

  g_array_set_clear_func (reader.data.ways, clear_way);
  g_array_set_clear_func (reader.data.areas, clear_area);
  sink->is_osm = TRUE;

  is_read = lz_markup_parse (&parser, &reader, "OSM XML", bytes, cancellable, error);
  if (is_read)
    lz_osm_data_resolve (&reader.data, sink);
  clear_reader (&reader);
  return is_read;
}
