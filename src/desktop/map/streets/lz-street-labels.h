/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-street-map.h"
#include "lz-street-text.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzGlyphSpot:
 * @x: its middle, px from the west edge of the world at the label's zoom
 * @y: px from the north edge
 * @angle: turned clockwise, radians
 */
typedef struct
{
  double x;
  double y;
  double angle;
} LzGlyphSpot;

/**
 * LzStreetLabel:
 * @size: height of its letters, px
 * @box: what it covers, px of the world at its zoom
 * @dot: a dot is drawn at its place, and the name below it
 * @glyphs: (array length=run->n_glyphs)
 *
 * A name in its place at one zoom level.
 */
typedef struct
{
  LzStreetClass cls;
  const LzTextRun *run;
  double size;
  LzWorldBox box;
  gboolean dot;
  double dot_x;
  double dot_y;
  LzGlyphSpot glyphs[];
} LzStreetLabel;

/**
 * LzStreetLabels:
 *
 * Places the names of a street map.  A name's place depends on the world grid and the zoom alone,
 * never on the tile that asks, so that names go on across tile borders.  Any thread; the first to
 * ask for a part of the map does the work and the others wait.
 */
typedef struct _LzStreetLabels LzStreetLabels;

/* @text_scale: how much larger than usual the user wants text. */
LzStreetLabels *lz_street_labels_new (LzStreetMap *map, double text_scale);
LzStreetLabels *lz_street_labels_ref (LzStreetLabels *self);
void lz_street_labels_unref (LzStreetLabels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzStreetLabels, lz_street_labels_unref)

/* (transfer full) (element-type LzStreetLabel): every label that touches the 256 px tile. */
GPtrArray *lz_street_labels_find (LzStreetLabels *self, guint zoom, guint x, guint y);

G_END_DECLS
