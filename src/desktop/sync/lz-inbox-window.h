/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"
#include "lz-sync-service.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzInboxWindow:
 *
 * The acts that the server refused, one by one until each is settled by a decision.
 *
 * Signal `case-wanted` (const LzId *id): show this case in the main window.
 */
#define LZ_TYPE_INBOX_WINDOW (lz_inbox_window_get_type ())
G_DECLARE_FINAL_TYPE (LzInboxWindow, lz_inbox_window, LZ, INBOX_WINDOW, AdwWindow)

LzInboxWindow *lz_inbox_window_new (GtkWindow *parent, LzSession *session, LzSyncService *service);

G_END_DECLS
