/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-error.h"
#include "lz-id.h"
#include "lz-point.h"
#include "lz-test.h"

#include <math.h>

#define NOW_MS G_GINT64_CONSTANT (1795000000000)

static gint64
id_time (const LzId *id)
{
  gint64 ms = 0;

  for (int i = 0; i < 6; i++)
    ms = ms << 8 | id->bytes[i];
  return ms;
}

static void
test_id_layout (void)
{
  LzId id = lz_id_new (NOW_MS);

  g_assert_cmpint (id_time (&id), >=, NOW_MS);
  g_assert_cmpint (id.bytes[6] >> 4, ==, 7);
  g_assert_cmpint (id.bytes[8] >> 6, ==, 2);
  g_assert_false (lz_id_is_nil (&id));
}

/* 10,000 ids use up the 4,096 counts of a millisecond twice: the order must hold across that, and
 * across a clock that steps back. */
static void
test_id_order (void)
{
  LzId last = lz_id_new (NOW_MS);

  for (int i = 0; i < 10000; i++)
    {
      LzId next = lz_id_new (i == 5000 ? NOW_MS - 3600000 : NOW_MS);

      g_assert_cmpint (lz_id_compare (&last, &next), <, 0);
      last = next;
    }
  g_assert_cmpint (id_time (&last), <, NOW_MS + 10);

  /* Text sorts as the bytes do. */
  for (int i = 0; i < 100; i++)
    {
      LzId a = lz_id_new (NOW_MS + i), b = lz_id_new (NOW_MS + i + 1);
      char text_a[LZ_ID_STRING_SIZE], text_b[LZ_ID_STRING_SIZE];

      lz_id_format (&a, text_a);
      lz_id_format (&b, text_b);
      g_assert_cmpstr (text_a, <, text_b);
    }
}

static void
test_id_text (void)
{
  static const char *const bad[] = {
    "",
    "0190a1b2-c3d4-7e5f-8a6b-0123456789a",   /* short */
    "0190a1b2-c3d4-7e5f-8a6b-0123456789abc", /* long */
    "0190a1b2c-3d4-7e5f-8a6b-0123456789ab",  /* dash out of place */
    "0190a1b2-c3d4-7e5f-8a6b-0123456789ag",  /* no hexadecimal digit */
    "{190a1b2-c3d4-7e5f-8a6b-0123456789a}",
  };
  LzId id, again;
  g_autofree char *text = NULL;

  g_assert_true (lz_id_parse ("0190A1B2-c3d4-7e5f-8a6b-0123456789ab", &id));
  text = lz_id_dup_string (&id);
  g_assert_cmpstr (text, ==, "0190a1b2-c3d4-7e5f-8a6b-0123456789ab");
  g_assert_true (lz_id_parse (text, &again));
  g_assert_true (lz_id_equal (&id, &again));
  g_assert_cmpuint (lz_id_hash (&id), ==, lz_id_hash (&again));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (lz_id_parse (bad[i], &again));
      g_assert_true (lz_id_equal (&id, &again)); /* untouched on failure */
    }
  g_assert_false (lz_id_parse (NULL, &again));
}

static gpointer
make_ids (gpointer data)
{
  GArray *ids = data;

  for (guint i = 0; i < 5000; i++)
    {
      LzId id = lz_id_new (NOW_MS);

      g_array_append_val (ids, id);
      if (i > 0)
        g_assert_cmpint (lz_id_compare (&g_array_index (ids, LzId, i - 1),
                                        &g_array_index (ids, LzId, i)),
                         <, 0);
    }
  return NULL;
}

static void
test_id_threads (void)
{
  enum
  {
    N = 8
  };
  GThread *threads[N];
  GArray *ids[N];
  g_autoptr (GHashTable) seen = g_hash_table_new (lz_id_hash, lz_id_equal);

  for (int i = 0; i < N; i++)
    {
      ids[i] = g_array_new (FALSE, FALSE, sizeof (LzId));
      threads[i] = g_thread_new ("ids", make_ids, ids[i]);
    }
  for (int i = 0; i < N; i++)
    {
      g_thread_join (threads[i]);
      for (guint j = 0; j < ids[i]->len; j++)
        g_assert_true (g_hash_table_add (seen, &g_array_index (ids[i], LzId, j)));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, N * 5000);
  g_hash_table_remove_all (seen);
  for (int i = 0; i < N; i++)
    g_array_unref (ids[i]);
}

static void
test_point_degrees (void)
{
  LzPoint p = { 1, 2 };

  g_assert_false (lz_point_from_degrees (0, 0, &p));
  g_assert_false (lz_point_from_degrees (NAN, 117.2, &p));
  g_assert_false (lz_point_from_degrees (28.3, INFINITY, &p));
  g_assert_false (lz_point_from_degrees (90.0001, 10, &p));
  g_assert_false (lz_point_from_degrees (10, -180.0001, &p));
  g_assert_cmpint (p.lat7, ==, 1); /* untouched on failure */
  g_assert_cmpint (p.lon7, ==, 2);

  g_assert_true (lz_point_from_degrees (28.29200001, 117.21229999, &p));
  g_assert_cmpint (p.lat7, ==, 282920000);
  g_assert_cmpint (p.lon7, ==, 1172123000);
  g_assert_cmpfloat_with_epsilon (lz_point_latitude (p), 28.292, 1e-9);

  g_assert_true (lz_point_from_degrees (-90, 180, &p));
  g_assert_cmpint (p.lat7, ==, -900000000);
  g_assert_cmpint (p.lon7, ==, 1800000000);
}

/* The tile (z, x, y) that holds @p, the textbook way. */
static void
tile_of (LzPoint p, int z, guint64 *x, guint64 *y)
{
  double n = exp2 (z), lat = lz_point_latitude (p) * G_PI / 180;

  *x = (guint64) floor ((lz_point_longitude (p) + 180) / 360 * n);
  *y = (guint64) floor ((1 - log (tan (lat) + 1 / cos (lat)) / G_PI) / 2 * n);
}

static void
test_point_morton_tiles (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);

  for (int i = 0; i < 2000; i++)
    {
      LzPoint p;
      int z = g_rand_int_range (rand, 1, 20);
      guint64 x, y, prefix;

      g_assert_true (lz_point_from_degrees (g_rand_double_range (rand, -84.9, 84.9),
                                            g_rand_double_range (rand, -179.9, 179.9), &p));
      tile_of (p, z, &x, &y);
      prefix = lz_point_morton (p) >> (62 - 2 * z);
      for (int bit = 0; bit < z; bit++)
        {
          g_assert_cmpuint (prefix >> (2 * bit) & 1, ==, x >> bit & 1);
          g_assert_cmpuint (prefix >> (2 * bit + 1) & 1, ==, y >> bit & 1);
        }
    }
}

static void
test_point_morton_edges (void)
{
  LzPoint north_west = { 900000000, -1800000000 }, south_east = { -900000000, 1800000000 };
  LzPoint a = { 282920000, 1172123000 }, b = { 282920000, 1172123001 };

  /* The corners of the world lie in the corner tiles of level 20. */
  g_assert_cmpuint (lz_point_morton (north_west) >> 22, ==, 0);
  g_assert_cmpuint (lz_point_morton (south_east) >> 22, ==, (G_GUINT64_CONSTANT (1) << 40) - 1);
  g_assert_cmpuint (lz_point_morton (a), <=, lz_point_morton (b));
}

static void
test_error_errno (void)
{
  static const struct
  {
    int saved_errno;
    int code;
  } ours[] = {
    { ENOSPC, LZ_ERROR_NO_SPACE },
    { EDQUOT, LZ_ERROR_NO_SPACE },
    { EFBIG, LZ_ERROR_NO_SPACE },
    { EROFS, LZ_ERROR_READ_ONLY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lz_error_set_errno (&error, ours[i].saved_errno, "writing", "photos/ab"));
      g_assert_error (error, LZ_ERROR, ours[i].code);
      g_assert_nonnull (strstr (error->message, "writing photos/ab"));
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (lz_error_set_errno (&error, EACCES, "opening", "x"));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  }
  g_assert_false (lz_error_set_errno (NULL, ENOSPC, "writing", "x"));
}

/* Every code says something of its own, and a full disk says the same in each domain. */
static void
test_error_explain (void)
{
  g_autoptr (GError) ours = g_error_new_literal (LZ_ERROR, LZ_ERROR_NO_SPACE, "x");
  g_autoptr (GError) theirs = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "x");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpstr (lz_error_explain (ours), ==, lz_error_explain (theirs));
  for (int code = LZ_ERROR_FAILED; code <= LZ_ERROR_TOO_LARGE; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (LZ_ERROR, code, "x");
      const char *text = lz_error_explain (error);

      g_assert_cmpuint (strlen (text), >, 10);
      g_assert_true (g_hash_table_add (seen, (gpointer) text));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/id/layout", test_id_layout);
  g_test_add_func ("/core/id/order", test_id_order);
  g_test_add_func ("/core/id/text", test_id_text);
  g_test_add_func ("/core/id/threads", test_id_threads);
  g_test_add_func ("/core/point/degrees", test_point_degrees);
  g_test_add_func ("/core/point/morton-tiles", test_point_morton_tiles);
  g_test_add_func ("/core/point/morton-edges", test_point_morton_edges);
  g_test_add_func ("/core/error/errno", test_error_errno);
  g_test_add_func ("/core/error/explain", test_error_explain);

  return g_test_run ();
}
