/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases-page.h"

#include <adwaita.h>

#include "lz-case-columns.h"
#include "lz-case-list.h"
#include "lz-case-map.h"
#include "lz-case-pane.h"
#include "lz-filter-bar.h"
#include "lz-ledger-lister.h"

G_BEGIN_DECLS

struct _LzCasesPage
{
  GtkWidget parent_instance;

  AdwFlap *flap;
  LzCasePane *case_pane;
  GtkSearchEntry *search;
  LzFilterBar *filter_bar;
  GtkMenuButton *columns_button;
  GtkWidget *among_bar;
  GtkLabel *among_title;
  GtkStack *stack;
  GtkColumnView *view;
  GtkButton *show_all;
  GtkToggleButton *map_button;
  LzCaseMap *map;
  GtkLabel *summary;
  GtkMenuButton *selection_button;

  LzSession *session;
  LzFilter *filter;
  LzCaseList *list;
  GtkMultiSelection *selection;
  LzCaseColumns *columns;
  GCancellable *cancellable;
  GCancellable *counting;
  gboolean asked;
  LzLedgerQuery ledger;
  gboolean in_ledger; /* the page shows what stands in @ledger */
};

/* lz-cases-page.c */
void _lz_cases_page_tell (LzCasesPage *self, const char *text);

/* lz-cases-page-acts.c */
guint _lz_cases_page_count_selected (LzCasesPage *self);
GArray *_lz_cases_page_dup_selected (LzCasesPage *self, guint max);
void _lz_cases_page_class_install_acts (GtkWidgetClass *widget_class);

G_END_DECLS
