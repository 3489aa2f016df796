/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-gpx.h"

#include "lz-line.h"
#include "lz-markup.h"
#include "lz-place-file.h"

#include "lz-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_DEPTH 32

#define MAX_NAME_CHARS 255

/* Before GPS there were no tracks: a receiver without a fix writes such times. */
#define FIRST_TIME_S G_GINT64_CONSTANT (315964800) /* 1980-01-06 */

typedef struct
{
  GPtrArray *tracks;
  GArray *points; /* of LzTrackPoint, of the segment at hand */
  GString *text;  /* of the element at hand, if it is wanted */
  char *name;     /* of the track at hand */
  guint depth;
  guint point_depth; /* 0 outside a point */
  LzTrackPoint point;
  gboolean has_point;
  gboolean is_wanted; /* the text */

  guint n_empty;
  guint n_bad_places;
  guint n_bad_times;
  guint n_others; /* waypoints and points of routes */
} Reader;

/**
 * lz_track_free:
 * @self: (nullable) (transfer full): a track
 */
void
lz_track_free (LzTrack *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->points);
  g_free (self);
}

static double
parse_degrees (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0 && values[i][0] != '\0')
      {
        char *end;
        double value = g_ascii_strtod (values[i], &end);

        return *end == '\0' ? value : NAN;
      }

  return NAN;
}

static void
start_point (Reader *self, const char **names, const char **values)
{
  self->point_depth = self->depth;
  self->point.time_ms = 0;
  self->point.accuracy_m = 0; /* GPX gives dilutions only, which are no metres */
  self->has_point =
      lz_point_from_degrees (parse_degrees (names, values, "lat"),
                             parse_degrees (names, values, "lon"), &self->point.point);
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
  const char *name = lz_markup_local_name (element);

  (void) context;
  self->depth++;
  self->is_wanted = FALSE;
  if (self->depth == 1 && strcmp (name, "gpx") != 0)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 "the outermost element is <%.40s>, not <gpx>", element);
  else if (self->depth > MAX_DEPTH)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 "elements nested more than %d deep", MAX_DEPTH);
  else if (self->depth == 4 && strcmp (name, "trkpt") == 0)
    start_point (self, names, values);
  else if (strcmp (name, "wpt") == 0 || strcmp (name, "rtept") == 0)
    self->n_others++;
  else if (self->depth == 3 && strcmp (name, "name") == 0)
    self->is_wanted = TRUE;
  else if (self->point_depth != 0 && self->depth == 5 && strcmp (name, "time") == 0)
    self->is_wanted = TRUE;

  g_string_truncate (self->text, 0);
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
  if (self->is_wanted)
    g_string_append_len (self->text, text, (gssize) length);
}

/* A time without a zone is UTC, as GPX wants all of them. */
static gint64
parse_time (Reader *self)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (g_strstrip (self->text->str), utc);

  if (time == NULL || g_date_time_to_unix (time) < FIRST_TIME_S)
    {
      self->n_bad_times++;
      return 0;
    }
  return g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
}

static void
end_point (Reader *self)
{
  if (self->has_point)
    g_array_append_val (self->points, self->point);
  else
    self->n_bad_places++;
  self->point_depth = 0;
}

static void
end_segment (Reader *self)
{
  LzTrack *track;

  if (self->points->len == 0)
    {
      self->n_empty++;
      return;
    }

  track = g_new0 (LzTrack, 1);
  track->name = g_strdup (self->name);
  track->n = self->points->len;
  track->points = g_memdup2 (self->points->data, track->n * sizeof *track->points);
  for (guint i = 1; i < track->n; i++)
    track->length_m += lz_distance_m (track->points[i - 1].point, track->points[i].point);
  g_ptr_array_add (self->tracks, track);
  g_array_set_size (self->points, 0);
}

static void
take_name (Reader *self)
{
  g_strstrip (self->text->str);
  g_free (self->name);
  self->name = self->text->str[0] != '\0'
                   ? g_utf8_substring (self->text->str, 0,
                                       MIN (g_utf8_strlen (self->text->str, -1), MAX_NAME_CHARS))
                   : NULL;
}

static void
end_element_cb (GMarkupParseContext *context,
                const char *element,
                gpointer user_data,
                GError **error)
{
  Reader *self = user_data;
  const char *name = lz_markup_local_name (element);

  (void) context;
  (void) error;
  if (self->point_depth == self->depth && self->depth > 0)
    end_point (self);
  else if (self->is_wanted && self->depth == 5)
    self->point.time_ms = parse_time (self);
  else if (self->is_wanted && self->depth == 3)
    take_name (self);
  else if (self->depth == 3 && strcmp (name, "trkseg") == 0)
    end_segment (self);
  else if (self->depth == 2)
    g_clear_pointer (&self->name, g_free);

  self->is_wanted = FALSE;
  self->depth--;
}

static void
report (const Reader *self, GPtrArray *skipped)
{
  if (self->n_empty > 0)
    g_ptr_array_add (skipped,
                     g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u segment without a point",
                                                   "%u segments without a point", self->n_empty),
                                      self->n_empty));
  if (self->n_bad_places > 0)
    g_ptr_array_add (
        skipped,
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                      "%u point with coordinates that are no place on earth",
                                      "%u points with coordinates that are no place on earth",
                                      self->n_bad_places),
                         self->n_bad_places));
  if (self->n_bad_times > 0)
    g_ptr_array_add (skipped, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                            "%u time that cannot be (point kept)",
                                                            "%u times that cannot be (points kept)",
                                                            self->n_bad_times),
                                               self->n_bad_times));
  if (self->n_others > 0)
    g_ptr_array_add (skipped, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                            "%u point of a route or on its own",
                                                            "%u points of routes or on their own",
                                                            self->n_others),
                                               self->n_others));
}

static gboolean
check (const Reader *self, GError **error)
{
  g_autoptr (GPtrArray) why = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  if (self->tracks->len > 0)
    return TRUE;

  report (self, why);
  g_ptr_array_add (why, NULL);
  joined = g_strjoinv ("; ", (char **) why->pdata);
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading GPX: there is no track in it%s%s",
               joined[0] != '\0' ? ": " : "", joined);
  return FALSE;
}

static void
free_track (gpointer data)
{
  lz_track_free (data);
}

/**
 * lz_gpx_read_bytes:
 * @bytes: a GPX file, gzip-compressed or not
 * @skipped: (nullable) (element-type utf8): takes a translated line for each kind of thing that
 *   was left out
 * @cancellable: (nullable): stops it
 * @error: %LZ_ERROR_INVALID with what is wrong and where, also where there is no track in it;
 *   %LZ_ERROR_TOO_LARGE
 *
 * Reads the tracks of a receiver, in the order of the file.  Blocks; any thread.
 *
 * Returns: (transfer container) (element-type LzTrack) (nullable): an array that owns its tracks,
 *   one for each segment, or %NULL with @error set
 */
GPtrArray *
lz_gpx_read_bytes (GBytes *bytes, GPtrArray *skipped, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GPtrArray) tracks = g_ptr_array_new_with_free_func (free_track);
  static const GMarkupParser parser = { start_element_cb, end_element_cb, text_cb, NULL, NULL };
  Reader reader = { .tracks = tracks };
  gboolean is_read;

  g_return_val_if_fail (bytes != NULL, NULL);

  plain = lz_place_unpack (bytes, cancellable, error);
  text = plain != NULL ? lz_place_skip_blank (plain, error) : NULL;
  if (text == NULL)
    return NULL;

  reader.points = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));
  reader.text = g_string_new (NULL);
  is_read =
      lz_markup_parse (&parser, &reader, "GPX", text, cancellable, error) && check (&reader, error);
  g_array_unref (reader.points);
  g_string_free (reader.text, TRUE);
  g_free (reader.name);

  if (is_read && skipped != NULL)
    report (&reader, skipped);
  return is_read ? g_steal_pointer (&tracks) : NULL;
}

/**
 * lz_gpx_read:
 * @path: a GPX file
 * @skipped: (nullable): as for lz_gpx_read_bytes()
 * @cancellable: (nullable): stops it
 * @error: as for lz_gpx_read_bytes(), and G_IO_ERROR if the file cannot be read
 *
 * Reads the tracks of a file.  Blocks; any thread.
 *
 * Returns: (transfer container) (element-type LzTrack) (nullable): as lz_gpx_read_bytes()
 */
GPtrArray *
lz_gpx_read (const char *path, GPtrArray *skipped, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  bytes = lz_place_load (path, cancellable, error);
  return bytes != NULL ? lz_gpx_read_bytes (bytes, skipped, cancellable, error) : NULL;
}
