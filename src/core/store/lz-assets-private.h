/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-assets.h"

G_BEGIN_DECLS

LzId lz_assets_make_id (LzStation *station, const char *key);
/* Puts @entry, which is complete, on file under this id. */
gboolean
lz_assets_record_as (LzStation *station, const LzId *id, const LzAssetEntry *entry, GError **error);

G_END_DECLS
