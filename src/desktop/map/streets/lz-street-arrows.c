/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-arrows.h"

#include "lz-street-paint.h"

/* px: between two arrows, and the shortest piece of street that gets one. */
#define SPACING   140.0
#define MIN_PIECE 28.0

#define HALF_PX 5.5 /* of an arrow's length */
#define HEAD_PX 3.0
#define LINE_PX 1.2

static double
measure (const LzStreetShape *street)
{
  double length = 0;

  for (guint i = 1; i < street->n_points; i++)
    length += hypot (street->points[i].x - street->points[i - 1].x,
                     street->points[i].y - street->points[i - 1].y);
  return length;
}

static void
draw_arrow (cairo_t *cr, double x, double y, double angle)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, angle);
  cairo_move_to (cr, -HALF_PX, 0);
  cairo_line_to (cr, HALF_PX, 0);
  cairo_move_to (cr, HALF_PX - HEAD_PX, -HEAD_PX + .4);
  cairo_line_to (cr, HALF_PX, 0);
  cairo_line_to (cr, HALF_PX - HEAD_PX, HEAD_PX - .4);
  cairo_restore (cr);
}

static gboolean
is_near (double x, double y)
{
  return x > -HALF_PX && x < LZ_TILE_PX + HALF_PX && y > -HALF_PX && y < LZ_TILE_PX + HALF_PX;
}

void
lz_street_arrows_draw (cairo_t *cr,
                       const LzStreetShape *street,
                       double width,
                       double world_px,
                       double x0,
                       double y0)
{
  double length, step, next, at = 0;

  if (street->oneway == 0 || width < LZ_STREET_ARROW_MIN_PX)
    return;
  length = measure (street) * world_px;
  if (length < MIN_PIECE)
    return;

  /* As many as have room, evenly. */
  step = length / MAX (1, floor (length / SPACING));
  next = step / 2;
  for (guint i = 1; i < street->n_points; i++)
    {
      LzWorld a = street->points[i - 1], b = street->points[i];
      double dx = (b.x - a.x) * world_px, dy = (b.y - a.y) * world_px;
      double piece = hypot (dx, dy);

      for (; piece > 0 && next <= at + piece; next += step)
        {
          double x = a.x * world_px - x0 + dx * (next - at) / piece;
          double y = a.y * world_px - y0 + dy * (next - at) / piece;

          if (is_near (x, y))
            draw_arrow (cr, x, y, atan2 (dy, dx) + (street->oneway < 0 ? G_PI : 0));
        }
      at += piece;
    }
  cairo_set_line_width (cr, LINE_PX);
  cairo_stroke (cr);
}
