/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sealed periods: what was published stays, whatever arrives by sync afterwards; what differs is
 * listed, figure by figure and case by case. */

#include "lz-records-act.h"
#include "lz-station-fixture.h"

#include "lz-bulletin-drafts.h"
#include "lz-bulletins.h"
#include "lz-feed-line.h"
#include "lz-sync-table.h"
#include "lz-wire.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define FEED    "410185001"

static LzPeriod
make_week (void)
{
  LzPeriod week;

  g_assert_true (lz_period_parse ("2026-W10", 480, &week, NULL));
  return week;
}

static LzBulletin *
publish (StationFixture *f)
{
  LzPeriod week = make_week ();
  g_autoptr (GError) error = NULL;
  LzBulletin *bulletin;
  LzId made;

  f->now_ms = week.to_ms + HOUR_MS;
  lz_bulletins_publish (f->station, &week, "weekly", "第10周通报", NULL, NULL, &made, &error);
  g_assert_no_error (error);
  bulletin = lz_bulletins_load (f->station, &made, &error);
  g_assert_no_error (error);
  g_assert_true (bulletin->whole);
  return bulletin;
}

/* An event of another station, as it comes from the server. */
static LzEvent *
make_late (LzKind kind, LzId subject, gint64 at_ms, gint64 seq)
{
  LzPhotoRef before = station_fixture_photo (3, LZ_PHOTO_BEFORE);
  LzEvent *event = lz_event_new ();

  event->id = lz_id_new (at_ms);
  event->feed = g_strdup (FEED);
  event->subject = subject;
  event->kind = kind;
  event->kind_name = g_strdup (lz_kind_to_string (kind));
  event->actor = g_strdup ("zhao");
  event->device = g_strdup ("another");
  event->device_seq = seq;
  event->occurred_ms = at_ms;
  event->home_seq = seq;
  event->received_ms = at_ms + 10 * 24 * HOUR_MS;
  event->body = lz_body_new ();
  event->body->category = g_strdup ("T06-03");
  event->body->place = (LzPoint){ 344540000, 1130500000 };
  event->body->text = g_strdup ("迟到的上报");
  lz_body_add_photo (event->body, &before);
  event->body_json = lz_wire_write_body (event->body);
  return event;
}

static void
pull_late (StationFixture *f, gint64 at_ms)
{
  static const guint8 start[LZ_SHA256_SIZE];
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_feed_free);
  g_autoptr (LzEvent) event = make_late (LZ_KIND_REPORTED, lz_id_new (at_ms), at_ms, 1);
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (LzFeedLine));
  g_autoptr (GError) error = NULL;
  g_autofree char *canonical = lz_wire_write_event (event);
  LzFeedLine line = { .seq = 1,
                      .event = event,
                      .canonical = g_bytes_new_static (canonical, strlen (canonical)) };
  LzFeed *feed = g_new0 (LzFeed, 1);
  guint n_new = 0;

  feed->name = g_strdup (FEED);
  feed->title = g_strdup ("嵩阳街道");
  g_ptr_array_add (feeds, feed);
  lz_sync_set_feeds (f->station, feeds, &error);
  g_assert_no_error (error);
  lz_wire_chain (start, event, line.chain);
  g_array_append_val (lines, line);
  lz_sync_take_lines (f->station, FEED, lines, &n_new, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_new, ==, 1);
  g_bytes_unref (line.canonical);
}

static gint64
find_correction (const LzCorrections *corrections, LzTallyBy by, const char *value, LzCount count)
{
  for (guint i = 0; i < corrections->figures->len; i++)
    {
      const LzCorrection *correction = &g_array_index (corrections->figures, LzCorrection, i);

      if (correction->by == by && correction->count == count &&
          g_str_equal (correction->value, value))
        return correction->now - correction->published;
    }
  return 0;
}

static void
test_late_by_sync (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzBulletin) bulletin = NULL;
  g_autoptr (LzBulletin) again = NULL;
  g_autoptr (LzCorrections) none = NULL;
  g_autoptr (LzCorrections) corrections = NULL;
  g_autoptr (GError) error = NULL;
  LzPeriod week = make_week ();
  gint64 monday = f->now_ms;

  station_fixture_report (f, "T06-03", 344540000, 1130500000, "垃圾桶脏");
  station_fixture_report (f, "T01-01", 344540000, 1130500000, "坑槽");
  bulletin = publish (f);
  g_assert_cmpint (lz_bulletin_get_count (bulletin, LZ_BY_ALL, "", LZ_COUNT_REPORTED), ==, 2);
  g_assert_cmpint (lz_bulletin_get_count (bulletin, LZ_BY_DIMENSION, "cleanliness",
                                          LZ_COUNT_REPORTED),
                   ==, 1);
  g_assert_cmpuint (bulletin->cases->len, ==, 2);
  none = lz_bulletins_compare (f->station, bulletin, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->figures->len, ==, 0);
  g_assert_cmpuint (none->cases->len, ==, 0);

  pull_late (f, monday + 5 * HOUR_MS);
  again = lz_bulletins_find (f->station, &week, "weekly", &error);
  g_assert_no_error (error);
  g_assert_true (again->whole);
  g_assert_cmpint (lz_bulletin_get_count (again, LZ_BY_ALL, "", LZ_COUNT_REPORTED), ==, 2);
  corrections = lz_bulletins_compare (f->station, again, &error);
  g_assert_no_error (error);
  g_assert_cmpint (find_correction (corrections, LZ_BY_ALL, "", LZ_COUNT_REPORTED), ==, 1);
  g_assert_cmpint (find_correction (corrections, LZ_BY_DIMENSION, "cleanliness", LZ_COUNT_REPORTED),
                   ==, 1);
  g_assert_cmpint (find_correction (corrections, LZ_BY_DIMENSION, "order", LZ_COUNT_REPORTED), ==,
                   0);
  g_assert_cmpuint (corrections->cases->len, ==, 1);
  g_assert_cmpuint (g_array_index (corrections->cases, LzChangedCase, 0).published, ==, 0);
}

static gint64
count_hour (const LzTallies *times, const char *hour)
{
  const LzTallyGroup *group = lz_tally_find (times->tallies[LZ_BY_HOUR], hour);

  return group != NULL ? group->counts[LZ_COUNT_REPORTED] : 0;
}

/* By hour, and without its list of cases, a period stays as it was published too. */
static void
test_by_time (StationFixture *f, gconstpointer data)
{
  LzTallyQuery query = { .period = make_week (), .bys = 1u << LZ_BY_HOUR };
  g_autoptr (LzBulletin) bulletin = NULL;
  g_autoptr (LzBulletin) figures = NULL;
  g_autoptr (LzBulletin) none = NULL;
  g_autoptr (LzTallies) now = NULL;
  g_autoptr (LzTallies) then = NULL;
  g_autoptr (GError) error = NULL;
  LzPeriod before = lz_period_previous (&query.period);
  gint64 monday = f->now_ms;

  station_fixture_report (f, "T06-03", 344540000, 1130500000, "垃圾桶脏");
  bulletin = publish (f);
  pull_late (f, monday);
  now = lz_tally_query_run (f->station, &query, &error);
  g_assert_no_error (error);
  then = lz_bulletin_make_times (f->station, bulletin, now, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_hour (now, "09"), ==, 2);
  g_assert_cmpint (count_hour (then, "09"), ==, 1);
  g_assert_null (then->tallies[LZ_BY_ALL]);

  figures = lz_bulletins_find_figures (f->station, &query.period, "weekly", &error);
  g_assert_no_error (error);
  g_assert_true (lz_id_equal (&figures->id, &bulletin->id));
  g_assert_cmpuint (figures->cases->len, ==, 0);
  for (guint k = 0; k < LZ_N_COUNTS; k++)
    g_assert_cmpint (lz_bulletin_get_count (figures, LZ_BY_ALL, "", (LzCount) k), ==,
                     lz_bulletin_get_count (bulletin, LZ_BY_ALL, "", (LzCount) k));
  none = lz_bulletins_find_figures (f->station, &before, "weekly", &error);
  g_assert_no_error (error);
  g_assert_null (none);
}

/* The correction is published beside the figures, which stay. */
static void
test_corrected (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzBulletin) bulletin = NULL;
  g_autoptr (LzBulletin) after = NULL;
  g_autoptr (LzRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 monday = f->now_ms;

  station_fixture_report (f, "T06-03", 344540000, 1130500000, "垃圾桶脏");
  bulletin = publish (f);
  g_assert_false (lz_bulletins_correct (f->station, bulletin, "没有变化", &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);

  pull_late (f, monday + 5 * HOUR_MS);
  lz_bulletins_correct (f->station, bulletin, "晚到一件上报", &error);
  g_assert_no_error (error);
  after = lz_bulletins_load (f->station, &bulletin->id, &error);
  g_assert_no_error (error);
  g_assert_true (after->whole);
  g_assert_cmpint (lz_bulletin_get_count (after, LZ_BY_ALL, "", LZ_COUNT_REPORTED), ==, 1);
  record = lz_records_load (f->station, &bulletin->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lz_record_get_int (record, "n_corrections", 0), >, 0);
}

static void
act (StationFixture *f, LzKind kind, LzId subject, const char *unit)
{
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct what = { .kind = kind, .subject = subject, .body = body, .roles = LZ_ROLES_ANY };

  f->now_ms += HOUR_MS / 60;
  body->text = g_strdup ("因为");
  body->unit = g_strdup (unit);
  body->condition = 1;
  lz_log_act (f->station, &what, &result, &error);
  g_assert_no_error (error);
}

/* How many cases stand behind a published figure, and behind the same one counted now. */
static void
check_cases (StationFixture *f,
             const LzBulletin *bulletin,
             LzTallyBy by,
             const char *value,
             guint published,
             guint now)
{
  const LzTallyQuery query = { .period = bulletin->period };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) then = lz_bulletins_list_cases (f->station, &bulletin->id, &query, by, value,
                                                     LZ_COUNT_DISPATCHED, &error);
  g_autoptr (GArray) today =
      lz_tally_query_list (f->station, &query, by, value, LZ_COUNT_DISPATCHED, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (then->len, ==, published);
  g_assert_cmpuint (today->len, ==, now);
  if ((LZ_BULLETIN_BYS & 1u << by) != 0)
    g_assert_cmpint (lz_bulletin_get_count (bulletin, by, value, LZ_COUNT_DISPATCHED), ==,
                     published);
}

/* A published figure of one unit opens to the cases that it had then, though one of them has gone
 * to another unit since; and the published tables can be shown again. */
static void
test_cases_of_a_unit (StationFixture *f, gconstpointer data)
{
  const LzTallyQuery query = { .period = make_week (), .bys = LZ_BULLETIN_BYS };
  g_autoptr (LzBulletin) bulletin = NULL;
  g_autoptr (LzTallies) counted = NULL;
  g_autoptr (LzTallies) published = NULL;
  g_autoptr (GError) error = NULL;
  LzId one, two;

  g_assert_true (lz_station_set_setting (f->station, "short_loop", "0", NULL));
  one = station_fixture_report (f, "T06-03", 344540000, 1130500000, "垃圾桶脏");
  two = station_fixture_report (f, "T06-03", 344540000, 1130500000, "又一处");
  act (f, LZ_KIND_FILED, one, NULL);
  act (f, LZ_KIND_DISPATCHED, one, "甲");
  act (f, LZ_KIND_FILED, two, NULL);
  act (f, LZ_KIND_DISPATCHED, two, "甲");
  bulletin = publish (f);
  check_cases (f, bulletin, LZ_BY_UNIT, "甲", 2, 2);

  act (f, LZ_KIND_RETURN_ASKED, two, NULL);
  act (f, LZ_KIND_RETURN_GRANTED, two, NULL);
  act (f, LZ_KIND_DISPATCHED, two, "乙");
  check_cases (f, bulletin, LZ_BY_UNIT, "甲", 2, 1);
  check_cases (f, bulletin, LZ_BY_UNIT, "乙", 0, 1);
  check_cases (f, bulletin, LZ_BY_ALL, "", 2, 2);
  check_cases (f, bulletin, LZ_BY_CATEGORY, "T06-03", 2, 2);
  check_cases (f, bulletin, LZ_BY_HOUR, "12", 0, 0);

  counted = lz_tally_query_run (f->station, &query, &error);
  g_assert_no_error (error);
  published = lz_bulletin_make_tallies (bulletin, counted);
  g_assert_null (lz_tally_find (published->tallies[LZ_BY_UNIT], "乙"));
  g_assert_cmpint (
      lz_tally_find (published->tallies[LZ_BY_UNIT], "甲")->counts[LZ_COUNT_DISPATCHED], ==, 2);
  g_assert_cmpint (lz_tally_find (counted->tallies[LZ_BY_UNIT], "甲")->counts[LZ_COUNT_DISPATCHED],
                   ==, 1);
}

static void
test_refused (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzBulletin) bulletin = NULL;
  g_autoptr (LzBulletin) missing = NULL;
  g_autoptr (GError) error = NULL;
  LzPeriod week = make_week ();
  LzPeriod other = lz_period_previous (&week);

  /* Not while it runs. */
  g_assert_false (
      lz_bulletins_publish (f->station, &week, "weekly", "早了", NULL, NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  /* Not twice. */
  bulletin = publish (f);
  g_assert_false (
      lz_bulletins_publish (f->station, &week, "weekly", "又一次", NULL, NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  g_clear_error (&error);
  missing = lz_bulletins_find (f->station, &other, "weekly", &error);
  g_assert_null (missing);
  g_assert_no_error (error);
}

/* Somebody adds a case to the list behind the figures: it shows. */
static void
test_forged (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzBulletin) bulletin = NULL;
  g_autoptr (LzBulletin) after = NULL;
  g_autoptr (JsonObject) facts = json_object_new ();
  JsonArray *list = json_array_new ();
  g_autoptr (GError) error = NULL;

  station_fixture_report (f, "T06-03", 344540000, 1130500000, "垃圾桶脏");
  bulletin = publish (f);
  json_array_add_string_element (list, "00112233445566778899aabbccddeeff1");
  json_object_set_array_member (facts, "cases", list);
  json_object_set_int_member (facts, "part", 9);
  json_object_set_int_member (facts, "tables", 0);
  lz_records_act (f->station, "bulletin.listed", &bulletin->id, facts, NULL, NULL, &error);
  g_assert_no_error (error);
  after = lz_bulletins_load (f->station, &bulletin->id, &error);
  g_assert_no_error (error);
  g_assert_false (after->whole);
  g_assert_cmpint (lz_bulletin_get_count (after, LZ_BY_ALL, "", LZ_COUNT_REPORTED), ==, 1);
}

/* Longer than an event may be, and cut between characters. */
static char *
write_long (LzStation *station, gpointer data, GError **error)
{
  GString *text = g_string_new ("a");

  for (guint i = 0; i < 120000; i++)
    g_string_append (text, i % 7 == 0 ? "\"\n" : "字");
  *(char **) data = g_strdup (text->str);
  return g_string_free (text, FALSE);
}

static char *
write_nothing (LzStation *station, gpointer data, GError **error)
{
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_FAILED, "no words");
  return NULL;
}

/* The words are sealed with the figures, and the draft goes with that; all of it or nothing. */
static void
test_words (StationFixture *f, gconstpointer data)
{
  LzPeriod week = make_week ();
  g_autoptr (LzBulletinText) draft = lz_bulletin_text_new ();
  g_autoptr (LzBulletinText) kept = NULL;
  g_autoptr (LzBulletinText) gone = NULL;
  g_autoptr (LzBulletin) none = NULL;
  g_autoptr (LzBulletin) bulletin = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;

  station_fixture_report (f, "T06-03", 344540000, 1130500000, "垃圾桶脏");
  f->now_ms = week.to_ms + HOUR_MS;
  lz_bulletin_section_add (lz_bulletin_text_add_section (draft, "overall", "总体情况"), NULL,
                           "立案{filed}件");
  g_assert_true (lz_bulletin_drafts_save (f->station, &week, "weekly", draft, &error));
  g_assert_true (lz_bulletin_drafts_save (f->station, &week, "weekly", draft, &error));
  g_assert_no_error (error);
  g_assert_false (lz_bulletins_publish (f->station, &week, "weekly", "通报", write_nothing, NULL,
                                        NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_FAILED);
  g_clear_error (&error);
  none = lz_bulletins_find (f->station, &week, "weekly", &error);
  g_assert_null (none);
  kept = lz_bulletin_drafts_load (f->station, &week, "weekly", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->sections->len, ==, 1);

  lz_bulletins_publish (f->station, &week, "weekly", "通报", write_long, &written, NULL, &error);
  g_assert_no_error (error);
  bulletin = lz_bulletins_find (f->station, &week, "weekly", &error);
  g_assert_no_error (error);
  g_assert_true (bulletin->whole);
  g_assert_cmpstr (bulletin->document, ==, written);
  gone = lz_bulletin_drafts_load (f->station, &week, "weekly", &error);
  g_assert_no_error (error);
  g_assert_null (gone);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                    \
  g_test_add ("/core/bulletins/" name, StationFixture, NULL, station_fixture_set_up, function, \
              station_fixture_tear_down)
  ADD ("late-by-sync", test_late_by_sync);
  ADD ("by-time", test_by_time);
  ADD ("corrected", test_corrected);
  ADD ("cases-of-a-unit", test_cases_of_a_unit);
  ADD ("refused", test_refused);
  ADD ("forged", test_forged);
  ADD ("words", test_words);

  return g_test_run ();
}
