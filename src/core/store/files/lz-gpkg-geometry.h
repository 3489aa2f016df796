/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-line.h"

G_BEGIN_DECLS

/**
 * lz_gpkg_write_lines:
 * @lines: (element-type LzLine): the parts
 * @box: (out): what they cover
 *
 * Writes a GeoPackage geometry (GeoPackage 1.3, clause 2.1.3): header with an xy envelope, then a
 * WKB MULTILINESTRING in WGS 84, little-endian.
 *
 * Returns: (transfer full): the blob
 */
GBytes *lz_gpkg_write_lines (GPtrArray *lines, LzBox *box);

G_END_DECLS
