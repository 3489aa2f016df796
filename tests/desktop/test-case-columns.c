/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the table of cases are as the person left them, also after a restart. */
#include "config.h"

#include "lz-case-columns.h"
#include "lz-test-session.h"

#include <gtk/gtk.h>

#define CODE  0
#define STATE 1

typedef struct
{
  LzTestSession base;
  GtkWindow *window;
  GtkColumnView *view;
  LzCaseColumns *columns;
} Fixture;

static void
open_table (Fixture *f)
{
  f->window = GTK_WINDOW (gtk_window_new ());
  f->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  f->columns = lz_case_columns_new (f->view, f->base.session);
  gtk_window_set_child (f->window, GTK_WIDGET (f->view));
  gtk_window_present (f->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
close_table (Fixture *f)
{
  gtk_window_destroy (f->window);
  g_clear_object (&f->columns);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  lz_test_session_set_up (&f->base, data);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  lz_test_session_tear_down (&f->base, data);
}

static GtkColumnViewColumn *
get_column (Fixture *f, guint at)
{
  g_autoptr (GtkColumnViewColumn) column =
      g_list_model_get_item (gtk_column_view_get_columns (f->view), at);

  return column; /* the view holds it */
}

static void
test_restart (Fixture *f, gconstpointer data)
{
  GtkColumnViewColumn *state;
  g_autofree char *title = NULL;
  guint n;

  open_table (f);
  n = g_list_model_get_n_items (gtk_column_view_get_columns (f->view));
  state = get_column (f, STATE);
  title = g_strdup (gtk_column_view_column_get_title (state));
  gtk_column_view_column_set_fixed_width (state, 217);
  gtk_column_view_insert_column (f->view, 4, state); /* as a drag of its header does */
  g_action_group_change_action_state (lz_case_columns_get_actions (f->columns), "photos",
                                      g_variant_new_boolean (FALSE));
  close_table (f); /* at once */

  open_table (f);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (f->view)), ==, n - 1);
  g_assert_cmpstr (gtk_column_view_column_get_title (get_column (f, 4)), ==, title);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (f, 4)), ==, 217);
  gtk_column_view_sort_by_column (f->view, get_column (f, CODE), GTK_SORT_DESCENDING);
  close_table (f);

  open_table (f);
  {
    gboolean descending = FALSE;

    g_assert_cmpint (lz_case_columns_get_sort (f->columns, &descending), ==, LZ_SORT_NUMBER);
    g_assert_true (descending);
  }
  close_table (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }

  g_test_add ("/desktop/case-columns/restart", Fixture, NULL, set_up, test_restart, tear_down);

  return g_test_run ();
}
