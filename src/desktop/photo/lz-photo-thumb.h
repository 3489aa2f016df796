/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPhotoThumb:
 *
 * One photo, small, as a button: its preview is made and decoded in a worker.
 *
 * Signal `clicked`.
 */
#define LZ_TYPE_PHOTO_THUMB (lz_photo_thumb_get_type ())
G_DECLARE_FINAL_TYPE (LzPhotoThumb, lz_photo_thumb, LZ, PHOTO_THUMB, GtkWidget)

GtkWidget *lz_photo_thumb_new (void);
void lz_photo_thumb_set_photo (LzPhotoThumb *self, LzSession *session, const guint8 sha256[32]);
/* What it shows and when, for the eye below it and for a screen reader. */
void lz_photo_thumb_set_caption (LzPhotoThumb *self, const char *caption);
void lz_photo_thumb_set_height (LzPhotoThumb *self, int height);

/* "before 11-21 14:53" */
char *lz_photo_dup_caption (LzSession *session, const LzPhotoRef *photo);

G_END_DECLS
