/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-json-scan.h"
#include "lz-street-sink.h"

#include "lz-error.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* How many features between two looks at the cancellable. */
#define LOOK_EVERY 256

typedef struct
{
  LzStreetSink *sink;
  LzJsonScan scan;
  GCancellable *cancellable;
  JsonParser *parser;
  guint n_features;
} Reader;

/* Where the scan is, for people: line and column; GDAL writes a feature a line, others one line in
 * all. */
static gboolean
set_invalid (const Reader *self, GError **error, const char *what)
{
  guint line = 1;
  const char *line_start = self->scan.start;

  for (const char *p = self->scan.start; p < self->scan.at; p++)
    if (*p == '\n')
      {
        line++;
        line_start = p + 1;
      }

  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
               "reading GeoJSON: line %u, column %" G_GSIZE_FORMAT " (feature %u): %s", line,
               (gsize) (self->scan.at - line_start) + 1, self->n_features, what);
  return FALSE;
}

static gboolean
set_scan_problem (const Reader *self, GError **error)
{
  return set_invalid (self, error,
                      self->scan.at >= self->scan.end ? "the text ends too early"
                      : self->scan.problem != NULL    ? self->scan.problem
                                                      : "this is no JSON");
}

static gboolean
read_number (JsonArray *array, guint i, double *number)
{
  JsonNode *node = json_array_get_element (array, i);
  GType type;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  type = json_node_get_value_type (node);
  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;

  *number = json_node_get_double (node);
  return TRUE;
}

static gboolean
read_point (JsonNode *node, LzPoint *point)
{
  JsonArray *pair;
  double latitude, longitude;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  pair = json_node_get_array (node);
  return json_array_get_length (pair) >= 2 && read_number (pair, 0, &longitude) &&
         read_number (pair, 1, &latitude) && lz_point_from_degrees (latitude, longitude, point);
}

/* Adds one line, ring or point; a single bad coordinate spoils it. */
static void
add_line (Reader *self, const LzStreetTags *tags, gint64 id, LzShape shape, JsonNode *coordinates)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzPoint));
  JsonArray *array;
  LzPoint point;

  if (shape == LZ_SHAPE_POINT)
    {
      if (read_point (coordinates, &point))
        lz_street_sink_add (self->sink, tags, id, shape, &point, 1);
      else
        self->sink->skipped[LZ_SKIP_BAD_PLACE]++;
      return;
    }

  if (!JSON_NODE_HOLDS_ARRAY (coordinates))
    {
      self->sink->skipped[LZ_SKIP_NO_GEOMETRY]++;
      return;
    }

  array = json_node_get_array (coordinates);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!read_point (json_array_get_element (array, i), &point))
        {
          self->sink->skipped[LZ_SKIP_BAD_PLACE]++;
          return;
        }
      g_array_append_val (points, point);
    }
  lz_street_sink_add (self->sink, tags, id, shape, (const LzPoint *) (gconstpointer) points->data,
                      points->len);
}

static void
add_polygon (Reader *self, const LzStreetTags *tags, gint64 id, JsonNode *coordinates)
{
  JsonArray *rings = JSON_NODE_HOLDS_ARRAY (coordinates) ? json_node_get_array (coordinates) : NULL;

  if (rings == NULL || json_array_get_length (rings) == 0)
    {
      self->sink->skipped[LZ_SKIP_NO_GEOMETRY]++;
      return;
    }

  add_line (self, tags, id, LZ_SHAPE_AREA, json_array_get_element (rings, 0));
  self->sink->skipped[LZ_SKIP_HOLES] += json_array_get_length (rings) - 1;
}

static JsonNode *
get_member (JsonNode *node, const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? json_object_get_member (json_node_get_object (node), name)
             : NULL;
}

static const char *
get_text (JsonNode *node, const char *name)
{
  JsonNode *member = get_member (node, name);

  return member != NULL && JSON_NODE_HOLDS_VALUE (member) &&
                 json_node_get_value_type (member) == G_TYPE_STRING
             ? json_node_get_string (member)
             : NULL;
}

typedef void (*AddFunc) (Reader *self, const LzStreetTags *tags, gint64 id, JsonNode *coordinates);

static void
add_line_string (Reader *self, const LzStreetTags *tags, gint64 id, JsonNode *coordinates)
{
  add_line (self, tags, id, LZ_SHAPE_LINE, coordinates);
}

static void
add_point (Reader *self, const LzStreetTags *tags, gint64 id, JsonNode *coordinates)
{
  add_line (self, tags, id, LZ_SHAPE_POINT, coordinates);
}

static void
add_geometry (Reader *self, const LzStreetTags *tags, gint64 id, JsonNode *geometry)
{
  static const struct
  {
    const char *type;
    AddFunc add;
  } kinds[] = {
    { "LineString", add_line_string },
    { "Polygon", add_polygon },
    { "Point", add_point },
  };
  const char *type = geometry != NULL ? get_text (geometry, "type") : NULL;
  JsonNode *coordinates = geometry != NULL ? get_member (geometry, "coordinates") : NULL;
  JsonNode *parts = geometry != NULL ? get_member (geometry, "geometries") : NULL;

  if (g_strcmp0 (type, "GeometryCollection") == 0 && parts != NULL && JSON_NODE_HOLDS_ARRAY (parts))
    {
      JsonArray *array = json_node_get_array (parts);

      /* As deep as the scan allows, no deeper. */
      for (guint i = 0; i < json_array_get_length (array); i++)
        add_geometry (self, tags, id, json_array_get_element (array, i));
      return;
    }

  for (guint k = 0; type != NULL && coordinates != NULL && k < G_N_ELEMENTS (kinds); k++)
    if (strcmp (type, kinds[k].type) == 0)
      {
        kinds[k].add (self, tags, id, coordinates);
        return;
      }
    else if (g_str_has_prefix (type, "Multi") && strcmp (type + 5, kinds[k].type) == 0 &&
             JSON_NODE_HOLDS_ARRAY (coordinates))
      {
        JsonArray *array = json_node_get_array (coordinates);

        for (guint i = 0; i < json_array_get_length (array); i++)
          kinds[k].add (self, tags, id, json_array_get_element (array, i));
        return;
      }

  self->sink->skipped[LZ_SKIP_NO_GEOMETRY]++;
}

static void
set_tag_cb (JsonObject *object, const char *key, JsonNode *node, gpointer user_data)
{
  LzStreetTags *tags = user_data;

  (void) object;
  if (!JSON_NODE_HOLDS_VALUE (node))
    {
      lz_street_tags_set (tags, key, NULL);
      return;
    }

  if (json_node_get_value_type (node) == G_TYPE_STRING && strcmp (key, "other_tags") == 0)
    {
      lz_street_tags_set_hstore (tags, json_node_get_string (node));
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      lz_street_tags_set (tags, key, json_node_get_string (node));
    }
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      lz_street_tags_set (tags, key, json_node_get_boolean (node) ? "yes" : "no");
    }
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

      lz_street_tags_set (tags, key, number);
    }
}

static void
add_feature (Reader *self, JsonNode *feature)
{
  JsonNode *properties = get_member (feature, "properties");
  LzStreetTags tags = { 0 };
  gint64 id = 0;

  if (properties != NULL && JSON_NODE_HOLDS_OBJECT (properties))
    json_object_foreach_member (json_node_get_object (properties), set_tag_cb, &tags);
  if (tags.values[LZ_TAG_OSM_ID] != NULL)
    {
      id = g_ascii_strtoll (tags.values[LZ_TAG_OSM_ID], NULL, 10);
      self->sink->is_osm = TRUE;
    }

  add_geometry (self, &tags, id, get_member (feature, "geometry"));
  lz_street_tags_clear (&tags);
}

static JsonNode *
parse_piece (Reader *self, const char *from, gsize length, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (json_parser_load_from_data (self->parser, from, (gssize) length, &local_error) &&
      json_parser_get_root (self->parser) != NULL)
    return json_parser_get_root (self->parser);

  self->scan.at = from;
  set_invalid (self, error, local_error != NULL ? local_error->message : "this is no JSON");
  return NULL;
}

static gboolean
read_feature (Reader *self, GError **error)
{
  const char *from;
  gsize length;
  JsonNode *node;

  self->n_features++;
  if (self->n_features % LOOK_EVERY == 0 &&
      g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (!lz_json_scan_value (&self->scan, &from, &length))
    return set_scan_problem (self, error);

  node = parse_piece (self, from, length, error);
  if (node == NULL)
    return FALSE;
  if (g_strcmp0 (get_text (node, "type"), "Feature") != 0)
    {
      self->scan.at = from;
      return set_invalid (self, error, "this is no GeoJSON feature");
    }

  add_feature (self, node);
  return TRUE;
}

static gboolean
read_features (Reader *self, GError **error)
{
  if (!lz_json_scan_char (&self->scan, '['))
    return set_invalid (self, error, "\"features\" is no list");
  if (lz_json_scan_char (&self->scan, ']'))
    return TRUE;

  do
    if (!read_feature (self, error))
      return FALSE;
  while (lz_json_scan_char (&self->scan, ','));

  return lz_json_scan_char (&self->scan, ']') || set_scan_problem (self, error);
}

/* An old way to name the coordinate system, still written by GDAL.  CGCS2000 (4490) is WGS 84 to
 * us. */
static gboolean
check_crs (Reader *self, const char *from, gsize length, GError **error)
{
  static const char *const good[] = { "CRS84", "EPSG::4326", "EPSG:4326", "EPSG::4490",
                                      "EPSG:4490" };
  JsonNode *crs = parse_piece (self, from, length, error);
  const char *name;
  g_autofree char *what = NULL;

  if (crs == NULL)
    return FALSE;

  name = get_text (get_member (crs, "properties"), "name");
  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    if (g_str_has_suffix (name, good[i]))
      return TRUE;

  self->scan.at = from;
  what = g_strdup_printf ("the coordinate system is %.60s; convert it to WGS 84 first", name);
  return set_invalid (self, error, what);
}

/* The members of the outermost object, in whatever order. */
static gboolean
read_member (Reader *self, gboolean *has_features, GError **error)
{
  const char *key, *from;
  gsize key_length, length;

  if (lz_json_scan_peek (&self->scan, '}') && self->scan.at == self->scan.start + 1)
    return TRUE; /* nothing in it */
  if (!lz_json_scan_peek (&self->scan, '"'))
    return self->scan.at < self->scan.end
               ? set_invalid (self, error, "a name in quotes was expected")
               : set_scan_problem (self, error);
  if (!lz_json_scan_value (&self->scan, &key, &key_length) || !lz_json_scan_char (&self->scan, ':'))
    return set_scan_problem (self, error);

  if (key_length == 10 && memcmp (key, "\"features\"", 10) == 0)
    {
      *has_features = TRUE;
      return read_features (self, error);
    }

  if (!lz_json_scan_value (&self->scan, &from, &length))
    return set_scan_problem (self, error);
  if (key_length == 5 && memcmp (key, "\"crs\"", 5) == 0 && from[0] == '{')
    return check_crs (self, from, length, error);
  return TRUE;
}

static gboolean
read_collection (Reader *self, gboolean *has_features, GError **error)
{
  if (!lz_json_scan_char (&self->scan, '{'))
    return set_invalid (self, error, "this is no GeoJSON: it does not start with {");

  do
    if (!read_member (self, has_features, error))
      return FALSE;
  while (lz_json_scan_char (&self->scan, ','));

  return lz_json_scan_char (&self->scan, '}') || set_scan_problem (self, error);
}

/* One feature alone, or one after another as GeoJSON text sequences have them. */
static gboolean
read_sequence (Reader *self, GError **error)
{
  self->scan.at = self->scan.start;
  self->n_features = 0;
  for (lz_json_scan_space (&self->scan); self->scan.at < self->scan.end;
       lz_json_scan_space (&self->scan))
    if (!read_feature (self, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_text (Reader *self, GError **error)
{
  gboolean has_features = FALSE;
  const char *bad;

  if (!g_utf8_validate_len (self->scan.start, (gsize) (self->scan.end - self->scan.start), &bad))
    {
      self->scan.at = bad;
      return set_invalid (self, error, "the text is not UTF-8");
    }
  if (!read_collection (self, &has_features, error))
    return FALSE;
  if (!has_features)
    return read_sequence (self, error);

  lz_json_scan_space (&self->scan);
  return self->scan.at == self->scan.end || set_invalid (self, error, "more text behind the end");
}

/* Reads GeoJSON: a collection, or features one after another.  The collection is taken apart by
 * hand and json-glib sees a feature at a time, so that memory stays flat. */
gboolean
lz_geojson_read (GBytes *bytes, LzStreetSink *sink, GCancellable *cancellable, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (JsonParser) parser = json_parser_new ();
  Reader reader = {
    .sink = sink,
    .scan = { data, data, data + size, NULL },
    .cancellable = cancellable,
    .parser = parser,
  };

  return read_text (&reader, error);
}
