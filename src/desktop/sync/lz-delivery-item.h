/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sync-words.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzDeliveryItem:
 *
 * A line of "did my work get there?" for a list; does not change.
 */
#define LZ_TYPE_DELIVERY_ITEM (lz_delivery_item_get_type ())
G_DECLARE_FINAL_TYPE (LzDeliveryItem, lz_delivery_item, LZ, DELIVERY_ITEM, GObject)

/* @delivery: (transfer full) */
LzDeliveryItem *lz_delivery_item_new (LzDelivery *delivery, LzSyncState state);
const LzDelivery *lz_delivery_item_get (LzDeliveryItem *self);
LzDeliveryFace lz_delivery_item_get_face (LzDeliveryItem *self);
gboolean lz_delivery_item_equal (LzDeliveryItem *self, LzDeliveryItem *other);

/* Puts @items in the place of what @store has, and announces only the span that differs. */
void lz_delivery_item_replace (GListStore *store, GPtrArray *items);

G_END_DECLS
