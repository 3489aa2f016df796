/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-json-scan.h"
#include "lz-street-sink.h"

#include "lz-error.h"

#include <string.h>

/* How many features between two looks at the cancellable. */
#define LOOK_EVERY 256

typedef struct
{
  LzStreetSink *sink;
  const char *start;
  LzJsonScan scan;
  GCancellable *cancellable;
  guint n_features;
  GArray *points; /* of LzPoint, of the line at hand */

  LzStreetTags tags;
  gint64 id;
} Reader;

/* Says where, for people: line and column; GDAL writes a feature a line, others one line in all. */
static gboolean
set_invalid (const Reader *self, const char *at, const char *what, GError **error)
{
  guint line = 1;
  const char *line_start = self->start;

  for (const char *p = self->start; p < at; p++)
    if (*p == '\n')
      {
        line++;
        line_start = p + 1;
      }

  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
               "reading GeoJSON: line %u, column %" G_GSIZE_FORMAT " (feature %u): %s", line,
               (gsize) (at - line_start) + 1, self->n_features, what);
  return FALSE;
}

/* What the scan of the whole or of a part of the text met; no problem is no failure. */
static gboolean
check_scan (const Reader *self, const LzJsonScan *scan, GError **error)
{
  return scan->problem == NULL || set_invalid (self, scan->at, scan->problem, error);
}

/* Adds a line or ring; a single bad coordinate spoils it. */
static LzSkip
add_line (Reader *self, LzShape shape, const LzJsonSpan *coordinates)
{
  LzJsonScan scan = lz_json_span_open (coordinates);
  LzJsonSpan value;

  if (coordinates->at[0] != '[')
    return LZ_SKIP_NO_GEOMETRY;

  g_array_set_size (self->points, 0);
  while (lz_json_scan_element (&scan, &value))
    {
      LzPoint point;

      if (!lz_json_span_get_point (&value, &point))
        return LZ_SKIP_BAD_PLACE;
      g_array_append_val (self->points, point);
    }
  if (scan.problem != NULL)
    return LZ_SKIP_NO_GEOMETRY;

  lz_street_sink_add (self->sink, &self->tags, self->id, shape,
                      (const LzPoint *) (gconstpointer) self->points->data, self->points->len);
  return LZ_SKIP_NONE;
}

static LzSkip
add_line_string (Reader *self, const LzJsonSpan *coordinates)
{
  return add_line (self, LZ_SHAPE_LINE, coordinates);
}

static LzSkip
add_polygon (Reader *self, const LzJsonSpan *coordinates)
{
  LzJsonScan scan = lz_json_span_open (coordinates);
  LzJsonSpan ring;
  LzSkip why;

  if (coordinates->at[0] != '[' || !lz_json_scan_element (&scan, &ring))
    return LZ_SKIP_NO_GEOMETRY;

  why = add_line (self, LZ_SHAPE_AREA, &ring);
  while (why == LZ_SKIP_NONE && lz_json_scan_element (&scan, &ring))
    why = add_line (self, LZ_SHAPE_HOLE, &ring);
  return why;
}

static LzSkip
add_point (Reader *self, const LzJsonSpan *coordinates)
{
  LzPoint point;

  if (!lz_json_span_get_point (coordinates, &point))
    return LZ_SKIP_BAD_PLACE;

  lz_street_sink_add (self->sink, &self->tags, self->id, LZ_SHAPE_POINT, &point, 1);
  return LZ_SKIP_NONE;
}

typedef LzSkip (*AddFunc) (Reader *self, const LzJsonSpan *coordinates);

static const struct
{
  const char *type;
  const char *multi_type;
  AddFunc add;
} kinds[] = {
  { "LineString", "MultiLineString", add_line_string },
  { "Polygon", "MultiPolygon", add_polygon },
  { "Point", "MultiPoint", add_point },
};

static void
count_skip (Reader *self, LzSkip why)
{
  if (why != LZ_SKIP_NONE)
    self->sink->skipped[why]++;
}

static void
add_coordinates (Reader *self, const LzJsonSpan *type, const LzJsonSpan *coordinates)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (lz_json_span_is (type, kinds[i].type))
      {
        count_skip (self, kinds[i].add (self, coordinates));
        return;
      }
    else if (lz_json_span_is (type, kinds[i].multi_type) && coordinates->at[0] == '[')
      {
        LzJsonScan scan = lz_json_span_open (coordinates);
        LzJsonSpan part;

        while (lz_json_scan_element (&scan, &part))
          count_skip (self, kinds[i].add (self, &part));
        return;
      }

  count_skip (self, LZ_SKIP_NO_GEOMETRY);
}

/* The scan has limited the nesting, and so how deep this calls itself. */
static void
add_geometry (Reader *self, const LzJsonSpan *geometry)
{
  LzJsonSpan type = { "", 0 }, coordinates = { "", 0 }, parts = { "", 0 };
  LzJsonSpan key, value;
  LzJsonScan scan;

  if (geometry->length == 0 || geometry->at[0] != '{')
    {
      count_skip (self, LZ_SKIP_NO_GEOMETRY);
      return;
    }

  scan = lz_json_span_open (geometry);
  while (lz_json_scan_member (&scan, &key, &value))
    if (lz_json_span_is (&key, "type"))
      type = value;
    else if (lz_json_span_is (&key, "coordinates"))
      coordinates = value;
    else if (lz_json_span_is (&key, "geometries"))
      parts = value;

  if (!lz_json_span_is (&type, "GeometryCollection") || parts.length == 0 || parts.at[0] != '[')
    {
      add_coordinates (self, &type, &coordinates);
      return;
    }

  scan = lz_json_span_open (&parts);
  while (lz_json_scan_element (&scan, &value))
    add_geometry (self, &value);
}

static void
set_tag (LzStreetTags *tags, const LzJsonSpan *key, const LzJsonSpan *value)
{
  g_autofree char *name = lz_json_span_dup_text (key);
  g_autofree char *text = NULL;
  double number;

  if (value->at[0] == '"')
    text = lz_json_span_dup_text (value);
  else if (lz_json_span_get_number (value, &number))
    text = g_strndup (value->at, value->length);
  else if (value->length == 4 && memcmp (value->at, "true", 4) == 0)
    text = g_strdup ("yes");
  else if (value->length == 5 && memcmp (value->at, "false", 5) == 0)
    text = g_strdup ("no");

  if (text != NULL && strcmp (name, "other_tags") == 0)
    lz_street_tags_set_hstore (tags, text);
  else
    lz_street_tags_set (tags, name, text);
}

static gboolean
read_properties (Reader *self, const LzJsonSpan *properties, GError **error)
{
  LzJsonScan scan;
  LzJsonSpan key, value;

  self->id = 0;
  if (properties->length == 0 || properties->at[0] != '{')
    return TRUE;

  scan = lz_json_span_open (properties);
  while (lz_json_scan_member (&scan, &key, &value))
    set_tag (&self->tags, &key, &value);
  if (self->tags.values[LZ_TAG_OSM_ID] != NULL)
    {
      self->id = g_ascii_strtoll (self->tags.values[LZ_TAG_OSM_ID], NULL, 10);
      self->sink->is_osm = TRUE;
    }
  return check_scan (self, &scan, error);
}

static gboolean
read_feature (Reader *self, const LzJsonSpan *feature, GError **error)
{
  LzJsonScan scan = lz_json_span_open (feature);
  LzJsonSpan key, value;
  LzJsonSpan properties = { "", 0 }, geometry = { "", 0 };
  gboolean is_feature = FALSE;

  if (self->n_features % LOOK_EVERY == 0 &&
      g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  while (feature->at[0] == '{' && lz_json_scan_member (&scan, &key, &value))
    if (lz_json_span_is (&key, "type"))
      is_feature = lz_json_span_is (&value, "Feature");
    else if (lz_json_span_is (&key, "properties"))
      properties = value;
    else if (lz_json_span_is (&key, "geometry"))
      geometry = value;

  if (!check_scan (self, &scan, error))
    return FALSE;
  if (!is_feature)
    return set_invalid (self, feature->at, "this is no GeoJSON feature", error);
  if (read_properties (self, &properties, error))
    add_geometry (self, &geometry);
  lz_street_tags_clear (&self->tags);
  return error == NULL || *error == NULL;
}

/* The list of features: the scan of the whole stands before it. */
static gboolean
read_features (Reader *self, GError **error)
{
  LzJsonSpan feature;

  if (!lz_json_scan_peek (&self->scan, '['))
    return set_invalid (self, self->scan.at, "\"features\" is no list", error);

  for (self->n_features = 1; lz_json_scan_element (&self->scan, &feature); self->n_features++)
    if (!read_feature (self, &feature, error))
      return FALSE;

  return check_scan (self, &self->scan, error);
}

/* An old way to name the coordinate system, still written by GDAL.  CGCS2000 (4490) is WGS 84 to
 * us. */
static gboolean
check_crs (Reader *self, const LzJsonSpan *crs, GError **error)
{
  static const char *const good[] = { "CRS84", "EPSG::4326", "EPSG:4326", "EPSG::4490",
                                      "EPSG:4490" };
  LzJsonScan scan = lz_json_span_open (crs);
  LzJsonSpan key, value;
  g_autofree char *name = NULL;
  g_autofree char *what = NULL;

  while (name == NULL && crs->at[0] == '{' && lz_json_scan_member (&scan, &key, &value))
    if (lz_json_span_is (&key, "properties") && value.at[0] == '{')
      scan = lz_json_span_open (&value);
    else if (lz_json_span_is (&key, "name"))
      name = lz_json_span_dup_text (&value);

  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    if (g_str_has_suffix (name, good[i]))
      return TRUE;

  what = g_strdup_printf ("the coordinate system is %.60s; convert it to WGS 84 first", name);
  return set_invalid (self, crs->at, what, error);
}

/* The members of the outermost object, in whatever order.  Only the list of features is not taken
 * as a whole first. */
static gboolean
read_collection (Reader *self, gboolean *has_features, GError **error)
{
  LzJsonSpan key, value;

  if (!lz_json_scan_char (&self->scan, '{'))
    return set_invalid (self, self->scan.at, "this is no GeoJSON: it does not start with {", error);
  if (lz_json_scan_char (&self->scan, '}'))
    return TRUE;

  do
    {
      if (!lz_json_scan_peek (&self->scan, '"'))
        lz_json_scan_fail (&self->scan, "a name in quotes was expected");
      else if (lz_json_scan_value (&self->scan, &key) && !lz_json_scan_char (&self->scan, ':'))
        lz_json_scan_fail (&self->scan, "a colon was expected");
      if (!check_scan (self, &self->scan, error))
        return FALSE;

      if (lz_json_span_is (&key, "features"))
        {
          *has_features = TRUE;
          if (!read_features (self, error))
            return FALSE;
        }
      else if (!lz_json_scan_value (&self->scan, &value))
        {
          return check_scan (self, &self->scan, error);
        }
      else if (lz_json_span_is (&key, "crs") && !check_crs (self, &value, error))
        {
          return FALSE;
        }
    }
  while (lz_json_scan_char (&self->scan, ','));

  if (!lz_json_scan_char (&self->scan, '}'))
    lz_json_scan_fail (&self->scan, "a comma was expected");
  return check_scan (self, &self->scan, error);
}

/* One feature alone, or one after another as GeoJSON text sequences have them. */
static gboolean
read_sequence (Reader *self, GError **error)
{
  LzJsonSpan feature;

  self->scan.at = self->start;
  for (self->n_features = 1; lz_json_scan_value (&self->scan, &feature); self->n_features++)
    {
      if (!read_feature (self, &feature, error))
        return FALSE;
      if (!lz_json_scan_peek (&self->scan, '{'))
        return TRUE;
    }
  return check_scan (self, &self->scan, error);
}

static gboolean
read_text (Reader *self, GError **error)
{
  gboolean has_features = FALSE;
  const char *bad;

  if (!g_utf8_validate_len (self->start, (gsize) (self->scan.end - self->start), &bad))
    return set_invalid (self, bad, "the text is not UTF-8", error);
  if (!read_collection (self, &has_features, error))
    return FALSE;
  if (!has_features && !read_sequence (self, error))
    return FALSE;

  lz_json_scan_peek (&self->scan, '\0');
  return self->scan.at == self->scan.end ||
         set_invalid (self, self->scan.at, "more text behind the end", error);
}

/* Reads GeoJSON: a collection, or features one after another. */
gboolean
lz_geojson_read (GBytes *bytes, LzStreetSink *sink, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzPoint));
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  Reader reader = {
    .sink = sink,
    .start = data,
    .scan = { data, data + size, NULL },
    .cancellable = cancellable,
    .points = points,
  };

  if (read_text (&reader, &local_error))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
