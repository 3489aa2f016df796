/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-paper.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * lz_paper_print_start:
 * @from: the widget whose window the dialogs belong to
 * @session: the session
 * @what: "notice", "file", "tasks" or "board" to print, "notice-pdf" and so on to save
 * @subject: (nullable): the case; not for tasks and boards
 * @unit: (nullable): whose tasks; %NULL = of the unit of the station's person, of all for an
 * office; of a board, which: "exposed"
 *
 * Makes a paper in the store's thread, then shows the print dialog, which has a preview, or asks
 * for a file and writes it in a worker.  A notice gets its number with this.  What goes wrong is
 * shown in a dialog; when the window is closed meanwhile, it stops.
 */
void lz_paper_print_start (GtkWidget *from,
                           LzSession *session,
                           const char *what,
                           const LzId *subject,
                           const char *unit);

/* The print dialog for a paper that is laid out.  @paper: (transfer full) */
void lz_paper_print_made (GtkWidget *from, LzPaper *paper);

/* Says in a dialog what went wrong; nothing if it was cancelled. */
void lz_paper_print_show_problem (GtkWidget *from, const char *heading, const GError *error);

G_END_DECLS
