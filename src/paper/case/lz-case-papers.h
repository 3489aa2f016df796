/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases.h"
#include "lz-paper-words.h"
#include "lz-paper.h"
#include "lz-papers.h"

G_BEGIN_DECLS

/**
 * SECTION: case-papers
 *
 * The papers of cases.  Each is a plain struct that a function reads from the station, and a
 * function that sets it on pages; both block and belong in a job of #LzStore or in the CLI.
 */

/**
 * LzShownPhoto:
 * @path: (nullable): a preview of about 200 dpi; %NULL = it is not here or it is broken
 * @missing: (nullable): why, translated
 * @event: index among the case's events of the one that named it
 *
 * A photo of a case, ready for paper.
 */
typedef struct
{
  LzPhotoRef ref;
  char *path;
  char *missing;
  guint event;
} LzShownPhoto;

/**
 * LzDossier:
 * @item: the case as the fold of its events
 * @events: (element-type LzEvent): the oldest first
 * @photos: (element-type LzShownPhoto): in their order
 * @category: (nullable): from the catalogue, which outlives it as long as the station is open
 * @condition: (nullable): the filing condition, the leading one if none was picked
 * @task: (nullable): of the plan
 * @place: (nullable): in words, once something asked for it
 *
 * Everything a paper says of one case.
 */
typedef struct
{
  LzCase *item;
  GPtrArray *events;
  GPtrArray *photos;
  LzCatalogue *catalogue;
  const LzCategory *category;
  const LzCondition *condition;
  const LzTask *task;
  LzPaperWords *words;
  char *place;
  gint64 now_ms;
} LzDossier;

LzDossier *
lz_dossier_load (LzStation *station, const LzId *id, GCancellable *cancellable, GError **error);
void lz_dossier_free (LzDossier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzDossier, lz_dossier_free)

/* 整改通知书.  @issued: (nullable): its number; %NULL = a draft.  @unit: (nullable): to whom, else
 * the case's unit or who leads by the plan. */
LzPaper *lz_paper_new_notice (const LzDossier *dossier, const LzIssued *issued, const char *unit);
/* To whom a notice of the case goes unless somebody else is named. */
const char *lz_dossier_get_unit (const LzDossier *self);
/* Takes a number for a notice and notes it in the case; the latest one again unless @anew. */
LzIssued *lz_notice_issue (LzStation *station,
                           const LzDossier *dossier,
                           const char *unit,
                           gboolean anew,
                           GError **error);

/* 案卷: what it is, the whole timeline, all photos. */
LzPaper *lz_paper_new_case_file (const LzDossier *dossier);

/**
 * LzTaskSheet:
 * @unit: (nullable): %NULL = all units
 * @rows: (element-type LzCaseRow): by deadline
 *
 * What a unit has to do.
 */
typedef struct
{
  char *unit;
  GPtrArray *rows;
  LzPaperWords *words;
  gint64 now_ms;
  gint64 day_end_ms;
  guint n_overdue;
  guint n_today;
} LzTaskSheet;

LzTaskSheet *lz_task_sheet_load (LzStation *station, const char *unit, GError **error);
void lz_task_sheet_free (LzTaskSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTaskSheet, lz_task_sheet_free)

/* 案件任务单. */
LzPaper *lz_paper_new_task_list (const LzTaskSheet *sheet);

/* "少林大道 K0+350 右侧 12 m, address": of cases and rows alike; @road, @address: (nullable). */
char *lz_paper_dup_place (const char *road,
                          gint64 chainage_cm,
                          LzSide side,
                          gint64 offset_cm,
                          const char *address);
/* The same for what is on no road. */
char *lz_paper_dup_position (LzPoint place);

G_END_DECLS
