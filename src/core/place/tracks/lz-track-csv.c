/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-track-forms.h"

#include "lz-error.h"

#include <string.h>

enum
{
  LATITUDE,
  LONGITUDE,
  TIME,
  ACCURACY,
  N_FIELDS
};

/* How exports of phones and loggers call their columns. */
static const char *const names[N_FIELDS][6] = {
  { "lat", "latitude", "纬度", "y", NULL },
  { "lon", "longitude", "lng", "经度", "x", NULL },
  { "time", "timestamp", "datetime", "date_time", "时间", NULL },
  { "accuracy", "acc", "hacc", "horizontal_accuracy", "精度", NULL },
};

static char **
split (const char *line)
{
  const char *comma = strchr (line, '\t') != NULL ? "\t" : strchr (line, ';') != NULL ? ";" : ",";
  char **fields = g_strsplit (line, comma, -1);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      gsize length;

      g_strstrip (fields[i]);
      length = strlen (fields[i]);
      if (length >= 2 && fields[i][0] == '"' && fields[i][length - 1] == '"')
        {
          memmove (fields[i], fields[i] + 1, length - 2);
          fields[i][length - 2] = '\0';
        }
    }
  return fields;
}

static void
find_columns (char **head, int columns[N_FIELDS])
{
  for (guint f = 0; f < N_FIELDS; f++)
    {
      columns[f] = -1;
      for (int i = 0; head[i] != NULL && columns[f] < 0; i++)
        for (guint k = 0; names[f][k] != NULL; k++)
          if (g_ascii_strcasecmp (head[i], names[f][k]) == 0)
            columns[f] = i;
    }
}

static const char *
get (char **fields, int column)
{
  return column >= 0 && (guint) column < g_strv_length (fields) ? fields[column] : "";
}

static void
add_row (char **fields, const int columns[N_FIELDS], GArray *points)
{
  LzTrackPoint fix = { .time_ms = lz_tracks_parse_time (get (fields, columns[TIME])) };
  const char *latitude = get (fields, columns[LATITUDE]);
  const char *longitude = get (fields, columns[LONGITUDE]);

  if (*latitude == '\0' || *longitude == '\0' ||
      !lz_point_from_degrees (g_ascii_strtod (latitude, NULL), g_ascii_strtod (longitude, NULL),
                              &fix.point))
    return;
  fix.accuracy_m = MAX (0, g_ascii_strtod (get (fields, columns[ACCURACY]), NULL));
  g_array_append_val (points, fix);
}

gboolean
lz_tracks_read_csv (GBytes *text, GPtrArray *tracks, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  g_autofree char *copy = g_strndup (data, size);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) head = NULL;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));
  int columns[N_FIELDS];

  g_strdelimit (copy, "\r", '\n');
  lines = g_strsplit (copy, "\n", -1);
  head = split (lines[0] != NULL ? lines[0] : "");
  find_columns (head, columns);
  if (columns[LATITUDE] < 0 || columns[LONGITUDE] < 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                   "reading the track: this is neither GPX, KML, GeoJSON nor a table with columns "
                   "for latitude and longitude");
      return FALSE;
    }
  for (guint i = 1; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      {
        g_auto (GStrv) fields = split (lines[i]);

        add_row (fields, columns, points);
      }
  lz_tracks_add (tracks, points);
  return TRUE;
}
