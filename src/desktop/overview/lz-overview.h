/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzOverview:
 *
 * The first view of the bulletin page: the figures of a week or month with what they were in the
 * period before (环比) and a year ago (同比), and plots whose every value leads to its cases.
 */
#define LZ_TYPE_OVERVIEW (lz_overview_get_type ())
G_DECLARE_FINAL_TYPE (LzOverview, lz_overview, LZ, OVERVIEW, GtkWidget)

G_END_DECLS
