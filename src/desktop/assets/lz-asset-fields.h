/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-asset-kinds.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzAssetFields:
 *
 * The fields of one kind of asset as rows to fill in, as the table of kinds has them.  What does
 * not fit a field is said at once, below the rows.
 *
 * Signal `changed`: something else is entered.
 */
#define LZ_TYPE_ASSET_FIELDS (lz_asset_fields_get_type ())
G_DECLARE_FINAL_TYPE (LzAssetFields, lz_asset_fields, LZ, ASSET_FIELDS, GtkWidget)

GtkWidget *lz_asset_fields_new (void);
/* @facts: (nullable): what is entered already */
void lz_asset_fields_show (LzAssetFields *self,
                           LzAssetKinds *kinds,
                           const LzAssetKind *kind,
                           JsonObject *facts);
/* What differs from what was shown; %NULL with @error, and the focus on the field, where something
 * is missing or not right. */
JsonObject *lz_asset_fields_dup_changes (LzAssetFields *self, GError **error);
gboolean lz_asset_fields_focus (LzAssetFields *self);

G_END_DECLS
