/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure-cases.h"
#include "lz-figure-popover.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzFigure:
 *
 * A published number that explains itself.  It is a flat button: a count leads to its cases, a rate
 * to what stands above and below its line, each of which leads to its cases.  Hovering, the context
 * menu's key and the right button show the written definition, the period rule and the clock.
 *
 * |[<!-- language="C" -->
 * LzFigureOf of = { .period = query.period, .now_ms = query.now_ms, .by = LZ_BY_UNIT,
 *                   .value = group->value, .name = name };
 * LzFigure *figure = lz_figure_new ();
 *
 * lz_figure_show_rate (figure, &of, LZ_RATE_CLOSING, lz_tally_group_get_rate (group,
 * LZ_RATE_CLOSING)); gtk_grid_attach (grid, GTK_WIDGET (figure), column, row, 1, 1);
 * ]|
 *
 * Tables of figures need not be built of these by hand: see #LzReportView.
 */
#define LZ_TYPE_FIGURE (lz_figure_get_type ())
G_DECLARE_FINAL_TYPE (LzFigure, lz_figure, LZ, FIGURE, GtkButton)

LzFigure *lz_figure_new (void);

/* A count, "1,204". */
void lz_figure_show_count (LzFigure *self, const LzFigureOf *of, LzCount count, gint64 n);

/* A rate, "97.36 %"; "—" where zero stands below the line. */
void lz_figure_show_rate (LzFigure *self, const LzFigureOf *of, LzRate rate, LzRatio ratio);

/* Any other figure, such as a score: what it means, and the counts that it was made of.  @text is
 * what is shown; @meaning is taken and cleared. */
void lz_figure_show_made (LzFigure *self, const char *text, LzFigureMeaning *meaning);

/* Nothing at all. */
void lz_figure_clear (LzFigure *self);

/* "Closed 12 · Unit A": what a screen reader says, and plots as well. */
char *lz_figure_dup_count_words (const LzFigureOf *of, LzCount count, gint64 n);
char *lz_figure_dup_rate_words (const LzFigureOf *of, LzRate rate, LzRatio ratio);

G_END_DECLS
