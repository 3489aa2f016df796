/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LzCaseItem:
 *
 * A line of a list of cases: a row number, and once it was read the row itself.  The row never
 * changes; a newer one takes its place and `row` is notified.
 */
#define LZ_TYPE_CASE_ITEM (lz_case_item_get_type ())
G_DECLARE_FINAL_TYPE (LzCaseItem, lz_case_item, LZ, CASE_ITEM, GObject)

LzCaseItem *lz_case_item_new (gint64 fid);
gint64 lz_case_item_get_fid (LzCaseItem *self);
/* %NULL until it was read. */
const LzCaseRow *lz_case_item_get_row (LzCaseItem *self);
/* @row: (transfer full) */
void lz_case_item_take_row (LzCaseItem *self, LzCaseRow *row);

G_END_DECLS
