/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-bulletin-rules.h"
#include "lz-bulletin-text.h"

G_BEGIN_DECLS

/**
 * LzBulletinFrame:
 * @rules: the sentences
 * @figures: of the period
 * @dup_name: what people call a group of a table
 * @data: for @dup_name
 * @names: (array zero-terminated=1): words by their name in pairs, for the braces that are no
 *   figures: "office", "登封市少林街道办事处", "from", …
 *
 * What a bulletin is composed from.  Lent.
 */
typedef struct
{
  const LzBulletinRules *rules;
  LzBulletinFigures figures;
  char *(*dup_name) (LzTallyBy by, const char *value, gpointer data);
  gpointer data;
  const char *const *names;
} LzBulletinFrame;

/**
 * lz_bulletin_compose:
 * @frame: what from
 *
 * Proposes the whole text: every sentence whose conditions hold, in the order of the rules.  A pure
 * function of its frame; without typical cases.
 *
 * Returns: (transfer full): the text
 */
LzBulletinText *lz_bulletin_compose (const LzBulletinFrame *frame);

/* One sentence anew; (nullable): there is none of this key, or its conditions do not hold. */
char *lz_bulletin_compose_sentence (const LzBulletinFrame *frame, const char *key);

G_END_DECLS
