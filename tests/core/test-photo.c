/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-error.h"
#include "lz-photo.h"
#include "lz-test.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* The office's zone: what a time without one is taken for. */
#define FALLBACK_MIN 480

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  f->dir = lz_test_make_dir ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  lz_test_remove_tree (f->dir);
  g_free (f->dir);
}

static char *
write_file (Fixture *f, const char *name, gconstpointer data, gsize size)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (f->dir, name, NULL);

  g_unlink (path); /* a new file is not synced */
  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_refused (const char *path, LzError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lz_photo_probe (path, FALLBACK_MIN, &error));
  g_assert_error (error, LZ_ERROR, (int) code);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

static void
assert_data_refused (Fixture *f, gconstpointer data, gsize size, LzError code)
{
  g_autofree char *path = write_file (f, "hostile.jpg", data, size);

  assert_refused (path, code);
}

/* "2008-10-22T16:28:39.000" and "+03:00" as in the table. */
static void
assert_time (const LzPhotoInfo *info, const char *taken, const char *offset)
{
  g_autoptr (GTimeZone) zone =
      g_time_zone_new_identifier (g_str_equal (offset, "-") ? "+08:00" : offset);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (taken, zone);

  g_assert_cmpint (info->offset_known, ==, !g_str_equal (offset, "-"));
  if (time == NULL)
    {
      g_assert_cmpstr (taken, ==, "-");
      g_assert_cmpint (info->taken_ms, ==, 0);
      return;
    }
  g_assert_cmpint (info->taken_ms, ==,
                   g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000);
  g_assert_cmpint (info->offset_min, ==, g_date_time_get_utc_offset (time) / G_TIME_SPAN_MINUTE);
}

static void
assert_place (const LzPhotoInfo *info, const char *latitude, const char *longitude)
{
  LzPoint expected = { 0, 0 };

  if (!g_str_equal (latitude, "-"))
    g_assert_true (lz_point_from_degrees (g_ascii_strtod (latitude, NULL),
                                          g_ascii_strtod (longitude, NULL), &expected));
  g_assert_cmpint (ABS (info->place.lat7 - expected.lat7), <=, 1);
  g_assert_cmpint (ABS (info->place.lon7 - expected.lon7), <=, 1);
}

static void
check_row (const char *path, char **column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzPhotoInfo) info = lz_photo_probe (path, FALLBACK_MIN, &error);

  g_test_message ("%s", path);
  if (g_str_equal (column[1], "broken"))
    {
      g_assert_null (info);
      g_assert_error (error, LZ_ERROR, LZ_ERROR_BROKEN_PHOTO);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (info->mime, ==, column[2]);
  g_assert_cmpuint (info->width, ==, g_ascii_strtoull (column[3], NULL, 10));
  g_assert_cmpuint (info->height, ==, g_ascii_strtoull (column[4], NULL, 10));
  g_assert_cmpuint (info->orientation, ==, g_ascii_strtoull (column[5], NULL, 10));
  assert_time (info, column[6], column[7]);
  assert_place (info, column[8], column[9]);
  g_assert_cmpstr (info->camera != NULL ? info->camera : "-", ==, column[10]);
  g_assert_cmpuint (info->warnings != NULL ? g_strv_length (info->warnings) : 0, ==,
                    g_ascii_strtoull (column[11], NULL, 10));
}

/* Checks the files of a folder against its table; those that are not here are looked for under
 * LZ_PHOTO_CORPUS. */
static void
test_table (gconstpointer folder)
{
  const char *corpus = g_getenv ("LZ_PHOTO_CORPUS");
  g_autoptr (GBytes) table = lz_test_read (lz_test_data (folder, "expected.tsv"));
  g_autofree char *text = g_strndup (g_bytes_get_data (table, NULL), g_bytes_get_size (table));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint checked = 0, absent = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) column = g_strsplit (*line, "\t", -1);
      g_autofree char *path = NULL;

      if (**line == '\0' || **line == '#')
        continue;
      g_assert_cmpuint (g_strv_length (column), ==, 12);
      path = g_test_build_filename (G_TEST_DIST, "data", folder, column[0], NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS) && corpus != NULL)
        {
          g_free (path);
          path = g_build_filename (corpus, folder, column[0], NULL);
        }
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        {
          check_row (path, column);
          checked++;
        }
      else
        absent++;
    }

  g_test_message ("%s: %u checked, %u not here", (const char *) folder, checked, absent);
  g_assert_cmpuint (checked, >=, 10);
  if (corpus != NULL)
    g_assert_cmpuint (absent, ==, 0);
}

static void
test_rest_of_iphone (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzPhotoInfo) info =
      lz_photo_probe (lz_test_data ("photos", "heic", "IMG_5195.HEIC"), 0, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (info->altitude_m, 260.5606, 0.001);
  g_assert_cmpfloat_with_epsilon (info->heading_deg, 348.0553, 0.001);
  g_assert_cmpint (info->gps_ms, ==, 0);

  g_clear_pointer (&info, lz_photo_info_free);
  info = lz_photo_probe (lz_test_data ("photos", "gps", "DSCN0010.jpg"), 120, &error);
  g_assert_no_error (error);
  g_assert_true (isnan (info->altitude_m));
  g_assert_true (isnan (info->heading_deg));
  g_assert_cmpint (info->gps_ms, ==, G_GINT64_CONSTANT (1224772027240));
  g_assert_null (info->warnings); /* in its own zone the two clocks are 23:58 apart */
}

/* Without the proof it says the same. */
static void
test_look (void)
{
  const char *path = lz_test_data ("photos", "gps", "DSCN0010.jpg");
  g_autoptr (GError) error = NULL;
  g_autoptr (LzPhotoInfo) probed = lz_photo_probe (path, FALLBACK_MIN, &error);
  g_autoptr (LzPhotoInfo) looked = lz_photo_look (path, FALLBACK_MIN, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (looked->mime, ==, probed->mime);
  g_assert_cmpuint (looked->width, ==, probed->width);
  g_assert_cmpuint (looked->height, ==, probed->height);
  g_assert_cmpuint (looked->orientation, ==, probed->orientation);
  g_assert_cmpint (looked->taken_ms, ==, probed->taken_ms);
  g_assert_cmpint (looked->place.lat7, ==, probed->place.lat7);
  g_assert_cmpint (looked->place.lon7, ==, probed->place.lon7);
  g_assert_cmpstr (looked->camera, ==, probed->camera);
  g_assert_null (lz_photo_look ("/proc/self/stat", FALLBACK_MIN, &error));
  g_assert_nonnull (error);
}

static void
test_not_a_photo (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    const char *said;
  } files[] = {
    { "", 0, "empty" },
    { "2026-03-05 沿街为市\n", 24, "text" },
    { "GIF89a\1\0\1\0", 10, "GIF" },
    { "%PDF-1.4\n", 9, "PDF" },
    { "PK\003\004\024\0", 6, "ZIP" },
    { "\0\0\0\030ftypisom\0\0\2\0isommp42", 24, "video" },
    { "\0\0\0\030ftypavif\0\0\0\0mif1avif", 24, "AVIF" },
    { "RIFF\026\0\0\0WEBPVP8X\012\0\0\0\2\0\0\0\7\0\0\7\0\0", 30, "animated" },
    { "\1\2\3\4\5\6\7\0", 8, "JPEG, PNG, HEIC and WebP" },
  };
  g_autofree char *missing = g_build_filename (f->dir, "missing.jpg", NULL);
  g_autofree char *fifo = g_build_filename (f->dir, "fifo.jpg", NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = write_file (f, "file.jpg", files[i].bytes, files[i].size);

      g_assert_null (lz_photo_probe (path, FALLBACK_MIN, &error));
      g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO);
      g_assert_nonnull (strstr (error->message, files[i].said));
      g_clear_error (&error);
    }

  assert_refused (f->dir, LZ_ERROR_NOT_A_PHOTO);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_refused (fifo, LZ_ERROR_NOT_A_PHOTO);

  g_assert_null (lz_photo_probe (missing, FALLBACK_MIN, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Files longer than a photo may be, made of a hole: a film is named as one. */
static void
test_too_many_bytes (Fixture *f, gconstpointer data)
{
  g_autofree char *photo = write_file (f, "photo.jpg", "\377\330\377\340", 4);
  g_autofree char *video = write_file (f, "video.jpg", "\0\0\0\030ftypisom\0\0\2\0isommp42", 24);

  g_assert_cmpint (truncate (photo, (off_t) LZ_PHOTO_MAX_BYTES + 1), ==, 0);
  g_assert_cmpint (truncate (video, (off_t) LZ_PHOTO_MAX_BYTES * 40), ==, 0);
  assert_refused (photo, LZ_ERROR_TOO_LARGE);
  assert_refused (video, LZ_ERROR_NOT_A_PHOTO);
}

static guint8 *
find_bytes (guint8 *data, gsize size, const char *wanted, gsize n)
{
  for (gsize i = 0; i + n <= size; i++)
    if (memcmp (data + i, wanted, n) == 0)
      return data + i;

  return NULL;
}

/* Few bytes that say that they are billions of pixels. */
static void
test_pixel_bombs (Fixture *f, gconstpointer data)
{
  static const char png[] =
      "\211PNG\r\n\032\n\0\0\0\015IHDR\0\0\352\140\0\0\352\140\010\2\0\0\0CRC_"
      "\0\0\0\0IENDCRC_";
  /* 12,000 x 12,000: a JPEG of that size is let through */
  static const char png_in_full[] =
      "\211PNG\r\n\032\n\0\0\0\015IHDR\0\0\056\340\0\0\056\340\010\2\0\0\0CRC_"
      "\0\0\0\0IENDCRC_";
  static const char jpeg[] = "\377\330\377\300\0\013\010\377\377\377\377\1\1\021\0\377\331";
  static const char webp[] = "RIFF\026\0\0\0WEBPVP8X\012\0\0\0\0\0\0\0\377\377\0\377\377\0";
  g_autoptr (GBytes) heic = lz_test_read (lz_test_data ("photos", "heic", "IMG_5195.HEIC"));
  gsize size = g_bytes_get_size (heic);
  g_autofree guint8 *bomb = g_memdup2 (g_bytes_get_data (heic, NULL), size);
  guint8 *ispe = find_bytes (bomb, size, "ispe", 4);

  assert_data_refused (f, png, sizeof png - 1, LZ_ERROR_TOO_LARGE);
  assert_data_refused (f, png_in_full, sizeof png_in_full - 1, LZ_ERROR_TOO_LARGE);
  assert_data_refused (f, jpeg, sizeof jpeg - 1, LZ_ERROR_TOO_LARGE);
  assert_data_refused (f, webp, sizeof webp - 1, LZ_ERROR_TOO_LARGE);

  g_assert_nonnull (ispe);
  memset (ispe + 8, 0x7f, 8);
  assert_data_refused (f, bomb, size, LZ_ERROR_TOO_LARGE);
}

/* The grid that an iPhone's picture is made of says its size a second time. */
static void
test_grid_bomb (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) heic = lz_test_read (lz_test_data ("photos", "heic", "IMG_5195.HEIC"));
  gsize size = g_bytes_get_size (heic);
  g_autofree guint8 *bomb = g_memdup2 (g_bytes_get_data (heic, NULL), size);
  guint8 *idat = find_bytes (bomb, size, "idat", 4);
  guint8 *grid;

  g_assert_nonnull (idat);
  grid = find_bytes (idat, 64, "\0\0\5", 2);
  g_assert_nonnull (grid);
  memset (grid + 4, 0xff, 4);
  assert_data_refused (f, bomb, size, LZ_ERROR_TOO_LARGE);
}

/* A small picture with something to compress in it. */
static GdkPixbuf *
draw (guint side)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) side, (int) side);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  gsize size = gdk_pixbuf_get_byte_length (pixbuf);
  guint32 seed = 7;

  for (gsize i = 0; i < size; i++)
    pixels[i] = (guint8) ((seed = seed * 1664525 + 1013904223) >> 26) + (guint8) (i / 4);
  return pixbuf;
}

static GBytes *
draw_as (const char *type, guint side)
{
  g_autoptr (GdkPixbuf) pixbuf = draw (side);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* The decoders fill up what is missing and say nothing; we do.  Cut at every byte. */
static void
test_cut_off (Fixture *f, gconstpointer data)
{
  GBytes *photos[] = {
    draw_as ("jpeg", 16),
    draw_as ("png", 12),
    lz_test_read (lz_test_data ("photos", "made", "sample.webp")),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (photos[i], &size);
      g_autofree char *whole = write_file (f, "whole", bytes, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (LzPhotoInfo) info = lz_photo_probe (whole, FALLBACK_MIN, &error);

      g_assert_no_error (error);
      g_assert_nonnull (info);
      for (gsize cut = size - 1; cut >= 12; cut--)
        {
          g_assert_cmpint (truncate (whole, (off_t) cut), ==, 0);
          assert_refused (whole, LZ_ERROR_BROKEN_PHOTO);
        }
      g_bytes_unref (photos[i]);
    }
}

static void
test_cut_off_heic (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "IMG_5195.HEIC", "HMD_Nokia_8.3_5G_hdr.heif" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) photo = lz_test_read (lz_test_data ("photos", "heic", names[i]));
      gsize size;
      const guint8 *bytes = g_bytes_get_data (photo, &size);

      g_autofree char *path = write_file (f, "whole", bytes, size);

      for (gsize cut = size - 1; cut >= 24; cut -= MIN (cut, cut < 6000 ? 61 : 40009))
        {
          g_assert_cmpint (truncate (path, (off_t) cut), ==, 0);
          assert_refused (path, LZ_ERROR_BROKEN_PHOTO);
        }
    }
}

/* The boxes are whole, but the last tile of the picture ends one byte after the file. */
static void
test_tile_past_end (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) photo = lz_test_read (lz_test_data ("photos", "heic", "IMG_5195.HEIC"));
  gsize size = g_bytes_get_size (photo);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (photo, NULL), size);
  guint8 *mdat = find_bytes (bytes, size, "\0\0\0\1mdat", 8);

  g_assert_nonnull (mdat);
  mdat[15]--; /* the last byte of the box's length */
  assert_data_refused (f, bytes, size - 1, LZ_ERROR_BROKEN_PHOTO);
}

/* HEIC decoders turn the picture by the container's own word; what Exif says besides is not to be
 * done again. */
static void
test_heic_turned_once (Fixture *f, gconstpointer data)
{
  static const char upright[] = "\022\1\3\0\1\0\0\0\1\0";
  g_autoptr (GBytes) photo =
      lz_test_read (lz_test_data ("photos", "heic", "HMD_Nokia_8.3_5G_hdr.heif"));
  gsize size = g_bytes_get_size (photo);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (photo, NULL), size);
  guint8 *tag = find_bytes (bytes, size, upright, sizeof upright - 1);
  g_autofree char *path = NULL;
  g_autoptr (LzPhotoInfo) info = NULL;

  g_assert_nonnull (tag);
  tag[8] = 6;
  path = write_file (f, "turned.heic", bytes, size);
  info = lz_photo_probe (path, FALLBACK_MIN, NULL);
  g_assert_nonnull (info);
  g_assert_cmpuint (info->orientation, ==, 1);
  g_assert_cmpuint (info->width, ==, 4608);
  g_assert_null (info->warnings);
}

/* A chunk of odd length before the Exif data: a byte of padding follows it. */
static void
test_webp_padding (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) photo = lz_test_read (lz_test_data ("photos", "made", "sample.webp"));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint8 *old = g_bytes_get_data (photo, NULL);
  gsize size = g_bytes_get_size (photo);
  g_autofree char *path = NULL;
  g_autoptr (LzPhotoInfo) info = NULL;

  g_byte_array_append (bytes, old, 30); /* up to the end of VP8X */
  g_byte_array_append (bytes, (const guint8 *) "ODD \3\0\0\0abc", 12);
  g_byte_array_append (bytes, old + 30, (guint) size - 30);
  bytes->data[4] = (guint8) (size + 12 - 8);
  bytes->data[5] = (guint8) ((size + 12 - 8) >> 8);
  path = write_file (f, "odd.webp", bytes->data, bytes->len);
  info = lz_photo_probe (path, FALLBACK_MIN, NULL);
  g_assert_nonnull (info);
  g_assert_cmpstr (info->camera, ==, "Made Sample");
}

/* Bytes changed at random: the answer may be anything, but there is one.  For HEIC only the boxes
 * before the picture data: its decoder is slow. */
static void
test_changed_bytes (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *folder;
    const char *name;
    guint rounds;
    int reach;
  } files[] = {
    { "made", "sample.png", 100, 400 },
    { "made", "sample.webp", 100, 1794 },
    { "orientation", "landscape_6.jpg", 30, 3000 },
    { "gps", "DSCN0010.jpg", 30, 12000 },
    { "heic", "IMG_5195.HEIC", 10, 4000 },
  };

  /* heif-gdk-pixbuf warns of what it finds */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) photo =
          lz_test_read (lz_test_data ("photos", files[i].folder, files[i].name));
      gsize size = g_bytes_get_size (photo);

      for (guint round = 0; round < files[i].rounds; round++)
        {
          g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (photo, NULL), size);
          g_autofree char *path = NULL;
          g_autoptr (LzPhotoInfo) info = NULL;
          g_autoptr (GError) error = NULL;

          for (int n = g_test_rand_int_range (1, 5); n > 0; n--)
            bytes[g_test_rand_int_range (0, files[i].reach)] = (guint8) g_test_rand_int ();
          path = write_file (f, "changed", bytes, size);
          info = lz_photo_probe (path, FALLBACK_MIN, &error);
          g_assert_true ((info == NULL) == (error != NULL));
        }
    }
}

static gpointer
probe_many (gpointer data)
{
  static const char *const names[] = { "DSCN0010.jpg", "DSCN0012.jpg", "DSCN0021.jpg" };

  for (gsize i = 0; i < 12; i++)
    {
      g_autofree char *path = g_build_filename (data, names[i % G_N_ELEMENTS (names)], NULL);
      g_autoptr (LzPhotoInfo) info = lz_photo_probe (path, FALLBACK_MIN, NULL);

      g_assert_nonnull (info);
      g_assert_cmpstr (info->camera, ==, "NIKON COOLPIX P6000");
    }

  return NULL;
}

static void
test_threads (void)
{
  g_autofree char *dir = g_path_get_dirname (lz_test_data ("photos", "gps", "DSCN0010.jpg"));
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("probe", probe_many, dir);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/core/photo/table", "photos", test_table);
  g_test_add_data_func ("/core/photo/table-bad", "photos-bad", test_table);
  g_test_add_func ("/core/photo/look", test_look);
  g_test_add_func ("/core/photo/rest", test_rest_of_iphone);
  ADD ("/core/photo/not-a-photo", test_not_a_photo);
  ADD ("/core/photo/too-many-bytes", test_too_many_bytes);
  ADD ("/core/photo/pixel-bombs", test_pixel_bombs);
  ADD ("/core/photo/grid-bomb", test_grid_bomb);
  ADD ("/core/photo/cut-off", test_cut_off);
  ADD ("/core/photo/cut-off-heic", test_cut_off_heic);
  ADD ("/core/photo/tile-past-end", test_tile_past_end);
  ADD ("/core/photo/heic-turned-once", test_heic_turned_once);
  ADD ("/core/photo/webp-padding", test_webp_padding);
  ADD ("/core/photo/changed-bytes", test_changed_bytes);
  g_test_add_func ("/core/photo/threads", test_threads);

  return g_test_run ();
}
