/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-filter.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzFilterBar:
 *
 * The chips that filter a page's cases by dimension and lamp, with their counts, and a menu for
 * state and road.
 */
#define LZ_TYPE_FILTER_BAR (lz_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (LzFilterBar, lz_filter_bar, LZ, FILTER_BAR, GtkWidget)

void lz_filter_bar_set_filter (LzFilterBar *self, LzFilter *filter);
void lz_filter_bar_set_session (LzFilterBar *self, LzSession *session);

G_END_DECLS
