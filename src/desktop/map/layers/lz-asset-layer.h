/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-assets.h"
#include "lz-map-view.h"

G_BEGIN_DECLS

/*
 * What is on file as signs: a square with the character of its kind, clusters with their count.
 * Only what is near the view is laid out, so that a hundred thousand cost no more than a hundred.
 */
#define LZ_TYPE_ASSET_LAYER (lz_asset_layer_get_type ())
G_DECLARE_FINAL_TYPE (LzAssetLayer, lz_asset_layer, LZ, ASSET_LAYER, ShumateLayer)

LzAssetLayer *lz_asset_layer_new (ShumateViewport *viewport);

/* @marks: (transfer full) (nullable); @signs: (nullable) (element-type utf8): the character of each
 * kind, by its index */
void lz_asset_layer_set_marks (LzAssetLayer *self, LzAssetMarks *marks, GPtrArray *signs);
void lz_asset_layer_set_dark (LzAssetLayer *self, gboolean dark);
void lz_asset_layer_set_size (LzAssetLayer *self, double size);
void lz_asset_layer_set_datum (LzAssetLayer *self, LzDatum datum);

/* What is at (x, y) of the widget: FALSE: nothing.  @fid: 0 for a cluster, whose extent, WGS 84, is
 * then in @extent. */
gboolean lz_asset_layer_pick (LzAssetLayer *self,
                              double x,
                              double y,
                              gint64 *fid,
                              LzWorld *at,
                              LzWorldBox *extent);

/* What the last frame drew: for tests and benches. */
guint lz_asset_layer_get_n_drawn (LzAssetLayer *self);

G_END_DECLS
