/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-line.h"
#include "lz-test.h"

#include <math.h>
#include <string.h>

/* A place in 贵溪, and metres from it on the ground. */
#define LAT 28.3
#define LON 117.2

static LzPoint
at_m (double east_m, double north_m)
{
  const double degree_m = 6371008.8 * G_PI / 180;
  LzPoint p;

  g_assert_true (lz_point_from_degrees (LAT + north_m / degree_m,
                                        LON + east_m / (degree_m * cos (LAT * G_PI / 180)), &p));
  return p;
}

/* 100 m to the east, then 50 m to the north. */
static LzLine *
make_corner (void)
{
  LzPoint points[] = { at_m (0, 0), at_m (100, 0), at_m (100, 50) };

  return lz_line_new (points, G_N_ELEMENTS (points));
}

static LzLine *
make_random (guint n)
{
  g_autofree LzPoint *points = g_new (LzPoint, n);
  double x = 0, y = 0;

  for (guint i = 0; i < n; i++)
    {
      points[i] = at_m (x, y);
      x += g_test_rand_double_range (-80, 150);
      y += g_test_rand_double_range (-100, 100);
    }
  return lz_line_new (points, n);
}

static void
test_distance (void)
{
  LzPoint paris = { 488566000, 23522000 }, london = { 515074000, -1278000 };
  LzPoint west = { 0, -1799999999 }, east = { 0, 1799999999 };

  /* The usual figure for these two is 343.5 km on this sphere. */
  g_assert_cmpfloat_with_epsilon (lz_distance_m (paris, london), 343556, 100);
  g_assert_cmpfloat (lz_distance_m (paris, paris), ==, 0);
  g_assert_cmpfloat (lz_distance_m (west, east), <, 0.1);
  g_assert_cmpfloat_with_epsilon (lz_distance_m (at_m (0, 0), at_m (30, 40)), 50, 0.02);
}

static void
test_project (void)
{
  g_autoptr (LzLine) line = make_corner ();
  const struct
  {
    double east_m, north_m, chainage_m, offset_m;
    int side;
  } cases[] = {
    { 40, 3, 40, 3, -1 },   { 40, -3, 40, 3, 1 },   { 97, 20, 120, 3, -1 }, { 103, 20, 120, 3, 1 },
    { 40, 0, 40, 0, 0 },    { -6, 8, 0, 10, -1 },   { -6, -8, 0, 10, 1 },   { 103, 54, 150, 5, 1 },
    { 97, 54, 150, 5, -1 }, { 103, -4, 100, 5, 1 }, { 100, 0, 100, 0, 0 },
  };

  g_assert_cmpfloat_with_epsilon (lz_line_length_m (line), 150, 0.05);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LzProjection p;

      lz_line_project (line, at_m (cases[i].east_m, cases[i].north_m), &p);
      g_assert_cmpfloat_with_epsilon (p.chainage_m, cases[i].chainage_m, 0.05);
      g_assert_cmpfloat_with_epsilon (p.offset_m, cases[i].offset_m, 0.05);
      g_assert_cmpint (p.side, ==, cases[i].side);
      g_assert_cmpfloat (lz_distance_m (p.foot, lz_line_point_at (line, p.chainage_m)), <, 0.05);
    }
}

/* Outside a sharp bend, the extension of one of its two segments has the point on the wrong side:
 * the bend decides. */
static void
test_sharp_bend (void)
{
  LzPoint points[] = { at_m (0, 0), at_m (100, 0), at_m (0, 20) };
  g_autoptr (LzLine) left = lz_line_new (points, 3);
  g_autoptr (LzLine) right = NULL;
  LzProjection p;

  lz_line_project (left, at_m (110, 1), &p);
  g_assert_cmpint (p.side, ==, 1);
  lz_line_project (left, at_m (110, -1), &p);
  g_assert_cmpint (p.side, ==, 1);

  points[2] = at_m (0, -20);
  right = lz_line_new (points, 3);
  lz_line_project (right, at_m (110, 1), &p);
  g_assert_cmpint (p.side, ==, -1);
  lz_line_project (right, at_m (110, -1), &p);
  g_assert_cmpint (p.side, ==, -1);
}

/* A place put beside a random line is found there again, or something nearer is. */
static void
test_project_random (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (LzLine) line = make_random ((guint) g_test_rand_int_range (2, 40));
      double length_m = lz_line_length_m (line);

      for (guint i = 0; i < 20; i++)
        {
          double chainage_m = g_test_rand_double_range (0, length_m);
          LzPoint on = lz_line_point_at (line, chainage_m);
          LzPoint off = { on.lat7 + g_test_rand_int_range (-3000, 3000),
                          on.lon7 + g_test_rand_int_range (-3000, 3000) };
          LzProjection p;

          lz_line_project (line, on, &p);
          g_assert_cmpfloat (p.offset_m, <, 0.03);
          g_assert_cmpint (p.side, ==, 0);

          lz_line_project (line, off, &p);
          g_assert_cmpfloat (p.offset_m, <=, lz_distance_m (on, off) + 0.03);
          g_assert_cmpfloat (p.chainage_m, >=, 0);
          g_assert_cmpfloat (p.chainage_m, <=, length_m + 0.001);
          g_assert_cmpfloat_with_epsilon (p.offset_m, lz_distance_m (p.foot, off), 0.05);
          g_assert_cmpfloat (lz_distance_m (p.foot, lz_line_point_at (line, p.chainage_m)), <,
                             0.05);
        }
    }
}

static void
test_degenerate (void)
{
  LzPoint points[] = { at_m (0, 0), at_m (0, 0), at_m (10, 0), at_m (10, 0) };
  g_autoptr (LzLine) doubled = lz_line_new (points, 4);
  g_autoptr (LzLine) place = lz_line_new (points, 1);
  LzProjection p;

  lz_line_project (doubled, at_m (5, 2), &p);
  g_assert_cmpfloat_with_epsilon (p.chainage_m, 5, 0.02);
  g_assert_cmpint (p.side, ==, -1);

  lz_line_project (place, at_m (3, 4), &p);
  g_assert_cmpfloat_with_epsilon (p.offset_m, 5, 0.02);
  g_assert_cmpfloat (p.chainage_m, ==, 0);
  g_assert_cmpfloat (lz_line_length_m (place), ==, 0);
  g_assert_cmpint (lz_line_point_at (place, 10).lat7, ==, points[0].lat7);
}

static void
test_point_at_ends (void)
{
  g_autoptr (LzLine) line = make_corner ();

  g_assert_cmpint (lz_line_point_at (line, -5).lon7, ==, line->points[0].lon7);
  g_assert_cmpint (lz_line_point_at (line, NAN).lon7, ==, line->points[0].lon7);
  g_assert_cmpint (lz_line_point_at (line, 1e9).lat7, ==, line->points[2].lat7);
  g_assert_cmpint (lz_line_point_at (line, INFINITY).lat7, ==, line->points[2].lat7);
}

static void
test_box (void)
{
  g_autoptr (LzLine) line = make_corner ();
  LzBox box = lz_line_box (line);

  g_assert_cmpint (box.south7, ==, line->points[0].lat7);
  g_assert_cmpint (box.north7, ==, line->points[2].lat7);
  g_assert_cmpint (box.west7, ==, line->points[0].lon7);
  g_assert_cmpint (box.east7, ==, line->points[2].lon7);
}

static void
test_label (void)
{
  const struct
  {
    double chainage_m;
    const char *label;
  } cases[] = {
    { 425, "K0+425" }, { 0, "K0+000" },        { 7.4, "K0+007" }, { 999.6, "K1+000" },
    { -3, "K0+000" },  { 12345.4, "K12+345" }, { NAN, "K0+000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = lz_chainage_dup_label (cases[i].chainage_m);

      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

static void
test_bytes (void)
{
  static const guint8 golden[] = { 2,    0,    0, 0, 1, 0, 0, 0, 0xff, 0xff,
                                   0xff, 0xff, 0, 1, 0, 0, 0, 0, 1,    0 };
  LzPoint points[] = { { 1, -1 }, { 256, 65536 } };
  g_autoptr (LzLine) line = lz_line_new (points, 2);
  g_autoptr (GBytes) bytes = lz_line_to_bytes (line);
  g_autoptr (LzLine) back = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpmem (data, size, golden, sizeof golden);
  back = lz_line_from_bytes (data, size);
  g_assert_nonnull (back);
  g_assert_cmpmem (back->points, back->n * sizeof *points, points, sizeof points);

  for (gsize cut = 0; cut < size; cut++)
    {
      g_autofree guint8 *part = g_memdup2 (data, MAX (cut, 1));

      g_assert_null (lz_line_from_bytes (part, cut));
    }
  g_assert_null (lz_line_from_bytes (NULL, 0));
}

/* Damaged bytes are refused or give a line within the earth; a reader past the end would show
 * under ASan and valgrind. */
static void
test_bytes_damaged (void)
{
  g_autoptr (LzLine) line = make_random (20);
  g_autoptr (GBytes) bytes = lz_line_to_bytes (line);
  static const guint8 huge[] = { 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 1, 0, 0, 0 };
  static const guint8 none[] = { 0, 0, 0, 0 };
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_null (lz_line_from_bytes (huge, sizeof huge));
  g_assert_null (lz_line_from_bytes (none, sizeof none));
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree guint8 *bad = g_memdup2 (data, size);
      g_autoptr (LzLine) back = NULL;

      bad[g_test_rand_int_range (0, (gint32) size)] = (guint8) g_test_rand_int ();
      back = lz_line_from_bytes (bad, size);
      for (guint j = 0; back != NULL && j < back->n; j++)
        {
          g_assert_cmpint (ABS (back->points[j].lat7), <=, 900000000);
          g_assert_cmpint (ABS (back->points[j].lon7), <=, 1800000000);
        }
    }
}

static void
test_cut (void)
{
  LzPoint points[] = { { 283000000, 1172000000 },
                       { 283010000, 1172000000 },
                       { 283010000, 1172020000 } };
  g_autoptr (LzLine) line = lz_line_new (points, 3);
  double length_m = lz_line_length_m (line);
  g_autoptr (LzLine) middle = lz_line_cut (line, 50, 200);
  g_autoptr (LzLine) whole = lz_line_cut (line, -5, 1e9);
  g_autoptr (LzLine) inside = lz_line_cut (line, 20, 30);
  g_autoptr (LzLine) nothing = lz_line_cut (line, length_m, length_m);

  g_assert_cmpuint (middle->n, ==, 3);
  g_assert_cmpfloat_with_epsilon (lz_line_length_m (middle), 150, 0.05);
  g_assert_cmpuint (whole->n, ==, 3);
  g_assert_cmpfloat_with_epsilon (lz_line_length_m (whole), length_m, 0.05);
  g_assert_cmpuint (inside->n, ==, 2);
  g_assert_cmpfloat_with_epsilon (lz_line_length_m (inside), 10, 0.05);
  g_assert_cmpfloat_with_epsilon (lz_line_length_m (nothing), 0, 0.05);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/line/distance", test_distance);
  g_test_add_func ("/core/line/project", test_project);
  g_test_add_func ("/core/line/sharp-bend", test_sharp_bend);
  g_test_add_func ("/core/line/project-random", test_project_random);
  g_test_add_func ("/core/line/degenerate", test_degenerate);
  g_test_add_func ("/core/line/point-at-ends", test_point_at_ends);
  g_test_add_func ("/core/line/box", test_box);
  g_test_add_func ("/core/line/label", test_label);
  g_test_add_func ("/core/line/cut", test_cut);
  g_test_add_func ("/core/line/bytes", test_bytes);
  g_test_add_func ("/core/line/bytes-damaged", test_bytes_damaged);

  return g_test_run ();
}
