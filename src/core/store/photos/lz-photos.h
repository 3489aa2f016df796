/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-photo.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzPhoto:
 * @sha256: names it
 * @size_bytes: of the original
 * @info: what it says of itself; its altitude is not kept
 * @source: (nullable): name of the file it came from
 * @added_ms: when it was taken in
 * @stored: the original lies in the photo folder
 * @delivered_ms: when the server confirmed it; 0 = not yet
 *
 * A photo of this station.
 */
typedef struct
{
  guint8 sha256[LZ_SHA256_SIZE];
  gint64 size_bytes;
  LzPhotoInfo *info;
  char *source;
  gint64 added_ms;
  gboolean stored;
  gint64 delivered_ms;
} LzPhoto;

void lz_photo_free (LzPhoto *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPhoto, lz_photo_free)

/* How an event names it. */
LzPhotoRef lz_photo_make_ref (const LzPhoto *self, LzPhotoRole role);

/* Where a camera does not say its zone, it is the city's. */
#define LZ_PHOTOS_OFFSET_MIN LZ_STATION_UTC_OFFSET_MIN

gboolean lz_photos_know (LzStation *station, const GArray *photos, GError **error);
LzPhoto *lz_photos_examine (const char *path, const guint8 sha256[LZ_SHA256_SIZE], gint64 now_ms);
LzPhoto *lz_photos_take (LzStation *station, const char *path, GError **error);
LzPhoto *lz_photos_load (LzStation *station, const guint8 sha256[LZ_SHA256_SIZE], GError **error);
GPtrArray *lz_photos_list (LzStation *station, GError **error);

G_END_DECLS
