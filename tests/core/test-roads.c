/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-doctor.h"
#include "lz-roads.h"
#include "lz-sample.h"
#include "lz-station-private.h"
#include "lz-test.h"

#include <math.h>
#include <string.h>

typedef struct
{
  char *dir;
  char *station_dir;
  LzStation *station;
} Fixture;

static void
open_station (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->station = lz_station_open (f->station_dir, LZ_STATION_READ_WRITE, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  gboolean sample = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;

  f->dir = lz_test_make_dir ();
  f->station_dir = g_build_filename (f->dir, "station", NULL);
  if (sample)
    lz_station_create_sample (f->station_dir, &error);
  else
    lz_station_create (f->station_dir, "410185001", "登封市", &error);
  g_assert_no_error (error);
  open_station (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  lz_station_close (f->station);
  lz_test_remove_tree (f->dir);
  g_free (f->station_dir);
  g_free (f->dir);
}

/* A map of named streets, each a list of points in units of about 10 m from a corner in 登封. */
typedef struct
{
  const char *name;
  double points[6]; /* x, y, x, y … up to the first pair of zeros after the first point */
} Street;

static char *
write_map (Fixture *f, const Street *streets, guint n)
{
  g_autoptr (GString) json = g_string_new ("{\"type\":\"FeatureCollection\",\"features\":[");
  g_autofree char *path = g_build_filename (f->dir, "map.geojson", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (json,
                              "%s{\"type\":\"Feature\",\"properties\":{\"highway\":"
                              "\"residential\",\"name\":\"%s\"},\"geometry\":{\"type\":"
                              "\"LineString\",\"coordinates\":[",
                              i > 0 ? "," : "", streets[i].name);
      for (guint k = 0; k < 6; k += 2)
        {
          g_autofree char *at = g_strdup_printf ("%s[%.7f,%.7f]", k > 0 ? "," : "",
                                                 113.03 + streets[i].points[k] * 1.09e-4,
                                                 34.45 + streets[i].points[k + 1] * 9e-5);

          g_string_append (json, at);
        }
      g_string_append (json, "]}}");
    }
  g_string_append (json, "]}");
  g_file_set_contents (path, json->str, -1, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

static LzImportReport *
import_map (Fixture *f, const Street *streets, guint n)
{
  g_autofree char *path = write_map (f, streets, n);
  g_autoptr (GError) error = NULL;
  LzImportReport *report = lz_roads_import (f->station, path, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static LzPoint
at (double x, double y)
{
  LzPoint point;

  g_assert_true (lz_point_from_degrees (34.45 + y * 9e-5, 113.03 + x * 1.09e-4, &point));
  return point;
}

static LzId
find (Fixture *f, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzRoad) road = lz_roads_find_by_name (f->station, name, &error);

  g_assert_no_error (error);
  return road->id;
}

static const Street two_roads[] = {
  { "少林大道", { 0, 0, 50, 0, 100, 0 } },
  { "嵩阳路", { 20, -30, 20, 20, 20, 60 } },
};

/* A road whose line is damaged is named by the doctor; all others are still there. */
static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autoptr (LzImportReport) report = import_map (f, two_roads, 2);
  LzId id = find (f, "嵩阳路");
  g_autoptr (GPtrArray) roads = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (LzRoad) road = NULL;
  g_autoptr (GError) error = NULL;
  guint n_damage = 0;

  g_assert_true (lz_db_exec (lz_station_get_db (f->station),
                             "UPDATE road SET line = x'0102' WHERE name = '嵩阳路'", &error));
  roads = lz_roads_list (f->station, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (roads->len, ==, 1);
  g_assert_cmpstr (((const LzRoad *) roads->pdata[0])->name, ==, "少林大道");

  findings = lz_doctor_run (f->station, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const LzFinding *finding = findings->pdata[i];

      if (!g_str_equal (finding->check, "roads"))
        continue;
      g_assert_cmpint (finding->level, ==, LZ_FINDING_DAMAGE);
      g_assert_nonnull (strstr (finding->text, "嵩阳路"));
      n_damage++;
    }
  g_assert_cmpuint (n_damage, ==, 1);

  road = lz_roads_load (f->station, &id, &error);
  g_assert_null (road);
  g_assert_error (error, LZ_ERROR, LZ_ERROR_CORRUPT);
}

static void
test_import (Fixture *f, gconstpointer data)
{
  g_autoptr (LzImportReport) report = import_map (f, two_roads, 2);
  g_autoptr (GPtrArray) roads = NULL;
  g_autoptr (GPtrArray) streets = NULL;
  g_autoptr (GError) error = NULL;
  LzBox box;

  g_assert_cmpuint (report->n_streets, ==, 2);
  g_assert_cmpuint (report->n_roads, ==, 2);
  g_assert_cmpfloat_with_epsilon (report->length_m, 1900, 60);

  roads = lz_roads_list (f->station, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (roads->len, ==, 2);
  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = g_ptr_array_index (roads, i);
      g_autoptr (LzRoad) copy = lz_road_copy (road);

      g_assert_cmpuint (road->level, ==, 0);
      g_assert_cmpuint (road->parts->len, >, 0);
      g_assert_cmpuint (road->line->n, >=, 3);
      g_assert_cmpuint (copy->parts->len, ==, road->parts->len);
      g_assert_cmpstr (copy->name, ==, road->name);
    }
  g_assert_cmpstr (((LzRoad *) g_ptr_array_index (roads, 0))->initials, ==, "sldd");
  g_assert_cmpstr (((LzRoad *) g_ptr_array_index (roads, 1))->initials, ==, "syl");

  streets = lz_roads_list_streets (f->station, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (streets->len, ==, 2);
  g_assert_true (lz_roads_get_extent (f->station, &box, &error));
  g_assert_no_error (error);
  g_assert_cmpint (box.west7, ==, at (0, 0).lon7);
  g_assert_cmpint (box.north7, ==, at (0, 60).lat7);

  g_clear_pointer (&streets, g_ptr_array_unref);
  box = (LzBox){ at (0, 40).lat7, at (15, 0).lon7, at (0, 50).lat7, at (25, 0).lon7 };
  streets = lz_roads_list_streets (f->station, &box, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (streets->len, ==, 1);
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roads = lz_roads_list (f->station, FALSE, &error);
  g_autofree char *path = g_build_filename (f->dir, "nothing.geojson", NULL);
  LzProjection projection;
  LzBox box;
  LzId id;

  g_assert_no_error (error);
  g_assert_cmpuint (roads->len, ==, 0);
  g_assert_false (lz_roads_get_extent (f->station, &box, &error));
  g_assert_no_error (error);
  g_assert_false (lz_roads_snap (f->station, at (0, 0), &id, NULL, &projection, &error));
  g_assert_no_error (error);
  g_assert_null (lz_roads_find_by_name (f->station, "嵩阳路", &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_file_set_contents (path, "{\"type\":\"FeatureCollection\",\"features\":[]}", -1, NULL);
  g_assert_null (lz_roads_import (f->station, path, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_import_keeps_roads (Fixture *f, gconstpointer data)
{
  static const Street later[] = {
    { "少林大道", { 0, 1, 50, 1, 120, 1 } },              /* longer, surveyed 10 m off */
    { "嵩阳路", { 2000, 2000, 2020, 2000, 2050, 2000 } }, /* a namesake far away */
  };
  g_autoptr (LzImportReport) first = import_map (f, two_roads, 2);
  g_autoptr (LzImportReport) second = NULL;
  g_autoptr (GPtrArray) mine = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  LzId shaolin = find (f, "少林大道");
  LzId songyang = find (f, "嵩阳路");
  LzId after;

  g_assert_true (lz_roads_assign (f->station, &shaolin, NULL, 2, &error));
  g_assert_no_error (error);

  second = import_map (f, later, 2);
  after = find (f, "少林大道");
  g_assert_true (lz_id_equal (&after, &shaolin));
  after = find (f, "嵩阳路");
  g_assert_false (lz_id_equal (&after, &songyang));

  mine = lz_roads_list (f->station, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mine->len, ==, 1);
  g_assert_cmpuint (((LzRoad *) g_ptr_array_index (mine, 0))->level, ==, 2);
  g_assert_cmpfloat (((LzRoad *) g_ptr_array_index (mine, 0))->length_m, >, 1100);

  all = lz_roads_list (f->station, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2); /* nobody answered for the old 嵩阳路 */
}

static void
test_import_keeps_assigned (Fixture *f, gconstpointer data)
{
  g_autoptr (LzImportReport) first = import_map (f, two_roads, 2);
  g_autoptr (LzImportReport) second = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  LzId songyang = find (f, "嵩阳路");
  LzId after;

  g_assert_true (lz_roads_assign (f->station, &songyang, NULL, 1, &error));
  second = import_map (f, two_roads, 1);
  after = find (f, "嵩阳路");
  g_assert_true (lz_id_equal (&after, &songyang));
  g_assert_cmpuint (second->skipped->len, ==, first->skipped->len + 1);

  g_assert_true (lz_roads_unassign (f->station, &songyang, NULL, &error));
  g_clear_pointer (&second, lz_import_report_free);
  second = import_map (f, two_roads, 1);
  all = lz_roads_list (f->station, FALSE, &error);
  g_assert_cmpuint (all->len, ==, 1);
}

/* A road cut into two: the longer piece keeps the road. */
static void
test_import_split (Fixture *f, gconstpointer data)
{
  static const Street cut[] = {
    { "少林大道", { 0, 0, 10, 0, 20, 0 } },
    { "少林大道", { 45, 0, 70, 0, 100, 0 } },
  };
  g_autoptr (LzImportReport) first = import_map (f, two_roads, 1);
  g_autoptr (LzImportReport) second = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  LzId before = find (f, "少林大道");

  second = import_map (f, cut, 2);
  all = lz_roads_list (f->station, FALSE, &error);
  g_assert_no_error (error);
  if (all->len == 2) /* pieces so far apart are two roads */
    {
      const LzRoad *longer = g_ptr_array_index (all, 0);
      const LzRoad *other = g_ptr_array_index (all, 1);

      if (other->length_m > longer->length_m)
        longer = other;
      g_assert_true (lz_id_equal (&longer->id, &before));
    }
  else
    g_assert_true (lz_id_equal (&((LzRoad *) g_ptr_array_index (all, 0))->id, &before));
}

static void
test_snap (Fixture *f, gconstpointer data)
{
  g_autoptr (LzImportReport) report = import_map (f, two_roads, 2);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  LzId shaolin = find (f, "少林大道");
  LzId songyang = find (f, "嵩阳路");
  LzId id = { { 0 } };
  LzProjection projection;

  /* 30 m from 少林大道, 20 m from 嵩阳路: the nearest, as none is assigned */
  g_assert_true (lz_roads_snap (f->station, at (22, 3), &id, &name, &projection, &error));
  g_assert_no_error (error);
  g_assert_true (lz_id_equal (&id, &songyang));
  g_assert_cmpstr (name, ==, "嵩阳路");
  g_assert_cmpfloat_with_epsilon (projection.offset_m, 20, 1);
  g_assert_cmpfloat_with_epsilon (projection.chainage_m, 330, 5);
  g_assert_cmpint (projection.side, !=, 0);

  /* assigned ones come first, and at once */
  g_assert_true (lz_roads_assign (f->station, &shaolin, NULL, 2, &error));
  g_assert_true (lz_roads_snap (f->station, at (22, 3), &id, NULL, NULL, &error));
  g_assert_true (lz_id_equal (&id, &shaolin));
  g_assert_true (lz_roads_snap (f->station, at (22, 30), &id, NULL, NULL, &error));
  g_assert_true (lz_id_equal (&id, &songyang));
  g_assert_false (lz_roads_snap (f->station, at (50, 9), &id, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (lz_roads_snap (f->station, (LzPoint){ 0, 0 }, &id, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* What another process assigns counts here without being told. */
static void
test_snap_other_process (Fixture *f, gconstpointer data)
{
  g_autoptr (LzImportReport) report = import_map (f, two_roads, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzStation) other = NULL;
  LzId shaolin = find (f, "少林大道");
  LzId id;

  g_assert_true (lz_roads_snap (f->station, at (22, 3), &id, NULL, NULL, &error));
  g_assert_false (lz_id_equal (&id, &shaolin));
  other = lz_station_open (f->station_dir, LZ_STATION_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (lz_roads_assign (other, &shaolin, NULL, 3, &error));
  g_assert_true (lz_roads_snap (f->station, at (22, 3), &id, NULL, NULL, &error));
  g_assert_true (lz_id_equal (&id, &shaolin));
}

static void
test_assign_refuses (Fixture *f, gconstpointer data)
{
  g_autoptr (LzImportReport) report = import_map (f, two_roads, 2);
  g_autoptr (GError) error = NULL;
  LzId shaolin = find (f, "少林大道");
  LzId nobody = lz_id_new (1);

  g_assert_false (lz_roads_assign (f->station, &shaolin, NULL, 5, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (lz_roads_assign (f->station, &shaolin, "nobody", 1, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (lz_roads_assign (f->station, &nobody, NULL, 1, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

static void
test_import_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (LzImportReport) report = import_map (f, two_roads, 2);
  g_autofree char *path = write_map (f, two_roads, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) roads = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (lz_roads_import (f->station, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  roads = lz_roads_list (f->station, FALSE, &error);
  g_assert_cmpuint (roads->len, ==, 2);
}

static void
test_sample (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roads = lz_roads_list (f->station, FALSE, &error);
  g_autoptr (GPtrArray) mine = lz_roads_list (f->station, TRUE, &error);
  g_autoptr (GPtrArray) people = lz_people_list (f->station, &error);
  g_autofree char *attribution = lz_roads_dup_attribution (f->station);

  g_assert_no_error (error);
  g_assert_cmpstr (lz_station_get_feed (f->station), ==, "360681001");
  g_assert_cmpstr (lz_station_get_city (f->station), ==, "贵溪市");
  g_assert_cmpuint (roads->len, >, 20);
  g_assert_cmpuint (mine->len, ==, 8);
  for (guint i = 0; i < mine->len; i++)
    g_assert_cmpuint (((LzRoad *) g_ptr_array_index (mine, i))->level, ==, 2);
  g_assert_cmpuint (people->len, >=, 4);
  g_assert_cmpstr (((LzPerson *) g_ptr_array_index (people, 0))->id, ==, "local");
  g_assert_cmpuint (lz_station_get_roles (f->station), ==,
                    ((LzPerson *) g_ptr_array_index (people, 0))->roles);
  g_assert_nonnull (strstr (attribution, "OpenStreetMap"));

  g_assert_false (lz_station_create_sample (f->station_dir, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_CONSTRAINT);
}

static void
test_people (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LzPerson nameless = { 0 };

  g_assert_false (lz_people_save (f->station, &nameless, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (lz_people_set_actor (f->station, "nobody", &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (lz_people_set_actor (f->station, "li", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (lz_station_get_actor (f->station), ==, "li");
  g_assert_cmpuint (lz_station_get_roles (f->station), !=, 0);
}

static void
test_city (void)
{
  g_autoptr (LzTestDir) dir = lz_test_make_dir ();
  g_autofree char *first = g_build_filename (dir, "first", NULL);
  g_autofree char *second = g_build_filename (dir, "second", NULL);
  g_autoptr (LzStation) one = NULL;
  g_autoptr (LzStation) two = NULL;
  g_autoptr (GBytes) divisions = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lz_station_create_city (first, "登封市", &error));
  g_assert_no_error (error);
  one = lz_station_open (first, LZ_STATION_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lz_station_get_feed (one), ==, "410185001");
  g_assert_cmpstr (lz_station_get_city (one), ==, "登封市");
  divisions = lz_station_dup_reference (one, "divisions.tsv", &error);
  g_assert_no_error (error);

  g_assert_true (lz_station_create_city (second, "少林街道", &error));
  g_assert_no_error (error);
  two = lz_station_open (second, LZ_STATION_READ_WRITE, &error);
  g_assert_cmpstr (lz_station_get_feed (two), ==, "410185002");

  g_assert_false (lz_station_create_city (second, "Atlantis", &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

/* The file is a GeoPackage: GDAL lists the roads and has nothing to complain of. */
static void
test_ogrinfo (Fixture *f, gconstpointer data)
{
  g_autofree char *program = g_find_program_in_path ("ogrinfo");
  g_autofree char *file = g_build_filename (f->station_dir, "station.gpkg", NULL);
  const char *argv[] = { program, "-ro", "-so", file, "roads", NULL };
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (program == NULL)
    {
      g_test_skip ("ogrinfo (gdal-bin) is not installed");
      return;
    }
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_assert_cmpstr (err, ==, "");
  g_assert_nonnull (strstr (out, "Geometry: Multi Line String"));
  g_assert_null (strstr (out, "Feature Count: 0"));
  g_assert_null (strstr (out, "Warning"));
}

#define ADD(path, sample, function) \
  g_test_add (path, Fixture, GINT_TO_POINTER (sample), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/core/roads/damaged", 0, test_damaged);
  ADD ("/core/roads/empty", FALSE, test_empty);
  ADD ("/core/roads/import", FALSE, test_import);
  ADD ("/core/roads/import/keeps-roads", FALSE, test_import_keeps_roads);
  ADD ("/core/roads/import/keeps-assigned", FALSE, test_import_keeps_assigned);
  ADD ("/core/roads/import/split", FALSE, test_import_split);
  ADD ("/core/roads/import/cancelled", FALSE, test_import_cancelled);
  ADD ("/core/roads/snap", FALSE, test_snap);
  ADD ("/core/roads/snap/other-process", FALSE, test_snap_other_process);
  ADD ("/core/roads/assign/refuses", FALSE, test_assign_refuses);
  ADD ("/core/roads/sample", TRUE, test_sample);
  ADD ("/core/roads/people", TRUE, test_people);
  ADD ("/core/roads/ogrinfo", TRUE, test_ogrinfo);
  g_test_add_func ("/core/roads/city", test_city);
  return g_test_run ();
}
