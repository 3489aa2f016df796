/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-markup.h"
#include "lz-track-forms.h"

#include <string.h>

typedef struct
{
  GPtrArray *tracks;
  GArray *times;  /* of gint64, <when> */
  GArray *points; /* of LzTrackPoint, <gx:coord> */
  GString *text;
} Reader;

static void
start_cb (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  Reader *self = user_data;

  (void) context;
  (void) names;
  (void) values;
  (void) error;
  g_string_truncate (self->text, 0);
  if (strcmp (lz_markup_local_name (element), "Track") == 0)
    {
      g_array_set_size (self->times, 0);
      g_array_set_size (self->points, 0);
    }
}

static void
text_cb (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer user_data,
         GError **error)
{
  Reader *self = user_data;

  (void) context;
  (void) error;
  g_string_append_len (self->text, text, (gssize) length);
}

/* "117.2 28.3 40": longitude first. */
static void
add_point (Reader *self)
{
  LzTrackPoint fix = { .time_ms = 0 };
  char *end;
  double longitude = g_ascii_strtod (self->text->str, &end);
  double latitude = g_ascii_strtod (end, NULL);

  if (end == self->text->str || !lz_point_from_degrees (latitude, longitude, &fix.point))
    fix.point = (LzPoint){ 0, 0 };
  g_array_append_val (self->points, fix);
}

/* The n-th time belongs to the n-th place. */
static void
end_track (Reader *self)
{
  g_autoptr (GArray) good = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));

  for (guint i = 0; i < self->points->len; i++)
    {
      LzTrackPoint fix = g_array_index (self->points, LzTrackPoint, i);

      if (i < self->times->len)
        fix.time_ms = g_array_index (self->times, gint64, i);
      if (lz_point_is_valid (fix.point))
        g_array_append_val (good, fix);
    }
  lz_tracks_add (self->tracks, good);
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Reader *self = user_data;
  const char *name = lz_markup_local_name (element);

  (void) context;
  (void) error;
  if (strcmp (name, "when") == 0)
    {
      gint64 time_ms = lz_tracks_parse_time (self->text->str);

      g_array_append_val (self->times, time_ms);
    }
  else if (strcmp (name, "coord") == 0)
    add_point (self);
  else if (strcmp (name, "Track") == 0)
    end_track (self);
}

gboolean
lz_tracks_read_kml (GBytes *text, GPtrArray *tracks, GError **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));
  Reader reader = { tracks, times, points, g_string_new (NULL) };
  gboolean is_read = lz_markup_parse (&parser, &reader, "KML", text, NULL, error);

  g_string_free (reader.text, TRUE);
  return is_read;
}
