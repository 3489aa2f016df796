/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzBulletinPage:
 *
 * The page 通报: its views (#LzBulletinView) behind a switcher, and one period for all of them.
 *
 * Signals:
 *   "told" (const char *text)       something to say in a toast
 *   "case-wanted" (const LzId *id)  show this case
 */
#define LZ_TYPE_BULLETIN_PAGE (lz_bulletin_page_get_type ())
G_DECLARE_FINAL_TYPE (LzBulletinPage, lz_bulletin_page, LZ, BULLETIN_PAGE, GtkWidget)

void lz_bulletin_page_set_session (LzBulletinPage *self, LzSession *session);
gboolean lz_bulletin_page_leave (LzBulletinPage *self);

/* The action bulletin.view ("overview", "ranking" …) shows a view, bulletin.period (-1, 1) goes to
 * the period before or after. */

G_END_DECLS
