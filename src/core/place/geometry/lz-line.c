/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-line.h"

#include "lz-segment.h"

#include <math.h>
#include <string.h>

/* Nearer than this a point counts as on the line; coordinates are no finer. */
#define ON_LINE_M 0.02

/* A line of more points than this is damaged data, not a street. */
#define MAX_POINTS 10000000

LzPlane
lz_plane_at (LzPoint origin)
{
  double latitude = lz_point_latitude (origin) * G_PI / 180;

  return (LzPlane){ origin, LZ_M_PER_UNIT * cos (latitude) };
}

/**
 * lz_line_new:
 * @points: (array length=n): the points, copied
 * @n: how many; a place on the street map is a line of one
 *
 * Returns: (transfer full): a new line
 */
LzLine *
lz_line_new (const LzPoint *points, guint n)
{
  LzLine *self;

  g_return_val_if_fail (points != NULL, NULL);
  g_return_val_if_fail (n > 0, NULL);

  self = g_new (LzLine, 1);
  self->points = g_memdup2 (points, n * sizeof *points);
  self->n = n;
  return self;
}

/**
 * lz_line_copy:
 * @self: a line
 *
 * Returns: (transfer full): a copy
 */
LzLine *
lz_line_copy (const LzLine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return lz_line_new (self->points, self->n);
}

/**
 * lz_line_free:
 * @self: (nullable) (transfer full): a line
 */
void
lz_line_free (LzLine *self)
{
  if (self == NULL)
    return;

  g_free (self->points);
  g_free (self);
}

/**
 * lz_distance_m:
 * @a: a place
 * @b: another
 *
 * Returns: metres along the great circle, on a sphere of the earth's mean radius; within 0.5 % of
 *   the ellipsoid
 */
double
lz_distance_m (LzPoint a, LzPoint b)
{
  double lat_a = lz_point_latitude (a) * G_PI / 180;
  double lat_b = lz_point_latitude (b) * G_PI / 180;
  double sin_lat = sin ((lat_b - lat_a) / 2);
  double sin_lon = sin ((lz_point_longitude (b) - lz_point_longitude (a)) * G_PI / 360);
  double h = sin_lat * sin_lat + cos (lat_a) * cos (lat_b) * sin_lon * sin_lon;

  return 2 * LZ_EARTH_RADIUS_M * asin (sqrt (MIN (h, 1.0)));
}

/**
 * lz_line_length_m:
 * @self: a line
 *
 * Returns: its length in metres
 */
double
lz_line_length_m (const LzLine *self)
{
  double length_m = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 1; i < self->n; i++)
    length_m += lz_distance_m (self->points[i - 1], self->points[i]);

  return length_m;
}

/**
 * lz_line_box:
 * @self: a line
 *
 * Returns: the smallest box around it
 */
LzBox
lz_line_box (const LzLine *self)
{
  LzBox box = { G_MAXINT32, G_MAXINT32, G_MININT32, G_MININT32 };

  g_return_val_if_fail (self != NULL, box);

  for (guint i = 0; i < self->n; i++)
    {
      LzPoint p = self->points[i];

      box.south7 = MIN (box.south7, p.lat7);
      box.north7 = MAX (box.north7, p.lat7);
      box.west7 = MIN (box.west7, p.lon7);
      box.east7 = MAX (box.east7, p.lon7);
    }

  return box;
}

/* Positive if the way from @a by @b to @c turns left. */
static double
turn (const LzPlane *plane, LzPoint a, LzPoint b, LzPoint c)
{
  double bx = lz_plane_x (plane, b), by = lz_plane_y (plane, b);

  return (bx - lz_plane_x (plane, a)) * (lz_plane_y (plane, c) - by) -
         (by - lz_plane_y (plane, a)) * (lz_plane_x (plane, c) - bx);
}

/* The foot is on segment @i (from point i to i + 1), @along of the way.  A point whose foot is a
 * bend lies on the bend's outer side; one segment alone would say the wrong side there. */
static int
find_side (const LzLine *self, const LzPlane *plane, guint i, double along)
{
  const LzPoint *p = self->points;
  double left = turn (plane, p[i], p[i + 1], plane->origin);

  if (along >= 1 && i + 2 < self->n)
    {
      double bend = turn (plane, p[i], p[i + 1], p[i + 2]);

      if (bend != 0)
        return bend > 0 ? 1 : -1;
    }

  if (left == 0)
    return 0;
  return left > 0 ? -1 : 1;
}

/**
 * lz_line_project:
 * @self: a line
 * @point: a place
 * @projection: (out): its place relative to the line; the first of several equally near ones
 *
 * Finds the nearest point of the line.
 */
void
lz_line_project (const LzLine *self, LzPoint point, LzProjection *projection)
{
  LzPlane plane = lz_plane_at (point);
  double best2 = HUGE_VAL, best_along = 0, along;
  guint best = 0;

  g_return_if_fail (self != NULL && self->n > 0);
  g_return_if_fail (projection != NULL);

  *projection = (LzProjection){ .foot = self->points[0] };
  if (self->n == 1)
    {
      projection->offset_m =
          sqrt (lz_plane_segment_distance2 (&plane, self->points[0], self->points[0], &along));
      return;
    }

  for (guint i = 0; i + 1 < self->n; i++)
    {
      double distance2 =
          lz_plane_segment_distance2 (&plane, self->points[i], self->points[i + 1], &along);

      if (distance2 < best2)
        {
          best2 = distance2;
          best = i;
          best_along = along;
        }
    }

  for (guint i = 0; i < best; i++)
    projection->chainage_m += lz_distance_m (self->points[i], self->points[i + 1]);
  projection->chainage_m += best_along * lz_distance_m (self->points[best], self->points[best + 1]);
  projection->offset_m = sqrt (best2);
  projection->foot = lz_point_between (self->points[best], self->points[best + 1], best_along);
  if (projection->offset_m > ON_LINE_M)
    projection->side = find_side (self, &plane, best, best_along);
}

/**
 * lz_line_point_at:
 * @self: a line
 * @chainage_m: metres from its start; less than 0 or past the end counts as that end
 *
 * Returns: the place there
 */
LzPoint
lz_line_point_at (const LzLine *self, double chainage_m)
{
  g_return_val_if_fail (self != NULL && self->n > 0, ((LzPoint){ 0, 0 }));

  if (!(chainage_m > 0))
    return self->points[0];

  for (guint i = 0; i + 1 < self->n; i++)
    {
      double length_m = lz_distance_m (self->points[i], self->points[i + 1]);

      if (chainage_m < length_m)
        return lz_point_between (self->points[i], self->points[i + 1], chainage_m / length_m);
      chainage_m -= length_m;
    }

  return self->points[self->n - 1];
}

/**
 * lz_line_cut:
 * @self: a line
 * @from_m: metres from its start
 * @to_m: the same, not less than @from_m; both count as the nearer end where they are past it
 *
 * Returns: (transfer full): the stretch between the two
 */
LzLine *
lz_line_cut (const LzLine *self, double from_m, double to_m)
{
  g_autoptr (GArray) points = NULL;
  LzPoint end;
  double at_m = 0;

  g_return_val_if_fail (self != NULL && self->n > 0, NULL);

  to_m = MIN (to_m, lz_line_length_m (self));
  points = g_array_new (FALSE, FALSE, sizeof (LzPoint));
  end = lz_line_point_at (self, from_m);
  g_array_append_val (points, end);
  for (guint i = 1; i < self->n && at_m < to_m; i++)
    {
      at_m += lz_distance_m (self->points[i - 1], self->points[i]);
      if (at_m > from_m && at_m < to_m)
        g_array_append_val (points, self->points[i]);
    }
  end = lz_line_point_at (self, to_m);
  g_array_append_val (points, end);
  return lz_line_new ((const LzPoint *) (gconstpointer) points->data, points->len);
}

/**
 * lz_chainage_dup_label:
 * @chainage_m: metres from a road's start
 *
 * Writes a chainage as the trade does, to the nearest metre: "K0+425".
 *
 * Returns: (transfer full): the label
 */
char *
lz_chainage_dup_label (double chainage_m)
{
  gint64 metres = isfinite (chainage_m) ? (gint64) llround (CLAMP (chainage_m, 0, 1e12)) : 0;

  return g_strdup_printf ("K%" G_GINT64_FORMAT "+%03d", metres / 1000, (int) (metres % 1000));
}

/**
 * lz_line_to_bytes:
 * @self: a line
 *
 * Returns: (transfer full): the line as it lies in the store: the number of points, then each
 *   one's latitude and longitude, all as little-endian 32-bit integers
 */
GBytes *
lz_line_to_bytes (const LzLine *self)
{
  gsize n_words;
  guint32 *words;

  g_return_val_if_fail (self != NULL, NULL);

  n_words = 1 + 2 * (gsize) self->n;
  words = g_new (guint32, n_words);
  words[0] = GUINT32_TO_LE (self->n);
  for (guint i = 0; i < self->n; i++)
    {
      words[1 + 2 * (gsize) i] = GUINT32_TO_LE ((guint32) self->points[i].lat7);
      words[2 + 2 * (gsize) i] = GUINT32_TO_LE ((guint32) self->points[i].lon7);
    }

  return g_bytes_new_take (words, n_words * sizeof *words);
}

static guint32
read_word (const guint8 *at)
{
  guint32 word;

  memcpy (&word, at, sizeof word);
  return GUINT32_FROM_LE (word);
}

/**
 * lz_line_from_bytes:
 * @data: (array length=size) (nullable): what lz_line_to_bytes() gave, perhaps damaged since
 * @size: how many bytes
 *
 * Returns: (transfer full) (nullable): the line, or %NULL if the bytes are none
 */
LzLine *
lz_line_from_bytes (gconstpointer data, gsize size)
{
  const guint8 *at = data;
  g_autofree LzPoint *points = NULL;
  guint32 n;

  if (data == NULL || size < 4)
    return NULL;

  n = read_word (at);
  if (n == 0 || n > MAX_POINTS || size != 4 + (gsize) n * 8)
    return NULL;

  points = g_new (LzPoint, n);
  for (guint32 i = 0; i < n; i++)
    {
      LzPoint p = { (gint32) read_word (at + 4 + (gsize) i * 8),
                    (gint32) read_word (at + 8 + (gsize) i * 8) };

      if (p.lat7 < -900000000 || p.lat7 > 900000000 || p.lon7 < -1800000000 || p.lon7 > 1800000000)
        return NULL;
      points[i] = p;
    }

  return lz_line_new (points, n);
}
