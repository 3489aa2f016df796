/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-photo.h"
#include "lz-reader.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

typedef enum
{
  LZ_PHOTO_OTHER,
  LZ_PHOTO_JPEG,
  LZ_PHOTO_PNG,
  LZ_PHOTO_WEBP,
  LZ_PHOTO_HEIC,
} LzPhotoType;

/**
 * LzPhotoFile:
 * @type: by content
 * @mime: (transfer none): the type's name
 * @width: pixels as stored; for HEIC those of the largest item: only the decoder knows the
 * picture's
 * @height: likewise
 * @animated: several pictures, which no camera writes; webp-pixbuf-loader 0.2 trips over damaged
 * ones
 * @exif: (nullable): the TIFF structure with the Exif data, inside the file's bytes
 * @exif_size: its length
 *
 * What the container of a photo says, found without decoding anything.
 */
typedef struct
{
  LzPhotoType type;
  const char *mime;
  guint width;
  guint height;
  gboolean animated;
  const guint8 *exif;
  gsize exif_size;
} LzPhotoFile;

LzPhotoType lz_photo_sniff (const guint8 *data, gsize size, const char **what);

/* Walks through the whole container: whoever cut the file off, or blew up its picture, is found
 * here, before a decoder sees it. */
gboolean lz_photo_inspect (GBytes *bytes, LzPhotoFile *file, GError **error);
gboolean lz_photo_inspect_heic (LzReader *reader, LzPhotoFile *file, GError **error);
gboolean lz_photo_check_pixels (LzPhotoType type, guint64 width, guint64 height, GError **error);
gboolean lz_photo_set_cut_off (GError **error);
gboolean lz_photo_set_damaged (GError **error, const char *where);

/* The picture with its longer side at most @max_side, not yet turned, except HEIC, whose decoder
 * turns it; never enlarged.  Gives the full size as decoded too. */
GdkPixbuf *lz_photo_decode (GBytes *bytes,
                            const LzPhotoFile *file,
                            guint max_side,
                            guint *full_width,
                            guint *full_height,
                            GCancellable *cancellable,
                            GError **error);

/* Fills in what the Exif data says.  @file_ms: when the file was last changed. */
void lz_photo_read_exif (const LzPhotoFile *file,
                         int fallback_offset_min,
                         gint64 file_ms,
                         LzPhotoInfo *info);

GBytes *lz_photo_load (const char *path, gint64 *changed_ms, GError **error);

G_END_DECLS
