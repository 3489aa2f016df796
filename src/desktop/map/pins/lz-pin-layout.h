/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-pin-set.h"

G_BEGIN_DECLS

/**
 * LzPinItem:
 * @at: WGS 84
 * @sum: what it stands for
 * @first: the pin itself where @sum.count is 1, else the first of them
 * @owner: the item that swallowed it, or its own number
 * @radius: on the screen, px
 * @cell_x: the cell it comes from
 * @cell_y: the cell it comes from
 * @end: one past the last pin of its own cell
 *
 * A pin or a cluster to draw.
 */
typedef struct
{
  LzWorld at;
  LzPinSum sum;
  guint first;
  guint end;
  guint owner;
  double radius;
  int cell_x;
  int cell_y;
} LzPinItem;

/**
 * LzPinLayout:
 *
 * What of the pins is drawn as itself and what as a cluster, in one part of the world at one zoom.
 * Cells hang on the world grid; a cluster lies at its pins' mean, and one that would cover
 * another's is joined with it by a rule that looks at neighbours only.  So nothing moves or
 * renumbers when the view pans.
 */
typedef struct
{
  double scale; /* of what is drawn, 1 usually; the user's before the first update */
  guint level;
  int x0, y0, x1, y1; /* cells covered, the last ones included */
  GArray *items;      /* LzPinItem; those whose owner is another are not drawn */
} LzPinLayout;

void lz_pin_layout_clear (LzPinLayout *self);
/* Lays out what @box needs (WGS 84) at a whole @zoom, unless @self has it already; TRUE if it
 * changed. */
gboolean
lz_pin_layout_update (LzPinLayout *self, const LzPinSet *pins, guint zoom, const LzWorldBox *box);
/* (element-type guint): all pins of the item. */
GArray *lz_pin_layout_list_pins (const LzPinLayout *self, guint item);

G_END_DECLS
