/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sync-service.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzSyncBanner:
 *
 * Lines above the pages for what a person should know without asking: somebody must log in again or
 * look at a problem, the clock is off, the connection is not encrypted, nothing has been sent for
 * long.  Takes no room while there is nothing to say.
 */
#define LZ_TYPE_SYNC_BANNER (lz_sync_banner_get_type ())
G_DECLARE_FINAL_TYPE (LzSyncBanner, lz_sync_banner, LZ, SYNC_BANNER, AdwBin)

GtkWidget *lz_sync_banner_new (LzSyncService *service);

G_END_DECLS
