/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzDeskItem:
 *
 * A road in the desk's list, as it stood when it was read.  Immutable.
 */
#define LZ_TYPE_DESK_ITEM (lz_desk_item_get_type ())
G_DECLARE_FINAL_TYPE (LzDeskItem, lz_desk_item, LZ, DESK_ITEM, GObject)

/* Takes @road. */
LzDeskItem *lz_desk_item_new (LzDeskRoad *road);
const LzDeskRoad *lz_desk_item_get (LzDeskItem *self);

/* The columns of the list; each sorts. */
void lz_desk_item_add_columns (GtkColumnView *view, int offset_min);

G_END_DECLS
