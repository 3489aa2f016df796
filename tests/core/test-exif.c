/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-exif-values.h"
#include "lz-photo.h"
#include "lz-test.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gexiv2/gexiv2.h>
#include <math.h>
#include <string.h>
#include <utime.h>

#define FALLBACK_MIN 480

#define DTO     "Exif.Photo.DateTimeOriginal"
#define DTD     "Exif.Photo.DateTimeDigitized"
#define DT      "Exif.Image.DateTime"
#define OTO     "Exif.Photo.OffsetTimeOriginal"
#define OT      "Exif.Photo.OffsetTime"
#define GPSDATE "Exif.GPSInfo.GPSDateStamp"
#define GPSTIME "Exif.GPSInfo.GPSTimeStamp"
#define LAT     "Exif.GPSInfo.GPSLatitude"
#define LATREF  "Exif.GPSInfo.GPSLatitudeRef"
#define LON     "Exif.GPSInfo.GPSLongitude"
#define LONREF  "Exif.GPSInfo.GPSLongitudeRef"

/* 2026-03-05T09:10:11+08:00 */
#define MARCH_MS G_GINT64_CONSTANT (1772673011000)
#define HOUR_MS  G_GINT64_CONSTANT (3600000)

/* Parses lists such as "tag=value|tag=value". */
static void
set_tags (GExiv2Metadata *exif, const char *tags)
{
  g_auto (GStrv) pairs = g_strsplit (tags, "|", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto (GStrv) parts = g_strsplit (*pair, "=", 2);
      g_autoptr (GError) error = NULL;

      gexiv2_metadata_try_set_tag_string (exif, parts[0], parts[1], &error);
      g_assert_no_error (error);
    }
}

/* A photo that says of itself what @tags say. */
static LzPhotoInfo *
probe_saying (const char *tags, gint64 file_s)
{
  g_autoptr (LzTestDir) dir = lz_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "photo.jpg", NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 8, 6);
  g_autoptr (GExiv2Metadata) exif = gexiv2_metadata_new ();
  g_autoptr (GError) error = NULL;
  LzPhotoInfo *info;

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, NULL);
  g_assert_no_error (error);
  gexiv2_metadata_open_path (exif, path, &error);
  g_assert_no_error (error);
  set_tags (exif, tags);
  gexiv2_metadata_save_file (exif, path, &error);
  g_assert_no_error (error);
  if (file_s != 0)
    g_assert_cmpint (utime (path, &(struct utimbuf){ file_s, file_s }), ==, 0);

  info = lz_photo_probe (path, FALLBACK_MIN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->mime, ==, "image/jpeg");
  return info;
}

static guint
n_warnings (const LzPhotoInfo *info)
{
  return info->warnings != NULL ? g_strv_length (info->warnings) : 0;
}

static void
test_times (void)
{
  static const struct
  {
    const char *tags;
    gint64 taken_ms;
    int offset_min;
    gboolean offset_known;
    guint warnings;
  } photos[] = {
    { DTO "=2026:03:05 09:10:11", MARCH_MS, 480, FALSE, 0 },
    { DTO "=2026:03:05 09:10:11|" OTO "=+08:00", MARCH_MS, 480, TRUE, 0 },
    { DTO "=2026:03:05 09:10:11|" OTO "=-03:30", MARCH_MS + 11 * HOUR_MS + HOUR_MS / 2, -210, TRUE,
      0 },
    { DTO "=2026:03:05 09:10:11|" OT "=Z", MARCH_MS + 8 * HOUR_MS, 0, TRUE, 0 },
    { DTO "=2026:03:05 09:10:11|" OTO "=   :  ", MARCH_MS, 480, FALSE, 0 },
    { DTO "=2026:03:05 09:10:11|" OTO "=+25:00", MARCH_MS, 480, FALSE, 1 },
    { DTO "=2026:03:05 09:10:11|Exif.Photo.SubSecTimeOriginal=07", MARCH_MS + 70, 480, FALSE, 0 },
    { DTD "=2026:03:05 09:10:11", MARCH_MS, 480, FALSE, 0 },
    { DT "=2026:03:05 09:10:11", MARCH_MS, 480, FALSE, 0 },
    { DTO "=2026:03:05 09:10:11|" DTD "=2026:03:05 10:10:11", MARCH_MS, 480, FALSE, 0 },
    { DTO "=    :  :     :  :  |" DTD "=2026:03:05 09:10:11", MARCH_MS, 480, FALSE, 0 },
    { DTO "=0000:00:00 00:00:00", 0, 480, FALSE, 0 },
    { DTO "=9999:99:99 99:99:99", 0, 480, FALSE, 1 },
    { DTO "=2026:02:30 09:10:11", 0, 480, FALSE, 1 },
    { DTO "=yesterday", 0, 480, FALSE, 1 },
    { DTO "=1970:01:01 08:00:00", 0, 480, FALSE, 1 },
    { DTO "=2199:01:01 00:00:00", 0, 480, FALSE, 1 },
    { DTO "=2199:01:01 00:00:00|" DTD "=2026:03:05 09:10:11", MARCH_MS, 480, FALSE, 1 },
    { DTO "=1970:01:01 00:00:00|" DTD "=1970:01:01 00:00:00|" DT "=1970:01:01 00:00:00", 0, 480,
      FALSE, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autoptr (LzPhotoInfo) info = probe_saying (photos[i].tags, 0);

      g_test_message ("%s", photos[i].tags);
      g_assert_cmpint (info->taken_ms, ==, photos[i].taken_ms);
      g_assert_cmpint (info->offset_min, ==, photos[i].offset_min);
      g_assert_cmpint (info->offset_known, ==, photos[i].offset_known);
      g_assert_cmpuint (n_warnings (info), ==, photos[i].warnings);
    }
}

static void
test_later_than_file (void)
{
  g_autoptr (LzPhotoInfo) info =
      probe_saying (DTO "=2026:03:05 09:10:11", MARCH_MS / 1000 - 3 * 86400);

  g_assert_cmpint (info->taken_ms, ==, MARCH_MS);
  g_assert_cmpuint (n_warnings (info), ==, 1);

  g_clear_pointer (&info, lz_photo_info_free);
  info = probe_saying (DTO "=2026:03:05 09:10:11", MARCH_MS / 1000 - 8 * 3600);
  g_assert_cmpuint (n_warnings (info), ==, 0); /* a zone's worth */
}

static void
test_satellites (void)
{
  static const struct
  {
    const char *tags;
    gint64 taken_ms;
    gint64 gps_ms;
    guint warnings;
  } photos[] = {
    { DTO "=2026:03:05 09:10:11|" GPSDATE "=2026:03:05|" GPSTIME "=1/1 10/1 950/100", MARCH_MS,
      MARCH_MS - 1500, 0 },
    { DTO "=2026:03:05 09:10:11|" GPSDATE "=2026:03:07|" GPSTIME "=1/1 10/1 11/1", MARCH_MS,
      MARCH_MS + 48 * HOUR_MS, 1 },
    { GPSDATE "=2026:03:05|" GPSTIME "=1/1 10/1 11/1", MARCH_MS, MARCH_MS, 0 },
    { DTO "=2026:03:05 09:10:11|" GPSTIME "=1/1 10/1 11/1", MARCH_MS, 0, 0 },
    { DTO "=2026:03:05 09:10:11|" GPSDATE "=2026:13:05|" GPSTIME "=1/1 10/1 11/1", MARCH_MS, 0, 0 },
    { DTO "=2026:03:05 09:10:11|" GPSDATE "=2026:03:05|" GPSTIME "=25/1 0/0 11/1", MARCH_MS, 0, 0 },
    { DTO "=2026:03:05 09:10:11|" GPSDATE "=1980:01:06|" GPSTIME "=1/1 10/1 11/1", MARCH_MS, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autoptr (LzPhotoInfo) info = probe_saying (photos[i].tags, 0);

      g_test_message ("%s", photos[i].tags);
      g_assert_cmpint (info->taken_ms, ==, photos[i].taken_ms);
      g_assert_cmpint (info->gps_ms, ==, photos[i].gps_ms);
      g_assert_cmpuint (n_warnings (info), ==, photos[i].warnings);
    }
}

static void
test_places (void)
{
  static const struct
  {
    const char *tags;
    double latitude;
    double longitude;
    guint warnings;
  } photos[] = {
    { LAT "=28/1 17/1 2400/100|" LATREF "=N|" LON "=117/1 12/1 3600/100|" LONREF "=E", 28.29,
      117.21, 0 },
    { LAT "=28/1 17/1 2400/100|" LATREF "=S|" LON "=90/1 0/1 0/1|" LONREF "=W", -28.29, -90, 0 },
    { LAT "=282900/10000|" LATREF "=n|" LON "=11721/100|" LONREF "=east", 28.29, 117.21, 0 },
    { LAT "=28/1 60/1 0/1|" LATREF "=N|" LON "=117/1 12/1 60/1|" LONREF "=E", 29, 117 + 13 / 60.0,
      0 },
    { LAT "=0/0 0/0 0/0|" LATREF "=N|" LON "=117/1 12/1 0/1|" LONREF "=E", 0, 0, 1 },
    { LAT "=28/1 75/1 0/1|" LATREF "=N|" LON "=117/1 12/1 0/1|" LONREF "=E", 0, 0, 1 },
    { LAT "=28/1 17/1 0/1|" LON "=117/1 12/1 0/1|" LONREF "=E", 0, 0, 1 },
    { LAT "=28/1 17/1 0/1|" LATREF "=N|" LON "=117/1 12/1 0/1", 0, 0, 1 },
    { LAT "=28/1 17/1 0/1|" LATREF "=E|" LON "=117/1 12/1 0/1|" LONREF "=E", 0, 0, 1 },
    { LAT "=0/1 0/1 0/1|" LATREF "=N|" LON "=0/1 0/1 0/1|" LONREF "=E", 0, 0, 1 },
    { LAT "=91/1 0/1 0/1|" LATREF "=N|" LON "=117/1 0/1 0/1|" LONREF "=E", 0, 0, 1 },
    { LAT "=28/1 0/1 0/1|" LATREF "=N|" LON "=181/1 0/1 0/1|" LONREF "=W", 0, 0, 1 },
    { LAT "=28/1 17/1 2400/100|" LATREF "=N", 0, 0, 0 },
    { LAT "=28/1 0/1 0/1|" LATREF "=N|" LON "=117/1 0/1 0/1|" LONREF
          "=E|Exif.GPSInfo.GPSMapDatum=WGS-84",
      28, 117, 0 },
    { LAT "=28/1 0/1 0/1|" LATREF "=N|" LON "=117/1 0/1 0/1|" LONREF
          "=E|Exif.GPSInfo.GPSMapDatum=TOKYO",
      28, 117, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autoptr (LzPhotoInfo) info = probe_saying (photos[i].tags, 0);

      g_test_message ("%s", photos[i].tags);
      g_assert_cmpint (ABS (info->place.lat7 - lround (photos[i].latitude * 1e7)), <=, 1);
      g_assert_cmpint (ABS (info->place.lon7 - lround (photos[i].longitude * 1e7)), <=, 1);
      g_assert_cmpuint (n_warnings (info), ==, photos[i].warnings);
    }
}

static void
test_altitude_and_heading (void)
{
  g_autoptr (LzPhotoInfo) info =
      probe_saying ("Exif.GPSInfo.GPSAltitude=1505/10|Exif.GPSInfo.GPSAltitudeRef=1|"
                    "Exif.GPSInfo.GPSImgDirection=27150/100",
                    0);

  g_assert_cmpfloat (info->altitude_m, ==, -150.5);
  g_assert_cmpfloat (info->heading_deg, ==, 271.5);

  g_clear_pointer (&info, lz_photo_info_free);
  info = probe_saying ("Exif.GPSInfo.GPSAltitude=0/0|Exif.GPSInfo.GPSImgDirection=400/1", 0);
  g_assert_true (isnan (info->altitude_m));
  g_assert_true (isnan (info->heading_deg));
}

static void
test_orientations (void)
{
  for (guint i = 0; i <= 10; i++)
    {
      g_autofree char *tags = g_strdup_printf ("Exif.Image.Orientation=%u", i);
      g_autoptr (LzPhotoInfo) info = probe_saying (tags, 0);
      gboolean good = i >= 1 && i <= 8;

      g_assert_cmpuint (info->orientation, ==, good ? i : 1);
      g_assert_cmpuint (n_warnings (info), ==, good ? 0 : 1);
      g_assert_cmpuint (info->width, ==, good && i >= 5 ? 6 : 8);
      g_assert_cmpuint (info->height, ==, good && i >= 5 ? 8 : 6);
    }
}

static void
test_cameras (void)
{
  static const char *const photos[][2] = {
    { "Exif.Image.Make=HUAWEI|Exif.Image.Model=P40", "HUAWEI P40" },
    { "Exif.Image.Make=Canon|Exif.Image.Model=Canon EOS 5D", "Canon EOS 5D" },
    { "Exif.Image.Make=  Acme \n Ltd  ", "Acme   Ltd" },
    { "Exif.Image.Model=小米", "小米" },
    { "Exif.Image.Model=   ", NULL },
    { "Exif.Image.Model=\377bad", "\357\277\275bad" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autoptr (LzPhotoInfo) info = probe_saying (photos[i][0], 0);

      g_assert_cmpstr (info->camera, ==, photos[i][1]);
    }
}

/* A TIFF structure that says it has four thousand million values, or is in a circle. */
static void
test_hostile_tiff (void)
{
  /* clang-format off */
  static const guint8 huge_count[] = {
    0xff, 0xd8, 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
    'M', 'M', 0, 42, 0, 0, 0, 8,
    0, 1, 0x01, 0x32, 0, 2, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 8,
    0, 0, 0, 0,
  };
  /* clang-format on */
  g_autoptr (LzTestDir) dir = lz_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "photo.jpg", NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 8, 6);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  char *jpeg;
  gsize size;

  gdk_pixbuf_save_to_buffer (pixbuf, &jpeg, &size, "jpeg", &error, NULL);
  g_assert_no_error (error);
  g_byte_array_append (bytes, huge_count, sizeof huge_count);
  g_byte_array_append (bytes, (guint8 *) jpeg + 2, (guint) size - 2);
  g_free (jpeg);

  for (guint8 next = 0; next < 2; next++)
    {
      g_autoptr (LzPhotoInfo) info = NULL;

      bytes->data[sizeof huge_count - 1] =
          next * 8; /* the next directory is none, or this one again */
      g_assert_true (g_file_set_contents (path, (char *) bytes->data, bytes->len, &error));
      info = lz_photo_probe (path, FALLBACK_MIN, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info->taken_ms, ==, 0);
      g_assert_cmpuint (n_warnings (info), ==, 1);
    }
}

/* Our calendar against GLib's. */
static void
test_civil_time (void)
{
  for (int i = 0; i < 3000; i++)
    {
      gint64 second = (gint64) (g_test_rand_double_range (-62135596800.0, 253402300799.0));
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (second);
      g_autofree char *text = g_date_time_format (time, "%Y:%m:%d %H:%M:%S");
      gint64 ms = 1;

      if (strlen (text) != 19) /* years of fewer digits */
        continue;
      g_assert_true (lz_exif_parse_time (text, &ms));
      g_assert_cmpint (ms, ==, second * 1000);
    }
}

static void
test_values (void)
{
  double values[3];
  gint64 ms;
  int minutes;

  g_assert_true (lz_exif_parse_rationals ("30/1 27/1 169/10", 3, values));
  g_assert_cmpfloat (values[2], ==, 16.9);
  g_assert_true (lz_exif_parse_rationals ("30/1", 3, values));
  g_assert_cmpfloat (values[1], ==, 0);
  g_assert_false (lz_exif_parse_rationals ("", 1, values));
  g_assert_false (lz_exif_parse_rationals ("1/1 2/1", 1, values));
  g_assert_false (lz_exif_parse_rationals ("1/0", 1, values));
  g_assert_false (lz_exif_parse_rationals ("-1/1", 1, values));
  g_assert_false (lz_exif_parse_rationals ("1/-1", 1, values));
  g_assert_false (lz_exif_parse_rationals ("1", 1, values));
  g_assert_false (lz_exif_parse_rationals ("99999999999999999999/1", 1, values));

  g_assert_true (lz_exif_parse_date ("2024:02:29", &ms));
  g_assert_true (lz_exif_parse_date ("2024-02-29", &ms));
  g_assert_false (lz_exif_parse_date ("2023:02:29", &ms));
  g_assert_false (lz_exif_parse_date ("0000:01:01", &ms));
  g_assert_false (lz_exif_parse_date ("2024:02:29x", &ms));
  g_assert_false (lz_exif_parse_time ("2024:02:29", &ms));
  g_assert_false (lz_exif_parse_time ("2024:02:29 24:00:00", &ms));
  g_assert_true (lz_exif_parse_time ("2024:02:29T23:59:60", &ms));

  g_assert_true (lz_exif_parse_offset ("+0530", &minutes));
  g_assert_cmpint (minutes, ==, 330);
  g_assert_true (lz_exif_parse_offset ("-12:00", &minutes));
  g_assert_cmpint (minutes, ==, -720);
  g_assert_false (lz_exif_parse_offset ("+14:01", &minutes));
  g_assert_false (lz_exif_parse_offset ("08:00", &minutes));
  g_assert_false (lz_exif_parse_offset ("+08:00 ", &minutes));

  g_assert_cmpint (lz_exif_parse_subsec ("5"), ==, 500);
  g_assert_cmpint (lz_exif_parse_subsec ("0532"), ==, 53);
  g_assert_cmpint (lz_exif_parse_subsec ("x"), ==, 0);
  g_assert_cmpint (lz_exif_parse_subsec (NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/exif/times", test_times);
  g_test_add_func ("/core/exif/later-than-file", test_later_than_file);
  g_test_add_func ("/core/exif/satellites", test_satellites);
  g_test_add_func ("/core/exif/places", test_places);
  g_test_add_func ("/core/exif/altitude-and-heading", test_altitude_and_heading);
  g_test_add_func ("/core/exif/orientations", test_orientations);
  g_test_add_func ("/core/exif/cameras", test_cameras);
  g_test_add_func ("/core/exif/hostile-tiff", test_hostile_tiff);
  g_test_add_func ("/core/exif/civil-time", test_civil_time);
  g_test_add_func ("/core/exif/values", test_values);

  return g_test_run ();
}
