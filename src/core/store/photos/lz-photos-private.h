/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-photos.h"

G_BEGIN_DECLS

/* Keeps the row of a photo whose original is stored already.  @batch: the intake that will put it
 * into a draft, 0 = none.  A photo that is here keeps what is known of it. */
gboolean lz_photos_keep (LzStation *station, const LzPhoto *photo, gint64 batch, GError **error);

/* Whether it has its row, as one whose original is here. */
gboolean lz_photos_is_kept (LzStation *station,
                            const guint8 sha256[LZ_SHA256_SIZE],
                            gboolean *kept,
                            GError **error);

/* To be called once the row is there: who clears away unused photos (lz_doctor_clean()) may have
 * taken the original in the moment before. */
gboolean lz_photos_ensure_original (LzStation *station,
                                    const guint8 sha256[LZ_SHA256_SIZE],
                                    const char *path,
                                    GError **error);

#define LZ_PHOTO_COLUMNS                                                                      \
  "sha256, size, mime, width, height, orientation, taken_at, offset_min, gps_at, lat7, lon7," \
  " heading, camera, warnings, source, added_at, stored, delivered_at"
LzPhoto *lz_photos_read (LzStmt *stmt);

G_END_DECLS
