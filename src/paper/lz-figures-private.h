/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figures-report.h"

G_BEGIN_DECLS

/* What the tables of one report are made from. */
typedef struct
{
  LzTallies *now;
  LzTallies *previous;
  LzTallies *last_year; /* nullable: there was no such week */
  LzTallyNames *names;
  LzScoreModel *model;
  LzScoreModel *chief_model;
  GHashTable *chiefs; /* nullable: person → LzChiefInputs */
  GHashTable *previous_chiefs;
  char *city;
  gint64 made_ms;
} LzFiguresFrame;

/* Counts everything that a report of @kind needs; @query, @of and @model as in
 * lz_figures_report_new().  To be cleared whether it succeeds or not. */
gboolean lz_figures_frame_load (LzFiguresFrame *self,
                                LzStation *station,
                                LzFiguresKind kind,
                                const LzTallyQuery *query,
                                const char *of,
                                const char *model,
                                GError **error);
void lz_figures_frame_clear (LzFiguresFrame *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzFiguresFrame, lz_figures_frame_clear)

LzReport *
lz_figures_frame_make_report (const LzFiguresFrame *self, LzFiguresKind kind, const char *of);

LzReportTable *lz_figures_make_counts (const LzFiguresFrame *frame);
LzReportTable *lz_figures_make_rates (const LzFiguresFrame *frame);
LzReportTable *lz_figures_make_times (const LzFiguresFrame *frame);
/* One row for each group; units with their score, grade and rank. */
LzReportTable *lz_figures_make_table (const LzFiguresFrame *frame, LzTallyBy by);
/* The total and one list for each of the four dimensions, the best first. */
void lz_figures_add_rankings (const LzFiguresFrame *frame,
                              LzReport *report,
                              LzTallyBy by,
                              LzTallyBy by_dimension);
LzReportTable *lz_figures_make_chiefs (const LzFiguresFrame *frame);

G_END_DECLS
