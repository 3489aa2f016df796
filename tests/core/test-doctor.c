/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-doctor.h"
#include "lz-event-table.h"
#include "lz-patrol.h"
#include "lz-rebuild.h"
#include "lz-records-act.h"
#include "lz-test-station.h"
#include "lz-wire.h"

#include <string.h>
#include <utime.h>

#define PHOTO "gps/DSCN0010.jpg"
#define AFTER "gps/DSCN0012.jpg"

static GPtrArray *
run (LzTestStation *f, gboolean photos)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *findings = lz_doctor_run (f->station, photos, &error);

  g_assert_no_error (error);
  return findings;
}

/* The worst level that @check has. */
static LzFindingLevel
level_of (GPtrArray *findings, const char *check)
{
  LzFindingLevel worst = LZ_FINDING_OK;
  gboolean found = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      const LzFinding *finding = g_ptr_array_index (findings, i);

      if (!g_str_equal (finding->check, check))
        continue;
      worst = MAX (worst, finding->level);
      found = TRUE;
    }
  g_assert_true (found);
  return worst;
}

static void
assert_finds (LzTestStation *f, gboolean photos, const char *check, LzFindingLevel level)
{
  g_autoptr (GPtrArray) findings = run (f, photos);

  for (guint i = 0; i < findings->len; i++)
    {
      const LzFinding *finding = g_ptr_array_index (findings, i);

      g_test_message ("%s: %s", finding->check, finding->text);
    }
  g_assert_cmpint (level_of (findings, check), ==, level);
  g_assert_cmpint (lz_doctor_worst (findings), ==, level);
}

static LzId
add_cases (LzTestStation *f)
{
  LzId first = lz_test_station_report (f, "T06-01", "路面有垃圾", PHOTO);

  lz_test_station_rectify (f, first, AFTER);
  lz_test_station_report (f, "T01-01", NULL, NULL);
  return first;
}

static void
test_sound (LzTestStation *f, gconstpointer data)
{
  (void) data;
  assert_finds (f, TRUE, "database", LZ_FINDING_OK);
  add_cases (f);
  assert_finds (f, TRUE, "projection", LZ_FINDING_OK);
}

/* Each of these changes one thing in the tables that the log does not say. */
static const char *const wrongs[] = {
  "UPDATE case_row SET state = 5 WHERE fid = 1",
  "UPDATE case_row SET text = 'x' WHERE fid > 1",
  "UPDATE case_row SET due_at = due_at + 1 WHERE fid > 1",
  "UPDATE case_row SET n_photos = n_photos + 1 WHERE fid = 1",
  "UPDATE case_row SET morton = morton + 1 WHERE fid = 1",
  "UPDATE case_row SET dimension = 4 WHERE fid = 1",
  "UPDATE case_row SET thumbnail = NULL WHERE fid = 1",
  "UPDATE case_row SET thumbnail = zeroblob (32) WHERE fid > 1",
  "UPDATE case_row SET geom = zeroblob (29) WHERE fid > 1",
  "UPDATE case_photo SET role = 2 WHERE position = 1",
  "DELETE FROM case_photo WHERE position = 1",
  "INSERT INTO case_photo SELECT (SELECT max (fid) FROM case_row), 0, event, sha256, role, size, "
  "taken_at, lat7, lon7"
  " FROM case_photo WHERE position = 0",
  "UPDATE case_photo SET taken_at = taken_at + 1",
  "DELETE FROM case_row WHERE fid > 1",
  "UPDATE case_row SET id = zeroblob (16) WHERE fid > 1",
  "UPDATE case_figures SET reported_at = reported_at + 1 WHERE fid = 1",
  "UPDATE case_figures SET dimension = dimension + 1 WHERE fid = 1",
  "UPDATE case_figures SET span = span + 1 WHERE fid = 1",
  "UPDATE case_figures SET start_at = start_at - 1 WHERE fid = 1",
  "UPDATE case_figures SET end_at = end_at - 1 WHERE fid = 1",
  "DELETE FROM case_figures WHERE fid > 1",
  "UPDATE record SET state = 3 WHERE type = 3",
  "UPDATE record SET morton = morton + 1",
  "UPDATE record SET id = zeroblob (16) WHERE type = 3",
  "DELETE FROM record WHERE type = 3",
  "INSERT INTO record (fid, id, type, state, feed, author, lat7, lon7, morton, facts, begun_at,"
  " changed_at, n_photos, n_events, last_event) VALUES (99, zeroblob (16), 2, 2, '', '', 0, 0, 0,"
  " '{}', 0, 0, 0, 0, zeroblob (16))",
  "UPDATE record_photo SET sha256 = zeroblob (32)",
  "UPDATE record_photo SET role = role + 1",
  "DELETE FROM record_photo",
  "DELETE FROM patrol_road",
  "UPDATE patrol_road SET road = zeroblob (16)",
  "UPDATE patrol_road SET person = 'x'",
  "UPDATE patrol_road SET from_at = from_at + 1",
  "UPDATE patrol_road SET until_at = until_at + 1",
  "UPDATE patrol_road SET length_cm = length_cm + 1",
  "UPDATE patrol_road SET covered_cm = covered_cm + 1",
  "UPDATE patrol_road SET spans = '0-1'",
  "INSERT INTO patrol_road SELECT record_fid, zeroblob (16), person, from_at, until_at, length_cm,"
  " covered_cm, spans FROM patrol_road",
  "INSERT INTO patrol_road SELECT (SELECT fid FROM record WHERE type = 3), road, person, from_at,"
  " until_at, length_cm, covered_cm, spans FROM patrol_road",
};

/* A patrol that has covered a road, and a shop with a photo. */
static void
add_records (LzTestStation *f, const LzId *with_photo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) photos = lz_cases_list_photos (f->station, with_photo, &error);
  g_autoptr (GArray) spans = lz_spans_new ();
  g_autoptr (LzPatrol) patrol = lz_patrol_new ();
  g_autoptr (JsonObject) shop = json_object_new ();
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (LzBody) body = lz_body_new ();
  LzId road = lz_id_new (1), made;

  g_assert_no_error (error);
  lz_spans_add (spans, 1000, 5000);
  g_ptr_array_add (patrol->covers, lz_road_cover_new (&road, 20000, g_steal_pointer (&spans)));
  patrol->from_ms = 1700000000000;
  patrol->until_ms = 1700003600000;
  facts = lz_patrol_make_facts (patrol);
  lz_records_act (f->station, "patrol.finished", NULL, facts, NULL, &made, &error);
  g_assert_no_error (error);

  json_object_set_string_member (shop, "kind", "shop");
  lz_body_add_photo (body, &g_array_index (photos, LzPhotoRef, 0));
  lz_records_act (f->station, "asset.recorded", NULL, shop, body, &made, &error);
  g_assert_no_error (error);
}

static void
test_projection (LzTestStation *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  LzId id = add_cases (f);

  (void) data;
  add_records (f, &id);
  assert_finds (f, TRUE, "projection", LZ_FINDING_OK);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autoptr (GPtrArray) findings = NULL;

      lz_test_station_exec (f, wrongs[i]);
      findings = run (f, FALSE);
      g_test_message ("%s", wrongs[i]);
      g_assert_cmpint (level_of (findings, "projection"), ==, LZ_FINDING_DAMAGE);

      lz_rebuild (f->station, &error);
      g_assert_no_error (error);
      assert_finds (f, TRUE, "projection", LZ_FINDING_OK);
    }
}

static void
test_categories (LzTestStation *f, gconstpointer data)
{
  static const char *const changes[] = {
    "UPDATE category SET name = 'x' WHERE code = 'T01-01'",
    "UPDATE category SET dimension = dimension + 1 WHERE code = 'T01-01'",
    "DELETE FROM category WHERE code = 'T01-01'",
  };
  g_autoptr (GError) error = NULL;

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      lz_test_station_exec (f, changes[i]);
      assert_finds (f, FALSE, "categories", LZ_FINDING_DAMAGE);
      lz_rebuild (f->station, &error);
      g_assert_no_error (error);
      assert_finds (f, FALSE, "categories", LZ_FINDING_OK);
    }
}

static void
test_search (LzTestStation *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LzCaseQuery query = { .text = "垃圾" };

  (void) data;
  add_cases (f);
  lz_test_station_exec (f, "INSERT INTO case_words (case_words) VALUES ('delete-all')");
  assert_finds (f, FALSE, "search", LZ_FINDING_WARNING);
  g_assert_cmpint (lz_cases_count (f->station, &query, &error), ==, 0);
  lz_rebuild (f->station, &error);
  g_assert_no_error (error);
  assert_finds (f, FALSE, "search", LZ_FINDING_OK);
  g_assert_cmpint (lz_cases_count (f->station, &query, &error), ==, 1);
}

static char *
dump (LzTestStation *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (lz_station_get_db (f->station), sql, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  while (lz_db_step (lz_station_get_db (f->station), stmt, "dumping", &error))
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      {
        g_autofree char *hex = NULL;
        const guint8 *bytes = sqlite3_column_blob (stmt, i);

        g_string_append_printf (text, "%d:", sqlite3_column_bytes (stmt, i));
        for (int k = 0; k < sqlite3_column_bytes (stmt, i); k++)
          g_string_append_printf (text, "%02x", bytes[k]);
        g_string_append_c (text, i + 1 == sqlite3_column_count (stmt) ? '\n' : ' ');
      }
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* Rebuild gives what was there, to the byte. */
static void
test_rebuild (LzTestStation *f, gconstpointer data)
{
  static const char *const tables[] = { "SELECT * FROM case_row ORDER BY fid",
                                        "SELECT * FROM case_photo ORDER BY case_fid, position",
                                        "SELECT * FROM case_words_docsize ORDER BY id",
                                        "SELECT * FROM case_figures ORDER BY fid",
                                        "SELECT * FROM record ORDER BY fid",
                                        "SELECT * FROM record_photo ORDER BY record_fid, position",
                                        "SELECT * FROM patrol_road ORDER BY record_fid, road",
                                        "SELECT * FROM category ORDER BY code" };
  g_autofree char *before[G_N_ELEMENTS (tables)] = { NULL };
  g_autoptr (GError) error = NULL;
  LzId id;

  (void) data;
  add_cases (f);
  id = add_cases (f);
  add_records (f, &id);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    before[i] = dump (f, tables[i]);
  lz_rebuild (f->station, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *after = dump (f, tables[i]);

      g_assert_cmpstr (before[i], ==, after);
      g_free (g_steal_pointer (&before[i]));
    }
}

static char *
photo_path (LzTestStation *f, const LzId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) photos = lz_cases_list_photos (f->station, id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (photos->len, >, 0);
  return lz_blobs_dup_path (lz_station_get_blobs (f->station),
                            g_array_index (photos, LzPhotoRef, 0).sha256);
}

static void
test_photo_changed (LzTestStation *f, gconstpointer data)
{
  LzId id = add_cases (f);
  g_autofree char *path = photo_path (f, &id);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  (void) data;
  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  bytes[size / 2] ^= 1;
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
  assert_finds (f, FALSE, "photos", LZ_FINDING_OK);
  assert_finds (f, TRUE, "photos", LZ_FINDING_DAMAGE);

  g_file_set_contents (path, bytes, (gssize) size / 2, &error);
  g_assert_no_error (error);
  assert_finds (f, FALSE, "photos", LZ_FINDING_DAMAGE);

  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_finds (f, FALSE, "photos", LZ_FINDING_DAMAGE);
}

static void
test_photo_unknown (LzTestStation *f, gconstpointer data)
{
  (void) data;
  add_cases (f);
  lz_test_station_exec (f, "DELETE FROM photo"
                           " WHERE sha256 = (SELECT sha256 FROM case_photo LIMIT 1)");
  {
    g_autoptr (GPtrArray) findings = run (f, FALSE);

    g_assert_cmpint (level_of (findings, "photos"), ==, LZ_FINDING_DAMAGE);
    g_assert_cmpint (level_of (findings, "orphans"), ==, LZ_FINDING_NOTE);
  }
}

static void
test_orphans (LzTestStation *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("no case's photo", 15);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  struct utimbuf old = { 1000, 1000 };
  guint8 sha256[32];
  guint n_removed = 0;

  (void) data;
  add_cases (f);
  lz_blobs_add_bytes (lz_station_get_blobs (f->station), bytes, sha256, &error);
  g_assert_no_error (error);
  assert_finds (f, TRUE, "orphans", LZ_FINDING_NOTE);

  lz_doctor_clean (f->station, 3600, &n_removed, &error); /* too young */
  g_assert_no_error (error);
  g_assert_cmpuint (n_removed, ==, 0);
  path = lz_blobs_dup_path (lz_station_get_blobs (f->station), sha256);
  g_assert_cmpint (utime (path, &old), ==, 0);
  lz_doctor_clean (f->station, 3600, &n_removed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_removed, ==, 1);
  assert_finds (f, TRUE, "photos", LZ_FINDING_OK);
}

static void
test_leftovers (LzTestStation *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->station_dir, "photos", ".tmp-1-deadbeef", NULL);
  g_autoptr (GError) error = NULL;

  (void) data;
  g_file_set_contents (path, "half", 4, &error);
  g_assert_no_error (error);
  assert_finds (f, FALSE, "leftovers", LZ_FINDING_NOTE);
}

static void
test_sequence (LzTestStation *f, gconstpointer data)
{
  (void) data;
  add_cases (f);
  lz_test_station_exec (f, "UPDATE event SET device_seq = device_seq + 10 WHERE device_seq > 4");
  assert_finds (f, FALSE, "sequence", LZ_FINDING_DAMAGE);
  lz_test_station_exec (f, "UPDATE event SET device_seq = device_seq - 10 WHERE device_seq > 4");
  assert_finds (f, FALSE, "sequence", LZ_FINDING_OK);
  /* an act of another office's station that is not ours to know */
  lz_test_station_exec (
      f, "INSERT INTO event (id, feed, subject, kind, actor, device, device_seq, occurred_at, body)"
         " VALUES (zeroblob (16), '1', x'01020304050607080910111213141516', 'patrol.finished', 'a',"
         " 'other', 7, 1, '{}')");
  assert_finds (f, FALSE, "sequence", LZ_FINDING_NOTE);
}

/* Makes the station's log look as if the server had confirmed it. */
static void
confirm_all (LzTestStation *f)
{
  LzDb *db = lz_station_get_db (f->station);
  g_autoptr (GError) error = NULL;
  guint8 chain[LZ_SHA256_SIZE] = { 0 };
  gint64 seq = 0;

  lz_test_station_exec (f, "UPDATE event SET home_seq = n, received_at = occurred_at");
  {
    g_autoptr (LzStmt) list =
        lz_db_borrow (db, "SELECT " LZ_EVENT_COLUMNS " FROM event ORDER BY n", &error);
    g_autoptr (LzStmt) add =
        lz_db_borrow (db, "INSERT INTO feed_line VALUES ('410185001', ?1, ?2, ?3)", &error);

    while (lz_db_step (db, list, "reading", &error))
      {
        g_autoptr (LzEvent) event = lz_event_table_read (list, &error);

        lz_wire_chain (chain, event, chain);
        sqlite3_bind_int64 (add, 1, ++seq);
        lz_stmt_bind_id (add, 2, &event->id);
        sqlite3_bind_blob (add, 3, chain, sizeof chain, SQLITE_TRANSIENT);
        lz_db_run (db, add, "adding", &error);
        sqlite3_reset (add);
      }
  }
  lz_test_station_exec (f, "INSERT INTO feed (name, title, seq, chain, head) SELECT '410185001',"
                           " 'Songyang', seq, chain, seq FROM feed_line ORDER BY seq DESC LIMIT 1");
  g_assert_no_error (error);
}

static void
test_feeds (LzTestStation *f, gconstpointer data)
{
  static const char *const changes[][2] = {
    { "UPDATE event SET body = json_set (body, '$.text', 'x') WHERE n = 2",
      "UPDATE event SET body = json_remove (body, '$.text') WHERE n = 2" },
    { "UPDATE event SET actor = 'rulf' WHERE n = 2",
      "UPDATE event SET actor = 'rule' WHERE n = 2" },
    { "UPDATE feed_line SET seq = 100 WHERE seq = 3",
      "UPDATE feed_line SET seq = 3 WHERE seq = 100" },
    { "UPDATE feed SET seq = seq + 1", "UPDATE feed SET seq = seq - 1" },
    { "UPDATE feed_line SET event = zeroblob (16) WHERE seq = 3",
      "UPDATE feed_line SET event = (SELECT id FROM event WHERE n = 3) WHERE seq = 3" },
  };

  (void) data;
  add_cases (f);
  confirm_all (f);
  assert_finds (f, FALSE, "feeds", LZ_FINDING_OK);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GPtrArray) findings = NULL;

      lz_test_station_exec (f, changes[i][0]);
      findings = run (f, FALSE);
      g_test_message ("%s", changes[i][0]);
      g_assert_cmpint (level_of (findings, "feeds"), ==, LZ_FINDING_DAMAGE);
      lz_test_station_exec (f, changes[i][1]);
      assert_finds (f, FALSE, "feeds", LZ_FINDING_OK);
    }
}

static gint64
set_clock (gpointer data)
{
  return *(gint64 *) data;
}

static void
test_clock (LzTestStation *f, gconstpointer data)
{
  gint64 now = g_get_real_time () / 1000;

  (void) data;
  add_cases (f);
  lz_station_set_clock (f->station, set_clock, &now);
  now -= 60 * 1000;
  assert_finds (f, FALSE, "clock", LZ_FINDING_OK);
  now -= 120 * 1000;
  assert_finds (f, FALSE, "clock", LZ_FINDING_WARNING);
  now = 0;
  assert_finds (f, FALSE, "clock", LZ_FINDING_WARNING);
}

static void
test_geopackage (LzTestStation *f, gconstpointer data)
{
  (void) data;
  lz_test_station_exec (f, "PRAGMA user_version = 0");
  assert_finds (f, FALSE, "geopackage", LZ_FINDING_WARNING);
}

/* Bytes of the file overwritten: the doctor says so, whatever it was, and does not fall over. */
static void
test_damage (LzTestStation *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->station_dir, "station.gpkg", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  gsize size;

  (void) data;
  add_cases (f);
  lz_station_close (f->station);
  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  for (gsize at = 4096 * 30; at + 4096 <= size; at += 4096 * 7)
    memset (bytes + at, 0x5a, 600);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);

  f->station = lz_station_open (f->station_dir, LZ_STATION_READ_ONLY, &error);
  if (f->station == NULL) /* so bad that it cannot be opened: that is said too */
    {
      g_assert_error (error, LZ_ERROR, LZ_ERROR_CORRUPT);
      return;
    }
  findings = run (f, FALSE);
  g_assert_cmpint (level_of (findings, "database"), ==, LZ_FINDING_DAMAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func)                                                           \
  g_test_add ("/doctor/" name, LzTestStation, NULL, lz_test_station_set_up, func, \
              lz_test_station_tear_down)
  ADD ("sound", test_sound);
  ADD ("projection", test_projection);
  ADD ("categories", test_categories);
  ADD ("search", test_search);
  ADD ("rebuild", test_rebuild);
  ADD ("photo-changed", test_photo_changed);
  ADD ("photo-unknown", test_photo_unknown);
  ADD ("orphans", test_orphans);
  ADD ("leftovers", test_leftovers);
  ADD ("sequence", test_sequence);
  ADD ("feeds", test_feeds);
  ADD ("clock", test_clock);
  ADD ("geopackage", test_geopackage);
  ADD ("damage", test_damage);
  return g_test_run ();
}
