/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-papers.h"

G_BEGIN_DECLS

/**
 * LzBulletinSection:
 * @heading: without its number: "总体情况"
 * @paragraphs: (array zero-terminated=1)
 */
typedef struct
{
  const char *heading;
  const char *const *paragraphs;
} LzBulletinSection;

/**
 * LzBulletinCase:
 * @outcome: (nullable): how it stands: "按期结案", "超期2日未处置"
 * @before: its photos are left out where the path and what is missing are both %NULL
 * @after: the same
 *
 * A typical case (典型案件).  All strings but @number are nullable.
 */
typedef struct
{
  const char *number;
  const char *category;
  const char *place;
  const char *unit;
  const char *text;
  const char *outcome;
  LzPaperPhoto before;
  LzPaperPhoto after;
} LzBulletinCase;

/**
 * LzBulletin:
 * @office: who publishes it: "登封市少林街道办事处"
 * @number: (nullable): with a number it has a red head: "登少办通报〔2026〕47号"
 * @title: a line break in it is kept
 * @addressee: (nullable): "各社区（村），各有关单位："
 * @opening: (nullable): the first paragraph
 * @sections: 总体情况, 存在问题, 工作要求, …
 * @date: in words, below the office's name
 * @report: (nullable): the tables of attachment 1; their definitions are printed below them
 * @tables_title: of that attachment: "案件处理统计表"
 * @plots: (nullable): drawn at its end; (transfer full) each, the array is the caller's
 * @cases: the typical cases of attachment 2
 * @cases_title: of that attachment: "典型案件"
 * @made_ms: when the figures were taken, ms UTC
 *
 * A bulletin (通报) or a ranking by the plain template of Henan's cities, domain §4.4: the text,
 * attachment 1 with the statistics, attachment 2 with typical cases.  Plain values that the caller
 * fills and keeps.
 */
typedef struct
{
  const char *office;
  const char *number;
  const char *title;
  const char *addressee;
  const char *opening;
  const LzBulletinSection *sections;
  guint n_sections;
  const char *date;
  const LzReport *report;
  const char *tables_title;
  LzPlot **plots;
  guint n_plots;
  const LzBulletinCase *cases;
  guint n_cases;
  const char *cases_title;
  gint64 made_ms;
} LzBulletin;

/**
 * lz_paper_new_bulletin:
 * @bulletin: what it says
 *
 * Returns: (transfer full): the paper, in the form of an official document
 */
LzPaper *lz_paper_new_bulletin (const LzBulletin *bulletin);

/* Fills what a dossier knows of a case: its first photo of the problem and the last one of it put
 * right.  The strings belong to the dossier, which must outlive @of. */
void lz_bulletin_case_init (LzBulletinCase *of, LzDossier *dossier);

G_END_DECLS
