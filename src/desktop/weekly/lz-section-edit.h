/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-edition.h"
#include "lz-paragraph-edit.h"

G_BEGIN_DECLS

/**
 * LzSectionEdit:
 *
 * One section of a bulletin: its heading and its paragraphs, which can be added, moved, removed and
 * proposed anew.
 *
 * Signal `changed`: somebody edited something.
 * Signal `figure-wanted` (LzParagraphEdit *paragraph, const char *token, GdkRectangle *at)
 * Signal `focused` (LzParagraphEdit *paragraph): the caret is there.
 */
#define LZ_TYPE_SECTION_EDIT (lz_section_edit_get_type ())
G_DECLARE_FINAL_TYPE (LzSectionEdit, lz_section_edit, LZ, SECTION_EDIT, GtkWidget)

/* @edition is lent until lz_section_edit_update(). */
GtkWidget *lz_section_edit_new (const LzEdition *edition, const LzBulletinSection *section);
/* The same words with the figures of another edition. */
void lz_section_edit_update (LzSectionEdit *self, const LzEdition *edition);
/* Adds what it says to a text. */
void lz_section_edit_collect (LzSectionEdit *self, LzBulletinText *text);

G_END_DECLS
