/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* For dispose of a widget that made its children itself. */
static inline void
lz_template_dispose_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

/* For dispose.  GTK 4.8's gtk_widget_dispose_template() lets go of the children that the .ui names
 * for us; the frame around them is a child as well. */
static inline void
lz_template_dispose (GtkWidget *widget, GType type)
{
  gtk_widget_dispose_template (widget, type);
  lz_template_dispose_children (widget);
}
