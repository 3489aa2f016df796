/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lz-case-pane.h"
#include "lz-filter-bar.h"
#include "lz-locator.h"
#include "lz-log-form.h"
#include "lz-map-page.h"
#include "lz-map.h"
#include "lz-sidebar.h"

struct _LzMapPage
{
  GtkWidget parent_instance;

  AdwFlap *side_flap;
  AdwFlap *pane_flap;
  LzSidebar *sidebar;
  GtkStack *pane;
  LzCasePane *case_pane;
  LzLogForm *form;
  LzMap *map;
  LzFilterBar *filter_bar;
  GtkLabel *hint;
  GtkToggleButton *assets;

  LzSession *session;
  LzFilter *filter;
  GSettings *settings;
  GPtrArray *shown_roads; /* of the session */
  GPtrArray *map_roads;   /* of these, the ones that the map colours */
  LzLocator *locator;
  gboolean going_there; /* to the own position, once it is known */
  gboolean placed;      /* the map was brought to where it was last */
  gint64 hovered;
  gint64 wanted; /* the case to reveal on the map once it is read; 0 = none */
  GArray *queue; /* gint64: drafts under review */
  guint queue_at;
  guint lamp_id;
  gboolean sidebar_made_way;
  GCancellable *pins_cancellable;
  GCancellable *marks_cancellable;
  GCancellable *cancellable;
};

/* lz-map-page.c */
void lz_map_page_tell (LzMapPage *self, const char *text);
gboolean lz_map_page_form_is_open (LzMapPage *self);
void lz_map_page_open_pane (LzMapPage *self, const char *name);
void lz_map_page_close_pane (LzMapPage *self);
void lz_map_page_set_picking (LzMapPage *self, gboolean picking);

/* lz-map-page-writing.c */
void lz_map_page_log_about (LzMapPage *self, LzPoint place, const LzId *asset);
void lz_map_page_connect_writing (LzMapPage *self);

/* lz-map-page-assets.c */
void lz_map_page_connect_assets (LzMapPage *self);
void lz_map_page_read_assets (LzMapPage *self);
