/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the office's data does to cases: routes, recurrence, templates, acts on many, evidence. */

#include "lz-case-verify.h"
#include "lz-office.h"
#include "lz-phrases-edit.h"
#include "lz-recurs.h"
#include "lz-routes-edit.h"
#include "lz-routes.h"
#include "lz-station-fixture.h"

#define POTHOLE "T01-01"
#define LAT7    282900000
#define LON7    1172000000
#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS  (24 * HOUR_MS)

static LzCase *
load (StationFixture *f, const LzId *id)
{
  g_autoptr (GError) error = NULL;
  LzCase *self = lz_cases_load (f->station, id, &error);

  g_assert_no_error (error);
  return self;
}

static void
act_with (StationFixture *f, LzKind kind, const LzId *subject, LzBody *body)
{
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct what = { .kind = kind, .subject = *subject, .body = body, .roles = LZ_ROLES_ANY };

  lz_log_act (f->station, &what, &result, &error);
  g_assert_no_error (error);
}

static void
act (StationFixture *f, LzKind kind, const LzId *subject)
{
  g_autoptr (LzBody) body = lz_body_new ();
  LzPhotoRef photo = station_fixture_photo (9, LZ_PHOTO_AFTER);

  body->text = g_strdup ("原因");
  body->condition = 1;
  body->until_ms = f->now_ms + 5 * DAY_MS;
  lz_body_add_photo (body, &photo);
  act_with (f, kind, subject, body);
}

/* ---- routes */

static void
test_route_of_the_office (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzRoute) route = lz_routes_find (f->station, POTHOLE, NULL);
  g_autoptr (LzCase) self = NULL;
  g_autoptr (GError) error = NULL;
  LzId id;

  g_assert_cmpstr (route->unit, ==, "市城管局");
  g_assert_cmpint (route->source, ==, LZ_ROUTE_CATALOGUE);
  g_assert_true (lz_routes_set (f->station, POTHOLE, "市政养护队", "环卫站", &error));
  g_assert_no_error (error);
  id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  self = load (f, &id);
  g_assert_cmpint (self->state, ==, LZ_STATE_DISPATCHED);
  g_assert_cmpstr (self->unit, ==, "市政养护队");
  g_assert_cmpstr (self->assist, ==, "环卫站");
  g_assert_true (lz_routes_reset (f->station, POTHOLE, &error));
  g_clear_pointer (&route, lz_route_free);
  route = lz_routes_find (f->station, POTHOLE, NULL);
  g_assert_cmpint (route->source, ==, LZ_ROUTE_CATALOGUE);
  g_assert_null (route->assist);
}

/* Never nowhere: without an owner it stays filed, on the dispatcher's list. */
static void
test_case_without_owner (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzCase) self = NULL;
  g_autoptr (GError) error = NULL;
  LzId id;

  g_assert_true (lz_routes_set (f->station, POTHOLE, "", NULL, &error));
  id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  self = load (f, &id);
  g_assert_cmpint (self->state, ==, LZ_STATE_FILED);
  g_assert_null (self->unit);
}

static void
test_routing_of_the_server (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzRoute) route = NULL;
  g_autoptr (GPtrArray) units = NULL;
  g_autoptr (LzCase) self = NULL;
  LzId id;

  station_fixture_put_reference (
      f, "units.json", "[{\"id\":\"huanwei\",\"name\":\"环卫站\",\"aliases\":[\"环卫所\"]}]");
  route = lz_routes_find (f->station, POTHOLE, NULL);
  g_assert_cmpstr (route->unit, ==, "市城管局");
  g_assert_false (route->known);
  id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  self = load (f, &id);
  g_assert_cmpint (self->state, ==, LZ_STATE_FILED);

  station_fixture_put_reference (f, "routing.json", "{\"T01-01\":\"环卫所\"}");
  g_clear_pointer (&route, lz_route_free);
  route = lz_routes_find (f->station, POTHOLE, NULL);
  g_assert_cmpint (route->source, ==, LZ_ROUTE_SERVER);
  g_assert_true (route->known);
  units = lz_routes_list_units (f->station, NULL);
  g_assert_cmpuint (units->len, ==, 3);
  act (f, LZ_KIND_DISPATCHED, &id); /* the act names no unit: the route does */
  g_clear_pointer (&self, lz_case_free);
  self = load (f, &id);
  g_assert_cmpstr (self->unit, ==, "环卫所");
}

static void
test_routes_as_csv (StationFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "routes.csv", NULL);
  g_autoptr (LzRouteImport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path,
                                      "category,unit,assist\n"
                                      "T01-01,\"市政, 一队\",\nT99-99,谁,\nT01-02,市城管局,\n",
                                      -1, NULL));
  report = lz_routes_import_csv (f->station, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_set, ==, 1);
  g_assert_cmpuint (report->n_same, ==, 1);
  g_assert_cmpuint (report->reasons->len, ==, 1);
  lz_routes_export_csv (f->station, path, &error);
  g_assert_no_error (error);
  g_clear_pointer (&report, lz_route_import_free);
  report = lz_routes_import_csv (f->station, path, &error); /* its own file changes nothing */
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_set, ==, 0);
  g_assert_cmpuint (report->reasons->len, ==, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "T01-01,车行道路面破损,\"市政, 一队\",,office"));

  g_assert_true (g_file_set_contents (path, "code;unit\n", -1, NULL));
  g_assert_null (lz_routes_import_csv (f->station, path, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
}

/* ---- what comes back, and duplicates */

static LzId
close_one (StationFixture *f, gint32 lat7)
{
  LzId id = station_fixture_report (f, POTHOLE, lat7, LON7, "坑槽");

  act (f, LZ_KIND_RECTIFIED, &id);
  act (f, LZ_KIND_CLOSED, &id);
  return id;
}

static void
test_recurrence (StationFixture *f, gconstpointer data)
{
  LzId first = close_one (f, LAT7);
  LzId far = close_one (f, LAT7 + 10000); /* 111 m */
  LzId again, elsewhere, late;
  g_autoptr (LzCase) self = NULL;

  f->now_ms += 30 * DAY_MS;
  again = station_fixture_report (f, POTHOLE, LAT7 + 3000, LON7, "又坏了"); /* 33 m */
  self = load (f, &again);
  g_assert_true (lz_id_equal (&self->recurs, &first));
  elsewhere = station_fixture_report (f, "T01-02", LAT7, LON7, "别的");
  g_clear_pointer (&self, lz_case_free);
  self = load (f, &elsewhere);
  g_assert_true (lz_id_is_nil (&self->recurs));
  f->now_ms += 70 * DAY_MS; /* 100 days after */
  late = station_fixture_report (f, POTHOLE, LAT7 + 9900, LON7, "很久以后");
  g_clear_pointer (&self, lz_case_free);
  self = load (f, &late);
  g_assert_true (lz_id_is_nil (&self->recurs));
  g_assert_false (lz_id_equal (&far, &first));
}

static void
test_merging_leads_somewhere (StationFixture *f, gconstpointer data)
{
  LzId a = station_fixture_report (f, POTHOLE, LAT7, LON7, "一");
  LzId b = station_fixture_report (f, POTHOLE, LAT7, LON7, "二");
  LzId c = station_fixture_report (f, POTHOLE, LAT7, LON7, "三");
  g_autoptr (LzBody) into_b = lz_body_new ();
  g_autoptr (LzBody) into_a = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct wrong = { .kind = LZ_KIND_MERGED, .subject = c, .body = into_a };

  into_b->other = b;
  act_with (f, LZ_KIND_MERGED, &a, into_b);
  into_a->other = a;
  g_assert_false (lz_log_act (f->station, &wrong, &result, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
}

/* ---- time that passes */

static void
test_suspension_ends_by_itself (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  g_autoptr (LzCase) self = NULL;
  gint64 until = f->now_ms + 5 * DAY_MS;
  guint n = 9;

  act (f, LZ_KIND_ACCEPTED, &id);
  act (f, LZ_KIND_SUSPEND_ASKED, &id);
  act (f, LZ_KIND_SUSPEND_GRANTED, &id);
  g_assert_true (lz_log_follow_time (f->station, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  f->now_ms = until + 3 * DAY_MS; /* nobody looked for three days */
  g_assert_true (lz_log_follow_time (f->station, &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  self = load (f, &id);
  g_assert_cmpint (self->state, ==, LZ_STATE_HANDLING);
  /* Five working days, none used, from Saturday on: Friday 18:00. */
  g_assert_cmpint (self->due_ms, ==, FIXTURE_MONDAY_9 + 11 * DAY_MS + 9 * HOUR_MS);
  g_assert_cmpint (self->changed_ms, ==, until);
  g_assert_true (lz_log_follow_time (f->station, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
}

/* ---- many at once */

static void
test_many_and_one_undo (StationFixture *f, gconstpointer data)
{
  LzId ids[3];
  LzAct acts[3];
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActMany) many = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LzCase) self = NULL;
  LzId last;

  body->text = g_strdup ("误报");
  for (guint i = 0; i < 3; i++)
    {
      ids[i] = station_fixture_report (f, POTHOLE, LAT7 + (gint32) i * 10000, LON7, "坑槽");
      acts[i] = (LzAct){ .kind = LZ_KIND_VOIDED, .subject = ids[i], .body = body };
    }
  act (f, LZ_KIND_ACCEPTED, &ids[1]); /* too late to void this one */
  g_assert_true (lz_log_act_many (f->station, acts, 3, &many, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (many.done->len, ==, 2);
  g_assert_cmpuint (many.refused->len, ==, 1);
  g_assert_true (lz_id_equal (&g_array_index (many.refused, LzActRefusal, 0).subject, &ids[1]));

  g_assert_true (lz_log_find_last (f->station, &last));
  g_assert_true (lz_log_can_withdraw (f->station, &many.bulk));
  g_assert_true (lz_log_withdraw (f->station, &last, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i += 2)
    {
      g_clear_pointer (&self, lz_case_free);
      self = load (f, &ids[i]);
      g_assert_cmpint (self->state, ==, LZ_STATE_DISPATCHED);
    }
}

/* All or none: what was built on one of them keeps all. */
static void
test_many_cannot_be_half_undone (StationFixture *f, gconstpointer data)
{
  LzId a = station_fixture_report (f, POTHOLE, LAT7, LON7, "一");
  LzId b = station_fixture_report (f, POTHOLE, LAT7, LON7, "二");
  LzAct acts[] = { { .kind = LZ_KIND_ACCEPTED, .subject = a },
                   { .kind = LZ_KIND_ACCEPTED, .subject = b } };
  g_auto (LzActMany) many = { 0 };
  g_autoptr (LzCase) self = NULL;

  g_assert_true (lz_log_act_many (f->station, acts, 2, &many, NULL));
  act (f, LZ_KIND_RECTIFIED, &b);
  g_assert_false (lz_log_can_withdraw (f->station, &many.bulk));
  g_assert_false (lz_log_withdraw (f->station, &many.bulk, NULL));
  self = load (f, &a);
  g_assert_cmpint (self->state, ==, LZ_STATE_HANDLING);
}

/* ---- templates */

static gboolean
has (GPtrArray *words, const char *wanted)
{
  return g_ptr_array_find_with_equal_func (words, wanted, g_str_equal, NULL);
}

static void
test_templates (StationFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) words = NULL;
  g_autoptr (GError) error = NULL;

  words = lz_office_list_phrases (f->station, "T01-14", LZ_KIND_RECTIFIED, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (words->pdata[0], ==, "雨水箅子已清掏，排水通畅。"); /* the closest first */
  g_assert_true (has (words, "已疏通排水，路面无积水。"));
  g_assert_true (has (words, "已按要求处置完毕，现场清理干净。"));
  g_assert_false (has (words, "小广告已清除，墙面恢复原貌。"));
  g_assert_true (
      lz_office_add_phrase (f->station, "T01", LZ_KIND_RECTIFIED, "已由养护队修复。", &error));
  g_ptr_array_unref (words);
  words = lz_office_list_phrases (f->station, "T01-14", LZ_KIND_RECTIFIED, &error);
  g_assert_cmpstr (words->pdata[0], ==, "已由养护队修复。");
  g_assert_true (
      lz_office_remove_phrase (f->station, "T01", LZ_KIND_RECTIFIED, "已由养护队修复。", &error));
  g_ptr_array_unref (words);
  words = lz_office_list_phrases (f->station, "T01-14", LZ_KIND_RECTIFIED, &error);
  g_assert_false (has (words, "已由养护队修复。"));
}

/* Every act that wants a reason has words in every category. */
static void
test_templates_for_every_opinion (StationFixture *f, gconstpointer data)
{
  const LzTransition *rows;
  guint n;

  rows = lz_machine_get_rows (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) words = NULL;

      if ((rows[i].needs & LZ_NEEDS_TEXT) == 0)
        continue;
      words = lz_office_list_phrases (f->station, "T25-02", rows[i].kind, NULL);
      if (words->len == 0)
        g_test_message ("%s", lz_kind_to_string (rows[i].kind));
      g_assert_cmpuint (words->len, >, 0);
    }
}

/* ---- evidence */

static LzPhotoRef
photo_at (guint8 fill, LzPhotoRole role, gint64 taken_ms, gint32 lat7)
{
  LzPhotoRef photo = station_fixture_photo (fill, role);

  photo.taken_ms = taken_ms;
  if (lat7 != 0)
    photo.place = (LzPoint){ lat7, LON7 };
  return photo;
}

static guint
flags_of (StationFixture *f, const LzPhotoRef *photo)
{
  g_autoptr (LzRules) rules = lz_office_load_rules (f->station, NULL);
  g_autoptr (LzCase) self = lz_case_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_event_free);
  g_autoptr (GArray) all = NULL;
  LzEvent *event = lz_event_new ();

  self->place = (LzPoint){ LAT7, LON7 };
  self->found_ms = self->reported_ms = f->now_ms;
  event->occurred_ms = f->now_ms + HOUR_MS;
  event->received_ms = f->now_ms + HOUR_MS;
  event->body = lz_body_new ();
  lz_body_add_photo (event->body, photo);
  g_ptr_array_add (events, event);
  all = lz_evidence_check (rules, self, events);
  return g_array_index (all, LzEvidence, 0).flags;
}

static void
test_flags (StationFixture *f, gconstpointer data)
{
  gint64 now = f->now_ms;
  const struct
  {
    LzPhotoRef photo;
    guint flags;
  } rows[] = {
    { photo_at (1, LZ_PHOTO_BEFORE, now, LAT7), 0 },
    { photo_at (1, LZ_PHOTO_BEFORE, now - 23 * HOUR_MS, LAT7), 0 },
    { photo_at (1, LZ_PHOTO_BEFORE, now - 25 * HOUR_MS, LAT7), LZ_FLAG_EARLY },
    { photo_at (1, LZ_PHOTO_AFTER, now + HOUR_MS, LAT7), 0 },
    { photo_at (1, LZ_PHOTO_AFTER, now - 1, LAT7), LZ_FLAG_EARLY },
    { photo_at (1, LZ_PHOTO_AFTER, now + 2 * HOUR_MS, LAT7), LZ_FLAG_LATE },
    { photo_at (1, LZ_PHOTO_AFTER, now + HOUR_MS, LAT7 + 8000), 0 },
    { photo_at (1, LZ_PHOTO_AFTER, now + HOUR_MS, LAT7 + 10000), LZ_FLAG_FAR },
    { photo_at (1, LZ_PHOTO_AFTER, 0, 0), LZ_FLAG_NO_TIME | LZ_FLAG_NO_PLACE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmphex (flags_of (f, &rows[i].photo), ==, rows[i].flags);
}

static void
test_pair (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzRules) rules = lz_office_load_rules (f->station, NULL);
  g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (LzPhotoRef));
  LzPhotoRef far = photo_at (1, LZ_PHOTO_BEFORE, f->now_ms, LAT7 + 9000);
  LzPhotoRef near = photo_at (2, LZ_PHOTO_BEFORE, f->now_ms, LAT7 + 1000);
  LzPhotoRef after = photo_at (3, LZ_PHOTO_AFTER, f->now_ms + HOUR_MS, LAT7);
  LzEvidencePair pair;

  g_array_append_val (photos, far);
  g_assert_false (lz_evidence_find_pair (rules, photos, &pair));
  g_array_append_val (photos, near);
  g_array_append_val (photos, after);
  g_assert_true (lz_evidence_find_pair (rules, photos, &pair));
  g_assert_cmpuint (pair.before.sha256[0], ==, 2);
  g_assert_cmpint ((int) pair.distance_m, ==, 11);
  g_assert_cmpint (pair.elapsed_ms, ==, HOUR_MS);
  g_assert_cmphex (pair.flags, ==, 0);
  pair = lz_evidence_make_pair (rules, &far, &after);
  g_assert_cmphex (pair.flags, ==, LZ_FLAG_APART);
  far.place = (LzPoint){ 0, 0 };
  pair = lz_evidence_make_pair (rules, &far, &far);
  g_assert_cmphex (pair.flags, ==, LZ_FLAG_NO_PLACE | LZ_FLAG_REUSED);
}

static void
test_verify_finds_what_was_changed (StationFixture *f, gconstpointer data)
{
  LzId id = close_one (f, LAT7);
  g_autoptr (LzCaseReport) report = lz_case_verify (f->station, &id, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (report->problems->len, ==, 0);
  g_assert_cmpuint (report->n_events, ==, 6);
  g_assert_cmpuint (report->n_waiting, ==, 6);
  g_assert_cmpuint (report->n_photos, ==, 2); /* in the rectification and in the closing */
  g_assert_cmpuint (report->n_elsewhere, ==, 2);
  g_assert_cmphex (report->flags, ==, LZ_FLAG_NO_BEFORE);

  lz_db_exec (lz_station_get_db (f->station), "UPDATE case_row SET due_at = due_at + 1", &error);
  g_assert_no_error (error);
  g_clear_pointer (&report, lz_case_report_free);
  report = lz_case_verify (f->station, &id, NULL);
  g_assert_cmpuint (report->problems->len, ==, 1);

  lz_db_exec (lz_station_get_db (f->station), "DELETE FROM event WHERE kind = 'case.filed'",
              &error);
  g_assert_no_error (error);
  g_clear_pointer (&report, lz_case_report_free);
  report = lz_case_verify (f->station, &id, NULL);
  g_assert_cmpuint (report->problems->len, >, 2);
}

#define ADD(path, func)                                                               \
  g_test_add ("/core/loop/" path, StationFixture, NULL, station_fixture_set_up, func, \
              station_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("route-of-the-office", test_route_of_the_office);
  ADD ("case-without-owner", test_case_without_owner);
  ADD ("routing-of-the-server", test_routing_of_the_server);
  ADD ("routes-as-csv", test_routes_as_csv);
  ADD ("recurrence", test_recurrence);
  ADD ("merging", test_merging_leads_somewhere);
  ADD ("suspension-ends", test_suspension_ends_by_itself);
  ADD ("many-and-one-undo", test_many_and_one_undo);
  ADD ("many-not-half", test_many_cannot_be_half_undone);
  ADD ("templates", test_templates);
  ADD ("templates-for-every-opinion", test_templates_for_every_opinion);
  ADD ("flags", test_flags);
  ADD ("pair", test_pair);
  ADD ("verify", test_verify_finds_what_was_changed);

  return g_test_run ();
}
