/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-edition.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzParagraphEdit:
 *
 * One paragraph of a bulletin.  Its figures are marked and follow the edition's; a figure that
 * somebody writes over is a word from then on.  A click on a figure, or the key of the context
 * menu, shows what it means and leads to its cases.
 *
 * Signal `changed`: somebody edited it.
 * Signal `figure-wanted` (const char *token, GdkRectangle *at): show what this figure means; at,
 *   in the widget's coordinates.
 */
#define LZ_TYPE_PARAGRAPH_EDIT (lz_paragraph_edit_get_type ())
G_DECLARE_FINAL_TYPE (LzParagraphEdit, lz_paragraph_edit, LZ, PARAGRAPH_EDIT, GtkWidget)

/* @name: for a screen reader. */
GtkWidget *lz_paragraph_edit_new (const char *name);

/* @edition: for the figures; lent until the next call. */
void lz_paragraph_edit_show (LzParagraphEdit *self, const LzEdition *edition, const char *text);
/* The same text with the figures of @edition. */
void lz_paragraph_edit_update (LzParagraphEdit *self, const LzEdition *edition);
void lz_paragraph_edit_set_editable (LzParagraphEdit *self, gboolean editable);

/* With the figures in braces. */
char *lz_paragraph_edit_dup_text (LzParagraphEdit *self);

/* At the caret. */
void lz_paragraph_edit_insert_figure (LzParagraphEdit *self, const char *token);
void lz_paragraph_edit_focus (LzParagraphEdit *self);

G_END_DECLS
