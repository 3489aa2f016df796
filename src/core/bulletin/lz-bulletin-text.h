/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figure-token.h"
#include "lz-id.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LzParagraph:
 * @rule: (nullable): the key of the sentence it was proposed from; %NULL = somebody wrote it
 * @text: figures in braces, see #LzFigureToken; a brace of its own is doubled
 * @edited: it does not read as it was proposed
 */
typedef struct
{
  char *rule;
  char *text;
  gboolean edited;
} LzParagraph;

/**
 * LzBulletinSection:
 * @key: "overall", "problems" …
 * @heading: without its number: "总体情况"
 * @paragraphs: (element-type LzParagraph)
 */
typedef struct
{
  char *key;
  char *heading;
  GPtrArray *paragraphs;
} LzBulletinSection;

/**
 * LzTypicalCase:
 * @before, @after: (nullable): hashes of its photos in hexadecimal
 * @outcome: (nullable): how it stands: "按期结案"
 *
 * A typical case (典型案件) as the bulletin shows it.
 */
typedef struct
{
  LzId id;
  char *number;
  char *category;
  char *place;
  char *unit;
  char *text;
  char *outcome;
  char *before;
  char *after;
} LzTypicalCase;

/**
 * LzBulletinText:
 * @number: (nullable): of the document; with one it has a red head
 * @title: a line break in it is kept
 * @addressee: (nullable)
 * @opening: the first paragraph
 * @sections: (element-type LzBulletinSection)
 * @date: (nullable): below the text, in words
 * @tables_title, @cases_title: of the attachments
 * @cases: (element-type LzTypicalCase)
 * @said: (nullable) (element-type utf8 utf8): what each figure read when it was published
 *
 * The words of a bulletin, whether proposed, edited or published.  A plain value.
 */
typedef struct
{
  char *number;
  char *title;
  char *addressee;
  char *opening;
  GPtrArray *sections;
  char *date;
  char *tables_title;
  char *cases_title;
  GPtrArray *cases;
  GHashTable *said;
} LzBulletinText;

LzBulletinText *lz_bulletin_text_new (void);
void lz_bulletin_text_free (LzBulletinText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzBulletinText, lz_bulletin_text_free)

/* Empty ones, added at the end; lent. */
LzBulletinSection *
lz_bulletin_text_add_section (LzBulletinText *self, const char *key, const char *heading);
LzParagraph *lz_bulletin_section_add (LzBulletinSection *self, const char *rule, const char *text);
LzTypicalCase *lz_typical_case_new (void);
LzTypicalCase *lz_typical_case_copy (const LzTypicalCase *self);
void lz_typical_case_free (LzTypicalCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTypicalCase, lz_typical_case_free)

/* As JSON, for the store: drafts and what was published. */
JsonObject *lz_bulletin_text_write (const LzBulletinText *self);
LzBulletinText *lz_bulletin_text_read (JsonObject *json);
LzBulletinText *lz_bulletin_text_copy (const LzBulletinText *self);

/**
 * LzTextRun:
 * @text: words, or what is in the braces of a figure
 * @is_figure: which of them
 *
 * A stretch of a text.
 */
typedef struct
{
  char *text;
  gboolean is_figure;
} LzTextRun;

/* (element-type LzTextRun): what is in braces but no figure is words. */
GArray *lz_bulletin_split (const char *text);
/* Words as they have to be written in a text. */
char *lz_bulletin_escape (const char *words);

/* What a figure reads: as published, else from @figures (nullable). */
char *lz_bulletin_text_dup_figure (const LzBulletinText *self,
                                   const char *token,
                                   const LzBulletinFigures *figures);
/* A text as people read it. */
char *lz_bulletin_text_dup_words (const LzBulletinText *self,
                                  const char *text,
                                  const LzBulletinFigures *figures);
/* Keeps what every figure of the text reads now: from here on it says that. */
void lz_bulletin_text_fix (LzBulletinText *self, const LzBulletinFigures *figures);

G_END_DECLS
