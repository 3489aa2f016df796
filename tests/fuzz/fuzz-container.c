/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The containers of photos and their Exif data: all that is looked at before a decoder is. */

#include "config.h"

#include "fuzz.h"
#include "lz-photo-private.h"

#include <math.h>

static void
check_info (const LzPhotoInfo *info)
{
  g_assert_true (info->orientation >= 1 && info->orientation <= 8);
  g_assert_true (ABS (info->offset_min) <= 14 * 60);
  g_assert_true (info->taken_ms >= 0 && info->gps_ms >= 0);
  g_assert_true (lz_point_is_valid (info->place) ||
                 (info->place.lat7 == 0 && info->place.lon7 == 0));
  g_assert_true (isnan (info->heading_deg) || (info->heading_deg >= 0 && info->heading_deg <= 360));
  g_assert_true (info->camera == NULL || g_utf8_validate (info->camera, -1, NULL));
  for (char **warning = info->warnings; warning != NULL && *warning != NULL; warning++)
    g_assert_true (g_utf8_validate (*warning, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzPhotoInfo) info = NULL;
  LzPhotoFile file;

  if (!lz_photo_inspect (bytes, &file, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }

  g_assert_no_error (error);
  g_assert_true ((guint64) file.width * file.height <= LZ_PHOTO_MAX_PIXELS);
  if (file.exif != NULL)
    g_assert_true (file.exif >= data && file.exif + file.exif_size <= data + size);

  info = g_new0 (LzPhotoInfo, 1);
  info->altitude_m = info->heading_deg = NAN;
  lz_photo_read_exif (&file, 480, 0, info);
  check_info (info);
  return 0;
}
