/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzPhotoWindow:
 *
 * The photos of a case, large: one at a time with when and where it was taken, or before and after
 * with a slider.
 */
#define LZ_TYPE_PHOTO_WINDOW (lz_photo_window_get_type ())
G_DECLARE_FINAL_TYPE (LzPhotoWindow, lz_photo_window, LZ, PHOTO_WINDOW, AdwWindow)

/* @photos: #LzPhotoRef, copied; @at: which one to begin with */
LzPhotoWindow *
lz_photo_window_new (GtkWindow *parent, LzSession *session, GArray *photos, guint at);

G_END_DECLS
