/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-asset-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzAssetForm:
 *
 * One asset: its fields, where it is, its photos and its cases; or a new one to be put on file.
 *
 * Signals: `closed`; `saved` (const char *text): what was done, in words, can be undone;
 * `told` (const char *text); `case-wanted` (const LzId *id).
 */
#define LZ_TYPE_ASSET_FORM (lz_asset_form_get_type ())
G_DECLARE_FINAL_TYPE (LzAssetForm, lz_asset_form, LZ, ASSET_FORM, GtkWidget)

void lz_asset_form_set_session (LzAssetForm *self, LzSession *session);
/* A new one.  @kind: (nullable): key of its kind; @road: nil = by its place */
void
lz_asset_form_begin (LzAssetForm *self, LzAssetKinds *kinds, const char *kind, const LzId *road);
/* @facts: (transfer full) */
void lz_asset_form_show (LzAssetForm *self, LzAssetFacts *facts);
/* The one that is shown; nil: a new one, or none. */
const LzId *lz_asset_form_get_id (LzAssetForm *self);
gboolean lz_asset_form_is_dirty (LzAssetForm *self);

G_END_DECLS
