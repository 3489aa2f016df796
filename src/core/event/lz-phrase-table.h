/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzPhrases:
 *
 * Words for opinions and replies, as data with a version (`data/phrases/phrases.tsv`).  Built once,
 * then only read; any thread.
 */
typedef struct _LzPhrases LzPhrases;

/**
 * lz_phrases_parse:
 * @bytes: a table of category ("*" = any, "T01" = any of task 1, "T01-06"), action (the event's
 * kind without "case.") and words
 * @error: (nullable): %LZ_ERROR_INVALID, naming line and column
 *
 * Returns: (transfer full) (nullable): the phrases, or %NULL with @error set
 */
LzPhrases *lz_phrases_parse (GBytes *bytes, GError **error);
void lz_phrases_free (LzPhrases *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPhrases, lz_phrases_free)

/**
 * lz_phrases_list:
 * @self: phrases
 * @category: (nullable): code of a category
 * @kind: the act that they are for
 *
 * Returns: (transfer container) (element-type utf8): what fits, that of the category first, then of
 *   its task, then of all
 */
GPtrArray *lz_phrases_list (const LzPhrases *self, const char *category, LzKind kind);

/* Whether something said for @scope ("*", "T01", "T01-06") is for @category too. */
gboolean lz_phrases_scope_fits (const char *scope, const char *category);

G_END_DECLS
