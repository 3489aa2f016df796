/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-bulletin-compose.h"
#include "lz-bulletins.h"
#include "lz-figures-report.h"
#include "lz-paper.h"

G_BEGIN_DECLS

/**
 * LzEditionState:
 * @LZ_EDITION_PROPOSED: nobody has written anything: the text is what the sentences propose
 * @LZ_EDITION_DRAFT: somebody has edited it, at this station
 * @LZ_EDITION_SEALED: it is published: text, tables and figures are as they were then
 */
typedef enum
{
  LZ_EDITION_PROPOSED,
  LZ_EDITION_DRAFT,
  LZ_EDITION_SEALED,
} LzEditionState;

typedef struct _LzEditionSource LzEditionSource;

/**
 * LzEdition:
 * @kind: %LZ_FIGURES_WEEKLY or %LZ_FIGURES_MONTHLY
 * @office: who publishes it
 * @report: all its figures
 * @text: its words and typical cases
 * @sealed: (nullable): what was published
 *
 * One edition of a bulletin (一期通报): a period's figures with the words about them.  What the
 * window edits and what luzhang-cli writes.  Made in a job of #LzStore, then used by one thread at
 * a time; it no longer needs its station.
 */
typedef struct
{
  LzFiguresKind kind;
  LzPeriod period;
  LzEditionState state;
  char *office;
  LzReport *report;
  LzBulletinText *text;
  LzBulletin *sealed;
  LzEditionSource *source;
} LzEdition;

void lz_edition_free (LzEdition *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzEdition, lz_edition_free)

/**
 * lz_edition_load:
 * @kind: of which kind
 * @query: period and moment
 * @error: (nullable): return location
 *
 * What was published, else what somebody has written, else what is proposed.
 *
 * Returns: (transfer full) (nullable): the edition
 */
LzEdition *
lz_edition_load (LzStation *station, LzFiguresKind kind, const LzTallyQuery *query, GError **error);

/* For the figures in its text; (nullable): they are fixed. */
const LzBulletinFigures *lz_edition_get_figures (const LzEdition *self);
/* A sentence anew, by the key of its rule; (nullable): it does not apply.  Not of sealed ones. */
char *lz_edition_compose_sentence (const LzEdition *self, const char *key);

/* Takes the whole of @text as the edition's own. */
void lz_edition_take_text (LzEdition *self, LzBulletinText *text);

/**
 * lz_edition_list_cases:
 * @period: of the edition
 * @limit: at most so many
 *
 * Cases that can be shown as typical ones: by the rules of data/bulletin/cases.tsv, with a photo of
 * the problem.
 *
 * Returns: (transfer full) (nullable) (element-type LzTypicalCase): the first rule's first
 */
GPtrArray *lz_edition_list_cases (LzStation *station,
                                  const LzPeriod *period,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GError **error);

/**
 * lz_edition_make_paper:
 * @text: the edition's own, or what it is about to become
 * @error: (nullable): %G_IO_ERROR_CANCELLED
 *
 * Sets an edition on pages; previews of its photos are made in several threads.
 *
 * Returns: (transfer full) (nullable): the paper, not laid out yet
 */
LzPaper *lz_edition_make_paper (const LzEdition *self,
                                LzStation *station,
                                const LzBulletinText *text,
                                GCancellable *cancellable,
                                GError **error);

/* The tables of attachment 1, with the columns and rows that data/bulletin/tables.tsv names. */
LzReport *lz_edition_make_tables (const LzEdition *self, LzStation *station, GError **error);

/* Everything for a workbook, CSV or JSON: the text, the typical cases, all tables. */
LzReport *lz_edition_make_report (const LzEdition *self, const LzBulletinText *text);

/**
 * lz_edition_write:
 * @format: PDF is the paper, the others the report
 *
 * Returns: %TRUE once the file is durable
 */
gboolean lz_edition_write (const LzEdition *self,
                           LzStation *station,
                           const char *path,
                           LzReportFormat format,
                           GCancellable *cancellable,
                           GError **error);

/**
 * lz_edition_publish:
 * @kind: of which kind
 * @text: (nullable): its words; %NULL = the draft's, else what is proposed
 * @name: (nullable): of the bulletin; %NULL = its title
 * @made: (out) (optional): the record
 * @error: (nullable): as of lz_bulletins_publish()
 *
 * Seals a period: its figures are taken, the figures of @text fixed, and tables, words and the list
 * of cases written, all in one transaction.
 *
 * Returns: %TRUE once it is durable
 */
gboolean lz_edition_publish (LzStation *station,
                             LzFiguresKind kind,
                             const LzPeriod *period,
                             const LzBulletinText *text,
                             const char *name,
                             LzId *made,
                             GError **error);

G_END_DECLS
