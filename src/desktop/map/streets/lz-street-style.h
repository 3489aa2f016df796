/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-streets.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/** LZ_STREET_N_CLASSES: one past the last #LzStreetClass. */
#define LZ_STREET_N_CLASSES (LZ_STREET_POI + 1)

/**
 * LzStreetStyle:
 *
 * The colours of the street map in one theme.
 */
typedef struct
{
  GdkRGBA land;
  GdkRGBA water;
  GdkRGBA green;
  GdkRGBA building;
  GdkRGBA building_edge;
  GdkRGBA minor; /* streets up to tertiary */
  GdkRGBA minor_casing;
  GdkRGBA major; /* secondary and primary */
  GdkRGBA major_casing;
  GdkRGBA trunk;
  GdkRGBA trunk_casing;
  GdkRGBA arrow; /* on streets open one way */
  GdkRGBA path;
  GdkRGBA rail;
  GdkRGBA rail_gap;
  GdkRGBA text;
  GdkRGBA text_place;
  GdkRGBA text_water;
  GdkRGBA text_poi;
  GdkRGBA halo;
} LzStreetStyle;

/* @contrast: for people who asked for high contrast. */
const LzStreetStyle *lz_street_style_get (gboolean dark, gboolean contrast);

/* Width of a line in px at a whole zoom level; 0 = not drawn there. */
double lz_street_style_width (LzStreetClass cls, guint zoom);
/* How much wider its casing is on each side, px. */
double lz_street_style_casing (LzStreetClass cls, guint zoom);
const GdkRGBA *lz_street_style_fill (const LzStreetStyle *self, LzStreetClass cls);
const GdkRGBA *lz_street_style_casing_colour (const LzStreetStyle *self, LzStreetClass cls);
/* Height of its name in px; 0 = not named there. */
double lz_street_style_text_size (LzStreetClass cls, guint zoom);

G_END_DECLS
