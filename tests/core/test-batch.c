/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-batch.h"
#include "lz-test.h"

#include <math.h>
#include <string.h>

#define START_MS  G_GINT64_CONSTANT (1772670600000)
#define SECOND_MS G_GINT64_CONSTANT (1000)

/* At 贵溪: a ten-thousandth of a degree is 11.1 m to the north, 9.8 m to the east. */
#define LAT7     282900000
#define LON7     1172100000
#define METRE_N7 89.93

static LzBatchPhoto *
add (GPtrArray *photos, const char *path, gint64 second, LzPoint place)
{
  LzBatchPhoto *photo = g_new0 (LzBatchPhoto, 1);

  photo->path = g_strdup (path);
  photo->info = g_new0 (LzPhotoInfo, 1);
  photo->info->taken_ms = second < 0 ? 0 : START_MS + second * SECOND_MS;
  photo->info->place = place;
  g_ptr_array_add (photos, photo);
  return photo;
}

static void
free_with_info (gpointer photo)
{
  lz_photo_info_free (((LzBatchPhoto *) photo)->info);
  lz_batch_photo_free (photo);
}

static GPtrArray *
new_batch (void)
{
  return g_ptr_array_new_with_free_func (free_with_info);
}

static LzPoint
north_m (double metres)
{
  return (LzPoint){ LAT7 + (gint32) (metres * METRE_N7), LON7 };
}

static const LzPoint nowhere = { 0, 0 };

static guint
group (GPtrArray *photos)
{
  return lz_batch_group (photos, &LZ_BATCH_RULES_DEFAULT);
}

/* The draft of each photo in the order of time, as "0 0 1". */
static char *
dup_groups (GPtrArray *photos)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < photos->len; i++)
    g_string_append_printf (text, i > 0 ? " %u" : "%u",
                            ((LzBatchPhoto *) g_ptr_array_index (photos, i))->group);
  return g_string_free (text, FALSE);
}

static void
assert_groups (GPtrArray *photos, const char *expected)
{
  g_autofree char *found = dup_groups (photos);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_time (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();

  add (photos, "d", 90 + 90 + 90, north_m (0))->info->taken_ms += 1;
  add (photos, "a", 0, north_m (0));
  add (photos, "c", 90 + 90, north_m (0));
  add (photos, "b", 90, north_m (0));
  g_assert_cmpuint (group (photos), ==, 2);
  assert_groups (photos, "0 0 0 1");
  g_assert_cmpstr (((LzBatchPhoto *) photos->pdata[3])->path, ==, "d");
}

/* 24 m is near, 26 m is not, and a walk in small steps does not drag its first draft along. */
static void
test_place (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();

  add (photos, "a", 0, north_m (0));
  add (photos, "b", 10, north_m (24));
  add (photos, "c", 20, north_m (26));
  add (photos, "d", 30, north_m (49));
  add (photos, "e", 40, north_m (52));
  g_assert_cmpuint (group (photos), ==, 3);
  assert_groups (photos, "0 0 1 1 2");
}

/* Two people, photos taken in turns: a draft each. */
static void
test_two_walkers (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();

  for (int i = 0; i < 6; i++)
    add (photos, i % 2 == 0 ? "a" : "b", i * 10, north_m (i % 2 == 0 ? i : 500 + i));
  g_assert_cmpuint (group (photos), ==, 2);
  assert_groups (photos, "0 1 0 1 0 1");
}

/* Between two drafts that are both near enough, the nearer. */
static void
test_nearer (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();

  add (photos, "a", 0, north_m (0));
  add (photos, "b", 10, north_m (40));
  add (photos, "c", 20, north_m (16));
  add (photos, "d", 30, north_m (24));
  g_assert_cmpuint (group (photos), ==, 2);
  assert_groups (photos, "0 1 0 1");
}

static void
test_between_neighbours (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();
  LzBatchPhoto *quarter, *after_last, *lost, *before_first;

  before_first = add (photos, "z", -1, nowhere);
  before_first->info->taken_ms = START_MS - 600 * SECOND_MS;
  add (photos, "a", 0, north_m (0));
  quarter = add (photos, "b", 100, nowhere);
  add (photos, "c", 400, north_m (1000));
  after_last = add (photos, "d", 1000, nowhere);
  lost = add (photos, "e", 1001, nowhere);
  group (photos);

  g_assert_true (quarter->place_guessed);
  g_assert_cmpint (ABS (quarter->place.lat7 - north_m (250).lat7), <=, 1);
  g_assert_cmpint (quarter->place.lon7, ==, LON7);
  g_assert_true (after_last->place_guessed);
  g_assert_cmpint (after_last->place.lat7, ==, north_m (1000).lat7);
  g_assert_true (before_first->place_guessed);
  g_assert_cmpint (before_first->place.lat7, ==, LAT7);
  g_assert_false (lost->place_guessed);
  g_assert_false (lz_point_is_valid (lost->place));
  g_assert_false (((LzBatchPhoto *) photos->pdata[1])->place_guessed);
}

/* One neighbour near in time, the other too far: the near one alone. */
static void
test_one_neighbour (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();
  LzBatchPhoto *photo;

  add (photos, "a", 0, north_m (0));
  photo = add (photos, "b", 500, nowhere);
  add (photos, "c", 1200, north_m (1000));
  group (photos);
  g_assert_cmpint (photo->place.lat7, ==, LAT7);
}

static void
test_without_time (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();

  add (photos, "e", -1, nowhere);
  add (photos, "d", -1, nowhere);
  add (photos, "c", -1, north_m (10));
  add (photos, "b", -1, north_m (400));
  add (photos, "a", -1, north_m (0));
  add (photos, "x", 0, north_m (0));
  g_assert_cmpuint (group (photos), ==, 5);
  assert_groups (photos, "0 1 2 1 3 4");
  g_assert_cmpint (((LzBatchPhoto *) photos->pdata[1])->corrected_ms, ==, 0);
  g_assert_false (((LzBatchPhoto *) photos->pdata[5])->place_guessed);
}

/* With a place in neither, time alone; a photo without a place goes with the latest draft. */
static void
test_without_place (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();

  add (photos, "a", 0, nowhere);
  add (photos, "b", 80, nowhere);
  add (photos, "c", 200, nowhere);
  g_assert_cmpuint (group (photos), ==, 2);
  assert_groups (photos, "0 0 1");
}

static void
test_shift (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();
  LzBatchRules rules = LZ_BATCH_RULES_DEFAULT;
  LzBatchPhoto *photo = add (photos, "a", 0, north_m (0));
  LzBatchPhoto *timeless = add (photos, "b", -1, north_m (0));

  rules.clock_shift_ms = -3600 * SECOND_MS;
  lz_batch_group (photos, &rules);
  g_assert_cmpint (photo->corrected_ms, ==, START_MS - 3600 * SECOND_MS);
  g_assert_cmpint (timeless->corrected_ms, ==, 0);

  lz_batch_group (photos, &LZ_BATCH_RULES_DEFAULT);
  g_assert_cmpint (photo->corrected_ms, ==,
                   START_MS); /* from the photo, not from the last answer */
}

static void
test_suggest_shift (void)
{
  g_autoptr (GPtrArray) photos = new_batch ();

  g_assert_cmpint (lz_batch_suggest_shift (photos), ==, 0);
  for (int i = 0; i < 5; i++)
    {
      LzBatchPhoto *photo = add (photos, "a", i, nowhere);

      /* one receiver woke up late, one photo lies by days */
      photo->info->gps_ms = photo->info->taken_ms + 7 * 60 * SECOND_MS + i * 100;
      if (i == 0)
        photo->info->gps_ms -= 60 * SECOND_MS;
      if (i == 4)
        photo->info->gps_ms += 86400 * 9 * SECOND_MS;
    }
  add (photos, "b", 10, nowhere);
  g_assert_cmpint (lz_batch_suggest_shift (photos), ==, 7 * 60 * SECOND_MS + 200);

  g_ptr_array_set_size (photos, 0);
  add (photos, "a", 0, nowhere)->info->gps_ms = START_MS + 20 * SECOND_MS;
  g_assert_cmpint (lz_batch_suggest_shift (photos), ==, 0);
}

static void
shuffle (GPtrArray *photos)
{
  for (guint i = photos->len; i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint32) i);
      gpointer swapped = photos->pdata[j];

      photos->pdata[j] = photos->pdata[i - 1];
      photos->pdata[i - 1] = swapped;
    }
}

static GPtrArray *
random_batch (void)
{
  GPtrArray *photos = new_batch ();
  int n = g_test_rand_int_range (0, 60);
  int span_s = g_test_rand_int_range (1, 5000);
  int reach_m = g_test_rand_int_range (1, 400);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("p%d", g_test_rand_int_range (0, 40));
      LzBatchPhoto *photo = add (photos, path, -1, nowhere);

      photo->sha256[0] = (guint8) i;
      if (g_test_rand_int_range (0, 10) > 0)
        photo->info->taken_ms = START_MS + g_test_rand_int_range (0, span_s) * SECOND_MS;
      if (g_test_rand_int_range (0, 4) > 0)
        photo->info->place = north_m (g_test_rand_int_range (0, reach_m));
    }

  return photos;
}

/* What holds whatever the photos: order of time, every draft numbered in that order and none empty,
 * own places untouched. */
static void
check_answer (GPtrArray *photos, guint n_groups)
{
  guint seen = 0;

  for (guint i = 0; i < photos->len; i++)
    {
      const LzBatchPhoto *photo = photos->pdata[i];
      const LzBatchPhoto *previous = i > 0 ? photos->pdata[i - 1] : NULL;

      g_assert_cmpuint (photo->group, <=, seen);
      if (photo->group == seen)
        seen++;
      if (previous != NULL && photo->corrected_ms != 0)
        {
          g_assert_cmpint (previous->corrected_ms, !=, 0);
          g_assert_cmpint (previous->corrected_ms, <=, photo->corrected_ms);
        }
      if (lz_point_is_valid (photo->info->place))
        {
          g_assert_false (photo->place_guessed);
          g_assert_cmpint (photo->place.lat7, ==, photo->info->place.lat7);
        }
      else
        g_assert_cmpint (photo->place_guessed, ==, lz_point_is_valid (photo->place));
    }
  g_assert_cmpuint (seen, ==, n_groups);
}

/* Photos of one draft are near each other: twice the radius, and with no longer pause than the
 * gap. */
static void
check_near (GPtrArray *photos)
{
  for (guint i = 0; i < photos->len; i++)
    {
      const LzBatchPhoto *photo = photos->pdata[i];
      const LzBatchPhoto *previous = NULL;

      for (guint j = 0; j < i; j++)
        {
          const LzBatchPhoto *other = photos->pdata[j];

          if (other->group != photo->group)
            continue;
          previous = other;
          if (lz_point_is_valid (photo->place) && lz_point_is_valid (other->place))
            g_assert_cmpfloat (fabs ((double) photo->place.lat7 - other->place.lat7), <=,
                               2 * 25.1 * METRE_N7);
        }
      if (previous != NULL)
        g_assert_cmpint (photo->corrected_ms - previous->corrected_ms, <=, 90 * SECOND_MS);
    }
}

static void
test_properties (void)
{
  for (int round = 0; round < 300; round++)
    {
      g_autoptr (GPtrArray) photos = random_batch ();
      guint n_groups = group (photos);
      g_autofree char *first = dup_groups (photos);
      g_autoptr (GPtrArray) order = g_ptr_array_copy (photos, NULL, NULL);

      g_ptr_array_set_free_func (order, NULL);
      check_answer (photos, n_groups);
      check_near (photos);

      shuffle (photos);
      g_assert_cmpuint (group (photos), ==, n_groups);
      assert_groups (photos, first);
      if (photos->len > 0)
        g_assert_cmpmem (photos->pdata, photos->len * sizeof (gpointer), order->pdata,
                         order->len * sizeof (gpointer));
    }
}

/* Nine photos of a walk around Arezzo, half an hour, by their own data. */
static void
test_real_walk (void)
{
  static const char *const names[] = { "DSCN0042.jpg", "DSCN0010.jpg", "DSCN0012.jpg",
                                       "DSCN0021.jpg", "DSCN0025.jpg", "DSCN0027.jpg",
                                       "DSCN0029.jpg", "DSCN0038.jpg", "DSCN0040.jpg" };
  g_autoptr (GPtrArray) photos = new_batch ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      LzBatchPhoto *photo = g_new0 (LzBatchPhoto, 1);
      g_autoptr (GError) error = NULL;

      photo->path = g_strdup (lz_test_data ("photos", "gps", names[i]));
      photo->info = lz_photo_probe (photo->path, 120, &error);
      g_assert_no_error (error);
      g_ptr_array_add (photos, photo);
    }

  g_assert_cmpuint (group (photos), ==, 8);
  assert_groups (photos, "0 1 2 3 3 4 5 6 7"); /* 0025 and 0027: 40 s and 13 m */
  g_assert_cmpint (lz_batch_suggest_shift (photos) / 3600000, ==, 23);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/batch/time", test_time);
  g_test_add_func ("/core/batch/place", test_place);
  g_test_add_func ("/core/batch/two-walkers", test_two_walkers);
  g_test_add_func ("/core/batch/nearer", test_nearer);
  g_test_add_func ("/core/batch/between-neighbours", test_between_neighbours);
  g_test_add_func ("/core/batch/one-neighbour", test_one_neighbour);
  g_test_add_func ("/core/batch/without-time", test_without_time);
  g_test_add_func ("/core/batch/without-place", test_without_place);
  g_test_add_func ("/core/batch/shift", test_shift);
  g_test_add_func ("/core/batch/suggest-shift", test_suggest_shift);
  g_test_add_func ("/core/batch/properties", test_properties);
  g_test_add_func ("/core/batch/real-walk", test_real_walk);

  return g_test_run ();
}
