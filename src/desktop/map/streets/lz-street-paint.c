/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-arrows.h"
#include "lz-street-canvas.h"

/* What lies so far outside the tile may still show in it: half the widest street and its casing. */
#define MARGIN_PX 32.0
/* Points nearer than this to the last one drawn are left out. */
#define STEP_PX       0.6
#define MIN_HEIGHT    -5
#define MAX_HEIGHT    5
#define BUILDING_ZOOM 15
#define EDGE_ZOOM     17
#define AREA_ZOOM     9
#define RAIL_ZOOM     16
#define ARROW_ZOOM    16

typedef struct
{
  cairo_t *cr;
  const LzStreetMap *map;
  const LzStreetStyle *style;
  guint zoom;
  double world_px;
  double x0; /* of the tile, px of the world */
  double y0;
  LzWorldBox part;
  GPtrArray *shapes[LZ_STREET_N_CLASSES]; /* what touches the tile */
  gboolean heights[MAX_HEIGHT - MIN_HEIGHT + 1];
} Canvas;

/* On which sides outside the tile a point lies. */
static guint
outside (double x, double y)
{
  return (x < -MARGIN_PX ? 1u : 0) | (x > LZ_TILE_PX + MARGIN_PX ? 2u : 0) |
         (y < -MARGIN_PX ? 4u : 0) | (y > LZ_TILE_PX + MARGIN_PX ? 8u : 0);
}

/* Adds a line to the path, without the stretches that cannot show in this tile. */
static void
add_line (const Canvas *self, const LzStreetShape *shape)
{
  double last_x = 0, last_y = 0;
  guint last_out = 0;
  gboolean drawing = FALSE;

  for (guint i = 0; i < shape->n_points; i++)
    {
      double x = shape->points[i].x * self->world_px - self->x0;
      double y = shape->points[i].y * self->world_px - self->y0;
      guint out = outside (x, y);

      if (i > 0 && i + 1 < shape->n_points && fabs (x - last_x) < STEP_PX &&
          fabs (y - last_y) < STEP_PX)
        continue;
      if (i > 0 && (out & last_out) == 0)
        {
          if (!drawing)
            cairo_move_to (self->cr, last_x, last_y);
          cairo_line_to (self->cr, x, y);
          drawing = TRUE;
        }
      else
        drawing = FALSE;
      last_x = x;
      last_y = y;
      last_out = out;
    }
}

static void
add_ring (const Canvas *self, const LzStreetShape *shape)
{
  double last_x = 0, last_y = 0;

  for (guint i = 0; i < shape->n_points; i++)
    {
      double x = shape->points[i].x * self->world_px - self->x0;
      double y = shape->points[i].y * self->world_px - self->y0;

      if (i == 0)
        cairo_move_to (self->cr, x, y);
      else if (fabs (x - last_x) < STEP_PX && fabs (y - last_y) < STEP_PX)
        continue;
      else
        cairo_line_to (self->cr, x, y);
      last_x = x;
      last_y = y;
    }
  cairo_close_path (self->cr);
}

static gboolean
is_area (LzStreetClass cls)
{
  return cls == LZ_STREET_WATER_AREA || cls == LZ_STREET_GREEN_AREA || cls == LZ_STREET_BUILDING;
}

static gboolean
is_shown (LzStreetClass cls, guint zoom)
{
  if (cls == LZ_STREET_BUILDING)
    return zoom >= BUILDING_ZOOM;
  if (is_area (cls))
    return zoom >= AREA_ZOOM;

  return lz_street_style_width (cls, zoom) > 0;
}

static int
get_height (const LzStreetShape *shape)
{
  return CLAMP (shape->height, MIN_HEIGHT, MAX_HEIGHT);
}

/* Gathers what touches the tile; FALSE if nothing does. */
static gboolean
gather (Canvas *self)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean any = FALSE;

  for (guint cls = 0; cls < LZ_STREET_N_CLASSES; cls++)
    {
      if (self->map->trees[cls] == NULL || !is_shown (cls, self->zoom))
        continue;
      g_array_set_size (hits, 0);
      lz_box_tree_find (self->map->trees[cls], &self->part, hits);
      if (hits->len == 0)
        continue;
      any = TRUE;
      self->shapes[cls] = g_ptr_array_sized_new (hits->len);
      for (guint i = 0; i < hits->len; i++)
        {
          LzStreetShape *shape = &g_array_index (self->map->shapes[cls], LzStreetShape,
                                                 g_array_index (hits, guint, i));

          g_ptr_array_add (self->shapes[cls], shape);
          self->heights[get_height (shape) - MIN_HEIGHT] = TRUE;
        }
    }

  return any;
}

static void
fill_path (const Canvas *self, const GdkRGBA *fill, const GdkRGBA *edge)
{
  lz_street_canvas_set_colour (self->cr, fill);
  if (edge == NULL)
    {
      cairo_fill (self->cr);
      return;
    }
  cairo_fill_preserve (self->cr);
  lz_street_canvas_set_colour (self->cr, edge);
  cairo_set_line_width (self->cr, .8);
  cairo_stroke (self->cr);
}

static void
draw_areas (const Canvas *self, LzStreetClass cls, const GdkRGBA *fill, const GdkRGBA *edge)
{
  const GPtrArray *shapes = self->shapes[cls];

  if (shapes == NULL)
    return;

  for (guint i = 0; i < shapes->len; i++)
    if (((const LzStreetShape *) shapes->pdata[i])->n_holes == 0)
      add_ring (self, shapes->pdata[i]);
  fill_path (self, fill, edge);

  /* Each on its own: a hole in one area may be filled by another. */
  cairo_set_fill_rule (self->cr, CAIRO_FILL_RULE_EVEN_ODD);
  for (guint i = 0; i < shapes->len; i++)
    {
      const LzStreetShape *shape = shapes->pdata[i];

      if (shape->n_holes == 0)
        continue;
      add_ring (self, shape);
      for (guint k = 0; k < shape->n_holes; k++)
        add_ring (self, &shape->holes[k]);
      fill_path (self, fill, edge);
    }
  cairo_set_fill_rule (self->cr, CAIRO_FILL_RULE_WINDING);
}

/* Adds the lines of a class at one height to the path; FALSE if there are none. */
static gboolean
add_lines (const Canvas *self, LzStreetClass cls, int height)
{
  const GPtrArray *shapes = self->shapes[cls];
  gboolean any = FALSE;

  if (shapes == NULL)
    return FALSE;

  for (guint i = 0; i < shapes->len; i++)
    if (get_height (shapes->pdata[i]) == height)
      {
        add_line (self, shapes->pdata[i]);
        any = TRUE;
      }

  return any;
}

static void
draw_waterways (const Canvas *self)
{
  static const LzStreetClass classes[] = { LZ_STREET_STREAM, LZ_STREET_RIVER };

  lz_street_canvas_set_colour (self->cr, &self->style->water);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    for (int height = MIN_HEIGHT; height <= MAX_HEIGHT; height++)
      if (self->heights[height - MIN_HEIGHT] && add_lines (self, classes[i], height))
        {
          cairo_set_line_width (self->cr, lz_street_style_width (classes[i], self->zoom));
          cairo_stroke (self->cr);
        }
}

static void
draw_paths (const Canvas *self, int height)
{
  double width = lz_street_style_width (LZ_STREET_PATH, self->zoom);

  if (!add_lines (self, LZ_STREET_PATH, height))
    return;

  cairo_save (self->cr);
  lz_street_canvas_set_colour (self->cr, &self->style->path);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (self->cr, width);
  /* A dash pattern starts anew where a line enters the tile, so that it would jump at its edge. */
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

static void
draw_rails (const Canvas *self, int height)
{
  double width = lz_street_style_width (LZ_STREET_RAIL, self->zoom);

  if (!add_lines (self, LZ_STREET_RAIL, height))
    return;

  cairo_save (self->cr);
  lz_street_canvas_set_colour (self->cr, &self->style->rail);
  cairo_set_line_width (self->cr, width + (self->zoom >= RAIL_ZOOM ? 1.4 : 0));
  if (self->zoom < RAIL_ZOOM)
    cairo_stroke (self->cr);
  else
    {
      cairo_stroke_preserve (self->cr);
      lz_street_canvas_set_colour (self->cr, &self->style->rail_gap);
      cairo_set_line_width (self->cr, width - .2);
      cairo_stroke (self->cr);
    }
  cairo_restore (self->cr);
}

static void
draw_casings (const Canvas *self, int height)
{
  /* A bridge's casing ends where the bridge does; on the ground a dead end is closed by it. */
  cairo_set_line_cap (self->cr, height > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  for (LzStreetClass cls = LZ_STREET_SERVICE; cls <= LZ_STREET_MOTORWAY; cls++)
    {
      double casing = lz_street_style_casing (cls, self->zoom);

      if (casing <= 0 || !add_lines (self, cls, height))
        continue;
      lz_street_canvas_set_colour (self->cr, lz_street_style_casing_colour (self->style, cls));
      cairo_set_line_width (self->cr, lz_street_style_width (cls, self->zoom) + 2 * casing);
      cairo_stroke (self->cr);
    }
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
}

static void
draw_fills (const Canvas *self, int height)
{
  for (LzStreetClass cls = LZ_STREET_SERVICE; cls <= LZ_STREET_MOTORWAY; cls++)
    {
      double width = lz_street_style_width (cls, self->zoom);

      if (!add_lines (self, cls, height))
        continue;
      /* Without a casing white on cream is too faint, so thin streets take its colour. */
      lz_street_canvas_set_colour (self->cr,
                                   lz_street_style_casing (cls, self->zoom) > 0
                                       ? lz_street_style_fill (self->style, cls)
                                       : lz_street_style_casing_colour (self->style, cls));
      cairo_set_line_width (self->cr, width);
      cairo_stroke (self->cr);
    }
}

static void
draw_arrows (const Canvas *self, int height)
{
  lz_street_canvas_set_colour (self->cr, &self->style->arrow);
  for (LzStreetClass cls = LZ_STREET_SERVICE; cls <= LZ_STREET_MOTORWAY; cls++)
    {
      const GPtrArray *shapes = self->shapes[cls];
      double width = lz_street_style_width (cls, self->zoom);

      if (self->zoom < ARROW_ZOOM || width < LZ_STREET_ARROW_MIN_PX)
        continue;
      for (guint i = 0; shapes != NULL && i < shapes->len; i++)
        if (get_height (shapes->pdata[i]) == height)
          lz_street_arrows_draw (self->cr, shapes->pdata[i], width, self->world_px, self->x0,
                                 self->y0);
    }
}

static void
draw (const Canvas *self, GCancellable *cancellable)
{
  const LzStreetStyle *style = self->style;

  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
  draw_areas (self, LZ_STREET_GREEN_AREA, &style->green, NULL);
  draw_areas (self, LZ_STREET_WATER_AREA, &style->water, NULL);
  draw_waterways (self);
  draw_areas (self, LZ_STREET_BUILDING, &style->building,
              self->zoom >= EDGE_ZOOM ? &style->building_edge : NULL);

  for (int height = MIN_HEIGHT; height <= MAX_HEIGHT; height++)
    {
      if (!self->heights[height - MIN_HEIGHT] || g_cancellable_is_cancelled (cancellable))
        continue;
      draw_paths (self, height);
      draw_rails (self, height);
      draw_casings (self, height);
      draw_fills (self, height);
      draw_arrows (self, height);
    }
}

cairo_surface_t *
lz_street_paint_ground (const LzStreetMap *map,
                        const LzStreetStyle *style,
                        guint zoom,
                        guint x,
                        guint y,
                        guint scale,
                        GCancellable *cancellable)
{
  double world_px = ldexp (LZ_TILE_PX, (int) zoom), n = ldexp (1, (int) zoom);
  LzWorldBox tile = { x / n, y / n, (x + 1) / n, (y + 1) / n };
  Canvas self = { NULL,
                  map,
                  style,
                  zoom,
                  world_px,
                  (double) x * LZ_TILE_PX,
                  (double) y * LZ_TILE_PX,
                  lz_world_box_grow (tile, MARGIN_PX / world_px),
                  { NULL },
                  { FALSE } };
  gboolean any = gather (&self);

  if (any)
    {
      self.cr = lz_street_canvas_begin (scale);
      lz_street_canvas_set_colour (self.cr, &style->land);
      cairo_paint (self.cr);
      draw (&self, cancellable);
    }
  for (guint i = 0; i < LZ_STREET_N_CLASSES; i++)
    g_clear_pointer (&self.shapes[i], g_ptr_array_unref);

  return any ? lz_street_canvas_end (self.cr) : NULL;
}
