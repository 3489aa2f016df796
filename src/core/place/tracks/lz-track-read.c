/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-track-read.h"

#include "lz-line.h"
#include "lz-place-file.h"
#include "lz-track-forms.h"

#include "lz-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A table or KML of more is no patrol; GPX and GeoJSON have limits of their own. */
#define MAX_TEXT_BYTES (64 * 1024 * 1024)

/* How far into the text its kind shows. */
#define HEAD_BYTES 1024

/* Numbers above this are ms since 1970, below it seconds. */
#define MS_FROM 100000000000.0

void
lz_tracks_add (GPtrArray *tracks, GArray *points)
{
  LzTrack *track;

  if (points->len == 0)
    return;

  track = g_new0 (LzTrack, 1);
  track->n = points->len;
  track->points = g_memdup2 (points->data, track->n * sizeof *track->points);
  for (guint i = 1; i < track->n; i++)
    track->length_m += lz_distance_m (track->points[i - 1].point, track->points[i].point);
  g_ptr_array_add (tracks, track);
  g_array_set_size (points, 0);
}

gint64
lz_tracks_parse_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *copy = g_strstrip (g_strdup (text));
  g_autoptr (GDateTime) time = NULL;
  char *end;
  double number = g_ascii_strtod (copy, &end);

  if (end != copy && *end == '\0' && number > 0 && number < 1e15)
    return (gint64) (number >= MS_FROM ? number : number * 1000);
  if (strlen (copy) > 10 && copy[10] == ' ')
    copy[10] = 'T';
  time = g_date_time_new_from_iso8601 (copy, utc);
  if (time == NULL)
    return 0;
  return g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
}

static void
free_track (gpointer data)
{
  lz_track_free (data);
}

static GPtrArray *
read_text (GBytes *text, GError **error)
{
  g_autoptr (GPtrArray) tracks = g_ptr_array_new_with_free_func (free_track);
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  gboolean is_read;

  if (size > MAX_TEXT_BYTES)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, _ ("This file is too large."));
      return NULL;
    }
  if (data[0] == '<')
    is_read = lz_tracks_read_kml (text, tracks, error);
  else if (data[0] == '{')
    is_read = lz_tracks_read_geojson (text, tracks, error);
  else
    is_read = lz_tracks_read_csv (text, tracks, error);
  return is_read ? g_steal_pointer (&tracks) : NULL;
}

/* For whoever chose the file; what exactly is wrong with it stays in the message behind. */
static void
explain (GError **error, GError *reason)
{
  if (reason->domain != LZ_ERROR || reason->code != LZ_ERROR_INVALID)
    {
      g_propagate_error (error, reason);
      return;
    }
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
               _ ("There is no track in this file that can be read (%s)."), reason->message);
  g_error_free (reason);
}

GPtrArray *
lz_tracks_read_bytes (GBytes *bytes, GPtrArray *skipped, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GPtrArray) tracks = NULL;
  GError *reason = NULL;
  gsize size;
  const char *data;

  g_return_val_if_fail (bytes != NULL, NULL);

  plain = lz_place_unpack (bytes, cancellable, &reason);
  text = plain != NULL ? lz_place_skip_blank (plain, &reason) : NULL;
  if (text != NULL)
    {
      data = g_bytes_get_data (text, &size);
      if (data[0] == '<' && g_strstr_len (data, (gssize) MIN (size, HEAD_BYTES), "<kml") == NULL)
        tracks = lz_gpx_read_bytes (bytes, skipped, cancellable, &reason);
      else
        tracks = read_text (text, &reason);
    }
  if (tracks == NULL)
    explain (error, reason);
  else if (tracks->len == 0)
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There is no track in this file."));
  return tracks != NULL && tracks->len > 0 ? g_steal_pointer (&tracks) : NULL;
}

GBytes *
lz_tracks_load (const char *path, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  bytes = lz_place_load (path, cancellable, error);
  if (bytes == NULL || g_bytes_get_size (bytes) <= max_bytes)
    return g_steal_pointer (&bytes);
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, _ ("This file is too large."));
  return NULL;
}
