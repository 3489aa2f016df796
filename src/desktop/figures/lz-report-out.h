/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-report-hold.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * lz_report_out_start:
 * @from: the widget whose window the dialogs belong to
 * @hold: what to write; another reference is taken
 * @how: "pdf", "xlsx" or "csv" to save, "print" to print
 *
 * Asks where to and writes the report in a worker, or shows the print dialog.  What goes wrong is
 * shown in a dialog; when the window is closed meanwhile, it stops.
 */
void lz_report_out_start (GtkWidget *from, LzReportHold *hold, const char *how);

G_END_DECLS
