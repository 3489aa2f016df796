/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-report-row.h"

struct _LzReportRow
{
  GObject parent_instance;

  LzReportHold *hold;
  const LzReportTable *table;
  guint index;
};

G_DEFINE_FINAL_TYPE (LzReportRow, lz_report_row, G_TYPE_OBJECT)

LzReportRow *
lz_report_row_new (LzReportHold *hold, const LzReportTable *table, guint index)
{
  LzReportRow *self = g_object_new (LZ_TYPE_REPORT_ROW, NULL);

  self->hold = lz_report_hold_ref (hold);
  self->table = table;
  self->index = index;
  return self;
}

const LzReportTable *
lz_report_row_get_table (LzReportRow *self)
{
  g_return_val_if_fail (LZ_IS_REPORT_ROW (self), NULL);

  return self->table;
}

guint
lz_report_row_get_index (LzReportRow *self)
{
  g_return_val_if_fail (LZ_IS_REPORT_ROW (self), 0);

  return self->index;
}

static int
compare_values (double a, double b)
{
  gboolean has_a = a == a, has_b = b == b; /* not NaN */

  if (has_a != has_b)
    return has_a ? -1 : 1;
  return has_a ? (a > b) - (a < b) : 0;
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const LzReportRow *x = a, *y = b;
  guint column = GPOINTER_TO_UINT (data);
  LzReportRowKind kind_x = lz_report_table_get_row_kind (x->table, x->index);
  LzReportRowKind kind_y = lz_report_table_get_row_kind (y->table, y->index);
  g_autofree char *text_x = NULL;
  g_autofree char *text_y = NULL;

  if (kind_x != kind_y)
    return (kind_x == LZ_ROW_TOTAL) - (kind_y == LZ_ROW_TOTAL);
  if (lz_report_column_is_figure (lz_report_table_get_column (x->table, column)))
    return compare_values (lz_report_table_get_value (x->table, x->index, column),
                           lz_report_table_get_value (y->table, y->index, column));
  text_x = lz_report_table_dup_text (x->table, x->index, column);
  text_y = lz_report_table_dup_text (y->table, y->index, column);
  return g_utf8_collate (text_x, text_y);
}

GtkSorter *
lz_report_row_new_sorter (guint column)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_cb, GUINT_TO_POINTER (column), NULL));
}

static void
lz_report_row_finalize (GObject *object)
{
  lz_report_hold_unref (LZ_REPORT_ROW (object)->hold);

  G_OBJECT_CLASS (lz_report_row_parent_class)->finalize (object);
}

static void
lz_report_row_class_init (LzReportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lz_report_row_finalize;
}

static void
lz_report_row_init (LzReportRow *self)
{
}
