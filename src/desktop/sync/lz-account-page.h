/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"
#include "lz-sync-service.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzAccountPage:
 *
 * The page of the preferences for the server and the account: log in, log out.
 */
#define LZ_TYPE_ACCOUNT_PAGE (lz_account_page_get_type ())
G_DECLARE_FINAL_TYPE (LzAccountPage, lz_account_page, LZ, ACCOUNT_PAGE, AdwPreferencesPage)

LzAccountPage *lz_account_page_new (LzSession *session, LzSyncService *service);
/* Puts the keyboard where something is to be typed next. */
void lz_account_page_focus (LzAccountPage *self);

G_END_DECLS
