/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-asset-form.h"
#include "lz-assets-window.h"

G_BEGIN_DECLS

struct _LzAssetsWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwFlap *flap;
  GtkSearchEntry *search;
  GtkDropDown *kind;
  GtkDropDown *road;
  GtkToggleButton *gone;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkListView *view;
  GtkScrolledWindow *scroller;
  GtkLabel *summary;
  LzAssetForm *form;

  LzSession *session;
  GListStore *store;
  GtkSingleSelection *selection;
  LzAssetList *list; /* %NULL until it is read */
  GCancellable *reading;
  GCancellable *loading;
  guint n_wanted; /* how many are listed once they are read */
  char *new_kind; /* to be begun once the kinds are there */
  LzId new_road;
  gboolean begin;
  gboolean filling;
};

/* Of the kind that is chosen; NULL: all. */
const char *lz_assets_window_get_kind (LzAssetsWindow *self);
/* @filter: (out): clear it afterwards */
void lz_assets_window_fill_filter (LzAssetsWindow *self, LzAssetFilter *filter);

/* Registers taken in and written, in lz-assets-window-registers.c. */
void lz_assets_window_install_registers (GtkWidgetClass *widget_class);

G_END_DECLS
