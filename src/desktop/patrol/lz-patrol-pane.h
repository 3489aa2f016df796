/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-patrol-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPatrolPane:
 *
 * One patrol: when, who, how, its seal, what it covers of each road with the gaps, the cases found
 * during it, and what was noted.
 *
 * Signal `left` (): back to the overview.
 * Signal `shown` (): another patrol was read; lz_patrol_pane_get_file() lends it.
 * Signal `case-wanted` (gint64 fid): a case was chosen.
 * Signal `road-wanted` (const LzId *road): a road was chosen.
 * Signal `told` (const char *text): something to say in a toast.
 */
#define LZ_TYPE_PATROL_PANE (lz_patrol_pane_get_type ())
G_DECLARE_FINAL_TYPE (LzPatrolPane, lz_patrol_pane, LZ, PATROL_PANE, GtkWidget)

void lz_patrol_pane_set_session (LzPatrolPane *self, LzSession *session);
void lz_patrol_pane_show (LzPatrolPane *self, const LzId *patrol);
/* Reads it again; a note may have come. */
void lz_patrol_pane_refresh (LzPatrolPane *self);
void lz_patrol_pane_clear (LzPatrolPane *self);
/* (nullable): what is on show; lent until the next `shown`. */
const LzPatrolFile *lz_patrol_pane_get_file (LzPatrolPane *self);

G_END_DECLS
