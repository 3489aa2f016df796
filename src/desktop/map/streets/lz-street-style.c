/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-style.h"

#define FIRST_ZOOM 8
#define N_ZOOMS    13

/* clang-format off */
#define RGB(hex)                                                                                   \
  { (float) (((hex) >> 16 & 0xff) / 255.0), (float) (((hex) >> 8 & 0xff) / 255.0),                 \
    (float) (((hex) & 0xff) / 255.0), 1 }

static const LzStreetStyle light = {
  .land = RGB (0xf3f0e8), .water = RGB (0xabd1e8), .green = RGB (0xcbe5c2),
  .building = RGB (0xe2ddd4), .building_edge = RGB (0xd5cfc4),
  .minor = RGB (0xffffff), .minor_casing = RGB (0xd3cdc2),
  .major = RGB (0xfff1cc), .major_casing = RGB (0xdcc896),
  .trunk = RGB (0xffdfa8), .trunk_casing = RGB (0xdcae66),
  .arrow = RGB (0x8f8676), .path = RGB (0xc9bfae), .rail = RGB (0xcbc5ba), .rail_gap = RGB (0xf3f0e8),
  .text = RGB (0x3a3d42), .text_place = RGB (0x4b4f5c), .text_water = RGB (0x3c79a0),
  .text_poi = RGB (0x6a5f55), .halo = RGB (0xfffdf8),
};

static const LzStreetStyle dark = {
  .land = RGB (0x212328), .water = RGB (0x213a51), .green = RGB (0x25382b),
  .building = RGB (0x2e3036), .building_edge = RGB (0x383b42),
  .minor = RGB (0x484b54), .minor_casing = RGB (0x17191c),
  .major = RGB (0x615b4c), .major_casing = RGB (0x17191c),
  .trunk = RGB (0x786644), .trunk_casing = RGB (0x17191c),
  .arrow = RGB (0xa9adb8), .path = RGB (0x54575f), .rail = RGB (0x45484f), .rail_gap = RGB (0x212328),
  .text = RGB (0xe3e4e8), .text_place = RGB (0xb9bdca), .text_water = RGB (0x84b6da),
  .text_poi = RGB (0xb9b3aa), .halo = RGB (0x17191c),
};

static const LzStreetStyle light_contrast = {
  .land = RGB (0xfaf9f5), .water = RGB (0x8cc3e4), .green = RGB (0xb4dba6),
  .building = RGB (0xd2cbbf), .building_edge = RGB (0x9c9383),
  .minor = RGB (0xffffff), .minor_casing = RGB (0x857d6e),
  .major = RGB (0xffe9ac), .major_casing = RGB (0x937424),
  .trunk = RGB (0xffcf7f), .trunk_casing = RGB (0x8a560c),
  .arrow = RGB (0x4d4636), .path = RGB (0x8a7c64), .rail = RGB (0x7d776b), .rail_gap = RGB (0xfaf9f5),
  .text = RGB (0x000000), .text_place = RGB (0x14161c), .text_water = RGB (0x06395a),
  .text_poi = RGB (0x33291f), .halo = RGB (0xffffff),
};

static const LzStreetStyle dark_contrast = {
  .land = RGB (0x101114), .water = RGB (0x1f4a70), .green = RGB (0x1f4a2b),
  .building = RGB (0x30333a), .building_edge = RGB (0x5a5e68),
  .minor = RGB (0x767b88), .minor_casing = RGB (0x000000),
  .major = RGB (0x9a8c5c), .major_casing = RGB (0x000000),
  .trunk = RGB (0xb8964e), .trunk_casing = RGB (0x000000),
  .arrow = RGB (0xffffff), .path = RGB (0x8a8e98), .rail = RGB (0x8a8e98), .rail_gap = RGB (0x101114),
  .text = RGB (0xffffff), .text_place = RGB (0xffffff), .text_water = RGB (0xb4dcff),
  .text_poi = RGB (0xe8e2d8), .halo = RGB (0x000000),
};

/* Zoom levels 8 to 20.  From 18 on a street is about as wide as on the ground. */
static const float widths[LZ_STREET_N_CLASSES][N_ZOOMS] = {
  [LZ_STREET_RIVER] =       { .8f, .8f,   1, 1.4f,   2,   3, 4.5f,    7,  11,  16,  24,  36,  52 },
  [LZ_STREET_STREAM] =      {   0,   0,   0,    0, .6f, .8f, 1.2f, 1.8f,   3,   4,   6,   9,  13 },
  [LZ_STREET_PATH] =        {   0,   0,   0,    0,   0,   0,    0,  .8f, 1.2f, 1.6f, 2.2f, 3, 4 },
  [LZ_STREET_SERVICE] =     {   0,   0,   0,    0,   0,   0,  .8f, 1.8f, 3.6f, 6,   9,  13,  19 },
  [LZ_STREET_RESIDENTIAL] = {   0,   0,   0,    0, .6f, 1.1f, 2.2f, 4.4f, 7,   10,  14,  20,  29 },
  [LZ_STREET_TERTIARY] =    {   0,   0,   0,  .8f, 1.3f, 2.2f, 3.8f, 6,    9,   12,  17,  24,  34 },
  [LZ_STREET_SECONDARY] =   { .5f, .7f, .9f, 1.4f, 2.2f, 3.4f, 5,   7.5f, 10.5f, 14, 19,  27,  38 },
  [LZ_STREET_PRIMARY] =     { .7f, .9f, 1.3f, 2,  2.8f, 4,   5.6f,  8,   11,  15,  20,  29,  41 },
  [LZ_STREET_TRUNK] =       { .9f, 1.2f, 1.6f, 2.4f, 3.2f, 4.4f, 6, 8.5f, 11.5f, 16, 21,  30,  42 },
  [LZ_STREET_MOTORWAY] =    {   1, 1.4f, 1.9f, 2.7f, 3.6f, 4.8f, 6.4f, 9, 12,  16,  22,  31,  44 },
  [LZ_STREET_RAIL] =        { .5f, .6f, .7f,  .9f,   1, 1.2f, 1.5f, 1.9f, 2.4f, 3, 3.6f, 4.4f, 5.4f },
};

typedef struct
{
  guint8 from_zoom;
  guint8 to_zoom;
  float small; /* at from_zoom */
  float large; /* two levels on and more */
} TextRule;

static const TextRule text_rules[LZ_STREET_N_CLASSES] = {
  [LZ_STREET_WATER_AREA] =    { 15, 20, 12, 13 },
  [LZ_STREET_GREEN_AREA] =    { 16, 20, 11, 12 },
  [LZ_STREET_RIVER] =         { 12, 20, 12, 14 },
  [LZ_STREET_STREAM] =        { 15, 20, 11, 12 },
  [LZ_STREET_PATH] =          { 18, 20, 11, 12 },
  [LZ_STREET_SERVICE] =       { 17, 20, 11, 13 },
  [LZ_STREET_RESIDENTIAL] =   { 15, 20, 11.5f, 13.5f },
  [LZ_STREET_TERTIARY] =      { 14, 20, 12, 14 },
  [LZ_STREET_SECONDARY] =     { 13, 20, 12, 14 },
  [LZ_STREET_PRIMARY] =       { 12, 20, 12, 14 },
  [LZ_STREET_TRUNK] =         { 12, 20, 12, 14 },
  [LZ_STREET_MOTORWAY] =      { 12, 20, 12, 14 },
  [LZ_STREET_PLACE_CITY] =    { 3, 14, 14, 20 },
  [LZ_STREET_PLACE_TOWN] =    { 9, 15, 13, 16 },
  [LZ_STREET_PLACE_SUBURB] =  { 12, 16, 12.5f, 15 },
  [LZ_STREET_PLACE_VILLAGE] = { 13, 17, 12, 14 },
  [LZ_STREET_POI] =           { 17, 20, 11, 12 },
};
/* clang-format on */

const LzStreetStyle *
lz_street_style_get (gboolean is_dark, gboolean contrast)
{
  if (contrast)
    return is_dark ? &dark_contrast : &light_contrast;

  return is_dark ? &dark : &light;
}

double
lz_street_style_width (LzStreetClass cls, guint zoom)
{
  g_assert (cls < LZ_STREET_N_CLASSES);

  if (zoom < FIRST_ZOOM)
    return widths[cls][0] / 2;

  return widths[cls][MIN (zoom - FIRST_ZOOM, N_ZOOMS - 1)];
}

double
lz_street_style_casing (LzStreetClass cls, guint zoom)
{
  if (!lz_street_class_is_road (cls) || lz_street_style_width (cls, zoom) < 2)
    return 0;

  return zoom < 14 ? .7 : zoom < 17 ? .9 : 1.1;
}

const GdkRGBA *
lz_street_style_fill (const LzStreetStyle *self, LzStreetClass cls)
{
  if (cls == LZ_STREET_RIVER || cls == LZ_STREET_STREAM)
    return &self->water;
  if (cls == LZ_STREET_PATH)
    return &self->path;
  if (cls == LZ_STREET_RAIL)
    return &self->rail;
  if (cls >= LZ_STREET_TRUNK)
    return &self->trunk;

  return cls >= LZ_STREET_SECONDARY ? &self->major : &self->minor;
}

const GdkRGBA *
lz_street_style_casing_colour (const LzStreetStyle *self, LzStreetClass cls)
{
  if (cls >= LZ_STREET_TRUNK)
    return &self->trunk_casing;

  return cls >= LZ_STREET_SECONDARY ? &self->major_casing : &self->minor_casing;
}

double
lz_street_style_text_size (LzStreetClass cls, guint zoom)
{
  const TextRule *rule = &text_rules[cls];

  if (rule->from_zoom == 0 || zoom < rule->from_zoom || zoom > rule->to_zoom)
    return 0;

  return rule->small + (rule->large - rule->small) * MIN (zoom - rule->from_zoom, 2) / 2;
}
