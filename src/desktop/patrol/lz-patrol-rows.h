/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-patrol-data.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The rows of the patrol page's lists.
 */

void lz_patrol_rows_clear (GtkListBox *list);
GtkWidget *lz_patrol_row_new_duty (LzSession *session, const LzPatrolDuty *duty);
GtkWidget *lz_patrol_row_new_patrol (LzSession *session, const LzPatrol *patrol);
GtkWidget *lz_patrol_row_new_cover (LzSession *session, const LzRoadCover *cover);
GtkWidget *lz_patrol_row_new_case (LzSession *session, const LzCaseRow *row);
GtkWidget *lz_patrol_row_new_note (LzSession *session, const LzEvent *event);

/* "today 09:00–10:12" */
char *lz_patrol_dup_span (const LzPatrol *patrol, int offset_min);

G_END_DECLS
