/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-areas.h"
#include "lz-error.h"
#include "lz-json-scan.h"
#include "lz-place-file.h"

#define LEAST_POINTS 4 /* of a closed ring */
#define RING_DEPTH   1 /* a list of positions */
#define MULTI_DEPTH  3 /* a list of polygons */

void
lz_area_free (LzArea *self)
{
  if (self == NULL)
    return;

  g_free (self->code);
  g_free (self->name);
  g_clear_pointer (&self->rings, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_in_box (const LzBox *box, LzPoint point)
{
  return point.lat7 >= box->south7 && point.lat7 <= box->north7 && point.lon7 >= box->west7 &&
         point.lon7 <= box->east7;
}

/* Whether a line from @point to the east crosses the edge from @a to @b. */
static gboolean
crosses (LzPoint point, LzPoint a, LzPoint b)
{
  double at;

  if ((a.lat7 > point.lat7) == (b.lat7 > point.lat7))
    return FALSE;
  at = a.lon7 +
       ((double) point.lat7 - a.lat7) / ((double) b.lat7 - a.lat7) * ((double) b.lon7 - a.lon7);
  return point.lon7 < at;
}

gboolean
lz_area_contains (const LzArea *self, LzPoint point)
{
  gboolean in = FALSE;

  if (!is_in_box (&self->box, point))
    return FALSE;
  for (guint i = 0; i < self->rings->len; i++)
    {
      const GArray *ring = g_ptr_array_index (self->rings, i);

      for (guint k = 1; k < ring->len; k++)
        in ^=
            crosses (point, g_array_index (ring, LzPoint, k - 1), g_array_index (ring, LzPoint, k));
    }
  return in;
}

/* -- reading ------------------------------------------------------------------------------------
 */

static gboolean
read_position (const LzJsonSpan *span, LzPoint *point)
{
  LzJsonScan scan = lz_json_span_open (span);
  LzJsonSpan first, second;
  double longitude, latitude;

  return span->at[0] == '[' && lz_json_scan_element (&scan, &first) &&
         lz_json_scan_element (&scan, &second) && lz_json_span_get_number (&first, &longitude) &&
         lz_json_span_get_number (&second, &latitude) &&
         lz_point_from_degrees (latitude, longitude, point);
}

static void
grow_box (LzArea *self, LzPoint point)
{
  LzBox *box = &self->box;

  box->south7 = MIN (box->south7, point.lat7);
  box->north7 = MAX (box->north7, point.lat7);
  box->west7 = MIN (box->west7, point.lon7);
  box->east7 = MAX (box->east7, point.lon7);
}

static gboolean
read_ring (LzArea *self, const LzJsonSpan *span)
{
  LzJsonScan scan = lz_json_span_open (span);
  g_autoptr (GArray) ring = g_array_new (FALSE, FALSE, sizeof (LzPoint));
  LzJsonSpan position;
  LzPoint point;

  while (lz_json_scan_element (&scan, &position))
    {
      if (!read_position (&position, &point))
        return FALSE;
      grow_box (self, point);
      g_array_append_val (ring, point);
    }
  if (ring->len < LEAST_POINTS)
    return FALSE;
  g_ptr_array_add (self->rings, g_steal_pointer (&ring));
  return TRUE;
}

/* Coordinates of a polygon or of several: lists of rings, never deeper than @depth. */
static gboolean
read_rings (LzArea *self, const LzJsonSpan *coordinates, guint depth)
{
  LzJsonScan scan = lz_json_span_open (coordinates);
  LzJsonSpan span;

  if (coordinates->at[0] != '[')
    return FALSE;
  if (depth == RING_DEPTH)
    return read_ring (self, coordinates);
  while (lz_json_scan_element (&scan, &span))
    if (!read_rings (self, &span, depth - 1))
      return FALSE;
  return TRUE;
}

/* FALSE: it is no area. */
static gboolean
read_geometry (LzArea *self, const LzJsonSpan *geometry)
{
  LzJsonScan scan = lz_json_span_open (geometry);
  LzJsonSpan key, value, coordinates = { NULL, 0 };
  guint depth = 0;

  if (geometry->at[0] != '{')
    return FALSE;
  while (lz_json_scan_member (&scan, &key, &value))
    if (lz_json_span_is (&key, "coordinates"))
      coordinates = value;
    else if (lz_json_span_is (&key, "type"))
      depth = lz_json_span_is (&value, "Polygon")        ? MULTI_DEPTH - 1
              : lz_json_span_is (&value, "MultiPolygon") ? MULTI_DEPTH
                                                         : 0;
  return depth > 0 && coordinates.at != NULL && read_rings (self, &coordinates, depth) &&
         self->rings->len > 0;
}

static char *
dup_value (const LzJsonSpan *value)
{
  if (value->at[0] == '"')
    return lz_json_span_dup_text (value);
  return g_ascii_isdigit (value->at[0]) ? g_strndup (value->at, value->length) : NULL;
}

static void
read_properties (LzArea *self, const LzJsonSpan *properties)
{
  LzJsonScan scan = lz_json_span_open (properties);
  LzJsonSpan key, value;

  if (properties->at[0] != '{')
    return;
  while (lz_json_scan_member (&scan, &key, &value))
    if (self->code == NULL && lz_json_span_is (&key, "code"))
      self->code = dup_value (&value);
    else if (self->name == NULL && lz_json_span_is (&key, "name"))
      self->name = dup_value (&value);
}

static void
read_feature (const LzJsonSpan *feature, GPtrArray *areas)
{
  LzJsonScan scan = lz_json_span_open (feature);
  g_autoptr (LzArea) area = g_new0 (LzArea, 1);
  gboolean is_area = FALSE;
  LzJsonSpan key, value;

  area->box = (LzBox){ G_MAXINT32, G_MAXINT32, G_MININT32, G_MININT32 };
  area->rings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  if (feature->at[0] != '{')
    return;
  while (lz_json_scan_member (&scan, &key, &value))
    if (lz_json_span_is (&key, "geometry"))
      is_area = read_geometry (area, &value);
    else if (lz_json_span_is (&key, "properties"))
      read_properties (area, &value);
  if (is_area)
    g_ptr_array_add (areas, g_steal_pointer (&area));
}

static gboolean
find_features (const char *data, gsize size, LzJsonSpan *features)
{
  LzJsonScan file = { data, data + size, NULL };
  LzJsonSpan whole, key, value;
  LzJsonScan scan;

  *features = (LzJsonSpan){ NULL, 0 };
  if (!g_utf8_validate_len (data, size, NULL) || !lz_json_scan_value (&file, &whole) ||
      whole.at[0] != '{')
    return FALSE;
  scan = lz_json_span_open (&whole);
  while (lz_json_scan_member (&scan, &key, &value))
    if (lz_json_span_is (&key, "features"))
      *features = value;
  return features->at != NULL && features->at[0] == '[';
}

GPtrArray *
lz_areas_read (const char *path, GError **error)
{
  g_autoptr (GPtrArray) areas = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_area_free);
  g_autoptr (GBytes) bytes = lz_place_load (path, NULL, error);
  LzJsonSpan features, feature;
  LzJsonScan scan;
  const char *data;
  gsize size;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (!find_features (data, size, &features))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "%s: this is no GeoJSON of areas", path);
      return NULL;
    }
  scan = lz_json_span_open (&features);
  while (lz_json_scan_element (&scan, &feature))
    read_feature (&feature, areas);
  return g_steal_pointer (&areas);
}
