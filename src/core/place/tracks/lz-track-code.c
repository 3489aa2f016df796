/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-track-code.h"

#include "lz-line.h"
#include "lz-segment.h"

#include <math.h>
#include <string.h>

/*
 * "1" for the version, then three numbers for each fix: the change of latitude and longitude in
 * 1e-6 degree (11 cm) and of time in seconds, the last doubled and made odd where a piece begins.
 * A number is zigzagged and cut into groups of five bits, the lowest first; each group is one of 64
 * characters that need no escape in JSON, the sixth bit saying that another follows.
 */
#define VERSION '1'

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Fixes that are left out lie no farther than this from the line between their neighbours. */
#define TOLERANCE_M 2.0

/* Kept at least so often, for the replay and so that the same stretches are found covered. */
#define KEEP_EVERY_M  100.0
#define KEEP_EVERY_MS (60 * 1000)

/* More fixes than this are no track of ours. */
#define MAX_FIXES 1000000

static const LzTrackPoint *
get_fix (const LzCleanTrack *track, guint i)
{
  return &g_array_index (track->fixes, LzTrackPoint, i);
}

/* The fix between two that lies farthest from the line between them. */
static guint
find_farthest (const LzCleanTrack *track, guint first, guint last, double *distance_m)
{
  guint farthest = first;

  *distance_m = 0;
  for (guint i = first + 1; i < last; i++)
    {
      LzPlane plane = lz_plane_at (get_fix (track, i)->point);
      double along;
      double off_m = sqrt (lz_plane_segment_distance2 (&plane, get_fix (track, first)->point,
                                                       get_fix (track, last)->point, &along));

      if (off_m > *distance_m)
        {
          *distance_m = off_m;
          farthest = i;
        }
    }
  return farthest;
}

/* Douglas and Peucker's, with a stack of its own: a track can be long and straight. */
static void
keep_bends (const LzCleanTrack *track,
            const LzTrackPiece *piece,
            double tolerance_m,
            gboolean *keep)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (LzTrackPiece));
  guint last = piece->first + piece->n - 1;
  LzTrackPiece whole = { piece->first, last };

  keep[piece->first] = keep[last] = TRUE;
  g_array_append_val (stack, whole);
  while (stack->len > 0)
    {
      LzTrackPiece part = g_array_index (stack, LzTrackPiece, stack->len - 1);
      double off_m;
      guint at = find_farthest (track, part.first, part.n, &off_m);
      LzTrackPiece before = { part.first, at }, behind = { at, part.n };

      g_array_set_size (stack, stack->len - 1);
      if (off_m <= tolerance_m)
        continue;
      keep[at] = TRUE;
      g_array_append_val (stack, before);
      g_array_append_val (stack, behind);
    }
}

static void
keep_often (const LzCleanTrack *track, const LzTrackPiece *piece, gboolean *keep)
{
  guint kept = piece->first;
  double way_m = 0;

  for (guint i = piece->first + 1; i < piece->first + piece->n; i++)
    {
      double step_m = lz_distance_m (get_fix (track, i - 1)->point, get_fix (track, i)->point);

      if (i - 1 > kept &&
          (way_m + step_m > KEEP_EVERY_M ||
           get_fix (track, i)->time_ms - get_fix (track, kept)->time_ms > KEEP_EVERY_MS))
        {
          keep[i - 1] = TRUE;
          kept = i - 1;
          way_m = 0;
        }
      way_m += step_m;
      if (keep[i])
        {
          kept = i;
          way_m = 0;
        }
    }
}

static void
write_number (GString *text, gint64 value)
{
  guint64 bits = ((guint64) value << 1) ^ (guint64) (value >> 63);

  do
    {
      guint group = bits & 31;

      bits >>= 5;
      g_string_append_c (text, digits[group | (bits != 0 ? 32u : 0u)]);
    }
  while (bits != 0);
}

static gint64
to_micro (gint32 value7)
{
  return (value7 + (value7 < 0 ? -5 : 5)) / 10;
}

static char *
write_kept (const LzCleanTrack *track, const gboolean *keep)
{
  GString *text = g_string_new (NULL);
  gint64 lat6 = 0, lon6 = 0, second = 0;

  g_string_append_c (text, VERSION);
  for (guint i = 0; i < track->pieces->len; i++)
    {
      const LzTrackPiece *piece = &g_array_index (track->pieces, LzTrackPiece, i);

      for (guint k = piece->first; k < piece->first + piece->n; k++)
        {
          const LzTrackPoint *fix = get_fix (track, k);

          if (!keep[k])
            continue;
          write_number (text, to_micro (fix->point.lat7) - lat6);
          write_number (text, to_micro (fix->point.lon7) - lon6);
          write_number (text, 2 * (fix->time_ms / 1000 - second) + (k == piece->first));
          lat6 = to_micro (fix->point.lat7);
          lon6 = to_micro (fix->point.lon7);
          second = fix->time_ms / 1000;
        }
    }
  return g_string_free (text, FALSE);
}

/**
 * lz_track_code_write:
 * @track: a cleaned track
 * @max_bytes: how long the text may be, such as %LZ_TRACK_CODE_MAX_BYTES; at least 100
 *
 * Makes a track small enough to travel in an event: fixes within 2 m of the line between their
 * neighbours are left out (but one is kept every 100 m and every minute), the rest is written as
 * differences of 11 cm and whole seconds.  Two hours on foot are about 10 kB.  Where that is still
 * too long, more is left out.  Pure; any thread.
 *
 * Returns: (transfer full): printable ASCII that needs no escape in JSON
 */
char *
lz_track_code_write (const LzCleanTrack *track, gsize max_bytes)
{
  g_autofree gboolean *keep = NULL;
  double tolerance_m = TOLERANCE_M;

  g_return_val_if_fail (track != NULL, NULL);
  g_return_val_if_fail (max_bytes >= 100, NULL);

  keep = g_new (gboolean, MAX (track->fixes->len, 1));
  for (;; tolerance_m *= 2)
    {
      g_autofree char *text = NULL;

      memset (keep, 0, track->fixes->len * sizeof *keep);
      for (guint i = 0; i < track->pieces->len; i++)
        {
          const LzTrackPiece *piece = &g_array_index (track->pieces, LzTrackPiece, i);

          keep_bends (track, piece, tolerance_m, keep);
          if (tolerance_m <= KEEP_EVERY_M)
            keep_often (track, piece, keep);
        }
      text = write_kept (track, keep);
      if (strlen (text) <= max_bytes || tolerance_m > LZ_EARTH_RADIUS_M)
        return g_steal_pointer (&text);
    }
}

static gboolean
read_number (const char **at, gint64 *value)
{
  guint64 bits = 0;

  for (guint shift = 0; shift < 60; shift += 5)
    {
      const char *digit = **at != '\0' ? strchr (digits, **at) : NULL;
      guint group;

      if (digit == NULL)
        return FALSE;
      (*at)++;
      group = (guint) (digit - digits);
      bits |= (guint64) (group & 31) << shift;
      if ((group & 32) == 0)
        {
          *value = (gint64) (bits >> 1) ^ -(gint64) (bits & 1);
          return TRUE;
        }
    }
  return FALSE;
}

static void
add_fix (LzCleanTrack *track, const LzTrackPoint *fix, gboolean begins)
{
  LzTrackPiece *piece;

  if (begins || track->pieces->len == 0)
    {
      LzTrackPiece next = { track->fixes->len, 0 };

      g_array_append_val (track->pieces, next);
    }
  piece = &g_array_index (track->pieces, LzTrackPiece, track->pieces->len - 1);
  if (piece->n > 0)
    track->length_m += lz_distance_m (get_fix (track, track->fixes->len - 1)->point, fix->point);
  g_array_append_val (track->fixes, *fix);
  piece->n++;
}

/**
 * lz_track_code_read:
 * @text: (nullable): what lz_track_code_write() gave, perhaps damaged since
 *
 * Returns: (transfer full) (nullable): the track, or %NULL if @text is none
 */
LzCleanTrack *
lz_track_code_read (const char *text)
{
  g_autoptr (LzCleanTrack) track = NULL;
  gint64 lat6 = 0, lon6 = 0, second = 0, d_lat, d_lon, d_time;

  if (text == NULL || *text++ != VERSION)
    return NULL;

  track = g_new0 (LzCleanTrack, 1);
  track->fixes = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));
  track->pieces = g_array_new (FALSE, FALSE, sizeof (LzTrackPiece));
  while (*text != '\0')
    {
      LzTrackPoint fix = { .accuracy_m = 0 };

      if (track->fixes->len == MAX_FIXES || !read_number (&text, &d_lat) ||
          !read_number (&text, &d_lon) || !read_number (&text, &d_time))
        return NULL;

      lat6 += d_lat;
      lon6 += d_lon;
      second += d_time >> 1;
      if (lat6 < -90000000 || lat6 > 90000000 || lon6 < -180000000 || lon6 > 180000000 ||
          second < 0 || second > G_MAXINT64 / 1000)
        return NULL;
      fix.point = (LzPoint){ (gint32) lat6 * 10, (gint32) lon6 * 10 };
      fix.time_ms = second * 1000;
      add_fix (track, &fix, (d_time & 1) != 0);
    }

  track->n_all = track->n_timed = track->fixes->len;
  if (track->fixes->len > 0)
    {
      track->begun_ms = get_fix (track, 0)->time_ms;
      track->ended_ms = get_fix (track, track->fixes->len - 1)->time_ms;
    }
  return g_steal_pointer (&track);
}
