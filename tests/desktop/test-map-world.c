/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "lz-box-tree.h"
#include "lz-map-scale.h"
#include "lz-map-view.h"

/* Guixi. */
static const LzPoint here = { 282935000, 1172220000 };

static void
test_degrees (void)
{
  LzPoint again = lz_world_to_point (lz_world_from_point (here));
  LzWorld middle = lz_world_from_degrees (0, 0), edge = lz_world_from_degrees (90, -180);

  g_assert_cmpint (again.lat7, ==, here.lat7);
  g_assert_cmpint (again.lon7, ==, here.lon7);
  g_assert_cmpfloat_with_epsilon (middle.x, .5, 1e-12);
  g_assert_cmpfloat_with_epsilon (middle.y, .5, 1e-12);
  g_assert_cmpfloat_with_epsilon (edge.x, 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (edge.y, 0, 1e-9);
}

static void
test_morton (void)
{
  LzWorld direct = lz_world_from_point (here);
  LzWorld curved = lz_world_from_morton (lz_point_morton (here));

  /* 2^-31 of the world is 1.9 cm. */
  g_assert_cmpfloat_with_epsilon (direct.x, curved.x, 1e-9);
  g_assert_cmpfloat_with_epsilon (direct.y, curved.y, 1e-9);
}

static void
test_metres (void)
{
  g_assert_cmpfloat_with_epsilon (lz_world_metres (.5), 40075016.7, 1);
  g_assert_cmpfloat_with_epsilon (lz_world_metres (lz_world_from_degrees (60, 0).y), 20037508.3, 5);
}

static void
test_tree (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree LzWorldBox *boxes = g_new (LzWorldBox, 1000);

  for (guint i = 0; i < 1000; i++)
    {
      double x = g_rand_double (rand), y = g_rand_double (rand);

      boxes[i] =
          (LzWorldBox){ x, y, x + g_rand_double (rand) * .05, y + g_rand_double (rand) * .05 };
    }

  for (guint n = 0; n <= 1000; n += 250)
    {
      g_autoptr (LzBoxTree) tree = lz_box_tree_new (boxes, n);

      for (guint round = 0; round < 50; round++)
        {
          double x = g_rand_double (rand), y = g_rand_double (rand);
          LzWorldBox wanted = { x, y, x + .1, y + .1 };
          g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
          guint next = 0;

          lz_box_tree_find (tree, &wanted, hits);
          for (guint i = 0; i < n; i++)
            if (lz_world_box_touches (&boxes[i], &wanted))
              {
                g_assert_cmpuint (next, <, hits->len);
                g_assert_cmpuint (g_array_index (hits, guint, next++), ==, i);
              }
          g_assert_cmpuint (next, ==, hits->len);
        }
    }
}

static void
test_view (void)
{
  static const LzDatum datums[] = { LZ_DATUM_WGS84, LZ_DATUM_GCJ02, LZ_DATUM_BD09 };
  LzWorld place = lz_world_from_point (here);

  for (guint i = 0; i < G_N_ELEMENTS (datums); i++)
    {
      LzMapView view;
      LzWorld again;
      LzWorldBox box;
      double x, y, offset_m;

      lz_map_view_init_plain (&view, place, 17, 800, 600);
      view.datum = datums[i];
      lz_map_view_to_widget (&view, place, &x, &y);
      again = lz_map_view_from_widget (&view, x, y);
      g_assert_cmpfloat_with_epsilon (again.x, place.x, 1e-9);
      g_assert_cmpfloat_with_epsilon (again.y, place.y, 1e-9);

      /* China's datums lie some 300 to 1200 m off there. */
      offset_m = hypot (x - 400, y - 300) * lz_world_metres (place.y) / view.size_px;
      if (datums[i] == LZ_DATUM_WGS84)
        g_assert_cmpfloat (offset_m, <, .01);
      else
        g_assert_true (offset_m > 200 && offset_m < 1500);

      box = lz_map_view_get_box (&view, 0);
      again = lz_map_view_from_widget (&view, 1, 1);
      g_assert_true (again.x >= box.x0 && again.y >= box.y0);
      again = lz_map_view_from_widget (&view, 799, 599);
      g_assert_true (again.x <= box.x1 && again.y <= box.y1);
    }
}

static void
test_scale (void)
{
  g_autofree char *metres = lz_map_scale_dup_label (200);
  g_autofree char *kilometres = lz_map_scale_dup_label (5000);

  g_assert_cmpuint (lz_map_scale_choose (2, 110), ==, 200);
  g_assert_cmpuint (lz_map_scale_choose (1.9, 100), ==, 100);
  g_assert_cmpuint (lz_map_scale_choose (.1, 110), ==, 10);
  g_assert_cmpuint (lz_map_scale_choose (19567, 110), ==, 2000000);
  g_assert_cmpuint (lz_map_scale_choose (.001, 110), ==, 1);
  g_assert_cmpstr (metres, ==, "200 m");
  g_assert_cmpstr (kilometres, ==, "5 km");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/desktop/map/world/degrees", test_degrees);
  g_test_add_func ("/desktop/map/world/morton", test_morton);
  g_test_add_func ("/desktop/map/world/metres", test_metres);
  g_test_add_func ("/desktop/map/world/tree", test_tree);
  g_test_add_func ("/desktop/map/world/view", test_view);
  g_test_add_func ("/desktop/map/world/scale", test_scale);

  return g_test_run ();
}
