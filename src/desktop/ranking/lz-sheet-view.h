/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figures-report.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzSheetView:
 *
 * The sheet of one unit, road or road chief: every figure of a period of that one alone, each with
 * its cases; to print and to save as PDF, XLSX and CSV.
 *
 * Signal "closed": the person wants to go back.
 */
#define LZ_TYPE_SHEET_VIEW (lz_sheet_view_get_type ())
G_DECLARE_FINAL_TYPE (LzSheetView, lz_sheet_view, LZ, SHEET_VIEW, GtkWidget)

/**
 * lz_sheet_view_show:
 * @kind: %LZ_FIGURES_ROAD, %LZ_FIGURES_UNIT or %LZ_FIGURES_CHIEF
 * @of: which one, as in a tally
 * @name: what people call it
 * @model: (nullable): key of the score model of units
 */
void lz_sheet_view_show (LzSheetView *self,
                         LzSession *session,
                         LzFiguresKind kind,
                         const char *of,
                         const char *name,
                         const LzPeriod *period,
                         const char *model);
/* The same one in another period. */
void lz_sheet_view_refresh (LzSheetView *self, const LzPeriod *period);

G_END_DECLS
