/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-pin-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** LZ_PIN_SPRITE_PX: side of a pin's picture at scale 1, its point in the middle. */
#define LZ_PIN_SPRITE_PX 30

/**
 * LzPinSprites:
 *
 * The pictures of pins and clusters, drawn once each.  Main thread.
 */
typedef struct _LzPinSprites LzPinSprites;

/* @scale: pixels a unit; @size: of what is drawn, 1 usually. */
LzPinSprites *lz_pin_sprites_new (gboolean dark, int scale, double size);
void lz_pin_sprites_free (LzPinSprites *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPinSprites, lz_pin_sprites_free)

/* @side_px: (out): side of the square to draw it in. */
GdkTexture *lz_pin_sprites_get_pin (LzPinSprites *self, LzPinKind kind, double *side_px);
GdkTexture *lz_pin_sprites_get_cluster (LzPinSprites *self, const LzPinItem *item, double *side_px);

/* Fills the current path's outline for @kind around (x, y): shared with legends. */
void lz_pin_sprites_draw_pin (cairo_t *cr, LzPinKind kind, double x, double y, gboolean dark);
const GdkRGBA *lz_pin_kind_colour (LzPinKind kind);

G_END_DECLS
