/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-machine.h"

G_BEGIN_DECLS

/**
 * SECTION: machine-page
 *
 * The machine for people to read, made from its table: what an act needs in words, the help page,
 * and the drawing.  Pure functions.
 */

/**
 * LzWord:
 * @text: an English word of the program, already translated if a translation is bound
 * @data: of the caller
 *
 * Returns: (transfer none): what to print for it
 */
typedef const char *(*LzWord) (const char *text, gpointer data);

/* What an act must bring and what must be so, as "a reason, the case is not overdue"; "" for
 * nothing.
 * @mask: which needs to name: %LZ_NEEDS_OF_BODY, the others, or all. */
char *lz_machine_dup_needs (guint needs, guint mask, LzWord word, gpointer data);
/* "the clock starts"; "" for none. */
const char *lz_machine_effect_label (LzClockEffect effect);
/* A set of #LzRole as "Dispatcher, Checker". */
char *lz_machine_dup_roles (guint roles, LzWord word, gpointer data);

/**
 * lz_machine_write_markdown:
 * @word: (nullable) (scope call): how words are printed; %NULL = as they are
 * @data: for @word
 *
 * Returns: (transfer full): the states and every transition with who, what is needed and what the
 *   clock does, as a page of Markdown
 */
char *lz_machine_write_markdown (LzWord word, gpointer data);

/**
 * lz_machine_draw:
 * @word: (nullable) (scope call): how words are printed; %NULL = as they are
 * @data: for @word
 *
 * Draws the machine: a column for each state, grouped by stage, and below it an arrow for each
 * transition from where it may start to where it leads.
 *
 * Returns: (transfer full): an SVG document
 */
char *lz_machine_draw (LzWord word, gpointer data);

G_END_DECLS
