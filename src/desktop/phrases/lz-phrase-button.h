/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-catalogue.h"
#include "lz-event.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPhraseButton:
 *
 * A menu of stock phrases that go into a text where the cursor stands: the category's own words
 * and the person's phrases from the settings.
 */
#define LZ_TYPE_PHRASE_BUTTON (lz_phrase_button_get_type ())
G_DECLARE_FINAL_TYPE (LzPhraseButton, lz_phrase_button, LZ, PHRASE_BUTTON, GtkWidget)

void lz_phrase_button_set_text_view (LzPhraseButton *self, GtkTextView *text_view);
/* %NULL: no category. */
void lz_phrase_button_set_category (LzPhraseButton *self, const LzCategory *category);

G_END_DECLS
