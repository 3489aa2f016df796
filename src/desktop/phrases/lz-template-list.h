/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzTemplateList:
 *
 * The usual words for a reason or an opinion, each taken with one click or with Alt and its digit.
 * They take the place of what is in the text.
 */
#define LZ_TYPE_TEMPLATE_LIST (lz_template_list_get_type ())
G_DECLARE_FINAL_TYPE (LzTemplateList, lz_template_list, LZ, TEMPLATE_LIST, GtkWidget)

void lz_template_list_set_text_view (LzTemplateList *self, GtkTextView *text_view);
/* @phrases: (element-type utf8): of lz_act_phrases_read_finish() */
void lz_template_list_set_phrases (LzTemplateList *self, GPtrArray *phrases);

G_END_DECLS
