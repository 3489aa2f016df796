/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-blobs.h"
#include "lz-error.h"
#include "lz-test.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *dir;
  LzBlobs *blobs;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  f->dir = lz_test_make_dir ();
  f->blobs = lz_blobs_open (f->dir, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  lz_blobs_unref (f->blobs);
  lz_test_remove_tree (f->dir);
  g_free (f->dir);
}

static void
add_photo (Fixture *f, const char *folder, const char *name, guint8 sha256[32])
{
  g_autoptr (GError) error = NULL;

  lz_blobs_add_file (f->blobs, lz_test_data ("photos", folder, name), sha256, NULL, &error);
  g_assert_no_error (error);
}

/* Not gdk_pixbuf_new_from_file(): where GIO does the sniffing, it needs the system's MIME files. */
static GdkPixbuf *
load_preview (Fixture *f, const guint8 sha256[32], guint pixels)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = lz_blobs_ensure_preview (f->blobs, sha256, pixels, NULL, &error);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type ("image/jpeg", NULL);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_no_error (error);
  bytes = lz_test_read (path);
  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, bytes, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

/* Mean difference of two pictures of one size, 0 to 255. */
static double
difference (GdkPixbuf *a, GdkPixbuf *b)
{
  int width = gdk_pixbuf_get_width (a), height = gdk_pixbuf_get_height (a);
  gint64 sum = 0;

  g_assert_cmpint (gdk_pixbuf_get_width (b), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (b), ==, height);
  for (int y = 0; y < height; y++)
    for (int i = 0; i < width * 3; i++)
      sum += ABS (gdk_pixbuf_read_pixels (a)[y * gdk_pixbuf_get_rowstride (a) + i] -
                  gdk_pixbuf_read_pixels (b)[y * gdk_pixbuf_get_rowstride (b) + i]);

  return (double) sum / (3.0 * width * height);
}

/* One picture stored in all eight ways, each with its number written on it, looks much the same in
 * all previews. */
static void
test_upright (Fixture *f, gconstpointer data)
{
  guint8 sha256[32];
  g_autoptr (GdkPixbuf) first = NULL;
  g_autoptr (GdkPixbuf) mirrored = NULL;
  double mirror_difference;

  add_photo (f, "orientation", "landscape_1.jpg", sha256);
  first = load_preview (f, sha256, 200);
  g_assert_cmpint (gdk_pixbuf_get_width (first), ==, 200);
  g_assert_cmpint (gdk_pixbuf_get_height (first), ==, 150);
  mirrored = gdk_pixbuf_flip (first, TRUE);
  mirror_difference = difference (first, mirrored);
  g_assert_cmpfloat (mirror_difference, >, 30);

  for (int i = 2; i <= 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("landscape_%d.jpg", i);
      g_autoptr (GdkPixbuf) other = NULL;

      add_photo (f, "orientation", name, sha256);
      other = load_preview (f, sha256, 200);
      g_test_message ("%s: %.1f, mirrored %.1f", name, difference (first, other),
                      mirror_difference);
      g_assert_cmpfloat (difference (first, other), <, mirror_difference / 2);
    }
}

static void
test_formats (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *folder;
    const char *name;
    int width;
    int height;
  } files[] = {
    { "orientation", "portrait_6.jpg", 75, 100 },
    { "phones", "Samsung_SM-J327T1.jpg", 75, 100 },
    { "heic", "IMG_5195.HEIC", 77, 100 },
    { "heic", "HMD_Nokia_8.3_5G_hdr.heif", 100, 75 },
    { "made", "sample.png", 80, 60 },
    { "made", "sample.webp", 80, 60 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = NULL;
      guint8 sha256[32];

      add_photo (f, files[i].folder, files[i].name, sha256);
      pixbuf = load_preview (f, sha256, 100); /* the made ones are smaller and stay so */
      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, files[i].width);
      g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, files[i].height);
    }
}

static void
test_transparent (Fixture *f, gconstpointer data)
{
  g_autoptr (GdkPixbuf) clear = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 20, 10);
  g_autoptr (GdkPixbuf) preview = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *png;
  gsize size;
  guint8 sha256[32];

  gdk_pixbuf_fill (clear, 0x00000000);
  gdk_pixbuf_save_to_buffer (clear, &png, &size, "png", &error, NULL);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (png, size);
  lz_blobs_add_bytes (f->blobs, bytes, sha256, &error);
  g_assert_no_error (error);

  preview = load_preview (f, sha256, 100);
  g_assert_cmpint (gdk_pixbuf_read_pixels (preview)[0], >, 250);
}

/* Made once; made again when it is gone; gone with its original. */
static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other_size = NULL;
  GStatBuf first, second;
  guint8 sha256[32];

  add_photo (f, "gps", "DSCN0010.jpg", sha256);
  path = lz_blobs_ensure_preview (f->blobs, sha256, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &first), ==, 0);
  again = lz_blobs_ensure_preview (f->blobs, sha256, 100, NULL, &error);
  g_assert_cmpstr (again, ==, path);
  g_assert_cmpint (g_stat (path, &second), ==, 0);
  g_assert_cmpuint (first.st_ino, ==, second.st_ino);

  other_size = lz_blobs_ensure_preview (f->blobs, sha256, 50, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_free (lz_blobs_ensure_preview (f->blobs, sha256, 100, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_true (lz_blobs_remove (f->blobs, sha256, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (other_size, G_FILE_TEST_EXISTS));
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  static const guint8 nothing[32] = { 4 };
  g_autoptr (GBytes) text = g_bytes_new_static ("no photo at all", 15);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint8 sha256[32];

  g_assert_null (lz_blobs_ensure_preview (f->blobs, nothing, 100, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (lz_blobs_add_bytes (f->blobs, text, sha256, NULL));
  g_assert_null (lz_blobs_ensure_preview (f->blobs, sha256, 100, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO);
  g_clear_error (&error);

  lz_blobs_add_file (f->blobs, lz_test_data ("photos-bad", "corrupted.jpg"), sha256, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (lz_blobs_ensure_preview (f->blobs, sha256, 100, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_BROKEN_PHOTO);
  g_clear_error (&error);

  add_photo (f, "gps", "DSCN0010.jpg", sha256);
  g_cancellable_cancel (cancelled);
  g_assert_null (lz_blobs_ensure_preview (f->blobs, sha256, 100, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_space (Fixture *f, gconstpointer data)
{
  g_autofree char *previews = g_build_filename (f->dir, "previews", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;
  guint8 sha256[32];
  pid_t child;
  int status;

  add_photo (f, "gps", "DSCN0010.jpg", sha256);
  child = fork ();
  if (child == 0)
    {
      struct rlimit limit = { 1000, 1000 };
      g_autoptr (GError) error = NULL;

      signal (SIGXFSZ, SIG_IGN);
      if (setrlimit (RLIMIT_FSIZE, &limit) < 0)
        _exit (2);
      if (lz_blobs_ensure_preview (f->blobs, sha256, 300, NULL, &error) != NULL)
        _exit (3);
      _exit (g_error_matches (error, LZ_ERROR, LZ_ERROR_NO_SPACE) ? 0 : 4);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);

  dir = g_dir_open (previews, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_assert_false (g_str_has_prefix (name, ".tmp-"));
  path = lz_blobs_ensure_preview (f->blobs, sha256, 300, NULL, NULL);
  g_assert_nonnull (path);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/core/preview/upright", test_upright);
  ADD ("/core/preview/formats", test_formats);
  ADD ("/core/preview/transparent", test_transparent);
  ADD ("/core/preview/kept", test_kept);
  ADD ("/core/preview/refused", test_refused);
  ADD ("/core/preview/no-space", test_no_space);

  return g_test_run ();
}
