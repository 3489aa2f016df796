/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-edition.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzFigureInserter:
 *
 * A popover with all figures of an edition and what they read: of the whole, of a dimension, of a
 * unit; to put one into a sentence.
 *
 * Signal `figure-chosen` (const char *token)
 */
#define LZ_TYPE_FIGURE_INSERTER (lz_figure_inserter_get_type ())
G_DECLARE_FINAL_TYPE (LzFigureInserter, lz_figure_inserter, LZ, FIGURE_INSERTER, GtkPopover)

GtkWidget *lz_figure_inserter_new (void);
/* @edition: lent until the next call; %NULL = none. */
void lz_figure_inserter_set_edition (LzFigureInserter *self, const LzEdition *edition);

/* A figure's name, translated: "Closing rate, change". */
char *lz_figure_inserter_dup_name (const char *token);

G_END_DECLS
