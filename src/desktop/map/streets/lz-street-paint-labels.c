/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-canvas.h"

static const GdkRGBA *
text_colour (const LzStreetStyle *style, LzStreetClass cls)
{
  if (cls == LZ_STREET_RIVER || cls == LZ_STREET_STREAM || cls == LZ_STREET_WATER_AREA)
    return &style->text_water;
  if (cls == LZ_STREET_POI || cls == LZ_STREET_GREEN_AREA)
    return &style->text_poi;

  return cls >= LZ_STREET_PLACE_CITY ? &style->text_place : &style->text;
}

static void
draw_label (cairo_t *cr,
            const LzStreetStyle *style,
            const LzStreetLabel *label,
            double x0,
            double y0)
{
  double zoomed = label->size / LZ_GLYPH_EM;

  cairo_new_path (cr);
  for (guint i = 0; i < label->run->n_glyphs; i++)
    {
      const LzGlyph *glyph = &label->run->glyphs[i];
      const LzGlyphSpot *spot = &label->glyphs[i];

      cairo_save (cr);
      cairo_translate (cr, spot->x - x0, spot->y - y0);
      cairo_rotate (cr, spot->angle);
      cairo_translate (cr, -glyph->advance / 2 * label->size, LZ_GLYPH_MIDDLE * label->size);
      cairo_scale (cr, zoomed, zoomed);
      cairo_append_path (cr, glyph->path);
      cairo_restore (cr);
    }
  lz_street_canvas_set_colour (cr, &style->halo);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  lz_street_canvas_set_colour (cr, text_colour (style, label->cls));
  cairo_fill (cr);

  if (label->dot)
    {
      cairo_arc (cr, label->dot_x - x0, label->dot_y - y0, 3.2, 0, 2 * G_PI);
      lz_street_canvas_set_colour (cr, &style->halo);
      cairo_fill (cr);
      cairo_arc (cr, label->dot_x - x0, label->dot_y - y0, 2.2, 0, 2 * G_PI);
      lz_street_canvas_set_colour (cr, &style->text_poi);
      cairo_fill (cr);
    }
}

cairo_surface_t *
lz_street_paint_labels (LzStreetLabels *labels,
                        const LzStreetStyle *style,
                        guint zoom,
                        guint x,
                        guint y,
                        guint scale,
                        GCancellable *cancellable)
{
  g_autoptr (GPtrArray) found = lz_street_labels_find (labels, zoom, x, y);
  cairo_t *cr;

  if (found->len == 0)
    return NULL;

  cr = lz_street_canvas_begin (scale);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < found->len && !g_cancellable_is_cancelled (cancellable); i++)
    draw_label (cr, style, found->pdata[i], (double) x * LZ_TILE_PX, (double) y * LZ_TILE_PX);

  return lz_street_canvas_end (cr);
}
