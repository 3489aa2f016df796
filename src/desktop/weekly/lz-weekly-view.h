/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzWeeklyView:
 *
 * The editor of the weekly and the monthly bulletin: a view of the bulletin page.  It shows what is
 * proposed, keeps what is typed as a draft in the store, shows the pages beside it, and publishes.
 * What is published is shown as it was, with what would come out differently now.
 */
#define LZ_TYPE_WEEKLY_VIEW (lz_weekly_view_get_type ())
G_DECLARE_FINAL_TYPE (LzWeeklyView, lz_weekly_view, LZ, WEEKLY_VIEW, GtkWidget)

G_END_DECLS
