/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-locator.h"
#include "lz-map.h"
#include "lz-patrol-data.h"
#include "lz-patrol-hand.h"
#include "lz-patrol-page.h"
#include "lz-patrol-pane.h"
#include "lz-patrol-replay.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _LzPatrolPage
{
  GtkWidget parent_instance;

  AdwFlap *flap;
  GtkStack *stack;
  GtkWidget *under_way;
  GtkLabel *under_way_facts;
  GtkLabel *under_way_problem;
  GtkListBox *under_way_roads;
  GtkWidget *begin;
  GtkListBox *due;
  GtkLabel *due_none;
  GtkWidget *missed_heading;
  GtkListBox *missed;
  GtkDropDown *whose;
  GtkDropDown *which_road;
  GtkListBox *history;
  GtkLabel *history_none;
  LzPatrolPane *pane;
  LzPatrolHand *hand;
  LzMap *map;
  GtkLabel *hint;
  GtkWidget *legend;
  LzPatrolReplay *replay;

  LzSession *session;
  LzPatrolOverview *overview;
  GPtrArray *shown_roads; /* LzRoad: those on the map and in the filter */
  LzLocator *locator;
  GCancellable *cancellable;
  GCancellable *reading;
  GtkFileChooserNative *chooser;
  LzId opened;   /* the patrol in the pane whose place on the map was fitted */
  gint64 fix_ms; /* of the last position that was kept */
  gboolean placed;
  gboolean filling; /* the filter's model is being changed */
};

/* lz-patrol-page.c */
void lz_patrol_page_tell (LzPatrolPage *self, const char *text);
void lz_patrol_page_show_map (LzPatrolPage *self);

/* lz-patrol-page-acts.c */
void lz_patrol_page_install_actions (GtkWidgetClass *widget_class);
/* The locator records while the person is on patrol. */
void lz_patrol_page_update_recording (LzPatrolPage *self);
void lz_patrol_page_connect_recording (LzPatrolPage *self);

G_END_DECLS
