/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-test-streets.h"

/* Adds a piece: its corners as pairs of metres east and north. */
#define add_piece(streets, name, cls, oneway, ...)                          \
  add_corners (streets, name, cls, oneway, (const double[]){ __VA_ARGS__ }, \
               G_N_ELEMENTS (((const double[]){ __VA_ARGS__ })) / 2)

static void
add_corners (GPtrArray *streets,
             const char *name,
             LzStreetClass cls,
             int oneway,
             const double *corners,
             guint n)
{
  g_autofree LzPoint *points = g_new (LzPoint, n);
  LzStreet *street;

  for (guint i = 0; i < n; i++)
    points[i] = lz_test_at_m (corners[2 * i], corners[2 * i + 1]);
  street = lz_street_new (cls, name, lz_line_new (points, n));
  street->oneway = oneway;
  g_ptr_array_add (streets, street);
}

static GPtrArray *
new_streets (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) lz_street_free);
}

static void
shuffle (GPtrArray *streets)
{
  for (guint i = streets->len; i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint32) i);
      gpointer swap = streets->pdata[i - 1];

      streets->pdata[i - 1] = streets->pdata[j];
      streets->pdata[j] = swap;
    }
}

/* All that the join says, as one text. */
static char *
describe (GPtrArray *shapes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < shapes->len; i++)
    {
      const LzRoadShape *s = shapes->pdata[i];

      g_string_append_printf (text, "%s %d %s %s %.3f %d:", s->name, s->cls, s->from_name,
                              s->to_name, s->length_m, s->dual);
      for (guint k = 0; k < s->line->n; k++)
        g_string_append_printf (text, " %d,%d", s->line->points[k].lat7, s->line->points[k].lon7);
      for (guint p = 0; p < s->parts->len; p++)
        {
          const LzLine *part = s->parts->pdata[p];

          g_string_append_printf (text, " / %d,%d %u", part->points[0].lat7, part->points[0].lon7,
                                  part->n);
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static GPtrArray *
join (GPtrArray *streets)
{
  GPtrArray *shapes = lz_streets_join (streets, NULL);
  g_autofree char *wanted = describe (shapes);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GPtrArray) again = NULL;
      g_autofree char *found = NULL;

      shuffle (streets);
      again = lz_streets_join (streets, NULL);
      found = describe (again);
      g_assert_cmpstr (found, ==, wanted);
    }
  return shapes;
}

static void
check_shape (const LzRoadShape *shape, double length_m, guint n_parts, gboolean dual)
{
  g_test_message ("%s: %.1f m of %u parts", shape->name, shape->length_m, shape->parts->len);
  g_assert_cmpfloat_with_epsilon (shape->length_m, length_m, 0.3);
  g_assert_cmpfloat_with_epsilon (shape->length_m, lz_line_length_m (shape->line), 1e-6);
  g_assert_cmpuint (shape->parts->len, ==, n_parts);
  g_assert_cmpint (shape->dual, ==, dual);
}

static void
check_near (LzPoint point, double east_m, double north_m)
{
  g_assert_cmpfloat (lz_distance_m (point, lz_test_at_m (east_m, north_m)), <, 0.1);
}

/* Pieces drawn either way round, a gap of 40 m, one of 0.8 m; and far off the same name again. */
static void
test_chain (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;
  const LzRoadShape *shape;

  add_piece (streets, "建设路", LZ_STREET_SECONDARY, 0, 100, 0, 0, 0);
  add_piece (streets, "建设路", LZ_STREET_PRIMARY, 0, 100.8, 0, 200, 0);
  add_piece (streets, "建设路", LZ_STREET_SECONDARY, 0, 300, 0, 240, 0);
  add_piece (streets, "建设路", LZ_STREET_SECONDARY, 0, 900, 0, 950, 0);
  add_piece (streets, "人民路", LZ_STREET_SECONDARY, 0, 300, 100, 300, -100);
  add_piece (streets, "无名小路", LZ_STREET_PATH, 0, 0, 100, 0, -100);
  add_piece (streets, NULL, LZ_STREET_PRIMARY, 0, 0, 100, 0, -100);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 3);
  shape = shapes->pdata[1];
  g_assert_cmpstr (shape->name, ==, "建设路");
  g_assert_cmpint (shape->cls, ==, LZ_STREET_PRIMARY);
  check_shape (shape, 300, 3, FALSE);
  check_near (shape->line->points[0], 0, 0);
  g_assert_null (shape->from_name);
  g_assert_cmpstr (shape->to_name, ==, "人民路");
  check_shape (shapes->pdata[2], 50, 1, FALSE);
  check_shape (shapes->pdata[0], 200, 1, FALSE);
  g_assert_cmpstr (((const LzRoadShape *) shapes->pdata[0])->name, ==, "人民路");
  check_near (((const LzRoadShape *) shapes->pdata[0])->line->points[0], 300, -100);
}

/* A T of three arms: the two longest are the road, the third stays a part. */
static void
test_fork (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;

  /* The arm meets the long piece at a bend, not at its end. */
  add_piece (streets, "岔路", LZ_STREET_RESIDENTIAL, 0, 0, 0, 200, 0, 500, 0);
  add_piece (streets, "岔路", LZ_STREET_RESIDENTIAL, 0, 200, 0, 200, 400);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 1);
  check_shape (shapes->pdata[0], 700, 2, FALSE);
}

static void
test_dual (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;
  const LzRoadShape *shape;

  /* One carriageway there and one back, 20 m apart, in pieces of different lengths; undivided at
   * the eastern end. */
  add_piece (streets, "大道", LZ_STREET_PRIMARY, 1, 0, 0, 400, 0);
  add_piece (streets, "大道", LZ_STREET_PRIMARY, 1, 400, 0, 1000, 0);
  add_piece (streets, "大道", LZ_STREET_PRIMARY, -1, 0, 20, 700, 20);
  add_piece (streets, "大道", LZ_STREET_PRIMARY, 1, 1000, 20, 700, 20);
  add_piece (streets, "大道", LZ_STREET_PRIMARY, 0, 1000, 0, 1500, 0);
  add_piece (streets, "大道", LZ_STREET_PRIMARY, 0, 1000, 0, 1000, 20);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 1);
  shape = shapes->pdata[0];
  check_shape (shape, 1500, 6, TRUE);
  check_near (shape->line->points[0], 0, 0);
  check_near (shape->line->points[shape->line->n - 1], 1500, 0);
}

/* Two carriageways that are nowhere connected; the side is the one that leads north. */
static void
test_dual_apart (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;
  const LzRoadShape *shape;

  add_piece (streets, "大道", LZ_STREET_TRUNK, 1, 0, 0, 0, 500, 30, 800);
  add_piece (streets, "大道", LZ_STREET_TRUNK, 1, -10, 800, -40, 500, -40, 0);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 1);
  shape = shapes->pdata[0];
  check_shape (shape, 500 + hypot (30, 300), 2, TRUE);
  check_near (shape->line->points[0], 0, 0);
}

/* The source tells no directions: main roads side by side count once, small ones twice if they are
 * far enough apart to be two. */
static void
test_dual_untold (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;

  add_piece (streets, "大道", LZ_STREET_PRIMARY, 0, 0, 0, 900, 0);
  add_piece (streets, "大道", LZ_STREET_PRIMARY, 0, 0, 18, 900, 18);
  add_piece (streets, "小街", LZ_STREET_RESIDENTIAL, 0, 0, 500, 300, 500, 300, 518, 0, 518);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 2);
  check_shape (shapes->pdata[0], 900, 2, TRUE);
  check_shape (shapes->pdata[1], 618, 1, FALSE);
}

/* A stretch that is one-way without another carriageway is no dual one. */
static void
test_oneway_alone (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;

  add_piece (streets, "单行街", LZ_STREET_RESIDENTIAL, 1, 0, 0, 300, 0);
  add_piece (streets, "单行街", LZ_STREET_RESIDENTIAL, 1, 600, 0, 300, 0);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 1);
  check_shape (shapes->pdata[0], 600, 2, FALSE);
}

static void
test_ring (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;
  const LzRoadShape *shape;

  /* A ring road in three pieces. */
  add_piece (streets, "环路", LZ_STREET_PRIMARY, 1, 0, 500, 500, 1000, 1000, 500);
  add_piece (streets, "环路", LZ_STREET_PRIMARY, 1, 1000, 500, 500, 0);
  add_piece (streets, "环路", LZ_STREET_PRIMARY, 1, 500, 0, 0, 500);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 1);
  shape = shapes->pdata[0];
  check_shape (shape, 4 * hypot (500, 500), 3, FALSE);
  check_near (shape->line->points[0], 0, 500);
  check_near (shape->line->points[1], 500, 1000);
  check_near (shape->line->points[shape->line->n - 1], 0, 500);
}

/* A stem with a ring at its end, in one piece and in two; and one with a turning circle. */
static void
test_stem_and_ring (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;

  add_piece (streets, "甲", LZ_STREET_RESIDENTIAL, 0, 0, 0, 200, 0);
  add_piece (streets, "甲", LZ_STREET_RESIDENTIAL, 0, 200, 0, 300, 100, 400, 0, 300, -100, 200, 0);
  add_piece (streets, "乙", LZ_STREET_RESIDENTIAL, 0, 0, 900, 200, 900);
  add_piece (streets, "乙", LZ_STREET_RESIDENTIAL, 0, 200, 900, 300, 1000, 400, 900);
  add_piece (streets, "乙", LZ_STREET_RESIDENTIAL, 0, 400, 900, 300, 800, 200, 900);
  add_piece (streets, "丙", LZ_STREET_RESIDENTIAL, 0, 0, 1900, 200, 1900);
  add_piece (streets, "丙", LZ_STREET_RESIDENTIAL, 1, 200, 1900, 210, 1910, 220, 1900, 210, 1890,
             200, 1900);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 3);
  check_shape (shapes->pdata[0], 200, 2, FALSE);                        /* 丙 */
  check_shape (shapes->pdata[1], 200 + 4 * hypot (100, 100), 3, FALSE); /* 乙 */
  check_shape (shapes->pdata[2], 200 + 4 * hypot (100, 100), 2, FALSE); /* 甲 */
}

/* A road through a roundabout takes one side of it. */
static void
test_roundabout (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;

  add_piece (streets, "路", LZ_STREET_TERTIARY, 0, 0, 0, 300, 0);
  add_piece (streets, "路", LZ_STREET_TERTIARY, 1, 300, 0, 320, -20, 340, 0, 320, 20, 300, 0);
  add_piece (streets, "路", LZ_STREET_TERTIARY, 0, 340, 0, 700, 0);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 1);
  check_shape (shapes->pdata[0], 660 + 2 * hypot (20, 20), 3, FALSE);
}

static void
test_ends (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;
  const LzRoadShape *shape;

  add_piece (streets, "主路", LZ_STREET_PRIMARY, 0, 0, 0, 60, 0, 500, 0, 1000, 0);
  /* Crosses 60 m in; so it names the start, though it is not quite there. */
  add_piece (streets, "东街", LZ_STREET_RESIDENTIAL, 0, 60, -100, 60, 0, 60, 100);
  add_piece (streets, "中街", LZ_STREET_RESIDENTIAL, 0, 500, -100, 500, 100);
  /* Both meet the end: the greater names it. */
  add_piece (streets, "小巷", LZ_STREET_SERVICE, 0, 1000, 0, 1000, 100);
  add_piece (streets, "大街", LZ_STREET_SECONDARY, 0, 1000, 0, 1000, -100);
  shapes = join (streets);

  shape = shapes->pdata[shapes->len - 1];
  for (guint i = 0; i < shapes->len; i++)
    if (strcmp (((const LzRoadShape *) shapes->pdata[i])->name, "主路") == 0)
      shape = shapes->pdata[i];
  g_assert_cmpstr (shape->from_name, ==, "东街");
  g_assert_cmpstr (shape->to_name, ==, "大街");
}

static void
test_duplicates (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;

  add_piece (streets, "路", LZ_STREET_TERTIARY, 0, 0, 0, 300, 0);
  add_piece (streets, "路", LZ_STREET_TERTIARY, 0, 0, 0, 300, 0);
  add_piece (streets, "点", LZ_STREET_TERTIARY, 0, 0, 500, 0.5, 500);
  shapes = join (streets);

  g_assert_cmpuint (shapes->len, ==, 2);
  check_shape (shapes->pdata[0], 0.5, 1, FALSE);
  check_shape (shapes->pdata[1], 300, 1, FALSE);
}

static const LzRoadShape *
find_shape (GPtrArray *shapes, const char *name)
{
  for (guint i = 0; i < shapes->len; i++)
    if (strcmp (((const LzRoadShape *) shapes->pdata[i])->name, name) == 0)
      return shapes->pdata[i];

  g_error ("no road “%s”", name);
}

/* The number of roads and the length of all their parts (every named piece) were counted apart from
 * this code, in Python: union-find over each name's pieces, ends against all vertices at 1 m and
 * against ends at 60 m; haversine.  guixi: 33 names, 59 pieces, 33 roads, 59.764 km.  heidelberg:
 * 1657 names, 6343 pieces, 2100 roads, 923.794 km. */
static void
check_city (GBytes *bytes, const char *what, guint n_roads, guint n_pieces, double parts_m)
{
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = lz_test_read_streets (bytes, report);
  g_autoptr (GPtrArray) shapes = NULL;
  g_autofree char *wanted = NULL, *found = NULL;
  g_autoptr (GPtrArray) again = NULL;
  double all_parts_m = 0, all_m = 0, ms;
  guint n_parts = 0, n_dual = 0;
  gint64 start_us = g_get_monotonic_time ();

  shapes = lz_streets_join (streets, report);
  ms = (double) (g_get_monotonic_time () - start_us) / 1000;
  for (guint i = 0; i < shapes->len; i++)
    {
      const LzRoadShape *shape = shapes->pdata[i];

      for (guint k = 0; k < shape->parts->len; k++)
        all_parts_m += lz_line_length_m (shape->parts->pdata[k]);
      n_parts += shape->parts->len;
      n_dual += (guint) shape->dual;
      all_m += shape->length_m;
      g_assert_cmpfloat (shape->length_m, >, 0);
      g_assert_cmpstr (shape->name, !=, shape->from_name);
      g_assert_cmpstr (shape->name, !=, shape->to_name);
    }

  g_test_message ("%s: %u roads, %.1f km, %u dual, joined in %.1f ms", what, report->n_roads,
                  report->length_m / 1000, n_dual, ms);
  g_assert_cmpuint (report->n_roads, ==, n_roads);
  g_assert_cmpuint (shapes->len, ==, n_roads);
  g_assert_cmpuint (n_parts, ==, n_pieces);
  g_assert_cmpfloat_with_epsilon (all_parts_m, parts_m, 5);
  g_assert_cmpfloat_with_epsilon (report->length_m, all_m, 1e-3);
  g_assert_cmpfloat (ms, <, 5000 * lz_test_patience ());

  wanted = describe (shapes);
  shuffle (streets);
  again = lz_streets_join (streets, NULL);
  found = describe (again);
  g_assert_cmpstr (found, ==, wanted);
}

static void
test_guixi (void)
{
  g_autoptr (GBytes) bytes = lz_test_guixi ();
  g_autoptr (GPtrArray) streets = lz_test_read_streets (bytes, NULL);
  g_autoptr (GPtrArray) shapes = lz_streets_join (streets, NULL);
  const LzRoadShape *shape = find_shape (shapes, "冶金大道");

  check_city (bytes, "guixi", 33, 59, 59764);

  /* Two carriageways all along: 12.3 km of pieces. */
  g_assert_true (shape->dual);
  g_assert_cmpfloat_with_epsilon (shape->length_m, 6138, 10);
  shape = find_shape (shapes, "雄石路");
  g_assert_cmpstr (shape->from_name, ==, "交通路");
  g_assert_cmpstr (shape->to_name, ==, "永泰路");
}

static void
test_heidelberg (void)
{
  g_autoptr (GBytes) bytes = lz_test_heidelberg ();

  check_city (bytes, "heidelberg", 2100, 6343, 923794);
}

/* A grid that all has one name: no path through it is searched to the end of time. */
static void
test_grid (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;
  gint64 start_us = g_get_monotonic_time ();

  for (guint i = 0; i < 40; i++)
    for (guint k = 0; k < 40; k++)
      {
        add_piece (streets, "网", LZ_STREET_RESIDENTIAL, 0, i * 100, k * 100, i * 100 + 100,
                   k * 100);
        add_piece (streets, "网", LZ_STREET_RESIDENTIAL, 0, i * 100, k * 100, i * 100,
                   k * 100 + 100);
      }
  shapes = lz_streets_join (streets, NULL);

  g_assert_cmpuint (shapes->len, ==, 1);
  g_assert_cmpfloat (((const LzRoadShape *) shapes->pdata[0])->length_m, >=, 7800);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 5000000 * lz_test_patience ());
}

/* Loose ends in a crowd: each is near thousands of others. */
static void
test_crowd (void)
{
  g_autoptr (GPtrArray) streets = new_streets ();
  g_autoptr (GPtrArray) shapes = NULL;
  gint64 start_us = g_get_monotonic_time ();

  for (guint i = 0; i < 2000; i++)
    {
      double x = (i % 64) * 1.5, y = (double) (i / 64) * 1.5;

      add_piece (streets, "挤", LZ_STREET_RESIDENTIAL, 1, x, y, x + 0.1, y + 0.1);
    }
  shapes = lz_streets_join (streets, NULL);

  g_assert_cmpuint (shapes->len, ==, 1);
  g_assert_cmpuint (((const LzRoadShape *) shapes->pdata[0])->parts->len, ==, 2000);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 10000000 * lz_test_patience ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/street-join/chain", test_chain);
  g_test_add_func ("/core/street-join/fork", test_fork);
  g_test_add_func ("/core/street-join/dual", test_dual);
  g_test_add_func ("/core/street-join/dual-apart", test_dual_apart);
  g_test_add_func ("/core/street-join/dual-untold", test_dual_untold);
  g_test_add_func ("/core/street-join/oneway-alone", test_oneway_alone);
  g_test_add_func ("/core/street-join/ring", test_ring);
  g_test_add_func ("/core/street-join/stem-and-ring", test_stem_and_ring);
  g_test_add_func ("/core/street-join/roundabout", test_roundabout);
  g_test_add_func ("/core/street-join/ends", test_ends);
  g_test_add_func ("/core/street-join/duplicates", test_duplicates);
  g_test_add_func ("/core/street-join/guixi", test_guixi);
  g_test_add_func ("/core/street-join/heidelberg", test_heidelberg);
  g_test_add_func ("/core/street-join/grid", test_grid);
  g_test_add_func ("/core/street-join/crowd", test_crowd);

  return g_test_run ();
}
