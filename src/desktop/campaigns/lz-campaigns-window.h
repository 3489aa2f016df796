/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzCampaignsWindow:
 *
 * 专项行动: those that run and those that ended, and of one its progress against the target, its
 * cases, its report.
 *
 * Signal `case-wanted` (const LzId *id).
 */
#define LZ_TYPE_CAMPAIGNS_WINDOW (lz_campaigns_window_get_type ())
G_DECLARE_FINAL_TYPE (LzCampaignsWindow, lz_campaigns_window, LZ, CAMPAIGNS_WINDOW, AdwWindow)

LzCampaignsWindow *lz_campaigns_window_new (GtkWindow *parent, LzSession *session);

G_END_DECLS
