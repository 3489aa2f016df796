/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The road chief's desk: health by hand, and a road's file from cases that lie where we put them.
 */

#include "lz-station-fixture.h"

#include "lz-data.h"
#include "lz-desk.h"

#define WEEK_MS G_GINT64_CONSTANT (604800000)
#define DAY_MS  G_GINT64_CONSTANT (86400000)

/* A straight road of about 2 km to the east of 34.45 N 113.03 E, made by an import. */
static void
make_road (StationFixture *f)
{
  static const char map[] =
      "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
      "{\"highway\":\"primary\",\"name\":\"少林大道\"},\"geometry\":{\"type\":\"LineString\","
      "\"coordinates\":[[113.03,34.45],[113.0518,34.45]]}}]}";
  g_autofree char *path = g_build_filename (f->dir, "map.geojson", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzImportReport) report = NULL;

  g_file_set_contents (path, map, -1, &error);
  g_assert_no_error (error);
  report = lz_roads_import (f->station, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_roads, ==, 1);
}

/* @along_m from its start, 5 m beside it: north is the left side. */
static LzId
report_on (StationFixture *f, const char *category, double along_m, gboolean left)
{
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = { .kind = LZ_KIND_REPORTED, .body = body };
  LzProjection projection;

  body->category = g_strdup (category);
  lz_point_from_degrees (34.45 + (left ? 4.5e-5 : -4.5e-5), 113.03 + along_m * 1.0895e-5,
                         &body->place);
  g_assert_true (lz_roads_snap (f->station, body->place, &body->road, NULL, &projection, &error));
  body->chainage_cm = (gint64) (projection.chainage_m * 100);
  body->offset_cm = (gint64) (projection.offset_m * 100);
  body->side = projection.side < 0 ? LZ_SIDE_LEFT : LZ_SIDE_RIGHT;
  lz_log_act (f->station, &act, &result, &error);
  g_assert_no_error (error);
  return result.subject;
}

static LzDeskFile *
load (StationFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzRoad) road = lz_roads_find_by_name (f->station, "少林大道", &error);
  LzDeskFile *file;

  g_assert_no_error (error);
  file = lz_desk_load (f->station, &road->id, f->now_ms, &error);
  g_assert_no_error (error);
  return file;
}

/* Worked by hand from data/scores/road-health.tsv. */
static void
test_health (void)
{
  static const struct
  {
    LzHealthFacts facts;
    int score;
    LzHealthGrade grade;
  } examples[] = {
    { { 2000, 0, 0, 0, 0, 0 }, 100, LZ_HEALTH_GOOD },
    { { 2000, 10, 2, 1, 1, 1 }, 73, LZ_HEALTH_POOR }, /* 100 - 5 - 4 - 5 - 3 - 10 */
    { { 100, 1, 0, 0, 0, 0 }, 98, LZ_HEALTH_GOOD },   /* counts as half a kilometre */
    { { 1000, 10, 0, 0, 0, 0 }, 90, LZ_HEALTH_GOOD },
    { { 1000, 11, 0, 0, 0, 0 }, 89, LZ_HEALTH_FAIR },
    { { 3000, 1, 0, 0, 0, 0 }, 100, LZ_HEALTH_GOOD }, /* 99.67 */
    { { 500, 30, 30, 0, 0, 0 }, 0, LZ_HEALTH_BAD },   /* never below zero */
    { { 1000, 0, 0, 5, 0, 0 }, 75, LZ_HEALTH_FAIR },
    { { 1000, 0, 0, 0, 10, 1 }, 60, LZ_HEALTH_POOR },
    { { 1000, 1, 0, 0, 10, 1 }, 59, LZ_HEALTH_BAD },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) table = lz_data_lookup ("scores/road-health.tsv", &error);
  g_autoptr (LzHealthModel) model = lz_health_model_parse (table, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      LzHealthTerm terms[LZ_HEALTH_N_TERMS];
      int score = lz_health_reckon (model, &examples[i].facts, terms);

      g_assert_cmpint (score, ==, examples[i].score);
      g_assert_cmpint (lz_health_grade (model, score), ==, examples[i].grade);
    }
}

static void
test_bad_models (void)
{
  static const char *const tables[] = {
    "term\tlabel_zh\tlabel_en\tper\tpoints\nopen\t未结\tOpen\tkm\t1\n", /* no notes */
    "# version: 1\n# least_km: 1\n# spot_days: 1\n# spot_radius_m: 1\n# spot_cases: 1\n# good: 1\n"
    "# fair: 1\n# poor: 1\nterm\tlabel_zh\tlabel_en\tper\tpoints\nopen\t未结\tOpen\tkm\t1\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (tables[i], strlen (tables[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (lz_health_model_parse (bytes, &error));
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
    }
}

static void
test_empty (StationFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = lz_desk_list (f->station, FALSE, f->now_ms, &error);
  g_autoptr (LzDeskFile) file = NULL;
  LzId unknown = lz_id_new (1);

  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (lz_desk_load (f->station, &unknown, f->now_ms, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);

  make_road (f);
  file = load (f);
  g_assert_cmpint (file->summary->health, ==, 100);
  g_assert_cmpuint (file->cases->len, ==, 0);
  g_assert_cmpuint (file->weeks->len, ==, 12);
  g_assert_cmpint (file->summary->patrolled_ms, ==, 0);
}

static void
test_file (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzDeskFile) file = NULL;
  const LzDeskSpot *spot;
  const LzDeskWeek *last;

  make_road (f);
  f->now_ms -= 2 * WEEK_MS;
  report_on (f, "T06-01", 500, TRUE);
  f->now_ms += 2 * WEEK_MS;
  report_on (f, "T06-01", 520, TRUE);
  report_on (f, "T06-01", 545, TRUE);  /* the third within 50 m: a spot */
  report_on (f, "T06-01", 560, FALSE); /* on the other side */
  report_on (f, "T01-01", 530, TRUE);  /* of another category */
  report_on (f, "T06-01", 100, TRUE);

  file = load (f);
  g_assert_cmpuint (file->cases->len, ==, 6);
  for (guint i = 1; i < file->cases->len; i++)
    g_assert_cmpint (((LzDeskCase *) file->cases->pdata[i - 1])->chainage_cm, <=,
                     ((LzDeskCase *) file->cases->pdata[i])->chainage_cm);
  g_assert_cmpuint (file->spots->len, ==, 1);
  spot = file->spots->pdata[0];
  g_assert_cmpstr (spot->category, ==, "T06-01");
  g_assert_cmpuint (spot->n, ==, 3);
  g_assert_cmpint (spot->side, ==, LZ_SIDE_LEFT);
  g_assert_cmpint (spot->to_cm - spot->from_cm, >, 4000);
  g_assert_cmpint (spot->to_cm - spot->from_cm, <, 5000);
  last = &g_array_index (file->weeks, LzDeskWeek, 11);
  g_assert_cmpuint (last->reported, ==, 5);
  g_assert_cmpuint (g_array_index (file->weeks, LzDeskWeek, 9).reported, ==, 1);
  g_assert_cmpint (last->begins_ms, ==, FIXTURE_MONDAY_9 - 9 * G_GINT64_CONSTANT (3600000));

  g_assert_cmpuint (file->summary->facts.open, ==, 6);
  g_assert_cmpuint (file->summary->facts.overdue, >=, 1); /* the one of two weeks ago */
  g_assert_cmpuint (file->summary->facts.spots, ==, 1);
}

/* A case older than the model looks back makes no spot; an ended one still does. */
static void
test_spots_age (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzDeskFile) file = NULL;
  g_autoptr (LzDeskFile) later = NULL;

  make_road (f);
  for (guint i = 0; i < 3; i++)
    report_on (f, "T06-01", 500 + 10 * i, TRUE);
  file = load (f);
  g_assert_cmpuint (file->spots->len, ==, 1);
  f->now_ms += 91 * DAY_MS;
  later = load (f);
  g_assert_cmpuint (later->spots->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/desk/health", test_health);
  g_test_add_func ("/core/desk/bad-models", test_bad_models);
  g_test_add ("/core/desk/empty", StationFixture, NULL, station_fixture_set_up, test_empty,
              station_fixture_tear_down);
  g_test_add ("/core/desk/file", StationFixture, NULL, station_fixture_set_up, test_file,
              station_fixture_tear_down);
  g_test_add ("/core/desk/spots-age", StationFixture, NULL, station_fixture_set_up, test_spots_age,
              station_fixture_tear_down);
  return g_test_run ();
}
