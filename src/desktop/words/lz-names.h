/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives each button inside @widget that shows only a picture the name that its tooltip says:
 * GTK 4.8 tells a screen reader nothing of tooltips. */
void lz_names_from_tooltips (GtkWidget *widget);

/* The name of a list's row, for a screen reader; @child is what the row's factory made. */
void lz_names_set_row (GtkWidget *child, const char *name);

G_END_DECLS
