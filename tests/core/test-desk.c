/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The road chief's desk: health by hand, and a road's file from cases that lie where we put them.
 */

#include "lz-station-fixture.h"

#include "lz-data.h"
#include "lz-desk.h"
#include "lz-patrols.h"
#include "lz-plan.h"

#define WEEK_MS G_GINT64_CONSTANT (604800000)
#define DAY_MS  G_GINT64_CONSTANT (86400000)

#define ROAD(name, lat)                                                            \
  "{\"type\":\"Feature\",\"properties\":{\"highway\":\"primary\",\"name\":\"" name \
  "\"},\"geometry\":"                                                              \
  "{\"type\":\"LineString\",\"coordinates\":[[113.03," lat "],[113.0518," lat "]]}}"
#define ROADS(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

/* Straight roads of about 2 km to the east of 113.03 E, made by an import. */
static void
import (StationFixture *f, const char *map, guint n)
{
  g_autofree char *path = g_build_filename (f->dir, "map.geojson", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzImportReport) report = NULL;

  g_file_set_contents (path, map, -1, &error);
  g_assert_no_error (error);
  report = lz_roads_import (f->station, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_roads, ==, n);
}

static void
make_road (StationFixture *f)
{
  import (f, ROADS (ROAD ("少林大道", "34.45")), 1);
}

/* @along_m from the start of the road at @lat, 5 m beside it: north is the left side. */
static LzId
report_at (StationFixture *f, const char *category, double lat, double along_m, gboolean left)
{
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = { .kind = LZ_KIND_REPORTED, .body = body };
  LzProjection projection;

  body->category = g_strdup (category);
  lz_point_from_degrees (lat + (left ? 4.5e-5 : -4.5e-5), 113.03 + along_m * 1.0895e-5,
                         &body->place);
  g_assert_true (lz_roads_snap (f->station, body->place, &body->road, NULL, &projection, &error));
  body->chainage_cm = (gint64) (projection.chainage_m * 100);
  body->offset_cm = (gint64) (projection.offset_m * 100);
  body->side = projection.side < 0 ? LZ_SIDE_LEFT : LZ_SIDE_RIGHT;
  lz_log_act (f->station, &act, &result, &error);
  g_assert_no_error (error);
  return result.subject;
}

static LzId
report_on (StationFixture *f, const char *category, double along_m, gboolean left)
{
  return report_at (f, category, 34.45, along_m, left);
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

static const LzDeskRoad *
find (const GPtrArray *roads, const char *name)
{
  for (guint i = 0; i < roads->len; i++)
    if (strcmp (((const LzDeskRoad *) roads->pdata[i])->road->name, name) == 0)
      return roads->pdata[i];
  g_assert_not_reached ();
}

static GPtrArray *
list (StationFixture *f)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *roads = lz_desk_list (f->station, FALSE, f->now_ms, &error);

  g_assert_no_error (error);
  return roads;
}

/* A road's line in the list says what its own file says. */
static void
assert_same (StationFixture *f, const LzDeskRoad *road)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzDeskFile) file = lz_desk_load (f->station, &road->road->id, f->now_ms, &error);
  const LzHealthFacts *facts = &file->summary->facts;

  g_assert_no_error (error);
  g_assert_cmpuint (facts->open, ==, road->facts.open);
  g_assert_cmpuint (facts->overdue, ==, road->facts.overdue);
  g_assert_cmpuint (facts->supervised, ==, road->facts.supervised);
  g_assert_cmpuint (facts->spots, ==, road->facts.spots);
  g_assert_cmpuint (facts->patrol_overdue, ==, road->facts.patrol_overdue);
  g_assert_cmpint (file->summary->health, ==, road->health);
  g_assert_cmpint (file->summary->patrolled_ms, ==, road->patrolled_ms);
  g_assert_cmpuint (file->cases->len, ==, road->facts.open);
}

/* So many are on the list, on the map and in the count. */
static void
assert_found (StationFixture *f, LzCaseQuery query, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) fids = NULL;
  g_autoptr (LzPins) pins = NULL;

  query.now_ms = f->now_ms;
  fids = lz_cases_list (f->station, &query, 0, &error);
  g_assert_cmpuint (fids->len, ==, n);
  g_assert_cmpint (lz_cases_count (f->station, &query, &error), ==, n);
  pins = lz_cases_load_pins (f->station, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pins->n, ==, n);
  for (guint i = 1; i < pins->n; i++)
    g_assert_cmpuint (pins->morton[i], >=, pins->morton[i - 1]);
  for (guint i = 0; i < pins->n; i++)
    {
      g_autoptr (GPtrArray) rows = lz_cases_load_rows (f->station, &pins->fids[i], 1, &error);
      const LzCaseRow *row = rows->pdata[0];

      g_assert_cmpuint (lz_point_morton (row->place), ==, pins->morton[i]);
      g_assert_cmpuint (row->state, ==, pins->states[i]);
      g_assert_cmpuint (row->due_ms / 1000, ==, pins->due_s[i]);
    }
}

/* Open cases by deadline, both ways. */
static void
assert_by_deadline (StationFixture *f, guint n)
{
  LzCaseQuery query = { .states = LZ_STATES_OPEN, .sort = LZ_SORT_DUE, .now_ms = f->now_ms };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) soonest = lz_cases_list (f->station, &query, 0, &error);
  g_autoptr (GArray) latest = NULL;
  g_autoptr (GPtrArray) rows =
      lz_cases_load_rows (f->station, (gint64 *) (gpointer) soonest->data, soonest->len, &error);

  query.descending = TRUE;
  latest = lz_cases_list (f->station, &query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, n);
  g_assert_cmpuint (latest->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const LzCaseRow *row = rows->pdata[i];

      g_assert_cmpint (row->fid, ==, g_array_index (latest, gint64, n - 1 - i));
      if (i > 0)
        g_assert_cmpint (((const LzCaseRow *) rows->pdata[i - 1])->due_ms, <=, row->due_ms);
    }
}

static void
act (StationFixture *f, LzKind kind, const LzId *subject, guint level)
{
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = { .kind = kind, .subject = *subject, .body = body };

  body->text = g_strdup ("查");
  body->level = level;
  lz_log_act (f->station, &act, &result, &error);
  g_assert_no_error (error);
}

/* Cases of two roads, told apart everywhere: counts, spots, lists, the map. */
static void
test_two_roads (StationFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roads = NULL;
  const LzDeskRoad *south, *north;
  LzId voided, watched;

  import (f, ROADS (ROAD ("少林大道", "34.45") "," ROAD ("中岳大街", "34.46")), 2);
  for (guint i = 0; i < 3; i++)
    report_at (f, "T06-01", 34.45, 500 + 15 * i, TRUE);
  /* On the other road: two at the same place, four in a row that are one spot and no more, and
   * three too far apart. */
  for (guint i = 0; i < 2; i++)
    report_at (f, "T06-01", 34.46, 500, TRUE);
  for (guint i = 0; i < 4; i++)
    watched = report_at (f, "T01-01", 34.46, 900 + 12 * i, FALSE);
  for (guint i = 0; i < 3; i++)
    voided = report_at (f, "T01-06", 34.46, 1200 + 60 * i, FALSE);
  act (f, LZ_KIND_SUPERVISED, &watched, 2);
  act (f, LZ_KIND_VOIDED, &voided, 0);

  roads = list (f);
  g_assert_cmpuint (roads->len, ==, 2);
  south = find (roads, "少林大道");
  north = find (roads, "中岳大街");
  g_assert_cmpuint (south->facts.open, ==, 3);
  g_assert_cmpuint (south->facts.spots, ==, 1);
  g_assert_cmpuint (south->facts.supervised, ==, 0);
  g_assert_cmpuint (north->facts.open, ==, 8);
  g_assert_cmpuint (north->facts.spots, ==, 1);
  g_assert_cmpuint (north->facts.supervised, ==, 1);
  assert_same (f, south);
  assert_same (f, north);

  assert_by_deadline (f, 11);
  assert_found (f, (LzCaseQuery){ .states = LZ_STATES_OPEN }, 11);
  assert_found (f, (LzCaseQuery){ 0 }, 12);
  assert_found (f, (LzCaseQuery){ .states = LZ_STATES_OPEN, .road = north->road->id }, 8);
  assert_found (f, (LzCaseQuery){ .road = north->road->id }, 9);
  assert_found (f, (LzCaseQuery){ .states = LZ_STATES_OPEN, .my_roads = TRUE }, 0);
  lz_roads_assign (f->station, &south->road->id, NULL, 2, &error);
  g_assert_no_error (error);
  assert_found (f, (LzCaseQuery){ .states = LZ_STATES_OPEN, .my_roads = TRUE }, 3);
  assert_found (f, (LzCaseQuery){ .states = LZ_STATE_BIT (LZ_STATE_VOIDED), .my_roads = TRUE }, 0);
  assert_found (f, (LzCaseQuery){ .states = LZ_STATE_BIT (LZ_STATE_VOIDED) }, 1);
}

static void
walk (StationFixture *f, const LzRoad *road, gint64 until_ms)
{
  g_autoptr (GPtrArray) covers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_road_cover_free);
  g_autoptr (GError) error = NULL;
  gint64 length_cm = (gint64) (road->length_m * 100);
  LzRoadCover *cover = lz_road_cover_new (&road->id, length_cm, NULL);
  LzId patrol;

  lz_spans_add (cover->spans, 0, (length_cm * 9 + 9) / 10);
  g_ptr_array_add (covers, cover);
  lz_patrols_enter (f->station, until_ms - DAY_MS / 24, until_ms, covers, NULL, &patrol, &error);
  g_assert_no_error (error);
}

static void
assert_patrol (StationFixture *f, gboolean overdue)
{
  g_autoptr (GPtrArray) roads = list (f);
  const LzDeskRoad *road = roads->pdata[0];

  g_assert_cmpuint (road->facts.patrol_overdue, ==, overdue);
  assert_same (f, road);
}

/* A chief of level 2 owes a patrol on every workday; Saturday 2026-02-28 is worked, Sunday is off.
 */
static void
test_patrol_overdue (StationFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzRoad) road = NULL;
  g_autoptr (LzDeskFile) file = NULL;
  const LzDeskPatrol *last;

  make_road (f);
  road = lz_roads_find_by_name (f->station, "少林大道", &error);
  f->now_ms = FIXTURE_MONDAY_9 - 14 * DAY_MS;
  lz_roads_assign (f->station, &road->id, NULL, 2, &error);
  g_assert_no_error (error);

  f->now_ms = FIXTURE_MONDAY_9;
  assert_patrol (f, TRUE);
  walk (f, road, f->now_ms - 3 * DAY_MS); /* Friday: not the last day that was owed */
  assert_patrol (f, TRUE);
  walk (f, road, f->now_ms - 2 * DAY_MS);
  assert_patrol (f, FALSE);
  f->now_ms += DAY_MS; /* Tuesday, and nobody went on Monday */
  assert_patrol (f, TRUE);
  walk (f, road, f->now_ms);
  assert_patrol (f, FALSE); /* made good */
  f->now_ms += 3 * DAY_MS;  /* Friday */
  walk (f, road, f->now_ms);
  f->now_ms += 2 * DAY_MS; /* Sunday */
  assert_patrol (f, FALSE);
  f->now_ms += 7 * DAY_MS; /* Sunday, after a week without */
  assert_patrol (f, TRUE);

  file = load (f);
  g_assert_cmpuint (file->patrols->len, ==, 4);
  last = file->patrols->pdata[0];
  g_assert_cmpint (last->until_ms, ==, FIXTURE_MONDAY_9 + 4 * DAY_MS);
  g_assert_cmpint (file->summary->patrolled_ms, ==, last->until_ms);
  g_assert_cmpint (last->percent, ==, 90);
  g_assert_cmpstr (last->person, ==, lz_station_get_actor (f->station));
}

/* None of what the desk asks walks past every case. */
static void
test_plans (StationFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) roads = NULL;

  make_road (f);
  report_on (f, "T06-01", 500, TRUE);
  roads = list (f);
  assert_same (f, roads->pdata[0]);
  assert_found (f, (LzCaseQuery){ .states = LZ_STATES_OPEN, .my_roads = TRUE }, 0);
  lz_plan_assert_narrow (f->station, 8);
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
  g_test_add ("/core/desk/two-roads", StationFixture, NULL, station_fixture_set_up, test_two_roads,
              station_fixture_tear_down);
  g_test_add ("/core/desk/patrol-overdue", StationFixture, NULL, station_fixture_set_up,
              test_patrol_overdue, station_fixture_tear_down);
  g_test_add ("/core/desk/plans", StationFixture, NULL, station_fixture_set_up, test_plans,
              station_fixture_tear_down);
  return g_test_run ();
}
