/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-point.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzFeatureFunc:
 * @row: number of the feature in the file, from 1
 * @place: where it is; of a line or an area, its first point; invalid (0,0) if it has none
 * @properties: (element-type utf8 utf8): what it says besides, numbers as they are written
 * @data: given to the reader
 * @error: set to stop the reading
 *
 * Called for each feature of a file.
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*LzFeatureFunc) (guint row,
                                   LzPoint place,
                                   GHashTable *properties,
                                   gpointer data,
                                   GError **error);

/**
 * lz_features_read:
 * @path: a GeoJSON (RFC 7946) or GeoPackage file, compressed by gzip or not
 * @func: (scope call): told each feature
 * @data: for @func
 * @cancellable: (nullable): stops it
 * @error: (nullable): %LZ_ERROR_INVALID, %LZ_ERROR_TOO_LARGE, or from #GIOError
 *
 * Reads the features of a file whatever they are, with all they say: registers of manholes, trees,
 * lamps.  WGS 84 only, as RFC 7946 has it; layers of a GeoPackage in another system are an error.
 * Blocks.
 *
 * Returns: whether all were read
 */
gboolean lz_features_read (const char *path,
                           LzFeatureFunc func,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
