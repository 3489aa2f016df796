/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-weekly-view.h"

#include <adwaita.h>

#include "lz-correction-list.h"
#include "lz-figure-inserter.h"
#include "lz-figure-popover.h"
#include "lz-page-preview.h"
#include "lz-paragraph-edit.h"
#include "lz-report-tables.h"
#include "lz-typical-cases.h"
#include "lz-weekly-data.h"

G_BEGIN_DECLS

struct _LzWeeklyView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwStatusPage *problem;
  GtkLabel *state;
  GtkMenuButton *insert;
  GtkWidget *publish;
  GtkWidget *choose;
  AdwFlap *flap;
  GtkEditable *number;
  GtkEditable *addressee;
  GtkEditable *date;
  GtkBox *title_place;
  GtkBox *opening_place;
  GtkBox *sections;
  LzReportTables *tables;
  GtkBox *cases_place;
  LzCorrectionList *corrections;
  LzPagePreview *preview;

  LzParagraphEdit *title;
  LzParagraphEdit *opening;
  LzTypicalCases *cases;
  LzFigureInserter *inserter;
  LzParagraphEdit *focused; /* not owned: where the caret was last */
  GtkWidget *meaning;       /* nullable: the popover of a figure */

  LzSession *session;
  LzPeriod period;
  LzFiguresKind kind;
  LzWeeklyData *data;
  gboolean filling;
  gboolean unsaved;
  guint saving;     /* source: a pause was made */
  guint previewing; /* the same */
  guint n_saving;   /* saves under way */
  GCancellable *loading;
  GCancellable *making;
};

/* What the widgets say; (transfer full). */
LzBulletinText *lz_weekly_view_collect (LzWeeklyView *self);
/* Saves what was typed, at once. */
void lz_weekly_view_save (LzWeeklyView *self);
void lz_weekly_view_load (LzWeeklyView *self);
void lz_weekly_view_tell_error (LzWeeklyView *self, const GError *error);
void lz_weekly_view_update_state (LzWeeklyView *self);
void lz_weekly_view_queue_preview (LzWeeklyView *self);
void lz_weekly_view_changed (LzWeeklyView *self);

/* lz-weekly-fill.c: shows self->data; @anew: the words too, not only the figures. */
void lz_weekly_view_fill (LzWeeklyView *self, gboolean anew);

/* lz-weekly-acts.c: what its buttons and menus do. */
void lz_weekly_view_install_actions (GtkWidgetClass *widget_class);
void lz_weekly_view_update_actions (LzWeeklyView *self);
void lz_weekly_view_show_meaning (LzWeeklyView *self,
                                  GtkWidget *from,
                                  const char *token,
                                  const GdkRectangle *at);

G_END_DECLS
