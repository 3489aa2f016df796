/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-json-scan.h"
#include "lz-track-forms.h"

#include "lz-error.h"

/* A text, or a number of seconds or ms. */
static gint64
read_time (const LzJsonSpan *span)
{
  g_autofree char *text =
      span->at[0] == '"' ? lz_json_span_dup_text (span) : g_strndup (span->at, span->length);

  return text != NULL ? lz_tracks_parse_time (text) : 0;
}

static void
read_line (const LzJsonSpan *coordinates, const LzJsonSpan *times, GPtrArray *tracks)
{
  LzJsonScan places = lz_json_span_open (coordinates);
  LzJsonScan moments = lz_json_span_open (times);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));
  gboolean timed = times->at[0] == '[';
  LzJsonSpan value, moment;

  if (coordinates->at[0] != '[')
    return;
  while (lz_json_scan_element (&places, &value))
    {
      LzTrackPoint fix = { .time_ms = 0 };

      timed = timed && lz_json_scan_element (&moments, &moment);
      if (timed)
        fix.time_ms = read_time (&moment);
      if (lz_json_span_get_point (&value, &fix.point))
        g_array_append_val (points, fix);
    }
  lz_tracks_add (tracks, points);
}

static void
read_feature (const LzJsonSpan *feature, GPtrArray *tracks)
{
  LzJsonSpan type = { "", 0 }, coordinates = { "", 0 }, times = { "", 0 }, key, value, inner;
  LzJsonScan scan = lz_json_span_open (feature);

  if (feature->at[0] != '{')
    return;
  while (lz_json_scan_member (&scan, &key, &value))
    {
      LzJsonScan deeper = lz_json_span_open (&value);

      if (value.at[0] != '{')
        continue;
      if (lz_json_span_is (&key, "geometry"))
        while (lz_json_scan_member (&deeper, &key, &inner))
          if (lz_json_span_is (&key, "type"))
            type = inner;
          else if (lz_json_span_is (&key, "coordinates"))
            coordinates = inner;
          else
            continue;
      else if (lz_json_span_is (&key, "properties"))
        while (lz_json_scan_member (&deeper, &key, &inner))
          if (lz_json_span_is (&key, "coordTimes") || lz_json_span_is (&key, "times"))
            times = inner;
    }
  if (lz_json_span_is (&type, "LineString"))
    read_line (&coordinates, &times, tracks);
}

gboolean
lz_tracks_read_geojson (GBytes *text, GPtrArray *tracks, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  LzJsonScan scan = { data, data + size, NULL };
  LzJsonSpan root, key, value;
  LzJsonScan members;

  if (!lz_json_scan_value (&scan, &root) || root.at[0] != '{')
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading GeoJSON: %s",
                   scan.problem != NULL ? scan.problem : "this is no object");
      return FALSE;
    }
  read_feature (&root, tracks); /* a lone feature */
  members = lz_json_span_open (&root);
  while (lz_json_scan_member (&members, &key, &value))
    if (lz_json_span_is (&key, "features") && value.at[0] == '[')
      {
        LzJsonScan features = lz_json_span_open (&value);
        LzJsonSpan feature;

        while (lz_json_scan_element (&features, &feature))
          read_feature (&feature, tracks);
      }
  return TRUE;
}
