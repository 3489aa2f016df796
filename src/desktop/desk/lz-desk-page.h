/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzDeskPage:
 *
 * The road chief's desk: every road with its health, and the file of the chosen one; several chosen
 * ones side by side.
 *
 * Signals:
 *   "told" (const char *text)       something to say in a toast
 *   "case-wanted" (const LzId *id)  show this case
 */
#define LZ_TYPE_DESK_PAGE (lz_desk_page_get_type ())
G_DECLARE_FINAL_TYPE (LzDeskPage, lz_desk_page, LZ, DESK_PAGE, GtkWidget)

void lz_desk_page_set_session (LzDeskPage *self, LzSession *session);
void lz_desk_page_focus_search (LzDeskPage *self);
gboolean lz_desk_page_leave (LzDeskPage *self);

G_END_DECLS
