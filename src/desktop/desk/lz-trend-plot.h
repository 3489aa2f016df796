/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzTrendPlot:
 *
 * Weeks side by side: what was reported, filled, and what was closed, hatched by its outline.
 */
#define LZ_TYPE_TREND_PLOT (lz_trend_plot_get_type ())
G_DECLARE_FINAL_TYPE (LzTrendPlot, lz_trend_plot, LZ, TREND_PLOT, GtkWidget)

GtkWidget *lz_trend_plot_new (void);
/* @weeks: (element-type LzDeskWeek): kept. */
void lz_trend_plot_set (LzTrendPlot *self, GArray *weeks, int offset_min);

G_END_DECLS
