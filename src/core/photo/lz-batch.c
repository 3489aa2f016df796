/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-batch.h"

#include <math.h>
#include <string.h>

#define EARTH_RADIUS_M 6371008.8

/* Receivers and cameras differ by so much without either being wrong. */
#define SHIFT_NOISE_MS (30 * G_GINT64_CONSTANT (1000))

/* A draft that may still grow. */
typedef struct
{
  guint number;
  gint64 last_ms;
  LzPoint anchor; /* where its first photo with a place was taken; (0,0) before there is one */
} Group;

void
lz_batch_photo_free (LzBatchPhoto *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self);
}

/* On a sphere; good to some per mille, which is plenty for metres between photos. */
static double
distance_m (LzPoint a, LzPoint b)
{
  double to_radians = G_PI / 180 / LZ_POINT_SCALE;
  double d_lat = ((double) a.lat7 - b.lat7) * to_radians;
  double d_lon = ((double) a.lon7 - b.lon7) * to_radians;
  double h = pow (sin (d_lat / 2), 2) +
             cos (a.lat7 * to_radians) * cos (b.lat7 * to_radians) * pow (sin (d_lon / 2), 2);

  return 2 * EARTH_RADIUS_M * asin (sqrt (MIN (h, 1)));
}

/* By time, those without one last; the path and the bytes settle the rest, so that the order in
 * which the photos came does not matter. */
static int
compare_photos (gconstpointer a, gconstpointer b)
{
  const LzBatchPhoto *one = *(const LzBatchPhoto *const *) a;
  const LzBatchPhoto *other = *(const LzBatchPhoto *const *) b;
  int order;

  if ((one->corrected_ms == 0) != (other->corrected_ms == 0))
    return one->corrected_ms == 0 ? 1 : -1;
  if (one->corrected_ms != other->corrected_ms)
    return one->corrected_ms < other->corrected_ms ? -1 : 1;
  order = g_strcmp0 (one->path, other->path);
  return order != 0 ? order : memcmp (one->sha256, other->sha256, sizeof one->sha256);
}

static gint32
between (gint32 from, gint32 to, double part)
{
  return (gint32) lround (from + ((double) to - from) * part);
}

/* Where a photo without a place was taken, seen from the photos with one before and after it. */
static void
guess_place (LzBatchPhoto *photo,
             const LzBatchPhoto *before,
             const LzBatchPhoto *after,
             gint64 neighbour_ms)
{
  gint64 since = before != NULL ? photo->corrected_ms - before->corrected_ms : G_MAXINT64;
  gint64 until = after != NULL ? after->corrected_ms - photo->corrected_ms : G_MAXINT64;

  if (before != NULL && after != NULL && since <= neighbour_ms && until <= neighbour_ms &&
      since + until > 0 && ABS ((gint64) before->place.lon7 - after->place.lon7) < 1800000000)
    {
      double part = (double) since / (double) (since + until);

      photo->place.lat7 = between (before->place.lat7, after->place.lat7, part);
      photo->place.lon7 = between (before->place.lon7, after->place.lon7, part);
    }
  else if (before != NULL && since <= MIN (until, neighbour_ms))
    photo->place = before->place;
  else if (after != NULL && until <= neighbour_ms)
    photo->place = after->place;

  photo->place_guessed = lz_point_is_valid (photo->place);
}

/* @photos in the order of time. */
static void
place_between_neighbours (GPtrArray *photos, gint64 neighbour_ms)
{
  const LzBatchPhoto *before = NULL, *after = NULL;
  guint next = 0; /* where @after was found */

  for (guint i = 0; i < photos->len; i++)
    {
      LzBatchPhoto *photo = g_ptr_array_index (photos, i);

      if (photo->corrected_ms == 0)
        break;
      if (lz_point_is_valid (photo->info->place))
        {
          before = photo;
          continue;
        }

      for (next = MAX (next, i + 1); next < photos->len; next++)
        {
          after = g_ptr_array_index (photos, next);
          if (after->corrected_ms != 0 && lz_point_is_valid (after->info->place))
            break;
        }
      guess_place (photo, before, next < photos->len ? after : NULL, neighbour_ms);
    }
}

/* Whether a photo may join a draft that is still open, and how far it is from it: the whole radius
 * where that cannot be told. */
static gboolean
fits (const Group *group, const LzBatchPhoto *photo, const LzBatchRules *rules, double *distance)
{
  *distance = rules->radius_m;
  if (!lz_point_is_valid (photo->place) || !lz_point_is_valid (group->anchor))
    return photo->corrected_ms != 0; /* by time alone, if there is one */

  *distance = distance_m (photo->place, group->anchor);
  return *distance <= rules->radius_m;
}

/* The nearest of the drafts that a photo may join; the one added to last of those equally near. */
static Group *
find_group (GArray *open, const LzBatchPhoto *photo, const LzBatchRules *rules)
{
  Group *best = NULL;
  double best_distance = 0, distance;

  for (guint i = open->len; i > 0; i--)
    {
      Group *group = &g_array_index (open, Group, i - 1);

      if (fits (group, photo, rules, &distance) &&
          (best == NULL || distance < best_distance ||
           (distance == best_distance && group->last_ms > best->last_ms)))
        {
          best = group;
          best_distance = distance;
        }
    }

  return best;
}

/* Drafts that no later photo can join any more. */
static void
close_old (GArray *open, gint64 now_ms, gint64 gap_ms)
{
  for (guint i = open->len; i > 0; i--)
    if (now_ms - g_array_index (open, Group, i - 1).last_ms > gap_ms)
      g_array_remove_index (open, i - 1);
}

static guint
number_groups (GPtrArray *photos, const LzBatchRules *rules)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Group));
  gboolean timeless = FALSE;
  guint n_groups = 0;

  for (guint i = 0; i < photos->len; i++)
    {
      LzBatchPhoto *photo = g_ptr_array_index (photos, i);
      Group *group;

      if (photo->corrected_ms != 0)
        close_old (open, photo->corrected_ms, rules->gap_s * G_GINT64_CONSTANT (1000));
      else if (!timeless) /* the first of them: the drafts with a time are complete */
        {
          g_array_set_size (open, 0);
          timeless = TRUE;
        }

      group = find_group (open, photo, rules);
      if (group == NULL)
        {
          Group fresh = { .number = n_groups++ };

          g_array_append_val (open, fresh);
          group = &g_array_index (open, Group, open->len - 1);
        }
      photo->group = group->number;
      group->last_ms = photo->corrected_ms;
      if (!lz_point_is_valid (group->anchor))
        group->anchor = photo->place;
    }

  return n_groups;
}

/**
 * lz_batch_group:
 * @photos: (element-type LzBatchPhoto): photos with @path, @sha256 and @info set; sorted by time
 *   here, those without a time last
 * @rules: how far apart is apart
 *
 * Sorts photos into drafts, and sets @corrected_ms, @place, @place_guessed and @group of each.
 * Pure: the same photos in any order give the same answer.
 *
 * - The clock is corrected for all of them alike.
 * - A photo without a place of its own gets one from the nearest photos before and after it in time
 *   that have their own: on the straight line between the two where both are within
 *   @rules->neighbour_s, by time; else from the one that is; else none.
 * - A photo joins a draft whose last photo is at most @rules->gap_s older and whose first place is
 * at most @rules->radius_m away; the nearest one if there are several, as when two people walked at
 *   the same time.  A photo without a place goes by time alone.
 * - Photos without a time go by place alone, among themselves.  One with neither is a draft of its
 *   own: nothing ties it to another.
 * - Drafts are numbered from 0 in the order of their first photos.
 *
 * Returns: the number of drafts
 */
guint
lz_batch_group (GPtrArray *photos, const LzBatchRules *rules)
{
  g_return_val_if_fail (photos != NULL, 0);
  g_return_val_if_fail (rules != NULL, 0);

  for (guint i = 0; i < photos->len; i++)
    {
      LzBatchPhoto *photo = g_ptr_array_index (photos, i);

      photo->corrected_ms =
          photo->info->taken_ms != 0 ? photo->info->taken_ms + rules->clock_shift_ms : 0;
      photo->place = photo->info->place;
      photo->place_guessed = FALSE;
    }

  g_ptr_array_sort (photos, compare_photos);
  place_between_neighbours (photos, rules->neighbour_s * G_GINT64_CONSTANT (1000));
  return number_groups (photos, rules);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/**
 * lz_batch_suggest_shift:
 * @photos: (element-type LzBatchPhoto): photos with @info set
 *
 * Compares the cameras' clocks with the satellites' where a photo gives both.
 *
 * Returns: ms to add to the cameras' times (@clock_shift_ms), the median of the batch; 0 if the
 *   clocks agree within half a minute or the photos do not say
 */
gint64
lz_batch_suggest_shift (GPtrArray *photos)
{
  g_autoptr (GArray) shifts = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 median;

  g_return_val_if_fail (photos != NULL, 0);

  for (guint i = 0; i < photos->len; i++)
    {
      const LzPhotoInfo *info = ((const LzBatchPhoto *) g_ptr_array_index (photos, i))->info;
      gint64 shift = info->gps_ms - info->taken_ms;

      if (info->gps_ms != 0 && info->taken_ms != 0)
        g_array_append_val (shifts, shift);
    }
  if (shifts->len == 0)
    return 0;

  g_array_sort (shifts, compare_times);
  median = g_array_index (shifts, gint64, shifts->len / 2);
  return ABS (median) > SHIFT_NOISE_MS ? median : 0;
}
