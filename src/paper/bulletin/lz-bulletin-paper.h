/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-bulletin-text.h"
#include "lz-case-papers.h"

G_BEGIN_DECLS

/**
 * LzBulletinPaper:
 * @office: who publishes it: "登封市少林街道办事处"
 * @text: what it says; with a number it has a red head
 * @figures: (nullable): for the figures in it; %NULL where they are fixed
 * @tables: (nullable): of attachment 1; their definitions are printed below them
 * @plots: (nullable): drawn at its end; (transfer full) each, the array is the caller's
 * @photos: (nullable): two for each typical case, before and after; left out where path and what is
 *   missing are both %NULL
 * @made_ms: when the figures were taken, ms UTC
 *
 * A bulletin (通报) or a ranking by the plain template of Henan's cities, domain §4.4: the text,
 * attachment 1 with the statistics, attachment 2 with typical cases.  Plain values that the caller
 * fills and keeps.
 */
typedef struct
{
  const char *office;
  const LzBulletinText *text;
  const LzBulletinFigures *figures;
  const LzReport *tables;
  LzPlot **plots;
  guint n_plots;
  const LzPaperPhoto *photos;
  gint64 made_ms;
} LzBulletinPaper;

/**
 * lz_paper_new_bulletin:
 * @bulletin: what it says
 *
 * Returns: (transfer full): the paper, in the form of an official document
 */
LzPaper *lz_paper_new_bulletin (const LzBulletinPaper *bulletin);

G_END_DECLS
