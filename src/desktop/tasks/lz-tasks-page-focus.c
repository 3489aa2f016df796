/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-tasks-page-private.h"

/* Where the keyboard is while rows come and go. */

/* After as many frames a list has drawn what it holds. */
#define FRAMES_TO_DRAW 2

void
lz_tasks_page_take_focus (LzTasksPage *self)
{
  if (lz_case_list_get_n (self->list) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  else
    lz_section_list_take_focus (self->sections);
}

static gboolean
refocus_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LzTasksPage *self = LZ_TASKS_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (--self->refocus > 0)
    return G_SOURCE_CONTINUE;

  if (gtk_widget_get_mapped (widget) && (focus == NULL || !gtk_widget_is_ancestor (focus, widget)))
    lz_tasks_page_take_focus (self);
  return G_SOURCE_REMOVE;
}

/* The keyboard stays here when the row that had it goes: GTK gives it to the window's first button,
 * and to the list's new rows only once they were drawn. */
void
lz_tasks_page_keep_focus (LzTasksPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && !self->advance)
    return;
  if (self->refocus == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), refocus_cb, NULL, NULL);
  self->refocus = FRAMES_TO_DRAW;
}
