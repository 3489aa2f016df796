/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * lz_paper_print_start:
 * @from: the widget whose window the dialogs belong to
 * @session: the session
 * @what: "notice", "file" or "tasks" to print, "notice-pdf", "file-pdf" or "tasks-pdf" to save
 * @subject: (nullable): the case; not for tasks
 *
 * Makes a paper in the store's thread, then shows the print dialog, which has a preview, or asks
 * for a file and writes it in a worker.  A notice gets its number with this.  What goes wrong is
 * shown in a dialog; when the window is closed meanwhile, it stops.
 */
void
lz_paper_print_start (GtkWidget *from, LzSession *session, const char *what, const LzId *subject);

G_END_DECLS
