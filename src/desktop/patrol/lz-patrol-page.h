/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPatrolPage:
 *
 * 巡查: what is due and what was missed, the patrol under way, the history, and the map with the
 * way of one patrol, what it covers, its gaps, its cases and its replay.
 *
 * Signal `told` (const char *text): something to say in a toast.
 * Signal `case-wanted` (gint64 fid): a case was chosen.
 */
#define LZ_TYPE_PATROL_PAGE (lz_patrol_page_get_type ())
G_DECLARE_FINAL_TYPE (LzPatrolPage, lz_patrol_page, LZ, PATROL_PAGE, GtkWidget)

void lz_patrol_page_set_session (LzPatrolPage *self, LzSession *session);
/* Opens a patrol: the desk's way here. */
void lz_patrol_page_show (LzPatrolPage *self, const LzId *patrol);
/* Back to the overview; FALSE if that is on show already. */
gboolean lz_patrol_page_leave (LzPatrolPage *self);
/* Whether a dropped file is a track by its name. */
gboolean lz_patrol_page_takes (const char *path);
void lz_patrol_page_import (LzPatrolPage *self, const char *path);

G_END_DECLS
