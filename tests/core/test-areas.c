/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies in an area: outlines, holes, several parts, and files that hold none. */

#include "lz-areas.h"
#include "lz-error.h"
#include "lz-test.h"

#include <glib/gstdio.h>

static GPtrArray *
read_text (const char *text, GError **error)
{
  g_autofree char *dir = lz_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "areas.geojson", NULL);
  GPtrArray *areas;

  g_file_set_contents (path, text, -1, NULL);
  areas = lz_areas_read (path, error);
  lz_test_remove_tree (dir);
  return areas;
}

static gboolean
contains (GPtrArray *areas, guint i, double latitude, double longitude)
{
  LzPoint point;

  g_assert_true (lz_point_from_degrees (latitude, longitude, &point));
  return lz_area_contains (g_ptr_array_index (areas, i), point);
}

/* A square with a hole, and one in two parts. */
static void
test_contains (void)
{
  static const char text[] =
      "{\"type\":\"FeatureCollection\",\"features\":["
      "{\"type\":\"Feature\",\"properties\":{\"code\":360681001001,\"name\":\"甲\"},"
      "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":["
      "[[10,20],[14,20],[14,24],[10,24],[10,20]],[[11,21],[12,21],[12,22],[11,22],[11,21]]]}},"
      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\","
      "\"coordinates\":[1,2]}},"
      "{\"type\":\"Feature\",\"properties\":null,"
      "\"geometry\":{\"coordinates\":[[[[0,1],[1,1],[0,2],[0,1]]],"
      "[[[5,5],[6,5],[6,6],[5,5]]]],\"type\":\"MultiPolygon\"}}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) areas = read_text (text, &error);
  const LzArea *first;

  g_assert_no_error (error);
  g_assert_cmpuint (areas->len, ==, 2);
  first = g_ptr_array_index (areas, 0);
  g_assert_cmpstr (first->code, ==, "360681001001");
  g_assert_cmpstr (first->name, ==, "甲");
  g_assert_true (contains (areas, 0, 20.5, 10.5));
  g_assert_true (contains (areas, 0, 23.9, 13.9));
  g_assert_false (contains (areas, 0, 21.5, 11.5)); /* the hole */
  g_assert_false (contains (areas, 0, 25, 12));
  g_assert_false (contains (areas, 0, 22, 9.9));
  g_assert_true (contains (areas, 1, 1.2, 0.2));
  g_assert_false (contains (areas, 1, 1.8, 0.8));
  g_assert_true (contains (areas, 1, 5.2, 5.8));
  g_assert_false (contains (areas, 1, 3, 3));
}

static void
test_refused (void)
{
  static const char *const files[] = { "", "[]", "{}", "{\"features\":7}", "rubbish", "\xff" };
  static const char *const none[] = {
    "{\"features\":[]}",
    "{\"features\":[{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4]]]}}]}",
    "{\"features\":[{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,200],[3,4],[5,6],"
    "[1,200]]]}}]}",
    "{\"features\":[{\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[1,2]]}}]}",
    "{\"features\":[7,null,{\"geometry\":null}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (files[i], &error));
      g_assert_nonnull (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) areas = read_text (none[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (areas->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/areas/contains", test_contains);
  g_test_add_func ("/core/areas/refused", test_refused);
  return g_test_run ();
}
