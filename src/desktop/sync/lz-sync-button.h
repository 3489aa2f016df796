/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"
#include "lz-sync-service.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzSyncButton:
 *
 * How sync stands, in the header bar: by icon and word whether everything is delivered and how much
 * waits; its popover says more and holds what can be done.  Without an account it offers to
 * connect.  Uses the actions "sync.*" of the window.
 */
#define LZ_TYPE_SYNC_BUTTON (lz_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (LzSyncButton, lz_sync_button, LZ, SYNC_BUTTON, AdwBin)

GtkWidget *lz_sync_button_new (LzSession *session, LzSyncService *service);

G_END_DECLS
