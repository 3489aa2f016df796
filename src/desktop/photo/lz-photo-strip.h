/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPhotoStrip:
 *
 * The photos of something that is being written: added by button, drop or paste, removed with
 * Delete, put in order by dragging or with Alt and the arrows.
 *
 * Signal `changed`: other photos, or another order.
 */
#define LZ_TYPE_PHOTO_STRIP (lz_photo_strip_get_type ())
G_DECLARE_FINAL_TYPE (LzPhotoStrip, lz_photo_strip, LZ, PHOTO_STRIP, GtkWidget)

GtkWidget *lz_photo_strip_new (void);
void lz_photo_strip_set_session (LzPhotoStrip *self, LzSession *session);
/* What photos show that are added from now on. */
void lz_photo_strip_set_role (LzPhotoStrip *self, LzPhotoRole role);
void lz_photo_strip_set_photos (LzPhotoStrip *self, const GArray *photos);
/* #LzPhotoRef, lent */
GArray *lz_photo_strip_get_photos (LzPhotoStrip *self);
void lz_photo_strip_add_paths (LzPhotoStrip *self, const char *const *paths);
gboolean lz_photo_strip_is_busy (LzPhotoStrip *self);

G_END_DECLS
