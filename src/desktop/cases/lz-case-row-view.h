/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-cell.h"

G_BEGIN_DECLS

/**
 * LzCaseRowView:
 *
 * A case in a narrow list: lamp, category, place, state and deadline.  Takes an #LzCaseItem.
 */
#define LZ_TYPE_CASE_ROW_VIEW (lz_case_row_view_get_type ())
G_DECLARE_FINAL_TYPE (LzCaseRowView, lz_case_row_view, LZ, CASE_ROW_VIEW, LzCaseCell)

/* A factory for lists of cases. */
GtkListItemFactory *lz_case_row_view_new_factory (LzSession *session);

G_END_DECLS
