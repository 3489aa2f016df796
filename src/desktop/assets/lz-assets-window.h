/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzAssetsWindow:
 *
 * What the office keeps on file: a list by kind, road and words, and beside it one entry to look at
 * and change.  Beside its parent, not before it.
 *
 * Signal `case-wanted` (const LzId *id).
 */
#define LZ_TYPE_ASSETS_WINDOW (lz_assets_window_get_type ())
G_DECLARE_FINAL_TYPE (LzAssetsWindow, lz_assets_window, LZ, ASSETS_WINDOW, AdwWindow)

LzAssetsWindow *lz_assets_window_new (GtkWindow *parent, LzSession *session);
void lz_assets_window_show_asset (LzAssetsWindow *self, const LzId *id);
/* Begins a new entry; @kind: (nullable): key of its kind, @road: (nullable): where it is. */
void lz_assets_window_add (LzAssetsWindow *self, const char *kind, const LzId *road);

G_END_DECLS
