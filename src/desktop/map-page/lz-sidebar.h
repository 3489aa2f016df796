/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-filter.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzSidebar:
 *
 * Beside the map: the search, my roads, the cases that the map shows (the map's equivalent for
 * keyboard and screen reader), the drafts, and what is due today.
 *
 * Signals:
 *   "road-activated" (const LzId *road)
 *   "case-activated" (gint64 fid)
 *   "draft-activated" (gint64 id)
 */
#define LZ_TYPE_SIDEBAR (lz_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (LzSidebar, lz_sidebar, LZ, SIDEBAR, GtkWidget)

void lz_sidebar_set_session (LzSidebar *self, LzSession *session, LzFilter *filter);
void lz_sidebar_show_cases (LzSidebar *self, GArray *fids);
void lz_sidebar_show_drafts (LzSidebar *self);
void lz_sidebar_focus_search (LzSidebar *self);
void lz_sidebar_select_case (LzSidebar *self, gint64 fid);
void lz_sidebar_select_road (LzSidebar *self, const LzId *road);

G_END_DECLS
