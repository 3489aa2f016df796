/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each widget is made from its template, shown, and lets go of everything. */
#include "config.h"

#include "lz-act-dialog.h"
#include "lz-case-marks.h"
#include "lz-case-pane.h"
#include "lz-case-row-view.h"
#include "lz-cases-page.h"
#include "lz-category-picker.h"
#include "lz-condition-list.h"
#include "lz-filter-bar.h"
#include "lz-intake-dialog.h"
#include "lz-log-form.h"
#include "lz-map-page.h"
#include "lz-merge-picker.h"
#include "lz-photo-strip.h"
#include "lz-photo-thumb.h"
#include "lz-photo-view.h"
#include "lz-photo-window.h"
#include "lz-phrase-button.h"
#include "lz-preferences.h"
#include "lz-section-list.h"
#include "lz-sidebar.h"
#include "lz-task-row.h"
#include "lz-tasks-page.h"
#include "lz-template-list.h"
#include "lz-window.h"

#include <adwaita.h>

static void
finalized_cb (gpointer data, GObject *where_it_was)
{
  *(gboolean *) data = TRUE;
}

static void
test_widget (gconstpointer data)
{
  GType (*get_type) (void) = (GType (*) (void)) data;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *widget = g_object_new (get_type (), NULL);
  gboolean finalized = FALSE;

  g_object_weak_ref (G_OBJECT (widget), finalized_cb, &finalized);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  gtk_window_destroy (GTK_WINDOW (window));
  while (!finalized)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_window (gconstpointer data)
{
  GType (*get_type) (void) = (GType (*) (void)) data;
  GtkWidget *window = g_object_new (get_type (), NULL);
  gboolean finalized = FALSE;

  g_object_weak_ref (G_OBJECT (window), finalized_cb, &finalized);
  gtk_window_destroy (GTK_WINDOW (window));
  while (!finalized)
    g_main_context_iteration (NULL, TRUE);
}

#define ADD_WIDGET(name)                                                                   \
  g_test_add_data_func ("/desktop/templates/" #name, (gconstpointer) lz_##name##_get_type, \
                        test_widget)
#define ADD_WINDOW(name)                                                                   \
  g_test_add_data_func ("/desktop/templates/" #name, (gconstpointer) lz_##name##_get_type, \
                        test_window)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();

  ADD_WIDGET (case_marks);
  ADD_WIDGET (case_pane);
  ADD_WIDGET (condition_list);
  ADD_WIDGET (merge_picker);
  ADD_WIDGET (section_list);
  ADD_WIDGET (tasks_page);
  ADD_WIDGET (template_list);
  ADD_WIDGET (case_row_view);
  ADD_WIDGET (cases_page);
  ADD_WIDGET (category_picker);
  ADD_WIDGET (filter_bar);
  ADD_WIDGET (log_form);
  ADD_WIDGET (map_page);
  ADD_WIDGET (photo_strip);
  ADD_WIDGET (photo_thumb);
  ADD_WIDGET (photo_view);
  ADD_WIDGET (phrase_button);
  ADD_WIDGET (sidebar);
  ADD_WINDOW (act_dialog);
  ADD_WINDOW (intake_dialog);
  ADD_WINDOW (photo_window);
  ADD_WINDOW (preferences);
  ADD_WINDOW (window);

  return g_test_run ();
}
