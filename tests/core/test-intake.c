/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-drafts.h"
#include "lz-log.h"
#include "lz-photos.h"
#include "lz-roads.h"
#include "lz-test.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

/* Photos of one walk in Arezzo, 2008: nine files, one pair within 25 m and 90 s. */
#define N_GPS        9
#define N_GPS_DRAFTS 8

#define HOUR_MS (3600 * G_GINT64_CONSTANT (1000))

typedef struct
{
  char *dir;
  char *station_dir;
  char *photos_dir;
  LzStation *station;
  int offset_min;
} Fixture;

static const char *this_program;

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
  g_autoptr (GError) error = NULL;

  (void) data;
  f->dir = lz_test_make_dir ();
  f->offset_min = LZ_PHOTOS_OFFSET_MIN;
  f->station_dir = g_build_filename (f->dir, "station", NULL);
  f->photos_dir = g_build_filename (f->dir, "DCIM", NULL);
  g_assert_cmpint (g_mkdir (f->photos_dir, 0700), ==, 0);
  lz_station_create (f->station_dir, "410185001", "登封市", &error);
  g_assert_no_error (error);
  open_station (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  g_clear_pointer (&f->station, lz_station_close);
  lz_test_remove_tree (f->dir);
  g_free (f->photos_dir);
  g_free (f->station_dir);
  g_free (f->dir);
}

static const char *
gps_folder (void)
{
  return lz_test_data ("photos", "gps");
}

static LzIntakeReport *
take (Fixture *f, const char *first, const char *second, gint64 shift_ms)
{
  const char *const paths[] = { first, second, NULL };
  g_autoptr (GError) error = NULL;
  LzIntakeReport *report =
      lz_intake_run (f->station, paths, shift_ms, f->offset_min, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static GPtrArray *
list_drafts (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *drafts = lz_drafts_list (f->station, &error);

  g_assert_no_error (error);
  return drafts;
}

/* Every photo of the drafts is stored whole, and in one draft only; says how many there are. */
static guint
check_photos (Fixture *f, GPtrArray *drafts)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < drafts->len; i++)
    {
      const LzBody *body = ((LzDraft *) g_ptr_array_index (drafts, i))->body;

      for (guint k = 0; k < body->photos->len; k++)
        {
          const LzPhotoRef *photo = &g_array_index (body->photos, LzPhotoRef, k);
          char *text = g_malloc (65);

          lz_sha256_format (photo->sha256, text);
          g_assert_true (g_hash_table_add (seen, text));
          g_assert_true (
              lz_blobs_verify (lz_station_get_blobs (f->station), photo->sha256, &error));
          g_assert_no_error (error);
          g_assert_cmpint (photo->size_bytes, >, 0);
        }
    }
  return g_hash_table_size (seen);
}

static void
copy_photo (Fixture *f, const char *from, const char *to)
{
  g_autoptr (GBytes) bytes = lz_test_read (from);
  g_autofree char *path = g_build_filename (f->photos_dir, to, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

static void
test_folder (Fixture *f, gconstpointer data)
{
  g_autoptr (LzIntakeReport) report = take (f, gps_folder (), NULL, 0);
  g_autoptr (GPtrArray) drafts = list_drafts (f);
  gint64 previous_ms = 0;

  g_assert_cmpuint (report->n_files, ==, N_GPS);
  g_assert_cmpuint (report->n_photos, ==, N_GPS);
  g_assert_cmpuint (report->n_known, ==, 0);
  g_assert_cmpuint (report->n_drafts, ==, N_GPS_DRAFTS);
  g_assert_cmpuint (report->drafts->len, ==, N_GPS_DRAFTS);
  g_assert_cmpuint (report->skipped->len, ==, 0);
  g_assert_cmpuint (drafts->len, ==, N_GPS_DRAFTS);
  g_assert_cmpuint (check_photos (f, drafts), ==, N_GPS);
  for (guint i = 0; i < drafts->len; i++)
    {
      const LzDraft *draft = g_ptr_array_index (drafts, i);

      g_assert_cmpint (draft->id, ==, g_array_index (report->drafts, gint64, i));
      g_assert_cmpint (draft->batch, ==, report->batch);
      g_assert_true (lz_point_is_valid (draft->body->place));
      g_assert_cmpint (draft->body->found_ms, >, previous_ms);
      g_assert_nonnull (strstr (draft->note, "no road")); /* the station has none */
      previous_ms = draft->body->found_ms;
    }
}

/* A second run, also one photo under another name, and after confirming, doubles nothing. */
static void
test_again (Fixture *f, gconstpointer data)
{
  g_autoptr (LzIntakeReport) first = take (f, gps_folder (), NULL, 0);
  g_autoptr (LzIntakeReport) second = NULL;
  g_autoptr (GPtrArray) drafts = list_drafts (f);
  g_autoptr (GPtrArray) rest = NULL;
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzDraft *draft = g_ptr_array_index (drafts, 0);
  LzAct act = { .kind = LZ_KIND_REPORTED, .body = draft->body, .draft = draft->id };

  draft->body->category = g_strdup ("T01-01");
  g_assert_true (lz_log_act (f->station, &act, &result, &error));
  g_assert_no_error (error);

  copy_photo (f, lz_test_data ("photos", "gps", "DSCN0010.jpg"), "copy.jpg");
  second = take (f, gps_folder (), f->photos_dir, 0);
  g_assert_cmpuint (second->n_files, ==, N_GPS + 1);
  g_assert_cmpuint (second->n_known, ==, N_GPS + 1);
  g_assert_cmpuint (second->n_photos, ==, 0);
  g_assert_cmpuint (second->n_drafts, ==, 0);
  rest = list_drafts (f);
  g_assert_cmpuint (rest->len, ==, N_GPS_DRAFTS - 1);
}

/* An original without a row, as a crash may leave, and one that was cut off since. */
static void
test_left_over (Fixture *f, gconstpointer data)
{
  const char *first = lz_test_data ("photos", "gps", "DSCN0010.jpg");
  const char *second = lz_test_data ("photos", "gps", "DSCN0012.jpg");
  LzBlobs *blobs = lz_station_get_blobs (f->station);
  g_autofree char *stored = NULL;
  g_autoptr (LzIntakeReport) report = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;
  guint8 sha256[32];

  g_assert_true (lz_blobs_add_file (blobs, first, sha256, NULL, &error));
  g_assert_true (lz_blobs_add_file (blobs, second, sha256, NULL, &error));
  stored = lz_blobs_dup_path (blobs, sha256);
  g_assert_cmpint (g_chmod (stored, 0600), ==, 0);
  g_assert_cmpint (truncate (stored, 1000), ==, 0);

  report = take (f, first, second, 0);
  g_assert_cmpuint (report->n_photos, ==, 2);
  drafts = list_drafts (f);
  g_assert_cmpuint (check_photos (f, drafts), ==, 2);
}

/* A photo whose draft was discarded can be taken in again. */
static void
test_discarded (Fixture *f, gconstpointer data)
{
  const char *path = lz_test_data ("photos", "gps", "DSCN0010.jpg");
  g_autoptr (LzIntakeReport) first = take (f, path, NULL, 0);
  g_autoptr (LzIntakeReport) second = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (first->n_drafts, ==, 1);
  g_assert_true (lz_drafts_remove (f->station, g_array_index (first->drafts, gint64, 0), &error));
  drafts = list_drafts (f);
  g_assert_cmpuint (drafts->len, ==, 0);
  second = take (f, path, NULL, 0);
  g_assert_cmpuint (second->n_known, ==, 0);
  g_assert_cmpuint (second->n_drafts, ==, 1);
}

static void
test_mixed (Fixture *f, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->dir, "missing.jpg", NULL);
  g_autofree char *cut = g_build_filename (f->photos_dir, "b", "cut.jpg", NULL);
  g_autofree char *fifo = g_build_filename (f->photos_dir, "b", "pipe.jpg", NULL);
  g_autofree char *loop = g_build_filename (f->photos_dir, "b", "loop", NULL);
  g_autoptr (LzIntakeReport) report = NULL;
  g_autoptr (GPtrArray) drafts = NULL;

  copy_photo (f, lz_test_data ("photos", "gps", "DSCN0010.jpg"), "b/DSCN0010.jpg");
  copy_photo (f, lz_test_data ("photos", "gps", "DSCN0042.jpg"), "a/deep/er/one.JPG");
  copy_photo (f, lz_test_data ("photos", "gps", "DSCN0012.jpg"), "b/.hidden.jpg");
  copy_photo (f, lz_test_data ("photos", "gps", "DSCN0012.jpg"), ".trash/x.jpg");
  copy_photo (f, lz_test_data ("photos", "LICENCE.txt"), "b/notes.txt");
  copy_photo (f, lz_test_data ("photos", "gps", "DSCN0021.jpg"), "b/cut.jpg");
  g_assert_cmpint (truncate (cut, 60000), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink (f->photos_dir, loop), ==, 0);

  report = take (f, f->photos_dir, missing, 0);
  g_assert_cmpuint (report->n_photos, ==, 2);
  g_assert_cmpuint (report->n_files, ==, 7);
  g_assert_cmpuint (report->skipped->len, ==, 5);
  drafts = list_drafts (f);
  g_assert_cmpuint (check_photos (f, drafts), ==, 2);
  for (guint i = 0; i < report->skipped->len; i++)
    {
      const char *line = g_ptr_array_index (report->skipped, i);
      const char *reason = strstr (line, ": ");

      g_assert_nonnull (reason);
      g_assert_cmpuint (strlen (reason), >, 12);
      g_assert_true (g_str_has_prefix (line, "DCIM/b/") || g_str_has_prefix (line, "missing.jpg"));
    }
}

static LzPoint
place_of_first (Fixture *f)
{
  g_autoptr (LzPhoto) photo = NULL;
  g_autoptr (GError) error = NULL;

  photo = lz_photos_take (f->station, lz_test_data ("photos", "gps", "DSCN0010.jpg"), &error);
  g_assert_no_error (error);
  return photo->info->place;
}

/* A draft knows its road, chainage and side. */
static void
test_road (Fixture *f, gconstpointer data)
{
  g_autofree char *map = g_build_filename (f->dir, "map.geojson", NULL);
  g_autoptr (LzImportReport) imported = NULL;
  g_autoptr (LzIntakeReport) report = NULL;
  g_autoptr (LzDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  LzPoint place = place_of_first (f);
  double latitude = lz_point_latitude (place);
  double longitude = lz_point_longitude (place);
  g_autofree char *json = g_strdup_printf (
      "{\"type\":\"Feature\",\"properties\":{\"highway\":\"primary\",\"name\":\"Corso Italia\"},"
      "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[%.7f,%.7f],[%.7f,%.7f]]}}",
      longitude + 0.0001, latitude - 0.001, longitude + 0.0001, latitude + 0.001);

  g_file_set_contents (map, json, -1, NULL);
  imported = lz_roads_import (f->station, map, NULL, &error);
  g_assert_no_error (error);

  report = take (f, lz_test_data ("photos", "gps", "DSCN0010.jpg"), NULL, 0);
  draft = lz_drafts_load (f->station, g_array_index (report->drafts, gint64, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (draft->body->road_name, ==, "Corso Italia");
  g_assert_false (lz_id_is_nil (&draft->body->road));
  g_assert_cmpint (ABS (draft->body->chainage_cm - 11120), <, 100);
  g_assert_cmpint (ABS (draft->body->offset_cm - 807), <, 20);
  g_assert_true (draft->body->side == LZ_SIDE_LEFT || draft->body->side == LZ_SIDE_RIGHT);
}

static void
test_clock_shift (Fixture *f, gconstpointer data)
{
  g_autoptr (LzIntakeReport) report = take (f, gps_folder (), NULL, HOUR_MS);
  g_autoptr (LzIntakeReport) regrouped = NULL;
  g_autoptr (GPtrArray) before = list_drafts (f);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  LzDraft *touched = g_ptr_array_index (before, 0);
  const LzDraft *second = g_ptr_array_index (before, 1);
  const LzPhotoRef *photo = &g_array_index (touched->body->photos, LzPhotoRef, 0);

  g_assert_cmpint (touched->body->found_ms, ==, photo->taken_ms + HOUR_MS);
  touched->body->text = g_strdup ("seen to");
  g_assert_true (lz_drafts_save (f->station, touched, &error));

  regrouped = lz_intake_regroup (f->station, report->batch, -HOUR_MS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (regrouped->n_photos, ==, N_GPS - touched->body->photos->len);
  after = list_drafts (f);
  g_assert_cmpuint (after->len, ==, N_GPS_DRAFTS);
  g_assert_cmpuint (check_photos (f, after), ==, N_GPS);
  g_assert_cmpint (((LzDraft *) g_ptr_array_index (after, 0))->id, ==, touched->id);
  g_assert_cmpint (((LzDraft *) g_ptr_array_index (after, 0))->body->found_ms, ==,
                   touched->body->found_ms);
  g_assert_cmpint (((LzDraft *) g_ptr_array_index (after, 1))->body->found_ms, ==,
                   second->body->found_ms - 2 * HOUR_MS);

  g_assert_null (lz_intake_regroup (f->station, 4711, 0, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

static void
cancel_at_third (guint done, guint total, gpointer data)
{
  if (done == 3)
    g_cancellable_cancel (data);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  const char *const paths[] = { gps_folder (), NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LzIntakeReport) rest = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  guint n_done;

  g_assert_null (lz_intake_run (f->station, paths, 0, LZ_PHOTOS_OFFSET_MIN, cancel_at_third,
                                cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  drafts = list_drafts (f);
  n_done = check_photos (f, drafts);
  g_assert_cmpuint (n_done, >=, 3);

  rest = take (f, gps_folder (), NULL, 0);
  g_assert_cmpuint (rest->n_known, ==, n_done);
  g_assert_cmpuint (rest->n_photos, ==, N_GPS - n_done);
  all = list_drafts (f);
  g_assert_cmpuint (check_photos (f, all), ==, N_GPS);
}

/* ------------------------------------------------------------------ what another process does */

static void
die_at (guint done, guint total, gpointer data)
{
  if (done == GPOINTER_TO_UINT (data))
    kill (getpid (), SIGKILL);
}

/* "--child STATION DIE_AT LIMIT PATH…": an intake that is killed after so many files, or has no
 * room for files beyond so many bytes.  Says 3 for a full disk. */
static int
run_child (char **argv)
{
  guint at = (guint) g_ascii_strtoull (argv[1], NULL, 10);
  guint64 limit = g_ascii_strtoull (argv[2], NULL, 10);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzStation) station = lz_station_open (argv[0], LZ_STATION_READ_WRITE, &error);
  g_autoptr (LzIntakeReport) report = NULL;

  if (station == NULL)
    return 1;
  if (limit > 0)
    {
      struct rlimit limits = { limit, limit };

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limits);
    }
  report = lz_intake_run (station, (const char *const *) argv + 3, 0, LZ_PHOTOS_OFFSET_MIN, die_at,
                          GUINT_TO_POINTER (at), NULL, &error);
  if (report != NULL)
    return 0;
  return g_error_matches (error, LZ_ERROR, LZ_ERROR_NO_SPACE) ? 3 : 2;
}

static int
spawn_child (Fixture *f, guint at, guint limit, const char *first, const char *second)
{
  g_autofree char *at_text = g_strdup_printf ("%u", at);
  g_autofree char *limit_text = g_strdup_printf ("%u", limit);
  const char *argv[] = { this_program, "--child", f->station_dir, at_text,
                         limit_text,   first,     second,         NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_clear_pointer (&f->station, lz_station_close);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  open_station (f);
  return status;
}

static void
assert_no_temporary_file (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->station_dir, "photos", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_false (g_str_has_prefix (name, ".tmp"));
}

/* Killed after any file: what was done comes back as drafts, and a second run completes it. */
static void
test_killed (Fixture *f, gconstpointer data)
{
  guint at = GPOINTER_TO_UINT (data);
  int status = spawn_child (f, at, 0, gps_folder (), NULL);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (LzIntakeReport) report = NULL;
  guint n_done;

  g_assert_true (WIFSIGNALED (status));
  drafts = list_drafts (f);
  n_done = check_photos (f, drafts);
  g_assert_cmpuint (n_done, ==, at);
  again = list_drafts (f);
  g_assert_cmpuint (again->len, ==, drafts->len);

  report = take (f, gps_folder (), NULL, 0);
  g_assert_cmpuint (report->n_known, ==, n_done);
  g_assert_cmpuint (report->n_photos, ==, N_GPS - n_done);
  all = list_drafts (f);
  g_assert_cmpuint (check_photos (f, all), ==, N_GPS);
  assert_no_temporary_file (f);
}

static void
test_disk_full (Fixture *f, gconstpointer data)
{
  const char *large = lz_test_data ("photos", "heic");
  int status = spawn_child (f, 0, 500000, gps_folder (), large);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (LzIntakeReport) report = NULL;

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 3);
  drafts = list_drafts (f);
  g_assert_cmpuint (check_photos (f, drafts), ==, N_GPS);

  report = take (f, gps_folder (), large, 0);
  g_assert_cmpuint (report->n_known, ==, N_GPS);
  g_assert_cmpuint (report->n_photos, ==, 2);
}

/* A camera that writes no zone was set to another one than China's. */
static void
test_zone (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (gps_folder (), "DSCN0010.jpg", NULL);
  g_autoptr (LzPhotoInfo) china = lz_photo_probe (path, LZ_PHOTOS_OFFSET_MIN, NULL);
  g_autoptr (LzIntakeReport) report = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (LzPhoto) photo = NULL;
  g_autoptr (GError) error = NULL;
  const LzDraft *draft;

  f->offset_min = 60;
  report = take (f, path, NULL, 0);
  drafts = list_drafts (f);
  g_assert_cmpuint (drafts->len, ==, 1);
  draft = drafts->pdata[0];
  g_assert_cmpint (draft->body->found_ms, ==, china->taken_ms + 7 * HOUR_MS);
  photo = lz_photos_load (f->station, g_array_index (draft->body->photos, LzPhotoRef, 0).sha256,
                          &error);
  g_assert_no_error (error);
  g_assert_cmpint (photo->info->taken_ms, ==, draft->body->found_ms);
}

#define ADD(path, data, function) \
  g_test_add (path, Fixture, GUINT_TO_POINTER (data), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  if (argc > 5 && strcmp (argv[1], "--child") == 0)
    return run_child (argv + 2);

  this_program = argv[0];
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/core/intake/zone", 0, test_zone);
  ADD ("/core/intake/folder", 0, test_folder);
  ADD ("/core/intake/again", 0, test_again);
  ADD ("/core/intake/left-over", 0, test_left_over);
  ADD ("/core/intake/discarded", 0, test_discarded);
  ADD ("/core/intake/mixed", 0, test_mixed);
  ADD ("/core/intake/road", 0, test_road);
  ADD ("/core/intake/clock-shift", 0, test_clock_shift);
  ADD ("/core/intake/cancel", 0, test_cancel);
  ADD ("/core/intake/killed/first", 1, test_killed);
  ADD ("/core/intake/killed/middle", 5, test_killed);
  ADD ("/core/intake/killed/last", N_GPS, test_killed);
  ADD ("/core/intake/disk-full", 0, test_disk_full);
  return g_test_run ();
}
