/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzCategoryPicker:
 *
 * Finds a category by Chinese text, pinyin initials or code; the most used come first.
 *
 * Signal `picked`: another category, or none.
 */
#define LZ_TYPE_CATEGORY_PICKER (lz_category_picker_get_type ())
G_DECLARE_FINAL_TYPE (LzCategoryPicker, lz_category_picker, LZ, CATEGORY_PICKER, GtkWidget)

void lz_category_picker_set_session (LzCategoryPicker *self, LzSession *session);
void lz_category_picker_set_code (LzCategoryPicker *self, const char *code);
/* %NULL while none is picked. */
const LzCategory *lz_category_picker_get_category (LzCategoryPicker *self);
void lz_category_picker_focus (LzCategoryPicker *self);

G_END_DECLS
