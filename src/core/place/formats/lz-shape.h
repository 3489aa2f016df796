/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a thing's geometry can be: a point, an open or closed line, surely an area, or a hole in the
 * area that came just before. */
typedef enum
{
  LZ_SHAPE_POINT,
  LZ_SHAPE_LINE,
  LZ_SHAPE_AREA,
  LZ_SHAPE_HOLE,
} LzShape;

/* Why something was left out.  The order is that of the report. */
typedef enum
{
  LZ_SKIP_NONE,
  LZ_SKIP_NO_GEOMETRY,
  LZ_SKIP_BAD_PLACE,
  LZ_SKIP_CUT,
  LZ_SKIP_NOT_BUILT,
  LZ_SKIP_OPEN_AREA,
  LZ_SKIP_OTHER_KIND,
  LZ_SKIP_LAYER,
  LZ_N_SKIPS,
} LzSkip;

G_END_DECLS
