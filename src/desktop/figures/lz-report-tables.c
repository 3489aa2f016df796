/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-report-tables.h"

#include <glib/gi18n.h>

#include "lz-report-view.h"
#include "lz-template.h"

struct _LzReportTables
{
  GtkWidget parent_instance;

  GtkDropDown *chooser;
  GtkLabel *note;
  LzReportView *view;

  LzReportHold *hold;
  LzFigureOf *base;
};

G_DEFINE_FINAL_TYPE (LzReportTables, lz_report_tables, GTK_TYPE_WIDGET)

void
lz_report_tables_set_max_rows (LzReportTables *self, guint max_rows)
{
  g_return_if_fail (LZ_IS_REPORT_TABLES (self));

  lz_report_view_set_max_rows (self->view, max_rows);
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), FALSE);
}

static void
show_table (LzReportTables *self)
{
  const LzReport *report = self->hold != NULL ? lz_report_hold_get (self->hold) : NULL;
  guint i = gtk_drop_down_get_selected (self->chooser);
  const LzReportTable *table = report != NULL && i < lz_report_get_n_tables (report)
                                   ? lz_report_get_table (report, i)
                                   : NULL;
  const char *note = table != NULL ? lz_report_table_get_note (table) : NULL;

  if (table != NULL && lz_report_table_get_n_rows (table) == 0)
    note = _ ("Nothing was counted for anybody in this period.");
  lz_report_view_show (self->view, self->hold, table, self->base);
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->note), note);
}

void
lz_report_tables_show (LzReportTables *self, LzReportHold *hold, const LzFigureOf *base)
{
  guint selected = gtk_drop_down_get_selected (self->chooser);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint n = hold != NULL ? lz_report_get_n_tables (lz_report_hold_get (hold)) : 0;

  g_return_if_fail (LZ_IS_REPORT_TABLES (self));
  g_return_if_fail (hold == NULL || base != NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (titles, lz_report_table_get_title (
                                        lz_report_get_table (lz_report_hold_get (hold), i)));
  /* Nothing of the report before is shown any more when it goes. */
  lz_report_view_show (self->view, NULL, NULL, NULL);
  g_clear_pointer (&self->hold, lz_report_hold_unref);
  g_clear_pointer (&self->base, lz_figure_of_free);
  gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (titles));
  if (hold == NULL)
    return;
  self->hold = lz_report_hold_ref (hold);
  self->base = lz_figure_of_copy (base);
  gtk_drop_down_set_selected (self->chooser, selected < n ? selected : 0);
  show_table (self);
}

void
lz_report_tables_focus (LzReportTables *self)
{
  g_return_if_fail (LZ_IS_REPORT_TABLES (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->chooser));
}

static void
lz_report_tables_dispose (GObject *object)
{
  LzReportTables *self = LZ_REPORT_TABLES (object);

  lz_template_dispose_children (GTK_WIDGET (self));
  g_clear_pointer (&self->hold, lz_report_hold_unref);
  g_clear_pointer (&self->base, lz_figure_of_free);

  G_OBJECT_CLASS (lz_report_tables_parent_class)->dispose (object);
}

static void
lz_report_tables_class_init (LzReportTablesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_report_tables_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
lz_report_tables_init (LzReportTables *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *chooser = gtk_drop_down_new (NULL, NULL);
  GtkWidget *note = gtk_label_new (NULL);

  self->chooser = GTK_DROP_DOWN (chooser);
  self->note = GTK_LABEL (note);
  self->view = lz_report_view_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (
                                      gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Table"), -1);
  gtk_label_set_xalign (self->note, 1);
  gtk_label_set_ellipsize (self->note, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (note, TRUE);
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_add_css_class (bar, "tables-bar");
  gtk_box_append (GTK_BOX (bar), chooser);
  gtk_box_append (GTK_BOX (bar), note);
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_parent (bar, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
  g_signal_connect_object (chooser, "notify::selected", G_CALLBACK (show_table), self,
                           G_CONNECT_SWAPPED);
}
