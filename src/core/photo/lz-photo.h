/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-point.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzPhotoInfo:
 * @mime: "image/jpeg", "image/png", "image/heic", "image/webp", by content and not by name
 * @width: pixels, upright
 * @height: pixels, upright
 * @orientation: how the stored picture is to be turned, EXIF orientation, 1 to 8; 1 if the photo
 * does not say, and for HEIC, which decoders turn themselves
 * @taken_ms: when it was taken, ms UTC; 0 if the photo does not say
 * @offset_min: zone of the camera in minutes east; what @fallback_offset_min said if @offset_known
 *   is %FALSE
 * @offset_known: the photo itself says its zone
 * @gps_ms: the satellites' time, ms UTC, where the photo gives it with its date; 0 if not.  What
 * the camera's clock is off by, as far as the receiver was awake
 * @place: where; (0,0) if the photo does not say or says nonsense
 * @altitude_m: NaN if unknown
 * @heading_deg: where the camera looked, 0 to 360; NaN if unknown
 * @camera: (nullable): maker and model
 * @warnings: (nullable): what in its data was not believed, each a translated sentence
 *
 * What a photo says of itself.
 */
typedef struct
{
  char *mime;
  guint width;
  guint height;
  guint orientation;
  gint64 taken_ms;
  int offset_min;
  gboolean offset_known;
  gint64 gps_ms;
  LzPoint place;
  double altitude_m;
  double heading_deg;
  char *camera;
  GStrv warnings;
} LzPhotoInfo;

void lz_photo_info_free (LzPhotoInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPhotoInfo, lz_photo_info_free)

/**
 * lz_photo_probe:
 * @path: a file
 * @fallback_offset_min: zone to assume where the photo gives a time without one
 * @error: %LZ_ERROR_NOT_A_PHOTO, %LZ_ERROR_BROKEN_PHOTO (cut off, cannot be decoded),
 *   %LZ_ERROR_TOO_LARGE (bytes or pixels), or an I/O error; the message names the reason in words
 *   for the user, translated
 *
 * Reads what a photo says of itself and proves that it can be decoded.  Blocks; any thread.
 */
LzPhotoInfo *lz_photo_probe (const char *path, int fallback_offset_min, GError **error);

/* The same without the proof: for bytes that somebody else has proved, and that have come whole. */
LzPhotoInfo *lz_photo_look (const char *path, int fallback_offset_min, GError **error);

/* Limits, so that a hostile file cannot take the machine: bytes of a file, pixels of a picture. */
#define LZ_PHOTO_MAX_BYTES  (64 * 1024 * 1024)
#define LZ_PHOTO_MAX_PIXELS (200 * 1000 * 1000)
/* The same for PNG, WebP and HEIC, which have to be decoded in full: four bytes a pixel. */
#define LZ_PHOTO_MAX_PIXELS_IN_FULL (100 * 1000 * 1000)

G_END_DECLS
