/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-line.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzArea:
 * @code: (nullable): its property "code"
 * @name: (nullable): its property "name"
 * @box: around it
 * @rings: (element-type GArray): closed rings of #LzPoint, outlines and holes alike
 *
 * An area of a map.
 */
typedef struct
{
  char *code;
  char *name;
  LzBox box;
  GPtrArray *rings;
} LzArea;

void lz_area_free (LzArea *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzArea, lz_area_free)

/* By the even-odd rule; a point on an edge is in or out. */
gboolean lz_area_contains (const LzArea *self, LzPoint point);

/**
 * lz_areas_read:
 * @path: a GeoJSON file (RFC 7946, WGS 84) of polygons
 * @error: (nullable): %LZ_ERROR_INVALID, or from #GIOError
 *
 * Features that are no areas are passed over.  Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type LzArea): the areas
 */
GPtrArray *lz_areas_read (const char *path, GError **error);

G_END_DECLS
