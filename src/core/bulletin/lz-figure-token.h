/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-score.h"

G_BEGIN_DECLS

/**
 * LzFigureForm:
 * @LZ_FIGURE_COUNT: a #LzCount
 * @LZ_FIGURE_RATE: a #LzRate
 * @LZ_FIGURE_TIME: how long handling took, in hours
 * @LZ_FIGURE_SCORE: points of a unit, a road … by the office's model
 */
typedef enum
{
  LZ_FIGURE_COUNT,
  LZ_FIGURE_RATE,
  LZ_FIGURE_TIME,
  LZ_FIGURE_SCORE,
} LzFigureForm;

/**
 * LzFigureWhen:
 * @LZ_WHEN_CHANGE: this period against the one before, in words: "up 6.10%" (环比)
 * @LZ_WHEN_YEAR_CHANGE: against the same one a year ago (同比)
 */
typedef enum
{
  LZ_WHEN_NOW,
  LZ_WHEN_PREVIOUS,
  LZ_WHEN_YEAR,
  LZ_WHEN_CHANGE,
  LZ_WHEN_YEAR_CHANGE,
  LZ_N_WHENS
} LzFigureWhen;

/**
 * LzFigureToken:
 * @form: which kind of figure
 * @which: a #LzCount or #LzRate; of a time its per cent, 50 = the median
 * @by_clock: of a time: by the handling clock
 * @by: in which table
 * @value: in which of its groups; "" for %LZ_BY_ALL
 *
 * A figure that stands in a sentence.  In a text it is written in braces: "{filed}",
 * "{closing%.change}", "{overdue_open@unit=%E5%B8%82}": key, "%" after a rate, the period unless it
 * is this one, and the group, escaped as in a URI.  So a sentence keeps what its numbers are, and
 * each of them opens to its cases.
 */
typedef struct
{
  LzFigureForm form;
  guint which;
  gboolean by_clock;
  LzFigureWhen when;
  LzTallyBy by;
  char *value;
} LzFigureToken;

void lz_figure_token_clear (LzFigureToken *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzFigureToken, lz_figure_token_clear)

/* @text: without the braces.  Untouched on failure; to be cleared. */
gboolean lz_figure_token_parse (const char *text, LzFigureToken *token);
char *lz_figure_token_dup (const LzFigureToken *self);

/**
 * LzBulletinFigures:
 * @now: (array length=LZ_N_BYS): the tables of the period; those that were not counted are %NULL
 * @previous: of the one before; a table that is missing has no figures
 * @last_year: (nullable): of the same one a year ago: %NULL = there was none
 * @model: (nullable): by which scores are reckoned
 *
 * What sentences take their figures from.  Lent.
 */
typedef struct
{
  LzTally *const *now;
  LzTally *const *previous;
  LzTally *const *last_year;
  const LzScoreModel *model;
} LzBulletinFigures;

/* What people read: "328", "97.36%", "up 6.10%"; "—" where there is no such figure. */
char *lz_figure_token_dup_text (const LzFigureToken *self, const LzBulletinFigures *figures);

/* As a number, for conditions and order: a rate in hundredths of a per cent, a time in ms, points
 * in hundredths.  FALSE: there is no such figure. */
gboolean
lz_figure_token_read (const LzFigureToken *self, const LzBulletinFigures *figures, gint64 *value);

G_END_DECLS
