/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-asset-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An asset in a list: what it is called, and what else there is to say of it in one line. */
#define LZ_TYPE_ASSET_ITEM (lz_asset_item_get_type ())
G_DECLARE_FINAL_TYPE (LzAssetItem, lz_asset_item, LZ, ASSET_ITEM, GObject)

LzAssetItem *
lz_asset_item_new (LzSession *session, const LzAssetKinds *kinds, const LzRecord *record);
const LzId *lz_asset_item_get_id (LzAssetItem *self);
const char *lz_asset_item_get_title (LzAssetItem *self);

/* (transfer full): makes the rows of lists of them. */
GtkListItemFactory *lz_asset_item_new_factory (void);

G_END_DECLS
