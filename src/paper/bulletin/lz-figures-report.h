/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-report-table.h"
#include "lz-tally-query.h"

G_BEGIN_DECLS

/**
 * LzFiguresKind:
 * @LZ_FIGURES_WEEKLY: what the weekly bulletin (周通报) draws on
 * @LZ_FIGURES_MONTHLY: the same with the rankings: four lists by dimension and the total
 * @LZ_FIGURES_ROAD: roads; one of them alone with its own tables
 * @LZ_FIGURES_UNIT: units, scored and ranked; or one alone
 * @LZ_FIGURES_CHIEF: road chiefs with their hundred points; or one alone
 *
 * The reports of `luzhang-cli report`.
 */
typedef enum
{
  LZ_FIGURES_WEEKLY,
  LZ_FIGURES_MONTHLY,
  LZ_FIGURES_ROAD,
  LZ_FIGURES_UNIT,
  LZ_FIGURES_CHIEF,
  LZ_N_FIGURES
} LzFiguresKind;

/* "weekly" … */
const char *lz_figures_kind_to_string (LzFiguresKind kind);
gboolean lz_figures_kind_from_string (const char *text, LzFiguresKind *kind);

/**
 * lz_figures_report_new:
 * @station: a station
 * @kind: which report
 * @query: period and moment; its other members are not looked at
 * @of: (nullable): only this road (id), unit or chief (person); not for the bulletins
 * @model: (nullable): key of the score model of units; %NULL = the office's
 * @error: (nullable): return location
 *
 * Makes a report with the figures of the period, of the period before (环比) and of the same one a
 * year ago (同比).  Keys of rows and columns are those of the counts, rates and groups, so that
 * lz_tally_query_list() opens every figure.
 *
 * Returns: (transfer full) (nullable): the report
 */
LzReport *lz_figures_report_new (LzStation *station,
                                 LzFiguresKind kind,
                                 const LzTallyQuery *query,
                                 const char *of,
                                 const char *model,
                                 GError **error);

G_END_DECLS
