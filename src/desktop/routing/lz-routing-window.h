/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzRoutingWindow:
 *
 * 责任分工: which unit handles which category, and who assists; what the office has not set itself
 * is shown greyed, with where it comes from.  As CSV in and out.
 */
#define LZ_TYPE_ROUTING_WINDOW (lz_routing_window_get_type ())
G_DECLARE_FINAL_TYPE (LzRoutingWindow, lz_routing_window, LZ, ROUTING_WINDOW, AdwWindow)

LzRoutingWindow *lz_routing_window_new (GtkWindow *parent, LzSession *session);

G_END_DECLS
