/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPhotoView:
 *
 * A photo that can be zoomed and moved, or two of the same spot with a slider between them.
 * Wheel and + − 0 zoom, dragging and the arrows move; with a second photo the left part shows the
 * first and the right part the second.
 */
#define LZ_TYPE_PHOTO_VIEW (lz_photo_view_get_type ())
G_DECLARE_FINAL_TYPE (LzPhotoView, lz_photo_view, LZ, PHOTO_VIEW, GtkWidget)

GtkWidget *lz_photo_view_new (void);
void lz_photo_view_set_texture (LzPhotoView *self, GdkTexture *texture);
/* %NULL: no slider. */
void lz_photo_view_set_second (LzPhotoView *self, GdkTexture *texture);
double lz_photo_view_get_zoom (LzPhotoView *self);
void lz_photo_view_set_zoom (LzPhotoView *self, double zoom);
/* Where the slider stands, 0 to 1 of the width. */
double lz_photo_view_get_split (LzPhotoView *self);
void lz_photo_view_set_split (LzPhotoView *self, double split);

G_END_DECLS
