/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-list.h"
#include "lz-case-pane.h"
#include "lz-section-list.h"
#include "lz-tasks-page.h"

#include <adwaita.h>

struct _LzTasksPage
{
  GtkWidget parent_instance;

  AdwFlap *flap;
  AdwLeaflet *leaflet;
  LzSectionList *sections;
  GtkButton *back;
  GtkLabel *heading;
  GtkLabel *summary;
  GtkDropDown *units;
  GtkStack *stack;
  AdwStatusPage *empty;
  AdwStatusPage *drafts;
  GtkListView *view;
  GtkActionBar *bulk_bar;
  GtkLabel *selected;
  GtkButton *approve;
  GtkButton *refuse;
  GtkMenuButton *more;
  LzCasePane *case_pane;

  LzSession *session;
  LzCaseList *list;
  GtkMultiSelection *selection;
  GArray *shown;  /* LzSection */
  GArray *counts; /* LzTaskCount of these */
  guint roles;
  char *actor;
  char *unit; /* only what is with it; nullable */
  GCancellable *tallying;
  GCancellable *counting;
  guint section;
  gboolean chosen;  /* a section is on show */
  gboolean advance; /* the case on show was dealt with: go to the next */
  gboolean begin;   /* a new section: open its first case where there is room */
  guint position;   /* of the case on show */
  guint refocus;    /* frames until the focus is looked after; 0 = it is well */
  guint again_id;
};

/* lz-tasks-page.c */
void lz_tasks_page_tell (LzTasksPage *self, const char *text);

void lz_tasks_page_ask (LzTasksPage *self);

/* Takes @counts, LzTaskCount of the sections on show. */
void lz_tasks_page_take_counts (LzTasksPage *self, GArray *counts, guint sum);

/* lz-tasks-page-list.c */
const LzSection *lz_tasks_page_get_section (LzTasksPage *self);
void lz_tasks_page_show_stack (LzTasksPage *self);
void lz_tasks_page_fill (LzTasksPage *self);

/* lz-tasks-page-focus.c */
void lz_tasks_page_take_focus (LzTasksPage *self);
void lz_tasks_page_keep_focus (LzTasksPage *self);

/* lz-tasks-page-count.c */
void lz_tasks_page_count (LzTasksPage *self);

/* lz-tasks-page-units.c */
void lz_tasks_page_set_up_units (LzTasksPage *self);
void lz_tasks_page_show_units (LzTasksPage *self);

/* lz-tasks-page-bulk.c */
void lz_tasks_page_update_bulk (LzTasksPage *self);
void lz_tasks_page_act_on_selection (LzTasksPage *self, LzKind kind);
const LzTransition *lz_tasks_page_find_bulk (LzTasksPage *self, gboolean refuse);
