/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure-plot.h"
#include "lz-overview-data.h"

G_BEGIN_DECLS

/* The plots of the overview: each has a painter and a function that shows a period. */

/* Reported and closed over the last weeks or months, and the closing rate as a line above. */
extern const LzPlotPainter lz_plot_trend;
void lz_plot_trend_show (LzFigurePlot *plot, const LzOverviewTrend *trend);

/* A bar for each group: what was to be closed, and of it what was closed. */
extern const LzPlotPainter lz_plot_bars;
void lz_plot_bars_show (LzFigurePlot *plot, const LzOverviewData *data, LzTallyBy by);

/* Reports by road and hour, or road and weekday, @times: of the trend. */
extern const LzPlotPainter lz_plot_heat;
void lz_plot_heat_show (LzFigurePlot *plot,
                        const LzOverviewData *data,
                        const LzTallies *times,
                        LzTallyBy by);

/* The roads with what was reported on them, @roads: (element-type LzRoad). */
extern const LzPlotPainter lz_plot_map;
void lz_plot_map_show (LzFigurePlot *plot, const LzOverviewData *data, GPtrArray *roads);

/* Groups (#LzTallyGroup) with the most of a count first. */
void lz_plot_sort_groups (GPtrArray *groups, LzCount count);

G_END_DECLS
