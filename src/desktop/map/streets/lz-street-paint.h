/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-street-labels.h"

#include <cairo.h>

G_BEGIN_DECLS

/* Both draw one tile into a square of LZ_TILE_PX units; give NULL where there is nothing to draw
 * (only land, no name) or @cancellable was cancelled.  Any thread. */
cairo_surface_t *lz_street_paint_ground (const LzStreetMap *map,
                                         const LzStreetStyle *style,
                                         guint zoom,
                                         guint x,
                                         guint y,
                                         guint scale,
                                         GCancellable *cancellable);
cairo_surface_t *lz_street_paint_labels (LzStreetLabels *labels,
                                         const LzStreetStyle *style,
                                         guint zoom,
                                         guint x,
                                         guint y,
                                         guint scale,
                                         GCancellable *cancellable);

G_END_DECLS
