/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-street-paint.h"

G_BEGIN_DECLS

/* What the painters of the street map share: a tile to draw on. */

static inline void
lz_street_canvas_set_colour (cairo_t *cr, const GdkRGBA *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

static inline cairo_t *
lz_street_canvas_begin (guint scale)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, LZ_TILE_PX * (int) scale,
                                  LZ_TILE_PX * (int) scale);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  return cr;
}

/* Takes @cr back and gives what was drawn. */
static inline cairo_surface_t *
lz_street_canvas_end (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));

  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

G_END_DECLS
