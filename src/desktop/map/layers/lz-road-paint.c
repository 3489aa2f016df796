/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-road-paint.h"

#include "lz-street-style.h"

#define MARGIN_PX 40.0
#define STEP_PX   1.0

/* Line and band of a health, told apart without colour too: a thin line, a dashed one, a double
 * one. */
typedef struct
{
  GdkRGBA line;
  double band_alpha;
  double thick; /* of the line, against the band's width */
  double max_px;
  double dashes[2];
} Look;

static const Look looks[] = {
  [LZ_ROAD_UNKNOWN] = { { .50f, .53f, .58f, 1 }, .26, .16, 3, { 2, 6 } },
  [LZ_ROAD_GOOD] = { { .18f, .76f, .49f, 1 }, .40, .22, 4, { 0, 0 } },
  [LZ_ROAD_WARNED] = { { .90f, .63f, .06f, 1 }, .42, .26, 4.5, { 16, 7 } },
  [LZ_ROAD_OVERDUE] = { { .88f, .11f, .14f, 1 }, .34, .44, 6, { 0, 0 } },
};

double
lz_road_band_width (LzStreetClass grade, guint zoom)
{
  double street = lz_street_style_width (grade, zoom);

  return zoom < 12 ? 5 : zoom < 14 ? MAX (street + 3, 7) : MAX (street + 4, 10);
}

static guint
outside (double x, double y, double side)
{
  return (x < -MARGIN_PX ? 1u : 0) | (x > side + MARGIN_PX ? 2u : 0) | (y < -MARGIN_PX ? 4u : 0) |
         (y > side + MARGIN_PX ? 8u : 0);
}

typedef struct
{
  const LzRoadTile *tile;
  const double *dashes; /* NULL: only add to the path */
} Pen;

static void
stroke_run (const Pen *pen, double start)
{
  if (pen->dashes == NULL)
    return;

  /* A pattern goes on from tile to tile because it is counted from the part's first point. */
  cairo_set_dash (pen->tile->cr, pen->dashes, 2, start);
  cairo_stroke (pen->tile->cr);
}

/* Adds the stretches of a part that can show in the tile; with dashes, strokes each of them. */
static void
add_part (const Pen *pen, const LzRoadPart *part)
{
  double last_x = 0, last_y = 0, along = 0, start = 0;
  guint last_out = 0;
  gboolean drawing = FALSE;

  for (guint i = 0; i < part->n_points; i++)
    {
      double x = part->points[i].x * pen->tile->world_px - pen->tile->x0;
      double y = part->points[i].y * pen->tile->world_px - pen->tile->y0;
      guint out = outside (x, y, pen->tile->side_px);

      if (i > 0 && i + 1 < part->n_points && fabs (x - last_x) < STEP_PX &&
          fabs (y - last_y) < STEP_PX)
        continue;
      if (i > 0 && (out & last_out) == 0)
        {
          if (!drawing)
            {
              cairo_move_to (pen->tile->cr, last_x, last_y);
              start = along;
            }
          cairo_line_to (pen->tile->cr, x, y);
          drawing = TRUE;
        }
      else
        {
          if (drawing)
            stroke_run (pen, start);
          drawing = FALSE;
        }
      if (i > 0)
        along += hypot (x - last_x, y - last_y);
      last_x = x;
      last_y = y;
      last_out = out;
    }
  if (drawing)
    stroke_run (pen, start);
}

static void
add_band (const Pen *pen, const LzRoadBand *band)
{
  LzWorldBox tile = { pen->tile->x0 / pen->tile->world_px, pen->tile->y0 / pen->tile->world_px,
                      (pen->tile->x0 + pen->tile->side_px) / pen->tile->world_px,
                      (pen->tile->y0 + pen->tile->side_px) / pen->tile->world_px };

  tile = lz_world_box_grow (tile, MARGIN_PX / pen->tile->world_px);
  for (guint i = 0; i < band->parts->len; i++)
    {
      const LzRoadPart *part = &g_array_index (band->parts, LzRoadPart, i);

      if (lz_world_box_touches (&part->box, &tile))
        add_part (pen, part);
    }
}

static void
paint_emphasis (cairo_t *cr, double width, gboolean dark)
{
  cairo_set_source_rgba (cr, .21, .52, .89, dark ? .75 : .6);
  cairo_set_line_width (cr, width + 6);
  cairo_stroke_preserve (cr);
  if (dark)
    cairo_set_source_rgb (cr, .13, .14, .16);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, width + 1);
  cairo_stroke_preserve (cr);
}

void
lz_road_band_paint (const LzRoadBand *band, const LzRoadTile *tile, gboolean selected)
{
  const Look *look = &looks[band->health];
  double width = lz_road_band_width (band->grade, tile->zoom);
  cairo_t *cr = tile->cr;
  Pen pen = { tile, NULL };

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_new_path (cr);
  add_band (&pen, band);
  if (selected)
    paint_emphasis (cr, width, tile->dark);
  cairo_set_source_rgba (cr, look->line.red, look->line.green, look->line.blue,
                         look->band_alpha + (selected ? .1 : 0));
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);

  cairo_set_source_rgba (cr, look->line.red, look->line.green, look->line.blue, 1);
  cairo_set_line_width (cr, CLAMP (width * look->thick, 1.8, look->max_px));
  if (look->dashes[0] > 0)
    {
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
      pen.dashes = look->dashes;
    }
  add_band (&pen, band);
  if (band->health == LZ_ROAD_OVERDUE && width >= 9)
    {
      cairo_stroke_preserve (cr);
      cairo_set_source_rgba (cr, 1, 1, 1, tile->dark ? .8 : .95);
      cairo_set_line_width (cr, 1.6);
    }
  cairo_stroke (cr);
}
