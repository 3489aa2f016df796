/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzMapPage:
 *
 * The map with its filters, my roads beside it, and on the other side the selected case or the
 * case that is being written.
 *
 * Signal `told` (const char *text): something to say in a toast.
 */
#define LZ_TYPE_MAP_PAGE (lz_map_page_get_type ())
G_DECLARE_FINAL_TYPE (LzMapPage, lz_map_page, LZ, MAP_PAGE, GtkWidget)

void lz_map_page_set_session (LzMapPage *self, LzSession *session);
void lz_map_page_show_row (LzMapPage *self, gint64 fid);
void lz_map_page_show_case (LzMapPage *self, const LzId *id);
/* Begins a new report; @paths: (nullable): its photos. */
void lz_map_page_log (LzMapPage *self, const char *const *paths);
/* Goes through drafts one after the other; @ids: gint64. */
void lz_map_page_review (LzMapPage *self, GArray *ids);
void lz_map_page_show_drafts (LzMapPage *self);
void lz_map_page_focus_search (LzMapPage *self);
void lz_map_page_toggle_sidebar (LzMapPage *self);
void lz_map_page_take_next_step (LzMapPage *self);
void lz_map_page_zoom (LzMapPage *self, int by);
/* Leaves what is open on the right: the form (its draft stays) or the case.  FALSE: nothing was. */
gboolean lz_map_page_leave (LzMapPage *self);

G_END_DECLS
