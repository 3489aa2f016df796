/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-datum.h"
#include "lz-world.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

/**
 * LzMapView:
 * @size_px: side of the whole square at this zoom
 * @middle: what lies in the middle of the widget, in the datum of the base map
 * @half_width_px: half of the widget's width
 * @half_height_px: half of the widget's height
 * @zoom: the viewport's level
 * @datum: in which the base map draws
 *
 * How WGS 84 places come to lie on a widget at one moment: the only code that shifts to the base
 * map's datum and back.  The map is always north up.
 */
typedef struct
{
  double size_px;
  LzWorld middle;
  double half_width_px;
  double half_height_px;
  double zoom;
  LzDatum datum;
} LzMapView;

/* FALSE while the widget has no size or the viewport no source. */
gboolean
lz_map_view_init (LzMapView *self, ShumateViewport *viewport, GtkWidget *widget, LzDatum datum);
/* The same for a size that is no widget's, as benches need it. */
void lz_map_view_init_plain (LzMapView *self, LzWorld middle, double zoom, int width, int height);

LzWorld lz_map_view_shift (LzDatum datum, LzWorld wgs84);
LzWorld lz_map_view_unshift (LzDatum datum, LzWorld shown);

/* Where a place that is shifted already lies. */
static inline void
lz_map_view_place (const LzMapView *self, LzWorld shown, double *x, double *y)
{
  *x = (shown.x - self->middle.x) * self->size_px + self->half_width_px;
  *y = (shown.y - self->middle.y) * self->size_px + self->half_height_px;
}

void lz_map_view_to_widget (const LzMapView *self, LzWorld wgs84, double *x, double *y);
LzWorld lz_map_view_from_widget (const LzMapView *self, double x, double y);

/* What is visible and @margin_px more: shifted, or in WGS 84. */
LzWorldBox lz_map_view_get_shown_box (const LzMapView *self, double margin_px);
LzWorldBox lz_map_view_get_box (const LzMapView *self, double margin_px);

G_END_DECLS
