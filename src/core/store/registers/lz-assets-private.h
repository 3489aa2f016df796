/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-assets.h"

G_BEGIN_DECLS

LzId lz_assets_make_id (LzStation *station, const char *key);
/* Puts @entry, which is complete, on file under this id. */
gboolean
lz_assets_record_as (LzStation *station, const LzId *id, const LzAssetEntry *entry, GError **error);

/* Puts one that lz_assets_undo_import() took off file on file again, with what @entry says. */
gboolean lz_assets_restore_as (LzStation *station,
                               const LzId *id,
                               const LzAssetEntry *entry,
                               GError **error);

/* The fact of an entry that was taken off file because its import was undone: an import may put it
 * on file again, unlike what somebody took off file. */
#define LZ_ASSET_UNDONE "import_undone"

G_END_DECLS
