/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"
#include "lz-sync-service.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzSyncFront:
 *
 * Everything of sync that a window has: the service that runs beside it, the button and the banner,
 * the actions "sync.run", "sync.cancel", "sync.deliveries", "sync.inbox" and "sync.account", and
 * the windows they open.  What is logged in the session is sent soon.
 *
 * Signal `case-wanted` (const LzId *id): show this case.
 * Signal `account-wanted`: open the preferences at lz_sync_front_new_account_page().
 */
#define LZ_TYPE_SYNC_FRONT (lz_sync_front_get_type ())
G_DECLARE_FINAL_TYPE (LzSyncFront, lz_sync_front, LZ, SYNC_FRONT, GObject)

LzSyncFront *lz_sync_front_new (GtkWindow *window, LzSession *session);
/* (transfer none): where the window puts them is its own business. */
GtkWidget *lz_sync_front_get_button (LzSyncFront *self);
GtkWidget *lz_sync_front_get_banner (LzSyncFront *self);
/* A new page for the preferences. */
AdwPreferencesPage *lz_sync_front_new_account_page (LzSyncFront *self);
/* Ends the service and takes button, banner and actions from the window. */
void lz_sync_front_stop (LzSyncFront *self);

G_END_DECLS
