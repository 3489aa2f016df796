/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzStripMap:
 *
 * A road drawn straight: chainage along x, open cases above its line on the left side and below on
 * the right, recurrence spots as bands.  What is drawn stands in words in the list beside it.
 *
 * Signal `case-wanted` (const LzId *id): a case was clicked.
 */
#define LZ_TYPE_STRIP_MAP (lz_strip_map_get_type ())
G_DECLARE_FINAL_TYPE (LzStripMap, lz_strip_map, LZ, STRIP_MAP, GtkWidget)

GtkWidget *lz_strip_map_new (void);

/* @road: looked at during the call; @cases: (element-type LzDeskCase); @spots: (element-type
 * LzDeskSpot); both are kept. */
void lz_strip_map_set (LzStripMap *self, const LzRoad *road, GPtrArray *cases, GPtrArray *spots);

G_END_DECLS
