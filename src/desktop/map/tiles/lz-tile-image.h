/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzTileFormat:
 *
 * What the bytes of a tile are, by their first few.
 */
typedef enum
{
  LZ_TILE_OTHER,
  LZ_TILE_PNG,
  LZ_TILE_JPEG,
  LZ_TILE_WEBP,
  LZ_TILE_VECTOR, /* gzip-compressed, as vector tiles are */
} LzTileFormat;

LzTileFormat lz_tile_image_guess (GBytes *bytes);
/* Whether this machine can decode it: PNG and JPEG always, WebP where gdk-pixbuf has a loader. */
gboolean lz_tile_image_can_read (LzTileFormat format);

/**
 * lz_tile_image_decode:
 * @bytes: an encoded tile, not trusted
 * @error: %LZ_ERROR_INVALID or %LZ_ERROR_TOO_LARGE
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): its picture
 */
GdkTexture *lz_tile_image_decode (GBytes *bytes, GError **error);

/* The part of @texture, a tile @up levels above, that tile (x, y) is; enlarged to LZ_TILE_PX. */
GdkTexture *lz_tile_image_enlarge (GdkTexture *texture, guint up, guint x, guint y);

G_END_DECLS
