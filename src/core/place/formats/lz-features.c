/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-error.h"
#include "lz-features-private.h"
#include "lz-json-scan.h"
#include "lz-place-file.h"

#include <string.h>

typedef struct
{
  LzFeatureFunc func;
  gpointer data;
  GCancellable *cancellable;
  GHashTable *properties;
  guint n;
} Reader;

/* The first position in coordinates of any depth: [lon, lat] or lists of it. */
static gboolean
read_first_position (LzJsonSpan coordinates, LzPoint *place)
{
  for (guint depth = 0; depth < 4; depth++)
    {
      LzJsonScan scan = lz_json_span_open (&coordinates);
      LzJsonSpan first, second;
      double longitude, latitude;

      if (coordinates.at[0] != '[' || !lz_json_scan_element (&scan, &first))
        return FALSE;
      if (lz_json_span_get_number (&first, &longitude))
        return lz_json_scan_element (&scan, &second) &&
               lz_json_span_get_number (&second, &latitude) &&
               lz_point_from_degrees (latitude, longitude, place);
      coordinates = first;
    }
  return FALSE;
}

static LzPoint
read_geometry (const LzJsonSpan *geometry)
{
  LzJsonScan scan = lz_json_span_open (geometry);
  LzPoint place = { 0, 0 };
  LzJsonSpan key, value;

  if (geometry->at[0] != '{')
    return place;
  while (lz_json_scan_member (&scan, &key, &value))
    if (lz_json_span_is (&key, "coordinates") && !read_first_position (value, &place))
      place = (LzPoint){ 0, 0 };
  return place;
}

static void
read_properties (Reader *self, const LzJsonSpan *properties)
{
  LzJsonScan scan = lz_json_span_open (properties);
  LzJsonSpan key, value;

  if (properties->at[0] != '{')
    return;
  while (lz_json_scan_member (&scan, &key, &value))
    {
      g_autofree char *name = lz_json_span_dup_text (&key);
      char *text = NULL;

      if (value.at[0] == '"')
        text = lz_json_span_dup_text (&value);
      else if (value.at[0] == '-' || g_ascii_isdigit (value.at[0]))
        text = g_strndup (value.at, value.length);
      if (name != NULL && text != NULL)
        g_hash_table_replace (self->properties, g_steal_pointer (&name), text);
      else
        g_free (text);
    }
}

static gboolean
read_feature (Reader *self, const LzJsonSpan *feature, GError **error)
{
  LzJsonScan scan = lz_json_span_open (feature);
  LzPoint place = { 0, 0 };
  LzJsonSpan key, value;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (++self->n > LZ_FEATURES_MAX)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, "reading GeoJSON: more than %d features",
                   LZ_FEATURES_MAX);
      return FALSE;
    }
  g_hash_table_remove_all (self->properties);
  if (feature->at[0] != '{')
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading GeoJSON: feature %u is no object",
                   self->n);
      return FALSE;
    }
  while (lz_json_scan_member (&scan, &key, &value))
    if (lz_json_span_is (&key, "geometry"))
      place = read_geometry (&value);
    else if (lz_json_span_is (&key, "properties"))
      read_properties (self, &value);
  return self->func (self->n, place, self->properties, self->data, error);
}

static gboolean
set_invalid (const LzJsonScan *scan, const char *what, GError **error)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading GeoJSON: %s",
               scan->problem != NULL ? scan->problem : what);
  return FALSE;
}

static gboolean
read_geojson (Reader *self, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  LzJsonScan file = { data, data + size, NULL };
  LzJsonSpan whole, key, value, features = { NULL, 0 }, feature;
  LzJsonScan scan;

  if (!g_utf8_validate_len (data, size, NULL))
    return set_invalid (&file, "the text is not UTF-8", error);
  if (!lz_json_scan_value (&file, &whole) || whole.at[0] != '{')
    return set_invalid (&file, "this is no GeoJSON", error);
  scan = lz_json_span_open (&whole);
  while (lz_json_scan_member (&scan, &key, &value))
    if (lz_json_span_is (&key, "features"))
      features = value;
  if (features.at == NULL || features.at[0] != '[')
    return set_invalid (&scan, "it has no list of features", error);

  scan = lz_json_span_open (&features);
  while (lz_json_scan_element (&scan, &feature))
    if (!read_feature (self, &feature, error))
      return FALSE;
  return scan.problem == NULL || set_invalid (&scan, "", error);
}

gboolean
lz_features_read (const char *path,
                  LzFeatureFunc func,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GHashTable) properties =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Reader reader = { func, data, cancellable, properties, 0 };
  g_autoptr (GBytes) packed = lz_place_load (path, cancellable, error);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) text = NULL;

  if (packed == NULL)
    return FALSE;
  if (lz_place_starts_with (packed, "SQLite format 3", 15))
    return lz_features_read_gpkg (path, func, data, cancellable, error);
  plain = lz_place_unpack (packed, cancellable, error);
  text = plain != NULL ? lz_place_skip_blank (plain, error) : NULL;
  return text != NULL && read_geojson (&reader, text, error);
}
