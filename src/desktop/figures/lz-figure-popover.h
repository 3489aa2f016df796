/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure-cases.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  LZ_MEANING_NONE,
  LZ_MEANING_COUNT,
  LZ_MEANING_RATE,
  LZ_MEANING_OTHER,
} LzMeaningKind;

/* A count that another figure was made of.  @n: -1 = it is not known here. */
typedef struct
{
  LzFigureOf *of;
  LzCount count;
  gint64 n;
} LzFigurePart;

/**
 * LzFigureMeaning:
 * @of: owned, of a count or a rate
 * @term: owned, with @definition: of other figures
 * @parts: (nullable) (element-type LzFigurePart): of a score: the counts it was made of
 *
 * What is behind a shown number.
 */
typedef struct
{
  LzMeaningKind kind;
  LzFigureOf *of;
  LzCount count;
  gint64 n;
  LzRate rate;
  LzRatio ratio;
  char *term;
  char *definition;
  GVariant *cases;
  GArray *parts;
} LzFigureMeaning;

void lz_figure_meaning_clear (LzFigureMeaning *self);

/* @of is copied; a count that is there already is not added again. */
void
lz_figure_meaning_add_part (LzFigureMeaning *self, const LzFigureOf *of, LzCount count, gint64 n);

/* Term, definition, period rule and clock, a line each: for tooltips. */
char *lz_figure_meaning_dup_text (const LzFigureMeaning *self);

/* The same with links to the cases, on @parent, which has to unparent it. */
GtkWidget *lz_figure_popover_new (GtkWidget *parent, const LzFigureMeaning *meaning);

G_END_DECLS
