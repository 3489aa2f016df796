/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"
#include "lz-sync-service.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzDeliveryWindow:
 *
 * Answers "did my work get there?" case by case, for the cases that were worked on at this
 * computer; can be printed.
 *
 * Signal `case-wanted` (const LzId *id): show this case in the main window.
 */
#define LZ_TYPE_DELIVERY_WINDOW (lz_delivery_window_get_type ())
G_DECLARE_FINAL_TYPE (LzDeliveryWindow, lz_delivery_window, LZ, DELIVERY_WINDOW, AdwWindow)

LzDeliveryWindow *
lz_delivery_window_new (GtkWindow *parent, LzSession *session, LzSyncService *service);

G_END_DECLS
