/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-marks.h"
#include "lz-case-pane.h"
#include "lz-evidence-box.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _LzCasePane
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwStatusPage *problem;
  GtkScrolledWindow *scroller;
  GtkLabel *title;
  GtkLabel *state;
  GtkButton *close;
  GtkLabel *subtitle;
  GtkLabel *place;
  GtkLabel *between;
  GtkButton *asset;
  GtkBox *deadline;
  GtkImage *lamp;
  GtkLabel *limit;
  GtkLabel *due;
  GtkFlowBox *photos;
  GtkButton *compare;
  GtkLabel *text;
  LzCaseMarks *marks;
  LzEvidenceBox *evidence;
  GtkListBox *history;
  GtkLabel *waiting;
  GtkButton *next;
  GtkPopover *steps_popover;
  GtkListBox *steps;

  LzSession *session;
  LzCaseFacts *facts;
  GCancellable *loading;
};

/* lz-case-pane-show.c: what the case is, of the facts that are loaded. */
void lz_case_pane_show_facts (LzCasePane *self);
void lz_case_pane_set_label (GtkLabel *label, const char *text);
void lz_case_pane_compare_photos (LzCasePane *self);

/* lz-case-pane-acts.c: what can be done with it. */
void lz_case_pane_show_actions (LzCasePane *self);
void lz_case_pane_install_actions (GtkWidgetClass *widget_class);
void lz_case_pane_take_step (LzCasePane *self, GtkListBoxRow *line);

G_END_DECLS
