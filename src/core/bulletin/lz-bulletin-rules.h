/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure-token.h"

G_BEGIN_DECLS

/* What must hold of a figure. */
typedef struct
{
  LzFigureToken figure;
  char compare; /* '<', '>' or '=' */
  gint64 limit; /* as lz_figure_token_read() gives it */
} LzSentenceCondition;

/* Groups of a table, by the figure of @condition, which each of them must meet: the highest first,
 * or with '<' the lowest. */
typedef struct
{
  LzTallyBy by;
  LzSentenceCondition condition;
  guint limit;
} LzSentenceList;

/**
 * LzSentence:
 * @part: where it belongs: "title", "addressee", "opening", "tables", "cases", or the key of a
 *   section
 * @key: of its row
 * @conditions: (element-type LzSentenceCondition): all must hold
 * @list: (nullable): what is listed in it
 * @item: how one of the list reads
 * @text: with figures and names in braces
 *
 * A sentence that may be proposed.  Lent by its table.
 */
typedef struct
{
  char *part;
  char *key;
  GArray *conditions;
  LzSentenceList *list;
  char *item;
  char *text;
} LzSentence;

/**
 * LzBulletinRules:
 *
 * The sentences from which bulletins are composed, data/bulletin/sentences.tsv or the office's own
 * table, in the language of the program.  Built once, then only read; any thread.
 */
typedef struct _LzBulletinRules LzBulletinRules;

/**
 * lz_bulletin_rules_parse:
 * @bytes: the table
 * @report: "weekly" or "monthly": its rows, and those of "*"
 * @error: (nullable): %LZ_ERROR_INVALID, naming line and column
 *
 * Returns: (transfer full) (nullable): the rules
 */
LzBulletinRules *lz_bulletin_rules_parse (GBytes *bytes, const char *report, GError **error);
void lz_bulletin_rules_free (LzBulletinRules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzBulletinRules, lz_bulletin_rules_free)

const char *lz_bulletin_rules_get_version (const LzBulletinRules *self);
/* So many days after it is made a demand of the bulletin is due. */
guint lz_bulletin_rules_get_deadline_days (const LzBulletinRules *self);
guint lz_bulletin_rules_get_n (const LzBulletinRules *self);
const LzSentence *lz_bulletin_rules_get (const LzBulletinRules *self, guint index);
/* (nullable) */
const LzSentence *lz_bulletin_rules_find (const LzBulletinRules *self, const char *key);

G_END_DECLS
