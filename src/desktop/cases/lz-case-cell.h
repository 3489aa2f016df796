/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-item.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzCaseCell:
 *
 * What shows an #LzCaseItem in a list: follows its row and leaves the drawing to its kind.  A kind
 * has a template, whose parent is LzCaseCell, and says what it shows of a row.
 */
#define LZ_TYPE_CASE_CELL (lz_case_cell_get_type ())
G_DECLARE_DERIVABLE_TYPE (LzCaseCell, lz_case_cell, LZ, CASE_CELL, GtkWidget)

/**
 * LzCaseCellClass:
 * @show_row: fills the widgets; @row: (nullable): %NULL while it is read
 */
struct _LzCaseCellClass
{
  GtkWidgetClass parent_class;

  void (*show_row) (LzCaseCell *self, LzSession *session, const LzCaseRow *row);
};

/* For the class_init() of a kind. */
void lz_case_cell_class_set_up (gpointer klass, const char *resource, const char *css_name);

/* A factory of cells of @type for lists whose items are #LzCaseItem. */
GtkListItemFactory *lz_case_cell_new_factory (GType type, LzSession *session);

G_END_DECLS
