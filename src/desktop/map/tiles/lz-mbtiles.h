/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-tile-image.h"

G_BEGIN_DECLS

/**
 * LzMbtiles:
 *
 * A file of raster map tiles (MBTiles 1.3), read only.  Any thread.
 */
typedef struct _LzMbtiles LzMbtiles;

/**
 * lz_mbtiles_open:
 * @path: a file
 * @error: %LZ_ERROR_NOT_FOUND, %LZ_ERROR_INVALID (no MBTiles, or of a kind that we cannot draw),
 *   %LZ_ERROR_CORRUPT; the message is for the user
 *
 * Opens the file and looks at its first tile.
 */
LzMbtiles *lz_mbtiles_open (const char *path, GError **error);
LzMbtiles *lz_mbtiles_ref (LzMbtiles *self);
void lz_mbtiles_unref (LzMbtiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzMbtiles, lz_mbtiles_unref)

const char *lz_mbtiles_get_name (LzMbtiles *self);
const char *lz_mbtiles_get_attribution (LzMbtiles *self);
guint lz_mbtiles_get_min_zoom (LzMbtiles *self);
guint lz_mbtiles_get_max_zoom (LzMbtiles *self);

/**
 * lz_mbtiles_read:
 * @self: the file
 * @zoom: level
 * @x: column
 * @y: row, counted from the north as web maps do
 * @error: %LZ_ERROR_NOT_FOUND where the file has a hole
 *
 * Returns: (transfer full): the encoded tile, or %NULL with @error set
 */
GBytes *lz_mbtiles_read (LzMbtiles *self, guint zoom, guint x, guint y, GError **error);

/* The picture of any tile: where the file has none, the part of the nearest level above that it
 * has.  %NULL without @error where there is nothing at all. */
GdkTexture *lz_mbtiles_draw (LzMbtiles *self, guint zoom, guint x, guint y, GError **error);

G_END_DECLS
