/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-stock-tus"

#include "config.h"

#include "lz-upload.h"

#include "lz-blobs.h"

/* Uploads FILE to URL, a stock tus server: the first time until it has sent a piece or two, then
 * again from where it stopped, as after a broken line. */

static void
moved_cb (const LzUpload *upload, gpointer data)
{
  GCancellable *cancellable = data;

  if (cancellable != NULL && upload->sent_bytes > 0)
    g_cancellable_cancel (cancellable);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (argc > 2 ? argv[2] : "", FALSE, NULL);
  g_autoptr (LzHttp) http = lz_http_new (argc > 1 ? argv[1] : "", NULL, TRUE);
  g_autoptr (GCancellable) broken = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LzUpload upload = { 0 };
  gint64 first;

  g_assert_nonnull (file);
  upload.size_bytes = (gint64) g_mapped_file_get_length (file);
  g_assert_true (lz_blobs_hash_file (argv[2], upload.sha256, &error));
  g_assert_false (lz_upload_run (http, &upload, argv[2], moved_cb, broken, broken, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  first = upload.sent_bytes;
  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (first, <, upload.size_bytes);

  lz_upload_run (http, &upload, argv[2], moved_cb, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (upload.sent_bytes, ==, upload.size_bytes);

  /* an upload that the server has forgotten begins anew */
  g_free (upload.url);
  upload.url = g_strdup ("/v1/photos/nothing-of-this-name");
  lz_upload_run (http, &upload, argv[2], moved_cb, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (upload.sent_bytes, ==, upload.size_bytes);
  g_print ("%s\n", upload.url);
  g_free (upload.url);
  return 0;
}
