/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-atomic.h"
#include "lz-backup.h"
#include "lz-doctor.h"
#include "lz-test-station.h"

#include <string.h>

#define PHOTO "gps/DSCN0010.jpg"
#define AFTER "gps/DSCN0012.jpg"

typedef struct
{
  LzTestStation base;
  char *file;
  char *target;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  LzId first;

  lz_test_station_set_up (&f->base, data);
  f->file = g_build_filename (f->base.dir, "backup.gpkg", NULL);
  f->target = g_build_filename (f->base.dir, "restored", NULL);
  first = lz_test_station_report (&f->base, "T06-01", "路面有垃圾", PHOTO);
  lz_test_station_rectify (&f->base, first, AFTER);
  lz_test_station_report (&f->base, "T01-01", NULL, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->file);
  g_free (f->target);
  lz_test_station_tear_down (&f->base, data);
}

static void
back_up (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  guint n_missing = 99;

  lz_backup (f->base.station, f->file, &n_missing, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_missing, ==, 0);
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_sound (const char *dir, gint64 n_cases)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzStation) station = lz_station_open (dir, LZ_STATION_READ_WRITE, &error);
  g_autoptr (GPtrArray) findings = NULL;
  LzCaseQuery query = { 0 };

  g_assert_no_error (error);
  findings = lz_doctor_run (station, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lz_doctor_worst (findings), ==, LZ_FINDING_OK);
  g_assert_cmpint (lz_cases_count (station, &query, &error), ==, n_cases);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  back_up (f);
  g_assert_cmpuint (count_entries (f->base.dir), ==, 2); /* the station and one file */
  lz_restore (f->file, f->target, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_sound (f->target, 2);
  g_assert_cmpuint (count_entries (f->base.dir), ==, 3);
}

/* The whole of a table as text. */
static char *
dump (const char *station_dir, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzStation) station = lz_station_open (station_dir, LZ_STATION_READ_ONLY, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  {
    g_autoptr (LzStmt) stmt = lz_db_borrow (lz_station_get_db (station), sql, &error);

    g_assert_no_error (error);
    while (lz_db_step (lz_station_get_db (station), stmt, "dumping", &error))
      g_string_append_printf (text, "%s\n", sqlite3_column_text (stmt, 0));
  }
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static void
test_everything_comes_back (Fixture *f, gconstpointer data)
{
  static const char *const tables[] = {
    "SELECT hex (id) || device_seq || body FROM event ORDER BY n",
    "SELECT quote (value) || key FROM setting ORDER BY key",
    "SELECT hex (content) || name FROM reference ORDER BY name",
    "SELECT fid || hex (id) || n_photos FROM case_row ORDER BY fid",
    "SELECT type || name || coalesce (sql, '') FROM sqlite_schema ORDER BY 1",
    "SELECT hex (sha256) || source FROM photo ORDER BY sha256",
  };
  g_autoptr (GError) error = NULL;

  (void) data;
  back_up (f);
  lz_restore (f->file, f->target, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *before = dump (f->base.station_dir, tables[i]);
      g_autofree char *after = dump (f->target, tables[i]);

      g_assert_cmpstr (before, ==, after);
      g_assert_cmpstr (after, !=, "");
    }
}

/* The copy is of one moment, though another connection writes while it is made. */
static void
write_more_cb (gint64 done, gint64 total, gpointer data)
{
  LzTestStation second = *(LzTestStation *) data;

  g_assert_cmpint (done, <=, total);
  lz_test_station_open (&second);
  lz_test_station_report (&second, "T06-01", "meanwhile", NULL);
  lz_station_close (second.station);
}

static void
test_while_written (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  lz_backup (f->base.station, f->file, NULL, write_more_cb, &f->base, NULL, &error);
  g_assert_no_error (error);
  lz_restore (f->file, f->target, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_sound (f->target, 2);
  assert_sound (f->base.station_dir, 4);
}

static void
test_missing_photo (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LzPhotoRef photo = lz_test_station_take (&f->base, PHOTO, LZ_PHOTO_BEFORE);
  g_autofree char *path = lz_blobs_dup_path (lz_station_get_blobs (f->base.station), photo.sha256);
  guint n_missing = 0;

  (void) data;
  g_assert_cmpint (g_unlink (path), ==, 0);
  lz_backup (f->base.station, f->file, &n_missing, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_missing, ==, 1);
  lz_restore (f->file, f->target, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  (void) data;
  g_cancellable_cancel (cancellable);
  g_assert_false (lz_backup (f->base.station, f->file, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_entries (f->base.dir), ==, 1);
}

static void
assert_refused (Fixture *f, const char *target, gboolean replace, int code)
{
  g_autoptr (GError) error = NULL;
  guint n_before = count_entries (f->base.dir);

  g_assert_false (lz_restore (f->file, target, replace, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, LZ_ERROR, code);
  g_assert_cmpuint (count_entries (f->base.dir), ==, n_before);
}

/* Cut off anywhere, a backup is refused and what is there stays as it is. */
static void
test_cut_off (Fixture *f, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  (void) data;
  back_up (f);
  lz_station_close (f->base.station);
  f->base.station = NULL;
  g_file_get_contents (f->file, &bytes, &size, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 10; i++)
    {
      g_file_set_contents (f->file, bytes, (gssize) (size * i / 10), &error);
      g_assert_no_error (error);
      assert_refused (f, f->target, FALSE, LZ_ERROR_INVALID);
      assert_refused (f, f->base.station_dir, TRUE, LZ_ERROR_INVALID);
    }
  assert_sound (f->base.station_dir, 2);
}

static void
test_changed (Fixture *f, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  (void) data;
  back_up (f);
  g_file_get_contents (f->file, &bytes, &size, &error);
  g_assert_no_error (error);
  /* deep in the photos, where only their hashes can tell */
  bytes[size - 100000] ^= 1;
  g_file_set_contents (f->file, bytes, (gssize) size, &error);
  g_assert_no_error (error);
  assert_refused (f, f->target, FALSE, LZ_ERROR_INVALID);
}

static void
exec_on (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s", message);
  sqlite3_close (db);
}

/* A backup from somebody else cannot run SQL of its own here, now or later. */
static void
test_hostile (Fixture *f, gconstpointer data)
{
  g_autofree char *victim = g_build_filename (f->base.dir, "victim", NULL);
  g_autofree char *attack = NULL;
  g_autofree char *triggers = NULL;
  g_autoptr (GError) error = NULL;

  (void) data;
  back_up (f);
  attack = g_strdup_printf ("CREATE TABLE evil (a);"
                            "CREATE TRIGGER evil_act AFTER INSERT ON event BEGIN"
                            "  DELETE FROM draft; END;"
                            "PRAGMA writable_schema = ON;"
                            "UPDATE sqlite_schema SET sql = 'CREATE TABLE evil (a);"
                            " ATTACH ''%s'' AS v; CREATE TABLE v.x (a)' WHERE name = 'evil'",
                            victim);
  exec_on (f->file, attack);
  if (lz_restore (f->file, f->target, FALSE, NULL, NULL, &error))
    {
      triggers = dump (f->target, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'");
      g_assert_cmpstr (triggers, ==, "0\n");
    }
  g_assert_false (g_file_test (victim, G_FILE_TEST_EXISTS));
}

static void
test_no_backup (Fixture *f, gconstpointer data)
{
  g_autofree char *station_file = g_build_filename (f->base.station_dir, "station.gpkg", NULL);
  g_autofree char *backup = g_steal_pointer (&f->file);

  (void) data;
  /* a station's own file is a GeoPackage, but no backup */
  f->file = g_strdup (station_file);
  assert_refused (f, f->target, FALSE, LZ_ERROR_INVALID);
  g_free (f->file);
  f->file = g_strdup (lz_test_data ("photos", PHOTO));
  assert_refused (f, f->target, FALSE, LZ_ERROR_INVALID);
  g_free (f->file);
  f->file = g_strdup ("/nonexistent");
  assert_refused (f, f->target, FALSE, LZ_ERROR_NOT_FOUND);
}

/* What a program that died has left goes with the next backup; what a living one is writing stays.
 */
static void
test_leftovers (Fixture *f, gconstpointer data)
{
  g_autofree char *dead = g_build_filename (f->base.dir, ".backup.gpkg.tmp-AbCdEf", NULL);
  g_autofree char *journal = g_strconcat (dead, "-journal", NULL);
  g_autofree char *folder = g_build_filename (f->base.dir, "restored.restoring-AbCdEf", NULL);
  g_autofree char *inner = g_build_filename (folder, "station.gpkg", NULL);
  g_autoptr (LzAtomic) living = NULL;
  g_autoptr (GError) error = NULL;

  (void) data;
  living = lz_atomic_new (f->file, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (dead, "half", 4, NULL));
  g_assert_true (g_file_set_contents (journal, "half", 4, NULL));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inner, "half", 4, NULL));
  g_assert_cmpuint (count_entries (f->base.dir), ==, 5);

  back_up (f);
  lz_restore (f->file, f->target, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_entries (f->base.dir), ==, 4); /* station, backup, restored, living */
  g_assert_true (g_file_test (lz_atomic_get_temp (living), G_FILE_TEST_EXISTS));
}

static void
test_in_the_way (Fixture *f, gconstpointer data)
{
  g_autofree char *moved = NULL;
  g_autofree char *other = g_build_filename (f->target, "something", NULL);
  g_autoptr (GError) error = NULL;

  (void) data;
  back_up (f);
  lz_test_station_report (&f->base, "T06-01", "after the backup", NULL);
  assert_refused (f, f->base.station_dir, FALSE, LZ_ERROR_CONSTRAINT);
  assert_refused (f, f->base.station_dir, TRUE, LZ_ERROR_BUSY); /* it is open here */
  g_assert_cmpint (g_mkdir (f->target, 0700), ==, 0);
  g_file_set_contents (other, "x", 1, &error);
  g_assert_no_error (error);
  assert_refused (f, f->target, TRUE, LZ_ERROR_CONSTRAINT);

  lz_station_close (f->base.station);
  f->base.station = NULL;
  lz_restore (f->file, f->base.station_dir, TRUE, &moved, NULL, &error);
  g_assert_no_error (error);
  assert_sound (f->base.station_dir, 2);
  assert_sound (moved, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/backup/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("everything-comes-back", test_everything_comes_back);
  ADD ("while-written", test_while_written);
  ADD ("missing-photo", test_missing_photo);
  ADD ("cancelled", test_cancelled);
  ADD ("cut-off", test_cut_off);
  ADD ("changed", test_changed);
  ADD ("hostile", test_hostile);
  ADD ("no-backup", test_no_backup);
  ADD ("leftovers", test_leftovers);
  ADD ("in-the-way", test_in_the_way);
  return g_test_run ();
}
