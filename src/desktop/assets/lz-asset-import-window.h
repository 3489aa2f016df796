/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-asset-data.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzAssetImportWindow:
 *
 * A register on its way in: which of its rows would come in and which not, and why; nothing is
 * written before the person says so.
 */
#define LZ_TYPE_ASSET_IMPORT_WINDOW (lz_asset_import_window_get_type ())
G_DECLARE_FINAL_TYPE (LzAssetImportWindow,
                      lz_asset_import_window,
                      LZ,
                      ASSET_IMPORT_WINDOW,
                      AdwWindow)

/* Asks for the file and shows what is in it.  @kind: (nullable): key of the kind of all its rows;
 * @toasts: where to say what came of it */
void lz_asset_import_window_open (GtkWindow *parent,
                                  LzSession *session,
                                  LzAssetKinds *kinds,
                                  const char *kind,
                                  AdwToastOverlay *toasts);

G_END_DECLS
