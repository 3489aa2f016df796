/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-paper.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPagePreview:
 *
 * The pages of a paper below each other, as they will be printed.  They are drawn in a worker.
 */
#define LZ_TYPE_PAGE_PREVIEW (lz_page_preview_get_type ())
G_DECLARE_FINAL_TYPE (LzPagePreview, lz_page_preview, LZ, PAGE_PREVIEW, GtkWidget)

/* @paper: (transfer full): laid out. */
void lz_page_preview_show (LzPagePreview *self, LzPaper *paper);
/* Why there are none. */
void lz_page_preview_show_problem (LzPagePreview *self, const char *problem);

G_END_DECLS
