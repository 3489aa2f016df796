/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-road-index.h"
#include "lz-test.h"

#include <math.h>

typedef struct
{
  LzRoadIndex *index;
  GPtrArray *lines;
} Fixture;

static LzId
id_of (guint i)
{
  LzId id = { { 0 } };

  id.bytes[0] = (guint8) (i >> 8);
  id.bytes[1] = (guint8) i;
  return id;
}

static LzPoint
random_place (void)
{
  return (LzPoint){ g_test_rand_int_range (282000000, 283500000),
                    g_test_rand_int_range (1171000000, 1172500000) };
}

static LzLine *
make_road (void)
{
  guint n = (guint) g_test_rand_int_range (2, 30);
  g_autofree LzPoint *points = g_new (LzPoint, n);

  points[0] = random_place ();
  for (guint i = 1; i < n; i++)
    points[i] = (LzPoint){ points[i - 1].lat7 + g_test_rand_int_range (-8000, 8000),
                           points[i - 1].lon7 + g_test_rand_int_range (-8000, 8000) };
  return lz_line_new (points, n);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  guint n_roads = GPOINTER_TO_UINT (data);

  f->index = lz_road_index_new ();
  f->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_line_free);
  for (guint i = 0; i < n_roads; i++)
    {
      LzLine *line = make_road ();
      LzId id = id_of (i);

      g_ptr_array_add (f->lines, line);
      lz_road_index_add (f->index, &id, line);
    }
  lz_road_index_build (f->index);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  lz_road_index_unref (f->index);
  g_ptr_array_unref (f->lines);
}

static gboolean
find_by_force (Fixture *f, LzPoint point, double max_m, guint *road, LzProjection *projection)
{
  double best_m = INFINITY;

  for (guint i = 0; i < f->lines->len; i++)
    {
      LzProjection p;

      lz_line_project (f->lines->pdata[i], point, &p);
      if (p.offset_m <= max_m && p.offset_m < best_m)
        {
          best_m = p.offset_m;
          *road = i;
          *projection = p;
        }
    }

  return best_m < INFINITY;
}

static void
test_against_force (Fixture *f, gconstpointer data)
{
  const double reaches_m[] = { 30, 500, 1e6 };
  guint n_found = 0;

  (void) data;
  for (guint i = 0; i < 300; i++)
    {
      LzPoint point = random_place ();
      double max_m = reaches_m[i % G_N_ELEMENTS (reaches_m)];
      LzProjection wanted = { 0 }, found;
      LzId id, wanted_id;
      guint road = 0;

      /* A bend of a road, where it may well meet another. */
      if (i % 7 == 0)
        {
          const LzLine *line = f->lines->pdata[i % f->lines->len];

          point = line->points[line->n / 2];
        }

      g_assert_cmpint (find_by_force (f, point, max_m, &road, &wanted), ==,
                       lz_road_index_find (f->index, point, max_m, &id, &found));
      if (!lz_road_index_find (f->index, point, max_m, NULL, NULL))
        continue;

      n_found++;
      wanted_id = id_of (road);
      g_assert_cmpint (lz_id_compare (&id, &wanted_id), ==, 0);
      g_assert_cmpfloat (found.chainage_m, ==, wanted.chainage_m);
      g_assert_cmpfloat (found.offset_m, ==, wanted.offset_m);
      g_assert_cmpint (found.side, ==, wanted.side);
    }

  g_assert_cmpuint (n_found, >, 100);
}

static void
test_first_of_equals (void)
{
  g_autoptr (LzRoadIndex) index = lz_road_index_new ();
  LzPoint cross = { 283000000, 1172000000 };
  LzId id;

  for (guint i = 0; i < 40; i++)
    {
      LzPoint points[] = { cross, { cross.lat7 + 1000 * (gint32) (i % 7), cross.lon7 + 5000 } };
      g_autoptr (LzLine) line = lz_line_new (points, 2);
      LzId road = id_of (40 - i);

      lz_road_index_add (index, &road, line);
    }
  lz_road_index_build (index);

  g_assert_true (lz_road_index_find (index, cross, 0, &id, NULL));
  g_assert_cmpint (id.bytes[1], ==, 40);
}

static void
test_empty (void)
{
  g_autoptr (LzRoadIndex) index = lz_road_index_new ();

  lz_road_index_build (index);
  g_assert_false (lz_road_index_find (index, random_place (), 1e9, NULL, NULL));
}

static void
test_speed (Fixture *f, gconstpointer data)
{
  gint64 start_us;
  guint n_found = 0;
  double each_us;

  (void) data;
  start_us = g_get_monotonic_time ();
  for (guint i = 0; i < 10000; i++)
    n_found += (guint) lz_road_index_find (f->index, random_place (), 100, NULL, NULL);
  each_us = (double) (g_get_monotonic_time () - start_us) / 10000;

  g_test_message ("2000 roads: %.1f µs a query, %u of 10000 found", each_us, n_found);
  g_assert_cmpfloat (each_us, <, 500 * lz_test_patience ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/core/road-index/against-force", Fixture, GUINT_TO_POINTER (500), set_up,
              test_against_force, tear_down);
  g_test_add ("/core/road-index/against-force-few", Fixture, GUINT_TO_POINTER (1), set_up,
              test_against_force, tear_down);
  g_test_add_func ("/core/road-index/first-of-equals", test_first_of_equals);
  g_test_add_func ("/core/road-index/empty", test_empty);
  g_test_add ("/core/road-index/speed", Fixture, GUINT_TO_POINTER (2000), set_up, test_speed,
              tear_down);

  return g_test_run ();
}
