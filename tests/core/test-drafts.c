/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-drafts.h"
#include "lz-log.h"
#include "lz-photos.h"
#include "lz-test.h"
#include "lz-wire.h"

#include <string.h>

typedef struct
{
  char *dir;
  LzStation *station;
  gint64 now_ms;
} Fixture;

static gint64
now_cb (gpointer data)
{
  return *(gint64 *) data;
}

static void
open_station (Fixture *f, LzStationMode mode)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&f->station, lz_station_close);
  f->station = lz_station_open (f->dir, mode, &error);
  g_assert_no_error (error);
  lz_station_set_clock (f->station, now_cb, &f->now_ms);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  f->dir = lz_test_make_dir ();
  f->now_ms = G_GINT64_CONSTANT (1772670600000);
  lz_station_create (f->dir, "410185001", "登封市", &error);
  g_assert_no_error (error);
  open_station (f, LZ_STATION_READ_WRITE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  lz_station_close (f->station);
  lz_test_remove_tree (f->dir);
  g_free (f->dir);
}

static LzDraft *
make_draft (void)
{
  LzDraft *draft = lz_draft_new ();
  LzPhotoRef photo = { .sha256 = { 7 }, .role = LZ_PHOTO_BEFORE, .size_bytes = 1234 };

  draft->body->category = g_strdup ("T01-01");
  draft->body->place = (LzPoint){ 344500000, 1130300000 };
  draft->body->text = g_strdup ("井盖破损");
  lz_body_add_photo (draft->body, &photo);
  return draft;
}

static void
test_save (Fixture *f, gconstpointer data)
{
  g_autoptr (LzDraft) draft = make_draft ();
  g_autoptr (LzDraft) found = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lz_drafts_save (f->station, draft, &error));
  g_assert_no_error (error);
  g_assert_cmpint (draft->id, !=, 0);
  g_assert_cmpint (draft->created_ms, ==, f->now_ms);

  open_station (f, LZ_STATION_READ_WRITE);
  found = lz_drafts_load (f->station, draft->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->body->category, ==, "T01-01");
  g_assert_cmpstr (found->body->text, ==, "井盖破损");
  g_assert_cmpint (found->body->place.lat7, ==, 344500000);
  g_assert_cmpuint (found->body->photos->len, ==, 1);
  g_assert_cmpint (g_array_index (found->body->photos, LzPhotoRef, 0).size_bytes, ==, 1234);
  g_assert_null (found->note);

  drafts = lz_drafts_list (f->station, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 1);
}

static void
test_save_again (Fixture *f, gconstpointer data)
{
  g_autoptr (LzDraft) draft = make_draft ();
  g_autoptr (LzDraft) found = NULL;
  g_autoptr (GError) error = NULL;
  gint64 created_ms = f->now_ms;

  g_assert_true (lz_drafts_save (f->station, draft, &error));
  f->now_ms += 5000;
  g_assert_true (lz_drafts_save (f->station, draft, &error));
  g_assert_cmpint (draft->changed_ms, ==, created_ms); /* nothing was changed */

  g_free (draft->body->text);
  draft->body->text = g_strdup ("井盖缺失");
  draft->fixed_on_spot = TRUE;
  g_assert_true (lz_drafts_save (f->station, draft, &error));
  g_assert_no_error (error);
  found = lz_drafts_load (f->station, draft->id, &error);
  g_assert_cmpstr (found->body->text, ==, "井盖缺失");
  g_assert_true (found->fixed_on_spot);
  g_assert_cmpint (found->created_ms, ==, created_ms);
  g_assert_cmpint (found->changed_ms, ==, f->now_ms);
}

static void
test_remove (Fixture *f, gconstpointer data)
{
  g_autoptr (LzDraft) draft = make_draft ();
  g_autoptr (LzDraft) copy = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lz_drafts_save (f->station, draft, &error));
  copy = lz_draft_copy (draft);
  g_assert_true (lz_drafts_remove (f->station, draft->id, &error));
  g_assert_false (lz_drafts_remove (f->station, draft->id, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (lz_drafts_save (f->station, draft, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (lz_drafts_load (f->station, draft->id, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_clear_error (&error);

  copy->id = 0; /* undo */
  g_assert_true (lz_drafts_save (f->station, copy, &error));
  g_assert_no_error (error);
}

/* What could not be read again is not written, and what was there stays. */
static void
test_too_much (Fixture *f, gconstpointer data)
{
  g_autoptr (LzDraft) draft = make_draft ();
  g_autoptr (LzDraft) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lz_drafts_save (f->station, draft, &error));
  g_free (draft->body->text);
  draft->body->text = g_strnfill (LZ_WIRE_MAX_TEXT_BYTES + 1, 'x');
  g_assert_false (lz_drafts_save (f->station, draft, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  found = lz_drafts_load (f->station, draft->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->body->text, ==, "井盖破损");
}

static void
test_read_only (Fixture *f, gconstpointer data)
{
  g_autoptr (LzDraft) draft = make_draft ();
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lz_drafts_save (f->station, draft, &error));
  open_station (f, LZ_STATION_READ_ONLY);
  drafts = lz_drafts_list (f->station, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 1);
  draft->fixed_on_spot = TRUE;
  g_assert_false (lz_drafts_save (f->station, draft, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_READ_ONLY);
}

/* One draft confirmed in two windows is one case. */
static void
test_logged_once (Fixture *f, gconstpointer data)
{
  g_autoptr (LzDraft) draft = make_draft ();
  g_auto (LzActResult) first = { 0 };
  g_auto (LzActResult) second = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = { .kind = LZ_KIND_REPORTED };

  g_assert_true (lz_drafts_save (f->station, draft, &error));
  act.body = draft->body;
  act.draft = draft->id;
  g_assert_true (lz_log_act (f->station, &act, &first, &error));
  g_assert_no_error (error);
  g_assert_false (lz_log_act (f->station, &act, &second, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

static void
test_photo (Fixture *f, gconstpointer data)
{
  const char *path = lz_test_data ("photos", "gps", "DSCN0010.jpg");
  const char *text = lz_test_data ("photos", "LICENCE.txt");
  g_autoptr (LzPhoto) photo = NULL;
  g_autoptr (LzPhoto) again = NULL;
  g_autoptr (GPtrArray) photos = NULL;
  g_autoptr (GError) error = NULL;
  LzPhotoRef ref;

  photo = lz_photos_take (f->station, path, &error);
  g_assert_no_error (error);
  g_assert_true (photo->stored);
  g_assert_cmpint (photo->size_bytes, ==, 161713);
  g_assert_cmpstr (photo->source, ==, "DSCN0010.jpg");
  g_assert_cmpint (photo->added_ms, ==, f->now_ms);
  g_assert_true (lz_point_is_valid (photo->info->place));
  g_assert_true (lz_blobs_has (lz_station_get_blobs (f->station), photo->sha256));
  ref = lz_photo_make_ref (photo, LZ_PHOTO_AFTER);
  g_assert_cmpint (ref.taken_ms, ==, photo->info->taken_ms);
  g_assert_cmpint (ref.role, ==, LZ_PHOTO_AFTER);

  f->now_ms += 1000;
  again = lz_photos_take (f->station, path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->added_ms, ==, photo->added_ms);
  g_assert_null (lz_photos_take (f->station, text, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO);
  g_clear_error (&error);

  photos = lz_photos_list (f->station, &error);
  g_assert_cmpuint (photos->len, ==, 1);
}

static LzPhotoRef
store_blob (Fixture *f, const char *name)
{
  const char *path = lz_test_data ("photos", "gps", name);
  g_autoptr (GError) error = NULL;
  LzPhotoRef photo = { .role = LZ_PHOTO_BEFORE };

  g_assert_true (lz_blobs_add_file (lz_station_get_blobs (f->station), path, photo.sha256,
                                    &photo.size_bytes, &error));
  g_assert_no_error (error);
  return photo;
}

/* A photo that somebody stored without saying so is known once a draft or a case names it. */
static void
test_photo_known (Fixture *f, gconstpointer data)
{
  LzPhotoRef drafted = store_blob (f, "DSCN0010.jpg");
  LzPhotoRef logged = store_blob (f, "DSCN0012.jpg");
  g_autoptr (LzDraft) draft = make_draft ();
  g_autoptr (LzBody) body = lz_body_copy (draft->body);
  g_autoptr (LzPhoto) first = NULL;
  g_autoptr (LzPhoto) second = NULL;
  g_autoptr (GPtrArray) photos = NULL;
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = { .kind = LZ_KIND_REPORTED, .body = body };

  g_assert_null (lz_photos_load (f->station, drafted.sha256, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_clear_error (&error);

  lz_body_add_photo (draft->body, &drafted);
  g_assert_true (lz_drafts_save (f->station, draft, &error));
  g_assert_no_error (error);
  first = lz_photos_load (f->station, drafted.sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpint (first->size_bytes, ==, drafted.size_bytes);
  g_assert_cmpstr (first->info->mime, ==, "image/jpeg");
  g_assert_true (lz_point_is_valid (first->info->place));

  lz_body_add_photo (body, &logged);
  g_assert_true (lz_log_act (f->station, &act, &result, &error));
  g_assert_no_error (error);
  second = lz_photos_load (f->station, logged.sha256, &error);
  g_assert_no_error (error);
  photos = lz_photos_list (f->station, &error);
  g_assert_cmpuint (photos->len, ==, 2); /* the one that is not here has no row */
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/core/drafts/save", test_save);
  ADD ("/core/drafts/save/again", test_save_again);
  ADD ("/core/drafts/remove", test_remove);
  ADD ("/core/drafts/too-much", test_too_much);
  ADD ("/core/drafts/read-only", test_read_only);
  ADD ("/core/drafts/logged-once", test_logged_once);
  ADD ("/core/photos/take", test_photo);
  ADD ("/core/photos/known", test_photo_known);
  return g_test_run ();
}
