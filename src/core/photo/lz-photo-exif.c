/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-exif-values.h"
#include "lz-photo-private.h"

#include <gexiv2/gexiv2.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define DAY_MS         (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define YEAR_1990_MS   G_GINT64_CONSTANT (631152000000)
#define MAX_TEXT_CHARS 80
#define MAX_ALTITUDE_M 9000.0
#define MIN_ALTITUDE_M -500.0

typedef struct
{
  GExiv2Metadata *exif;
  LzPhotoInfo *info;
  GPtrArray *warnings;
  gint64 file_ms;
  gint64 now_ms;
  int fallback_offset_min;
} Reading;

/* Set while Exiv2 reads, under the lock. */
static gboolean directories_damaged;

static void warn (Reading *reading, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
warn (Reading *reading, const char *format, ...)
{
  va_list args;
  char *text;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  if (g_ptr_array_find_with_equal_func (reading->warnings, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (reading->warnings, text);
}

/* What a tag says, fit to be shown: valid UTF-8, one line, not too long, nothing around it; NULL
 * if there is nothing left. */
static char *
dup_tag (Reading *reading, const char *tag)
{
  g_autofree char *raw = gexiv2_metadata_try_get_tag_string (reading->exif, tag, NULL);
  g_autofree char *text = NULL;

  if (raw == NULL)
    return NULL;

  text = g_utf8_make_valid (raw, -1);
  for (char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  g_strstrip (text);
  if (g_utf8_strlen (text, -1) > MAX_TEXT_CHARS)
    *g_utf8_offset_to_pointer (text, MAX_TEXT_CHARS) = '\0';
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* The time of the satellites: UTC, whatever the camera's clock says. */
static gint64
read_gps_time (Reading *reading)
{
  g_autofree char *date = dup_tag (reading, "Exif.GPSInfo.GPSDateStamp");
  g_autofree char *time = dup_tag (reading, "Exif.GPSInfo.GPSTimeStamp");
  double hms[3];
  gint64 day_ms;

  if (date == NULL || time == NULL || !lz_exif_parse_rationals (time, 3, hms) || hms[0] >= 24 ||
      hms[1] >= 60 || hms[2] >= 61 || !lz_exif_parse_date (date, &day_ms))
    return 0;

  return day_ms + (gint64) (((hms[0] * 60 + hms[1]) * 60 + hms[2]) * 1000);
}

/* The zone that goes with a time: its own tag, or that of another time of the same photo. */
static gboolean
read_offset (Reading *reading, const char *own_tag, int *offset_min)
{
  const char *tags[] = { own_tag, "Exif.Photo.OffsetTimeOriginal", "Exif.Photo.OffsetTime",
                         "Exif.Photo.OffsetTimeDigitized" };

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *text = dup_tag (reading, tags[i]);

      if (text == NULL || strpbrk (text, "0123456789Zz") == NULL)
        continue; /* "   :  " stands for unknown */
      if (lz_exif_parse_offset (text, offset_min))
        return TRUE;
      warn (reading, _ ("Its time zone “%s” does not exist; the time is taken as local"), text);
    }

  return FALSE;
}

/* Whether a camera can have taken a photo at that time. */
static gboolean
is_believable (Reading *reading, gint64 ms, const char *text)
{
  if (ms < YEAR_1990_MS)
    warn (reading, _ ("Its time “%s” is before 1990: the camera's clock was not set; not used"),
          text);
  else if (ms > reading->now_ms + DAY_MS)
    warn (reading, _ ("Its time “%s” is in the future; not used"), text);
  else
    return TRUE;

  return FALSE;
}

static gboolean
read_time (Reading *reading, const char *tag, const char *subsec_tag, const char *offset_tag)
{
  LzPhotoInfo *info = reading->info;
  g_autofree char *text = dup_tag (reading, tag);
  g_autofree char *subsec = dup_tag (reading, subsec_tag);
  gint64 civil_ms;
  int offset_min = reading->fallback_offset_min;
  gboolean offset_known;

  if (text == NULL || lz_exif_is_blank_time (text))
    return FALSE;
  if (!lz_exif_parse_time (text, &civil_ms))
    {
      warn (reading, _ ("Its time “%s” does not exist; not used"), text);
      return FALSE;
    }

  offset_known = read_offset (reading, offset_tag, &offset_min);
  civil_ms += lz_exif_parse_subsec (subsec) - offset_min * G_GINT64_CONSTANT (60000);
  if (!is_believable (reading, civil_ms, text))
    return FALSE;

  info->taken_ms = civil_ms;
  info->offset_min = offset_min;
  info->offset_known = offset_known;
  if (civil_ms > reading->file_ms + DAY_MS)
    warn (reading, _ ("Its time “%s” is later than the file itself; look at the camera's clock"),
          text);
  return TRUE;
}

static void
read_times (Reading *reading)
{
  LzPhotoInfo *info = reading->info;
  gint64 gps_ms = read_gps_time (reading);

  if (gps_ms >= YEAR_1990_MS && gps_ms <= reading->now_ms + DAY_MS)
    info->gps_ms = gps_ms;

  if (!read_time (reading, "Exif.Photo.DateTimeOriginal", "Exif.Photo.SubSecTimeOriginal",
                  "Exif.Photo.OffsetTimeOriginal") &&
      !read_time (reading, "Exif.Photo.DateTimeDigitized", "Exif.Photo.SubSecTimeDigitized",
                  "Exif.Photo.OffsetTimeDigitized") &&
      !read_time (reading, "Exif.Image.DateTime", "Exif.Photo.SubSecTime", "Exif.Photo.OffsetTime"))
    {
      info->taken_ms = info->gps_ms;
      return;
    }

  if (info->gps_ms != 0 && ABS (info->taken_ms - info->gps_ms) > DAY_MS)
    warn (
        reading,
        _ ("The camera's clock and the satellites' are %d hours apart; look at the camera's clock"),
        (int) (ABS (info->taken_ms - info->gps_ms) / 3600000));
}

/* One coordinate, with its sign.  FALSE where the photo says none, or none that makes sense. */
static gboolean
read_coordinate (Reading *reading,
                 const char *tag,
                 const char *ref_tag,
                 const char *letters,
                 double *degrees)
{
  g_autofree char *text = dup_tag (reading, tag);
  g_autofree char *ref = dup_tag (reading, ref_tag);
  char letter = ref != NULL ? g_ascii_toupper (*ref) : '\0';
  double dms[3];

  if (text == NULL)
    return FALSE;
  if (!lz_exif_parse_rationals (text, 3, dms) || dms[1] > 60 || dms[2] > 60)
    {
      warn (reading, _ ("Its position cannot be read (“%s”); not used"), text);
      return FALSE;
    }
  if (letter != letters[0] && letter != letters[1])
    {
      warn (reading,
            _ ("Its position does not say whether north or south, east or west; not used"));
      return FALSE;
    }

  *degrees = dms[0] + dms[1] / 60 + dms[2] / 3600;
  if (letter == letters[1])
    *degrees = -*degrees;
  return TRUE;
}

static void
read_place (Reading *reading)
{
  g_autofree char *datum = dup_tag (reading, "Exif.GPSInfo.GPSMapDatum");
  double latitude, longitude;

  if (!read_coordinate (reading, "Exif.GPSInfo.GPSLatitude", "Exif.GPSInfo.GPSLatitudeRef", "NS",
                        &latitude) ||
      !read_coordinate (reading, "Exif.GPSInfo.GPSLongitude", "Exif.GPSInfo.GPSLongitudeRef", "EW",
                        &longitude))
    return;

  if (latitude == 0 && longitude == 0)
    warn (reading, _ ("Its position is 0°, 0°: the camera had none; not used"));
  else if (!lz_point_from_degrees (latitude, longitude, &reading->info->place))
    warn (reading, _ ("Its position is not on the globe; not used"));
  else if (datum != NULL && !lz_exif_is_wgs84 (datum))
    warn (reading, _ ("Its position is given in the map datum “%s” and may be off"), datum);
}

static void
read_altitude_and_heading (Reading *reading)
{
  g_autofree char *altitude = dup_tag (reading, "Exif.GPSInfo.GPSAltitude");
  g_autofree char *below = dup_tag (reading, "Exif.GPSInfo.GPSAltitudeRef");
  g_autofree char *heading = dup_tag (reading, "Exif.GPSInfo.GPSImgDirection");
  double value;

  if (altitude != NULL && lz_exif_parse_rationals (altitude, 1, &value))
    {
      if (g_strcmp0 (below, "1") == 0)
        value = -value;
      if (value >= MIN_ALTITUDE_M && value <= MAX_ALTITUDE_M)
        reading->info->altitude_m = value;
    }
  if (heading != NULL && lz_exif_parse_rationals (heading, 1, &value) && value <= 360)
    reading->info->heading_deg = value;
}

static void
read_orientation (Reading *reading)
{
  g_autofree char *text = dup_tag (reading, "Exif.Image.Orientation");

  if (text == NULL)
    return;
  if (text[0] >= '1' && text[0] <= '8' && text[1] == '\0')
    reading->info->orientation = (guint) (text[0] - '0');
  else
    warn (reading, _ ("Its orientation “%s” does not exist; shown as it is"), text);
}

static void
read_camera (Reading *reading)
{
  g_autofree char *maker = dup_tag (reading, "Exif.Image.Make");
  g_autofree char *model = dup_tag (reading, "Exif.Image.Model");

  if (maker == NULL || model == NULL || g_str_has_prefix (model, maker))
    reading->info->camera = g_strdup (model != NULL ? model : maker);
  else
    reading->info->camera = g_strdup_printf ("%s %s", maker, model);
}

/* Exiv2 tells of each oddity in a file, most of them in the makers' notes.  Those in the three
 * directories that we read mean that something may be missing. */
static void
log_cb (GExiv2LogLevel level, const char *message)
{
  (void) level;
  if (strstr (message, "Directory Image") != NULL || strstr (message, "Directory Photo") != NULL ||
      strstr (message, "Directory GPSInfo") != NULL)
    directories_damaged = TRUE;
}

static void
read_all (Reading *reading, const LzPhotoFile *file)
{
  static gboolean initialised;
  GError *error = NULL;

  if (!initialised)
    {
      gexiv2_initialize ();
      gexiv2_log_set_handler (log_cb);
      gexiv2_log_set_level (GEXIV2_LOG_LEVEL_WARN);
      initialised = TRUE;
    }

  directories_damaged = FALSE;
  reading->exif = gexiv2_metadata_new ();
  if (!gexiv2_metadata_from_app1_segment (reading->exif, file->exif, (glong) file->exif_size,
                                          &error))
    {
      warn (reading, _ ("Its Exif data is damaged and was not read"));
      g_clear_error (&error);
    }
  else
    {
      read_times (reading);
      read_place (reading);
      read_altitude_and_heading (reading);
      if (file->type != LZ_PHOTO_HEIC)
        read_orientation (reading);
      read_camera (reading);
      if (directories_damaged)
        warn (reading, _ ("Its Exif data is damaged in part; what could be read was used"));
    }
  g_clear_object (&reading->exif);
}

void
lz_photo_read_exif (const LzPhotoFile *file,
                    int fallback_offset_min,
                    gint64 file_ms,
                    LzPhotoInfo *info)
{
  static GMutex lock; /* Exiv2 0.27 keeps state in globals */
  Reading reading = {
    .info = info,
    .warnings = g_ptr_array_new (),
    .file_ms = file_ms,
    .now_ms = g_get_real_time () / 1000,
    .fallback_offset_min = fallback_offset_min,
  };

  info->orientation = 1;
  info->offset_min = fallback_offset_min;
  if (file->exif != NULL)
    {
      g_mutex_lock (&lock);
      read_all (&reading, file);
      g_mutex_unlock (&lock);
    }

  if (reading.warnings->len > 0)
    {
      g_ptr_array_add (reading.warnings, NULL);
      info->warnings = (GStrv) g_ptr_array_free (reading.warnings, FALSE);
    }
  else
    g_ptr_array_free (reading.warnings, TRUE);
}
