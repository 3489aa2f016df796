/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzRoadItem:
 *
 * A road in a list, with the counts of its cases as they were when it was made.  Immutable.
 */
#define LZ_TYPE_ROAD_ITEM (lz_road_item_get_type ())
G_DECLARE_FINAL_TYPE (LzRoadItem, lz_road_item, LZ, ROAD_ITEM, GObject)

LzRoadItem *lz_road_item_new (const LzRoad *road, const LzRoadTally *tally);
const LzId *lz_road_item_get_id (LzRoadItem *self);
const char *lz_road_item_get_name (LzRoadItem *self);

/* A factory of rows: lamp, name, open and overdue cases, level and length. */
GtkListItemFactory *lz_road_item_new_factory (void);

G_END_DECLS
