/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-report-view.h"

#include <string.h>

#include "lz-names.h"
#include "lz-report-link.h"
#include "lz-report-row.h"
#include "lz-template.h"

/* Of a table that is not shown whole. */
#define ROW_HEIGHT 28
/* So much of words is seen at least. */
#define NAME_CHARS 14

struct _LzReportView
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scrolled;
  GtkColumnView *view;
  GListStore *store;
  GtkSortListModel *sorted;
  gboolean rows_open;
  guint max_rows; /* 0 = it fills what room there is */
  char *columns;  /* keys of the columns that are there */
  LzFigureOf *base;
};

G_DEFINE_FINAL_TYPE (LzReportView, lz_report_view, GTK_TYPE_WIDGET)

enum
{
  ROW_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

LzReportView *
lz_report_view_new (void)
{
  return g_object_new (LZ_TYPE_REPORT_VIEW, NULL);
}

void
lz_report_view_set_rows_open (LzReportView *self, gboolean rows_open)
{
  g_return_if_fail (LZ_IS_REPORT_VIEW (self));

  self->rows_open = rows_open;
}

void
lz_report_view_set_max_rows (LzReportView *self, guint max_rows)
{
  g_return_if_fail (LZ_IS_REPORT_VIEW (self));

  self->max_rows = max_rows;
  gtk_widget_set_vexpand (GTK_WIDGET (self->scrolled), FALSE);
}

/* As high as it has rows; a longer one scrolls by itself. */
static void
fit_height (LzReportView *self, guint n_rows)
{
  gboolean whole = n_rows <= self->max_rows;

  if (self->max_rows == 0)
    return;
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_AUTOMATIC,
                                  whole ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (self->scrolled,
                                              whole ? -1 : (int) self->max_rows * ROW_HEIGHT);
}

/* -- rows ---------------------------------------------------------------------------------------
 */

static void
want_row (LzReportView *self, LzReportRow *row)
{
  const LzReportTable *table = lz_report_row_get_table (row);
  guint i = lz_report_row_get_index (row);
  int name = lz_report_table_find_column (table, "name");
  const char *key = lz_report_table_get_row_key (table, i);

  if (key != NULL && *key != '\0' && self->rows_open &&
      lz_report_table_get_row_kind (table, i) == LZ_ROW_BODY)
    g_signal_emit (self, signals[ROW_WANTED], 0, key,
                   name >= 0 ? lz_report_table_get_cell (table, i, (guint) name)->text : key);
}

static void
activated_cb (LzReportView *self, guint position)
{
  g_autoptr (LzReportRow) row = g_list_model_get_item (G_LIST_MODEL (self->sorted), position);

  if (row != NULL)
    want_row (self, row);
}

static void
name_clicked_cb (GtkButton *button, GtkListItem *item)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (button), LZ_TYPE_REPORT_VIEW);
  LzReportRow *row = gtk_list_item_get_item (item);

  if (view != NULL && row != NULL)
    want_row (LZ_REPORT_VIEW (view), row);
}

/* -- cells --------------------------------------------------------------------------------------
 */

static guint
get_column (GtkSignalListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
setup_figure_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LzReportView *self)
{
  GtkWidget *figure = GTK_WIDGET (lz_figure_new ());

  gtk_widget_set_halign (figure, GTK_ALIGN_END);
  gtk_list_item_set_child (item, figure);
}

static void
bind_figure_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LzReportView *self)
{
  LzReportRow *row = gtk_list_item_get_item (item);

  lz_report_link_show (LZ_FIGURE (gtk_list_item_get_child (item)), lz_report_row_get_table (row),
                       lz_report_row_get_index (row), get_column (factory), self->base);
}

static GtkWidget *
new_text (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
setup_text_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LzReportView *self)
{
  gtk_list_item_set_child (item, new_text ());
}

static void
setup_name_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LzReportView *self)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), new_text ());
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "figure");
  gtk_widget_add_css_class (button, "figure-link");
  g_signal_connect_object (button, "clicked", G_CALLBACK (name_clicked_cb), item, 0);
  gtk_list_item_set_child (item, button);
}

static void
bind_text_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LzReportView *self)
{
  LzReportRow *row = gtk_list_item_get_item (item);
  g_autofree char *text =
      lz_report_table_dup_text (lz_report_row_get_table (row), lz_report_row_get_index (row),
                                get_column (factory));
  GtkWidget *child = gtk_list_item_get_child (item);

  if (GTK_IS_BUTTON (child))
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
      child = gtk_button_get_child (GTK_BUTTON (child));
    }
  gtk_label_set_label (GTK_LABEL (child), text);
  gtk_widget_set_tooltip_text (child, text);
}

/* -- columns ------------------------------------------------------------------------------------
 */

static GtkListItemFactory *
new_factory (LzReportView *self, const LzReportColumn *head, guint i)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  gboolean is_figure = lz_report_column_is_figure (head);
  gboolean is_name = self->rows_open && strcmp (head->key, "name") == 0;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (i));
  g_signal_connect_object (factory, "setup",
                           is_figure ? G_CALLBACK (setup_figure_cb)
                           : is_name ? G_CALLBACK (setup_name_cb)
                                     : G_CALLBACK (setup_text_cb),
                           self, 0);
  g_signal_connect_object (factory, "bind",
                           is_figure ? G_CALLBACK (bind_figure_cb) : G_CALLBACK (bind_text_cb),
                           self, 0);
  return factory;
}

/* Names and long words; a grade is as short as a figure. */
static gboolean
takes_room (const LzReportColumn *head)
{
  return !lz_report_column_is_figure (head) &&
         (head->width > 0 || strcmp (head->key, "name") == 0 || strcmp (head->key, "figure") == 0);
}

static void
add_column (LzReportView *self, const LzReportTable *table, guint i)
{
  const LzReportColumn *head = lz_report_table_get_column (table, i);
  g_autoptr (GtkColumnViewColumn) column =
      gtk_column_view_column_new (head->title, new_factory (self, head, i));
  g_autoptr (GtkSorter) sorter = lz_report_row_new_sorter (i);

  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, takes_room (head));
  gtk_column_view_append_column (self->view, column);
}

static char *
make_columns_key (LzReportView *self, const LzReportTable *table)
{
  GString *key = g_string_new (self->rows_open ? "open" : "");

  for (guint i = 0; i < lz_report_table_get_n_columns (table); i++)
    g_string_append_printf (key, ",%s", lz_report_table_get_column (table, i)->key);
  return g_string_free (key, FALSE);
}

static void
set_columns (LzReportView *self, const LzReportTable *table)
{
  g_autofree char *key = make_columns_key (self, table);
  GListModel *columns = gtk_column_view_get_columns (self->view);

  if (g_strcmp0 (key, self->columns) == 0)
    return;
  /* Rows of the table before have no cells for the new columns. */
  g_list_store_remove_all (self->store);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  for (guint i = 0; i < lz_report_table_get_n_columns (table); i++)
    add_column (self, table, i);
  g_free (self->columns);
  self->columns = g_steal_pointer (&key);
}

void
lz_report_view_show (LzReportView *self,
                     LzReportHold *hold,
                     const LzReportTable *table,
                     const LzFigureOf *base)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (LZ_IS_REPORT_VIEW (self));

  if (table != NULL)
    {
      g_clear_pointer (&self->base, lz_figure_of_free);
      self->base = lz_figure_of_copy (base);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      lz_report_table_get_title (table), -1);
      set_columns (self, table);
      for (guint i = 0; i < lz_report_table_get_n_rows (table); i++)
        g_ptr_array_add (rows, lz_report_row_new (hold, table, i));
    }
  fit_height (self, rows->len);
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)),
                       rows->pdata, rows->len);
}

static void
lz_report_view_dispose (GObject *object)
{
  LzReportView *self = LZ_REPORT_VIEW (object);

  lz_template_dispose_children (GTK_WIDGET (self));
  g_clear_object (&self->sorted);
  g_clear_object (&self->store);
  g_clear_pointer (&self->columns, g_free);
  g_clear_pointer (&self->base, lz_figure_of_free);

  G_OBJECT_CLASS (lz_report_view_parent_class)->dispose (object);
}

static void
lz_report_view_class_init (LzReportViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_report_view_dispose;
  signals[ROW_WANTED] =
      g_signal_new ("row-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lz_report_view_init (LzReportView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSelectionModel *selection;

  self->store = g_list_store_new (LZ_TYPE_REPORT_ROW);
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->store)), NULL);
  selection =
      GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->sorted))));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (selection));
  gtk_sort_list_model_set_sorter (self->sorted,
                                  g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "report-table");
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activated_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->scrolled = GTK_SCROLLED_WINDOW (scrolled);
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
}
