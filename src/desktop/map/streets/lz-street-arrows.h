/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-street-map.h"

G_BEGIN_DECLS

/* Streets narrower than this have no room for an arrow. */
#define LZ_STREET_ARROW_MIN_PX 6

/* Arrows along a street that is open one way only, @width px wide, on the tile whose corner is at
 * @x0, @y0 of a world of @world_px; in the colour that is set.  Every tile puts them at the same
 * places. */
void lz_street_arrows_draw (cairo_t *cr,
                            const LzStreetShape *street,
                            double width,
                            double world_px,
                            double x0,
                            double y0);

G_END_DECLS
