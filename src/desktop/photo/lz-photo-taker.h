/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-blobs.h"
#include "lz-event.h"

G_BEGIN_DECLS

/**
 * LzTaken:
 * @photos: #LzPhotoRef of what was taken in; durable already
 * @skipped: (element-type utf8): "name: reason" of each file that was not
 */
typedef struct
{
  GArray *photos;
  GPtrArray *skipped;
} LzTaken;

void lz_taken_free (LzTaken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTaken, lz_taken_free)

/* Proves files to be photos and copies them into the photo folder, in a worker. */
void lz_photos_take_async (LzBlobs *blobs,
                           const char *const *paths,
                           LzPhotoRole role,
                           int offset_min,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
LzTaken *lz_photos_take_finish (GAsyncResult *result, GError **error);

/* Minutes east of the zone that the settings name for cameras that do not write one; @fallback
 * where they name none. */
int lz_photo_taker_get_offset_min (int fallback);

G_END_DECLS
