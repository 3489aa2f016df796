/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-rebuild.h"
#include "lz-records-act.h"
#include "lz-station-fixture.h"

#include "lz-patrols.h"
#include "lz-roads.h"
#include "lz-test-streets.h"
#include "lz-track-code.h"

/* A station with one straight road of 1000 m in the person's charge, another beside it. */
typedef struct
{
  StationFixture base;
  LzId road;
  LzId other;
} Fixture;

static void
free_road (gpointer data)
{
  lz_road_free (data);
}

static LzRoad *
make_road (const char *name, double north_m)
{
  LzPoint points[] = { lz_test_at_m (0, north_m), lz_test_at_m (1000, north_m) };
  LzRoad *road = g_new0 (LzRoad, 1);

  road->id = lz_id_new (FIXTURE_MONDAY_9);
  road->name = g_strdup (name);
  road->initials = g_strdup ("x");
  road->grade = LZ_STREET_TERTIARY;
  road->line = lz_line_new (points, 2);
  road->length_m = lz_line_length_m (road->line);
  road->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_line_free);
  g_ptr_array_add (road->parts, lz_line_copy (road->line));
  return road;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roads = g_ptr_array_new_with_free_func (free_road);
  g_autoptr (GArray) assignments = g_array_new (FALSE, TRUE, sizeof (LzAssignment));
  LzAssignment mine = { .level = 2 };

  station_fixture_set_up (&f->base, data);
  g_ptr_array_add (roads, make_road ("建设路", 0));
  g_ptr_array_add (roads, make_road ("雄石路", 200));
  f->road = ((LzRoad *) roads->pdata[0])->id;
  f->other = ((LzRoad *) roads->pdata[1])->id;
  mine.road = f->road;
  mine.person = (char *) lz_station_get_actor (f->base.station);
  mine.since_ms = FIXTURE_MONDAY_9 - 30 * 24 * 3600 * G_GINT64_CONSTANT (1000);
  g_array_append_val (assignments, mine);
  lz_roads_take (f->base.station, roads, assignments, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  station_fixture_tear_down (&f->base, data);
}

/* Walks the road from @from_m to @to_m, a fix every four seconds; the clock goes on. */
static void
walk (Fixture *f, const LzId *patrol, double from_m, double to_m)
{
  g_autoptr (GError) error = NULL;

  for (double at_m = from_m; at_m <= to_m; at_m += 5)
    {
      LzTrackPoint fix = { lz_test_at_m (at_m, 3), f->base.now_ms, 6 };

      lz_patrols_add_fixes (f->base.station, patrol, &fix, 1, &error);
      g_assert_no_error (error);
      f->base.now_ms += 4000;
    }
}

static char *
write_gpx (Fixture *f, const char *name, double from_m, double to_m, gint64 from_ms)
{
  g_autoptr (GString) text = g_string_new ("<gpx version='1.1'><trk><trkseg>");
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (f->base.dir, name, NULL);

  for (double at_m = from_m; at_m <= to_m; at_m += 5, from_ms += 4000)
    {
      LzPoint p = lz_test_at_m (at_m, -4);
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (from_ms / 1000);
      g_autofree char *iso = g_date_time_format_iso8601 (time);

      g_string_append_printf (text, "<trkpt lat='%.7f' lon='%.7f'><time>%s</time></trkpt>",
                              lz_point_latitude (p), lz_point_longitude (p), iso);
    }
  g_string_append (text, "</trkseg></trk></gpx>");
  g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);
  return path;
}

static LzId
log_case (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  LzPhotoRef photo = station_fixture_photo (7, LZ_PHOTO_BEFORE);
  LzAct act = { .kind = LZ_KIND_REPORTED, .body = body };

  body->category = g_strdup ("T01-01");
  body->place = lz_test_at_m (100, 0);
  body->text = g_strdup ("占道经营");
  lz_body_add_photo (body, &photo);
  lz_log_act (f->base.station, &act, &result, &error);
  g_assert_no_error (error);
  return result.subject;
}

static void
test_live (Fixture *f, gconstpointer data)
{
  LzStation *station = f->base.station;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzPatrol) under_way = NULL;
  g_autoptr (LzPatrol) sealed = NULL;
  g_autoptr (GArray) cases = NULL;
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (LzCleanTrack) track = NULL;
  const LzRoadCover *cover;
  LzId patrol, open;
  LzId before = log_case (f), during;
  g_autoptr (LzCase) outside = NULL;
  g_autoptr (LzCase) inside = NULL;

  g_assert_false (lz_patrols_find_open (station, NULL, &open, &error));
  g_assert_no_error (error);
  g_assert_true (lz_patrols_start (station, &patrol, &error));
  g_assert_true (lz_patrols_find_open (station, NULL, &open, &error));
  g_assert_true (lz_id_equal (&open, &patrol));
  g_assert_false (lz_patrols_start (station, &open, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  g_clear_error (&error);

  /* Nothing recorded: nothing to seal. */
  g_assert_false (lz_patrols_finish (station, &patrol, NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  g_clear_error (&error);

  walk (f, &patrol, 0, 300);
  during = log_case (f);
  under_way = lz_patrols_load (station, &patrol, &error);
  g_assert_no_error (error);
  g_assert_cmpint (under_way->state, ==, LZ_RECORD_OPEN);
  g_assert_cmpuint (lz_road_cover_get_percent (under_way->covers->pdata[0]), ==, 31);
  g_assert_cmpstr (((LzRoadCover *) under_way->covers->pdata[0])->name, ==, "建设路");

  f->base.now_ms += 400000;
  walk (f, &patrol, 700, 1000);
  g_assert_true (lz_patrols_finish (station, &patrol, NULL, "顺利", &error));
  g_assert_no_error (error);
  log_case (f); /* after it */

  sealed = lz_patrols_load (station, &patrol, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sealed->state, ==, LZ_RECORD_DONE);
  g_assert_cmpint (sealed->how, ==, LZ_PATROL_HOW_LIVE);
  g_assert_cmpint (sealed->from_ms, ==, FIXTURE_MONDAY_9);
  g_assert_cmpint (sealed->until_ms, ==, f->base.now_ms);
  g_assert_cmpuint (sealed->covers->len, ==, 1);
  cover = sealed->covers->pdata[0];
  g_assert_true (lz_id_equal (&cover->road, &f->road));
  gaps = lz_spans_dup_gaps (cover->spans, cover->length_cm);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_cmpfloat_with_epsilon ((double) lz_spans_get (gaps, 0)->from_cm, 31500, 200);
  g_assert_cmpfloat_with_epsilon ((double) lz_spans_get (gaps, 0)->to_cm, 68500, 200);
  track = lz_track_code_read (sealed->track);
  g_assert_nonnull (track);
  g_assert_cmpuint (track->pieces->len, ==, 2);

  cases = lz_patrols_list_cases (station, &patrol, &error);
  g_assert_cmpuint (cases->len, ==, 1);
  inside = lz_cases_load (station, &during, &error);
  outside = lz_cases_load (station, &before, &error);
  g_assert_true (lz_id_equal (&inside->patrol, &patrol));
  g_assert_true (lz_id_is_nil (&outside->patrol));
}

/* A sealed patrol takes notes and nothing else, also from the same person at once. */
static void
test_sealed (Fixture *f, gconstpointer data)
{
  LzStation *station = f->base.station;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzPatrol) before = NULL;
  g_autoptr (LzPatrol) after = NULL;
  g_autofree char *path = write_gpx (f, "a.gpx", 0, 1000, FIXTURE_MONDAY_9 - 3600000);
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (GPtrArray) events = NULL;
  LzTrackPoint fix = { lz_test_at_m (500, 0), FIXTURE_MONDAY_9, 5 };
  LzId patrol, last;

  g_assert_true (lz_patrols_import (station, path, NULL, NULL, &patrol, &error));
  g_assert_no_error (error);
  before = lz_patrols_load (station, &patrol, &error);

  g_assert_false (lz_patrols_finish (station, &patrol, NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lz_patrols_abandon (station, &patrol, "x", &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  g_clear_error (&error);
  json_object_set_int_member (facts, "until", 1);
  g_assert_false (lz_records_act (station, "patrol.started", &patrol, facts, NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lz_log_find_last (station, &last));
  events = lz_log_list_events (station, &patrol, &error);
  g_assert_false (lz_log_withdraw (station, &((LzEvent *) events->pdata[0])->id, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_true (lz_patrols_note (station, &patrol, "井盖已报", &error));
  g_assert_no_error (error);
  lz_patrols_add_fixes (station, &patrol, &fix, 1, NULL);
  after = lz_patrols_load (station, &patrol, &error);
  g_assert_cmpstr (after->track, ==, before->track);
  g_assert_cmpint (after->until_ms, ==, before->until_ms);
  g_assert_cmpint (after->way_cm, ==, before->way_cm);
  g_assert_cmpuint (after->n_events, ==, before->n_events + 1);
}

static void
refuse_import (Fixture *f, const char *path, const char *because)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lz_patrols_import (f->base.station, path, NULL, NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  if (strstr (error->message, because) == NULL)
    g_error ("“%s” does not say “%s”", error->message, because);
}

static void
test_import (Fixture *f, gconstpointer data)
{
  LzStation *station = f->base.station;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_gpx (f, "a.gpx", 0, 1000, FIXTURE_MONDAY_9 - 3600000);
  g_autofree char *same = write_gpx (f, "b.gpx", 0, 1000, FIXTURE_MONDAY_9 - 3600000);
  g_autofree char *future = write_gpx (f, "c.gpx", 0, 1000, FIXTURE_MONDAY_9);
  g_autoptr (LzPatrol) patrol = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *content = NULL;
  gsize length;
  LzId id;

  g_assert_true (lz_patrols_import (station, path, "补录", NULL, &id, &error));
  g_assert_no_error (error);
  patrol = lz_patrols_load (station, &id, &error);
  g_assert_cmpint (patrol->how, ==, LZ_PATROL_HOW_FILE);
  g_assert_cmpstr (patrol->file_name, ==, "a.gpx");
  g_assert_cmpint (patrol->from_ms, ==, FIXTURE_MONDAY_9 - 3600000);
  g_assert_cmpint (patrol->until_ms, ==, FIXTURE_MONDAY_9 - 3600000 + 800000);
  g_assert_cmpuint (lz_road_cover_get_percent (patrol->covers->pdata[0]), ==, 100);
  file = lz_patrols_dup_file (station, patrol, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file), content, length);

  refuse_import (f, same, "already");
  refuse_import (f, future, "future");
  refuse_import (f, lz_test_data ("tracks", "around-visnjan-with-car.gpx"), "on a road");
  refuse_import (f, lz_test_data ("tracks", "cerknicko-without-times.gpx"), "does not say when");
  refuse_import (f, lz_test_data ("tracks", "Mojstrovka.gpx"), "does not say when");
  refuse_import (f, lz_test_data ("tracks", "gh-no_trk.gpx"), "no track");
  refuse_import (f, lz_test_data ("tracks", "gh-no_trkseg.gpx"), "no track");
  refuse_import (f, lz_test_data ("tracks", "bad-unicode_with_bom.gpx"), "");
  refuse_import (f, lz_test_data ("tracks", "LICENCE.txt"), "no track");
}

static void
test_by_hand (Fixture *f, gconstpointer data)
{
  LzStation *station = f->base.station;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) covers = lz_road_covers_new ();
  g_autoptr (GPtrArray) nothing = lz_road_covers_new ();
  g_autoptr (LzPatrol) patrol = NULL;
  gint64 now_ms = FIXTURE_MONDAY_9;
  LzRoadCover *cover = lz_road_cover_new (&f->other, 100000, NULL);
  LzId id, live;

  lz_spans_add (cover->spans, 20000, 60000);
  g_ptr_array_add (covers, cover);
  g_assert_false (lz_patrols_enter (station, now_ms, now_ms - 1, covers, NULL, &id, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (
      lz_patrols_enter (station, now_ms - 5, now_ms + 900000, covers, NULL, &id, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (lz_patrols_enter (station, now_ms - 900000, now_ms, nothing, NULL, &id, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (lz_patrols_enter (station, now_ms - 900000, now_ms, covers, NULL, &id, &error));
  g_assert_no_error (error);
  patrol = lz_patrols_load (station, &id, &error);
  g_assert_cmpint (patrol->how, ==, LZ_PATROL_HOW_HAND);
  g_assert_null (patrol->track);
  g_assert_cmpint (patrol->way_cm, ==, 40000);
  g_assert_cmpuint (lz_road_cover_get_percent (patrol->covers->pdata[0]), ==, 40);

  /* A claim does not pass for a record. */
  g_assert_true (lz_patrols_start (station, &live, &error));
  walk (f, &live, 0, 100);
  g_assert_false (lz_patrols_finish (station, &live, covers, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lz_patrols_abandon (station, &live, "", &error));
  g_clear_error (&error);
  g_assert_true (lz_patrols_abandon (station, &live, "下雨", &error));
  g_assert_no_error (error);
  g_assert_true (lz_patrols_start (station, &live, &error));
  g_assert_true (lz_patrols_finish (station, &live, covers, NULL, &error));
  g_assert_no_error (error);
}

static guint
count (GPtrArray *duties, LzPatrolDutyState state)
{
  guint n = 0;

  for (guint i = 0; i < duties->len; i++)
    n += (guint) (((LzPatrolDuty *) duties->pdata[i])->state == state);
  return n;
}

static void
test_lists (Fixture *f, gconstpointer data)
{
  LzStation *station = f->base.station;
  const gint64 day_ms = 24 * 3600 * G_GINT64_CONSTANT (1000);
  g_autoptr (GError) error = NULL;
  g_autofree char *today = write_gpx (f, "a.gpx", 0, 600, FIXTURE_MONDAY_9 - 3600000);
  g_autofree char *friday = write_gpx (f, "b.gpx", 300, 1000, FIXTURE_MONDAY_9 - 3 * day_ms);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) of_other = NULL;
  g_autoptr (GPtrArray) recent = NULL;
  g_autoptr (GPtrArray) last = NULL;
  g_autoptr (GPtrArray) duties = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (LzRoadCover) cover = NULL;
  g_autoptr (LzRoadCover) one_day = NULL;
  LzId first, second;

  g_assert_true (lz_patrols_import (station, today, NULL, NULL, &first, &error));
  g_assert_true (lz_patrols_import (station, friday, NULL, NULL, &second, &error));
  g_assert_no_error (error);

  all = lz_patrols_list (station, &(LzPatrolQuery){ .person = NULL }, &error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_true (lz_id_equal (&((LzPatrol *) all->pdata[0])->id, &first)); /* the newest */
  g_assert_null (((LzPatrol *) all->pdata[0])->track);
  g_assert_cmpuint (((LzPatrol *) all->pdata[0])->covers->len, ==, 1);
  of_other = lz_patrols_list (station, &(LzPatrolQuery){ .road = f->other }, &error);
  g_assert_cmpuint (of_other->len, ==, 0);
  recent = lz_patrols_list (station,
                            &(LzPatrolQuery){ .road = f->road,
                                              .person = lz_station_get_actor (station),
                                              .from_ms = FIXTURE_MONDAY_9 - day_ms,
                                              .limit = 5 },
                            &error);
  g_assert_cmpuint (recent->len, ==, 1);

  last = lz_patrols_list_last (station, NULL, &error);
  g_assert_cmpuint (last->len, ==, 1);
  g_assert_true (lz_id_equal (&((LzPatrolVisit *) last->pdata[0])->patrol, &first));
  cover = lz_patrols_cover_road (station, &f->road, NULL, 0, 0, &error);
  g_assert_cmpuint (lz_road_cover_get_percent (cover), ==, 100);
  one_day = lz_patrols_cover_road (station, &f->road, lz_station_get_actor (station),
                                   FIXTURE_MONDAY_9 - day_ms, 0, &error);
  g_assert_cmpuint (lz_road_cover_get_percent (one_day), ==, 61);

  /* From Wednesday 02-25: three days without, Friday with 71 %, Saturday 02-28 is worked, Sunday
   * off, today 61 % and still time. */
  duties = lz_patrols_list_duties (station, NULL, &f->road, FIXTURE_MONDAY_9 - 5 * day_ms, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (duties->len, ==, 5);
  g_assert_cmpuint (count (duties, LZ_PATROL_MISSED), ==, 4);
  g_assert_cmpuint (((LzPatrolDuty *) duties->pdata[2])->percent, ==, 71);
  now = lz_patrols_list_duties (station, lz_station_get_actor (station), NULL, f->base.now_ms,
                                &error);
  g_assert_cmpuint (now->len, ==, 1);
  g_assert_cmpuint (count (now, LZ_PATROL_DUE), ==, 1);
  g_assert_cmpuint (((LzPatrolDuty *) now->pdata[0])->percent, ==, 61);
  g_assert_cmpstr (((LzPatrolDuty *) now->pdata[0])->road_name, ==, "建设路");
  g_assert_cmpint (((LzPatrolDuty *) now->pdata[0])->last_ms, >, 0);

  /* The rows can be made anew with the same result. */
  g_assert_true (lz_db_exec (lz_station_get_db (station), "DELETE FROM patrol_road", &error));
  g_assert_true (lz_rebuild (station, &error));
  g_assert_no_error (error);
  again = lz_patrols_list_last (station, NULL, &error);
  g_assert_cmpuint (again->len, ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/core/patrols/live", test_live },     { "/core/patrols/sealed", test_sealed },
    { "/core/patrols/import", test_import }, { "/core/patrols/by-hand", test_by_hand },
    { "/core/patrols/lists", test_lists },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
