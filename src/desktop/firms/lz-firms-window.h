/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzFirmsWindow:
 *
 * The firms that haul construction waste (plan, task 5 (1)): vehicles, credit of a calendar year,
 * the cases that name them and the points these come to, and what an official decides about the
 * black list: the rule only proposes it, a named person confirms or rejects with a reason.
 *
 * Signal `case-wanted` (const LzId *id): show this case.
 */
#define LZ_TYPE_FIRMS_WINDOW (lz_firms_window_get_type ())
G_DECLARE_FINAL_TYPE (LzFirmsWindow, lz_firms_window, LZ, FIRMS_WINDOW, AdwWindow)

LzFirmsWindow *lz_firms_window_new (GtkWindow *parent, LzSession *session);

G_END_DECLS
