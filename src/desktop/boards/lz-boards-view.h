/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzBoardsView:
 *
 * 曝光台, 点赞榜 and 聚焦路长 as they hang: a view of the bulletin page.  Entries are put up from a
 * case or from here, taken off with a reason, and printed as a page.
 */
#define LZ_TYPE_BOARDS_VIEW (lz_boards_view_get_type ())
G_DECLARE_FINAL_TYPE (LzBoardsView, lz_boards_view, LZ, BOARDS_VIEW, GtkWidget)

G_END_DECLS
