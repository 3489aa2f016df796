/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-map-view.h"

gboolean
lz_map_view_init (LzMapView *self, ShumateViewport *viewport, GtkWidget *widget, LzDatum datum)
{
  ShumateMapSource *source = shumate_viewport_get_reference_map_source (viewport);
  ShumateLocation *location = SHUMATE_LOCATION (viewport);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double zoom = shumate_viewport_get_zoom_level (viewport);

  if (source == NULL || width <= 0 || height <= 0)
    return FALSE;

  self->size_px = shumate_map_source_get_tile_size_at_zoom (source, zoom) *
                  shumate_map_source_get_column_count (source, (guint) zoom);
  self->middle = lz_world_from_degrees (shumate_location_get_latitude (location),
                                        shumate_location_get_longitude (location));
  self->half_width_px = width / 2.0;
  self->half_height_px = height / 2.0;
  self->zoom = zoom;
  self->datum = datum;
  return TRUE;
}

void
lz_map_view_init_plain (LzMapView *self, LzWorld middle, double zoom, int width, int height)
{
  self->size_px = 256 * exp2 (zoom);
  self->middle = middle;
  self->half_width_px = width / 2.0;
  self->half_height_px = height / 2.0;
  self->zoom = zoom;
  self->datum = LZ_DATUM_WGS84;
}

LzWorld
lz_map_view_shift (LzDatum datum, LzWorld wgs84)
{
  double latitude, longitude;

  if (datum == LZ_DATUM_WGS84)
    return wgs84;

  lz_world_to_degrees (wgs84, &latitude, &longitude);
  lz_datum_from_wgs84 (datum, &latitude, &longitude);
  return lz_world_from_degrees (latitude, longitude);
}

LzWorld
lz_map_view_unshift (LzDatum datum, LzWorld shown)
{
  double latitude, longitude;

  if (datum == LZ_DATUM_WGS84)
    return shown;

  lz_world_to_degrees (shown, &latitude, &longitude);
  lz_datum_to_wgs84 (datum, &latitude, &longitude);
  return lz_world_from_degrees (latitude, longitude);
}

void
lz_map_view_to_widget (const LzMapView *self, LzWorld wgs84, double *x, double *y)
{
  lz_map_view_place (self, lz_map_view_shift (self->datum, wgs84), x, y);
}

LzWorld
lz_map_view_from_widget (const LzMapView *self, double x, double y)
{
  LzWorld shown = { self->middle.x + (x - self->half_width_px) / self->size_px,
                    self->middle.y + (y - self->half_height_px) / self->size_px };

  return lz_map_view_unshift (self->datum, shown);
}

LzWorldBox
lz_map_view_get_shown_box (const LzMapView *self, double margin_px)
{
  double dx = (self->half_width_px + margin_px) / self->size_px;
  double dy = (self->half_height_px + margin_px) / self->size_px;

  return (LzWorldBox){ self->middle.x - dx, self->middle.y - dy, self->middle.x + dx,
                       self->middle.y + dy };
}

LzWorldBox
lz_map_view_get_box (const LzMapView *self, double margin_px)
{
  LzWorldBox shown = lz_map_view_get_shown_box (self, margin_px), box = LZ_WORLD_BOX_EMPTY;

  if (self->datum == LZ_DATUM_WGS84)
    return shown;

  for (guint i = 0; i < 4; i++)
    lz_world_box_add (&box,
                      lz_map_view_unshift (self->datum, (LzWorld){ i & 1 ? shown.x1 : shown.x0,
                                                                   i & 2 ? shown.y1 : shown.y0 }));
  return box;
}
