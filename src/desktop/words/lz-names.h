/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives each button inside @widget that shows only a picture the name that its tooltip says:
 * GTK 4.8 tells a screen reader nothing of tooltips. */
void lz_names_from_tooltips (GtkWidget *widget);

/* The name of a list's row, for a screen reader; @child is what the row's factory made. */
void lz_names_set_row (GtkWidget *child, const char *name);

/* For a factory's "setup" of a column's cell: in GTK 4.8 the cell and the row both take a click, so
 * that Ctrl+click would select a row and at once leave it out again. */
void lz_names_leave_clicks_to_row (GtkListItem *cell);

G_END_DECLS
