/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-acts-many.h"
#include "lz-assets-window.h"
#include "lz-bulletin-page.h"
#include "lz-campaigns-window.h"
#include "lz-cases-page.h"
#include "lz-desk-page.h"
#include "lz-map-page.h"
#include "lz-patrol-page.h"
#include "lz-reminder.h"
#include "lz-tasks-page.h"
#include "lz-window.h"

#ifdef LZ_HAVE_SYNC
#include "lz-sync-front.h"
#endif

struct _LzWindow
{
  AdwApplicationWindow parent_instance;

  AdwHeaderBar *header_bar;
  GtkBox *banners;
  GtkButton *log_button;
  GtkToggleButton *sidebar_button;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *problem;
  GtkLabel *problem_details;
  GtkWidget *sample;
  AdwViewStack *pages;
  AdwViewStackPage *tasks_tab;
  LzTasksPage *tasks_page;
  LzMapPage *map_page;
  LzCasesPage *cases_page;
  LzPatrolPage *patrol_page;
  LzDeskPage *desk_page;
  LzBulletinPage *bulletin_page;

  GSettings *settings;
  char *station_dir;
  LzSession *session;   /* %NULL until the station is open */
  LzReminder *reminder; /* the same */
#ifdef LZ_HAVE_SYNC
  LzSyncFront *sync; /* the same */
#endif
  GStrv waiting_paths; /* given before the station was open */
  GCancellable *opening;
  GCancellable *listing; /* the cases behind a figure, */
  char *listing_title;   /* and what they are */
  GtkFileChooserNative *chooser;
  AdwToast *undo_toast;
  LzDraft *discarded;           /* the draft that the toast offers back */
  gboolean settled;             /* the first page was chosen */
  LzAssetsWindow *assets;       /* not owned; %NULL while it is not open */
  LzCampaignsWindow *campaigns; /* the same */
};

/* lz-window.c */
void lz_window_open_station (LzWindow *self);
void lz_window_tell (LzWindow *self, const char *text);
void lz_window_go_to_case (LzWindow *self, const LzId *id);

/* lz-window-records.c */
void lz_window_class_install_record_actions (GtkWidgetClass *widget_class);
void lz_window_close_records (LzWindow *self);

/* lz-window-actions.c */
void lz_window_class_install_actions (GtkWidgetClass *widget_class);
void lz_window_update_actions (LzWindow *self);
void lz_window_offer_undo (LzWindow *self, LzKind kind, const LzId *subject);
void lz_window_offer_undo_many (LzWindow *self, const LzManyDone *done);
void lz_window_offer_draft (LzWindow *self, const LzDraft *draft);

#ifdef LZ_HAVE_SYNC
/* lz-window-sync.c */
void lz_window_begin_sync (LzWindow *self);
void lz_window_end_sync (LzWindow *self);
void lz_window_add_account_page (LzWindow *self, AdwPreferencesWindow *preferences);
#endif
