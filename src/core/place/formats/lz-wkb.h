/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-point.h"
#include "lz-shape.h"

G_BEGIN_DECLS

/**
 * LzWkbFunc:
 * @shape: what the part is; of a polygon its outer ring, then its holes
 * @points: (array length=n): its points
 * @n: how many
 *
 * Called for each part of a geometry.
 */
typedef void (*LzWkbFunc) (LzShape shape, const LzPoint *points, guint n, gpointer user_data);

LzSkip lz_gpkg_geometry_read (gconstpointer data, gsize size, LzWkbFunc func, gpointer user_data);

G_END_DECLS
