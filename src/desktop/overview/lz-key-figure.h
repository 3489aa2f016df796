/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure.h"
#include "lz-overview-data.h"

G_BEGIN_DECLS

/* A card: the figure in large, with the change against the period before and the year before. */
#define LZ_TYPE_KEY_FIGURE (lz_key_figure_get_type ())
G_DECLARE_FINAL_TYPE (LzKeyFigure, lz_key_figure, LZ, KEY_FIGURE, GtkWidget)

GtkWidget *lz_key_figure_new_count (LzCount count);
GtkWidget *lz_key_figure_new_rate (LzRate rate);
void lz_key_figure_show (LzKeyFigure *self, const LzOverviewData *data);

G_END_DECLS
