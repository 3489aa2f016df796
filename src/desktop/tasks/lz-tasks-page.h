/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzTasksPage:
 *
 * What waits for this person, by role: the sections with their counts, the cases of one section by
 * deadline, and the case itself with its next step.
 *
 * Signal `told` (const char *text): something to say in a toast.
 * Signal `counted` (guint n): so many wait in all; for the badge of the page.
 */
#define LZ_TYPE_TASKS_PAGE (lz_tasks_page_get_type ())
G_DECLARE_FINAL_TYPE (LzTasksPage, lz_tasks_page, LZ, TASKS_PAGE, GtkWidget)

void lz_tasks_page_set_session (LzTasksPage *self, LzSession *session);
void lz_tasks_page_show_case (LzTasksPage *self, const LzId *id);
void lz_tasks_page_take_next_step (LzTasksPage *self);
void lz_tasks_page_focus_sections (LzTasksPage *self);
/* FALSE: there was nothing to leave. */
gboolean lz_tasks_page_leave (LzTasksPage *self);

G_END_DECLS
