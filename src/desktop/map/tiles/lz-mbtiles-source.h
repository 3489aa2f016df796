/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-mbtiles.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

/*
 * A map source that shows an MBTiles file at every level, enlarged past its last one.
 */
#define LZ_TYPE_MBTILES_SOURCE (lz_mbtiles_source_get_type ())
G_DECLARE_FINAL_TYPE (LzMbtilesSource, lz_mbtiles_source, LZ, MBTILES_SOURCE, ShumateMapSource)

LzMbtilesSource *lz_mbtiles_source_new (LzMbtiles *tiles);

G_END_DECLS
