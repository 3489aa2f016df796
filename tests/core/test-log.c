/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The log and its projections on disk. */

#include "lz-rebuild.h"
#include "lz-station-fixture.h"

#include "lz-event-table.h"
#include "lz-projection.h"

#define POTHOLE "T01-01"
#define LAT7    282900000
#define LON7    1172000000

static LzCase *
load (StationFixture *f, const LzId *id)
{
  g_autoptr (GError) error = NULL;
  LzCase *self = lz_cases_load (f->station, id, &error);

  g_assert_no_error (error);
  return self;
}

static gboolean
act (StationFixture *f, LzKind kind, const LzId *subject, LzBody *body, GError **error)
{
  g_auto (LzActResult) result = { 0 };
  LzAct what = { .kind = kind, .subject = *subject, .body = body };

  return lz_log_act (f->station, &what, &result, error);
}

static void
test_report_follows_the_rules (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  g_autoptr (LzCase) self = load (f, &id);

  g_assert_cmpint (self->state, ==, LZ_STATE_DISPATCHED);
  g_assert_cmpuint (self->n_events, ==, 3);
  g_assert_cmpstr (self->unit, ==, "市城管局");
  g_assert_cmpuint (self->limit.count, >, 0);
  g_assert_cmpint (self->due_ms, >, f->now_ms);
  g_assert_true (g_str_has_prefix (self->number, "D-"));
  g_assert_true (g_str_has_suffix (self->number, "-260302-1"));
}

static void
test_without_the_short_loop (StationFixture *f, gconstpointer data)
{
  LzId id;
  g_autoptr (LzCase) self = NULL;

  g_assert_true (lz_station_set_setting (f->station, "short_loop", "0", NULL));
  id = station_fixture_report (f, POTHOLE, LAT7, LON7, NULL);
  self = load (f, &id);
  g_assert_cmpint (self->state, ==, LZ_STATE_REPORTED);
  g_assert_cmpint (self->due_ms, ==, 0);
}

static void
test_survives_reopening (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  g_autoptr (LzCase) before = load (f, &id);
  g_autoptr (LzCase) after = NULL;

  lz_station_close (g_steal_pointer (&f->station));
  station_fixture_open (f);
  after = load (f, &id);
  g_assert_true (lz_case_equal (before, after));
}

static void
test_refusal_changes_nothing (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  g_autoptr (LzCase) before = load (f, &id);
  g_autoptr (LzCase) after = NULL;
  g_autoptr (LzBody) body = lz_body_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (act (f, LZ_KIND_RECTIFIED, &id, body, &error)); /* no after photo */
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  after = load (f, &id);
  g_assert_true (lz_case_equal (before, after));
}

static void
test_unknown_category (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzBody) body = lz_body_new ();
  g_autoptr (GError) error = NULL;
  LzId nil = { { 0 } };

  body->category = g_strdup ("T99-99");
  body->place = (LzPoint){ LAT7, LON7 };
  g_assert_false (act (f, LZ_KIND_REPORTED, &nil, body, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
}

static void
test_put_right_and_closed (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  g_autoptr (LzBody) after = lz_body_new ();
  g_autoptr (LzCase) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) photos = NULL;
  LzPhotoRef photo = station_fixture_photo (9, LZ_PHOTO_AFTER);

  f->now_ms += 3600000;
  lz_body_add_photo (after, &photo);
  g_assert_true (act (f, LZ_KIND_RECTIFIED, &id, after, &error));
  self = load (f, &id);
  g_assert_cmpint (self->state, ==, LZ_STATE_FED_BACK); /* the rule confirmed for the unit */
  g_assert_cmpint (self->stopped_ms, ==, f->now_ms);
  photos = lz_cases_list_photos (f->station, &id, NULL);
  g_assert_cmpuint (photos->len, ==, 1);

  g_assert_true (act (f, LZ_KIND_CLOSED, &id, NULL, &error));
  g_clear_pointer (&self, lz_case_free);
  self = load (f, &id);
  g_assert_cmpint (self->state, ==, LZ_STATE_CLOSED);
}

/* Half the limit before the check fails, so half is left after. */
static void
test_rework_resumes_the_clock (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  g_autoptr (LzBody) after = lz_body_new ();
  g_autoptr (LzBody) reason = lz_body_new ();
  g_autoptr (LzCase) self = load (f, &id);
  g_autoptr (GError) error = NULL;
  LzPhotoRef photo = station_fixture_photo (9, LZ_PHOTO_AFTER);
  const LzCalendar *calendar = lz_station_get_calendar (f->station);
  LzClock clock = self->limit.clock;
  gint64 left;

  f->now_ms += 3600000;
  left = lz_calendar_elapsed (calendar, clock, f->now_ms, self->due_ms);
  lz_body_add_photo (after, &photo);
  g_assert_true (act (f, LZ_KIND_RECTIFIED, &id, after, &error));
  f->now_ms += 72 * G_GINT64_CONSTANT (3600000);
  reason->text = g_strdup ("边缘未压实");
  g_assert_true (act (f, LZ_KIND_CHECK_FAILED, &id, reason, &error));
  g_assert_no_error (error);
  g_clear_pointer (&self, lz_case_free);
  self = load (f, &id);
  g_assert_cmpint (self->state, ==, LZ_STATE_REWORK);
  g_assert_cmpint (lz_calendar_elapsed (calendar, clock, f->now_ms, self->due_ms), ==, left);
}

static void
test_undo_report (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽"), last;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  const LzDraft *draft;
  LzCaseQuery query = { .text = "坑槽" };

  g_assert_true (lz_log_find_last (f->station, &last));
  lz_log_withdraw (f->station, &last, &error);
  g_assert_no_error (error);
  g_assert_null (lz_cases_load (f->station, &id, NULL));
  g_assert_cmpint (lz_cases_count (f->station, &query, NULL), ==, 0);

  drafts = lz_drafts_list (f->station, NULL); /* nothing entered is lost */
  g_assert_cmpuint (drafts->len, ==, 1);
  draft = g_ptr_array_index (drafts, 0);
  g_assert_cmpstr (draft->body->text, ==, "坑槽");

  all = lz_event_table_list (f->station, &id, TRUE, NULL); /* the numbers stay: no gap */
  g_assert_cmpuint (all->len, ==, 3);
  for (guint i = 0; i < all->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (all, i);

      g_assert_cmpint (event->kind, ==, LZ_KIND_WITHDRAWN);
      g_assert_cmpint (event->device_seq, ==, i + 1);
    }
  g_assert_false (lz_log_find_last (f->station, &last));
}

static void
test_undo_only_the_last (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  g_autoptr (GPtrArray) events = lz_log_list_events (f->station, &id, NULL);
  const LzEvent *report = g_ptr_array_index (events, 0);
  g_autoptr (LzBody) note = lz_body_new ();
  g_autoptr (GError) error = NULL;
  LzId last;

  note->text = g_strdup ("备注");
  g_assert_true (act (f, LZ_KIND_NOTED, &id, note, NULL));
  g_assert_false (lz_log_withdraw (f->station, &report->id, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);

  g_assert_true (lz_log_find_last (f->station, &last));
  g_assert_true (lz_log_withdraw (f->station, &last, NULL)); /* the note */
  g_assert_true (lz_log_can_withdraw (f->station, &report->id));
}

/* What was logged as one is taken back as one, also after a restart; or not at all. */
static void
test_undo_joined (StationFixture *f, gconstpointer data)
{
  LzId ids[3];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    ids[i] = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LzBody) note = lz_body_new ();

      note->text = g_strdup ("备注");
      g_assert_true (act (f, LZ_KIND_NOTED, &ids[i], note, NULL));
    }
  g_assert_true (lz_log_join (f->station, 3, &error));
  g_clear_pointer (&f->station, lz_station_close);
  station_fixture_open (f);
  g_assert_cmpuint (lz_log_withdraw_last (f->station, &error), ==, 3);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LzCase) self = load (f, &ids[i]);
      g_autoptr (GPtrArray) events = lz_log_list_events (f->station, &ids[i], NULL);

      g_assert_cmpint (self->state, ==, LZ_STATE_DISPATCHED);
      g_assert_cmpuint (events->len, ==, 3);
    }

  /* The one before is one again. */
  g_assert_cmpuint (lz_log_withdraw_last (f->station, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_null (lz_cases_load (f->station, &ids[2], NULL));
}

static void
test_numbers_of_a_day (StationFixture *f, gconstpointer data)
{
  for (guint i = 1; i <= 12; i++)
    {
      LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, NULL);
      g_autoptr (LzCase) self = load (f, &id);
      g_autofree char *end = g_strdup_printf ("-260302-%u", i);

      g_assert_true (g_str_has_suffix (self->number, end));
    }
  f->now_ms += 24 * G_GINT64_CONSTANT (3600000);
  {
    LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, NULL);
    g_autoptr (LzCase) self = load (f, &id);

    g_assert_true (g_str_has_suffix (self->number, "-260303-1"));
  }
}

static LzBody *
random_body (GRand *rand, gint64 now_ms)
{
  static const char *const words[] = { "井盖破损", "占道经营", "路灯不亮", "pothole at gate 3" };
  LzBody *body = lz_body_new ();
  LzPhotoRef before = station_fixture_photo ((guint8) g_rand_int (rand), LZ_PHOTO_BEFORE);
  LzPhotoRef after = station_fixture_photo ((guint8) g_rand_int (rand), LZ_PHOTO_AFTER);

  if (g_rand_int_range (rand, 0, 5) == 0)
    return body;
  body->category = g_strdup (g_rand_boolean (rand) ? POTHOLE : "T16-01");
  body->place = (LzPoint){ LAT7 + g_rand_int_range (rand, 0, 99999), LON7 };
  body->text = g_strdup (words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
  body->unit = g_strdup ("市城管局");
  body->condition = 1;
  body->until_ms = now_ms + 86400000;
  body->other = lz_id_new (now_ms);
  if (g_rand_boolean (rand))
    lz_body_add_photo (body, &before);
  if (g_rand_boolean (rand))
    lz_body_add_photo (body, &after);
  return body;
}

static char *
dump (StationFixture *f, const char *sql)
{
  sqlite3 *handle = lz_db_get_handle (lz_station_get_db (f->station));
  GString *out = g_string_new (NULL);
  sqlite3_stmt *stmt;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      g_string_append_printf (out, "%s|", (const char *) sqlite3_column_text (stmt, i));
  sqlite3_finalize (stmt);
  return g_string_free (out, FALSE);
}

#define DUMP_CASES                                                                          \
  "SELECT fid, hex (id), state, category, number, due_at, warn_at, stopped_at, changed_at," \
  " closed_at, n_photos, n_events, n_notes, unit, text, hex (thumbnail), hex (last_event)"  \
  " FROM case_row ORDER BY fid"
#define DUMP_PHOTOS                                                            \
  "SELECT case_fid, position, hex (event), hex (sha256), role FROM case_photo" \
  " ORDER BY case_fid, position"
#define DUMP_WORDS \
  "SELECT count(*) FROM case_words WHERE case_words MATCH '井盖 OR 占道 OR 路灯 OR pothole'"

/* Random acts and undos over many cases: every row equals the fold of its events, and a rebuild
 * changes nothing. */
static void
test_projections_equal_the_fold (StationFixture *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (41);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (LzId));
  g_autoptr (GError) error = NULL;
  guint n_done = 0;

  for (guint step = 0; step < 2500; step++)
    {
      g_autoptr (LzBody) body = random_body (rand, f->now_ms);
      g_auto (LzActResult) result = { 0 };
      LzAct what = { .kind = LZ_KIND_REPORTED, .body = body };
      LzId last;

      f->now_ms += g_rand_int_range (rand, 1, 7200000);
      if (g_rand_int_range (rand, 0, 12) == 0 && lz_log_find_last (f->station, &last))
        {
          g_assert_true (lz_log_withdraw (f->station, &last, &error));
          g_assert_no_error (error);
          continue;
        }
      if (ids->len > 0 && g_rand_int_range (rand, 0, 6) > 0)
        {
          what.kind = (LzKind) g_rand_int_range (rand, LZ_KIND_REPORTED, LZ_KIND_WITHDRAWN);
          what.subject = g_array_index (ids, LzId, g_rand_int_range (rand, 0, (gint32) ids->len));
          what.roles = LZ_ROLES_ANY;
        }
      if (!lz_log_act (f->station, &what, &result, NULL))
        continue;
      n_done++;
      if (what.kind == LZ_KIND_REPORTED)
        g_array_append_val (ids, result.subject);
    }
  g_assert_cmpuint (n_done, >, 300);

  for (guint i = 0; i < ids->len; i++)
    {
      const LzId *id = &g_array_index (ids, LzId, i);
      g_autoptr (GPtrArray) events = lz_log_list_events (f->station, id, &error);
      g_autoptr (LzCase) fold = lz_projection_fold (events, NULL);
      g_autoptr (LzCase) row = lz_projection_load (f->station, id, &error);

      g_assert_no_error (error);
      if (row == NULL)
        g_assert_cmpint (fold->state, ==, LZ_STATE_NONE);
      else
        g_assert_true (lz_case_equal (row, fold));
    }

  {
    g_autofree char *cases = dump (f, DUMP_CASES), *photos = dump (f, DUMP_PHOTOS);
    g_autofree char *words = dump (f, DUMP_WORDS);
    g_autofree char *cases_again = NULL, *photos_again = NULL, *words_again = NULL;

    g_assert_true (lz_rebuild (f->station, &error));
    g_assert_no_error (error);
    cases_again = dump (f, DUMP_CASES);
    photos_again = dump (f, DUMP_PHOTOS);
    words_again = dump (f, DUMP_WORDS);
    g_assert_cmpstr (cases, ==, cases_again);
    g_assert_cmpstr (photos, ==, photos_again);
    g_assert_cmpstr (words, ==, words_again);
    g_assert_cmpuint (strlen (cases), >, 1000);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/core/log/" name, StationFixture, NULL, station_fixture_set_up, function, \
              station_fixture_tear_down)

  ADD ("report-follows-the-rules", test_report_follows_the_rules);
  ADD ("without-the-short-loop", test_without_the_short_loop);
  ADD ("survives-reopening", test_survives_reopening);
  ADD ("refusal-changes-nothing", test_refusal_changes_nothing);
  ADD ("unknown-category", test_unknown_category);
  ADD ("put-right-and-closed", test_put_right_and_closed);
  ADD ("rework-resumes-the-clock", test_rework_resumes_the_clock);
  ADD ("undo-report", test_undo_report);
  ADD ("undo-joined", test_undo_joined);
  ADD ("undo-only-the-last", test_undo_only_the_last);
  ADD ("numbers-of-a-day", test_numbers_of_a_day);
  ADD ("projections-equal-the-fold", test_projections_equal_the_fold);

  return g_test_run ();
}
