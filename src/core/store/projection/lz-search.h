/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-catalogue.h"
#include "lz-fold.h"

G_BEGIN_DECLS

/* The words of a case as they stand in the search index: single Chinese characters, pairs of them,
 * Latin words and numbers, and pairs of pinyin initials ("p_zd").  A function of what the report
 * said, which no later act changes, so that what was indexed can be taken out again.  The category
 * stands there by its code: its names are looked up when somebody searches. */
char *lz_search_words (const LzCase *self);

/* What the user typed as an expression for the index; NULL if it holds nothing to look for. */
char *lz_search_expression (const char *text, const LzCatalogue *catalogue);

G_END_DECLS
