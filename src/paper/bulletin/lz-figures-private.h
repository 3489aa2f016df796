/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figures-report.h"

G_BEGIN_DECLS

/* rules/talks.tsv: who is proposed for an interview; 0 = this reason is not used. */
typedef struct
{
  gint64 score_below;
  gint64 last_places;
  gint64 overdue_from;
} LzTalkRules;

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
  LzTalkRules talk_rules;
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

/* One that is ranked.  @previous_rank: 0 = was not ranked before. */
typedef struct
{
  const LzTallyGroup *group;
  const char *value; /* without the dimension */
  char *name;
  LzScore score;
  guint rank;
  guint previous_rank;
} LzRanked;

/* The total list by @by, the best first: (transfer full) (element-type LzRanked). */
GArray *lz_figures_list_ranked (const LzFiguresFrame *frame, LzTallyBy by);
/* @model: by which it is scored. */
void lz_figures_add_rank_columns (LzReportTable *table, const LzScoreModel *model);
void lz_figures_put_rank (LzReportTable *table, const LzRanked *entry);
/* Who is to be asked to an interview (约谈), with the reasons. */
void lz_figures_add_talks (const LzFiguresFrame *frame, LzReport *report);
gboolean lz_figures_load_talk_rules (LzStation *station, LzTalkRules *rules, GError **error);

G_END_DECLS
