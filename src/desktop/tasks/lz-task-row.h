/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-cell.h"

G_BEGIN_DECLS

/**
 * LzTaskRow:
 *
 * A case as a task: lamp with its word, what, until when in words, where, and whose it is.
 */
#define LZ_TYPE_TASK_ROW (lz_task_row_get_type ())
G_DECLARE_FINAL_TYPE (LzTaskRow, lz_task_row, LZ, TASK_ROW, LzCaseCell)

/* A factory for lists whose items are #LzCaseItem. */
GtkListItemFactory *lz_task_row_new_factory (LzSession *session);

G_END_DECLS
