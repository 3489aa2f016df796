/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzCreditRule:
 * @key: stored with each charge
 * @points: taken for it
 * @categories: (nullable): codes of cases that show it
 */
typedef struct
{
  char *key;
  char *label;
  char *label_en;
  guint points;
  GStrv categories;
} LzCreditRule;

/**
 * LzCreditRules:
 * @version: of the table
 * @start: points of a firm at the start of a calendar year
 * @warning: below it a firm is warned
 * @black: below it the black list is proposed
 * @rules: (element-type LzCreditRule)
 *
 * How firms that haul construction waste lose credit: data, `data/credit/rules.tsv`.
 */
typedef struct
{
  guint version;
  guint start;
  guint warning;
  guint black;
  GPtrArray *rules;
} LzCreditRules;

LzCreditRules *lz_credit_rules_parse (GBytes *table, GError **error);
void lz_credit_rules_free (LzCreditRules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCreditRules, lz_credit_rules_free)
const LzCreditRule *lz_credit_rules_find (const LzCreditRules *self, const char *key);

/* In the language of the messages. */
const char *lz_credit_rule_get_label (const LzCreditRule *self);

/**
 * LzCreditStanding:
 *
 * Where a firm stands.  Nobody is put on the black list by a rule: below the limit it is proposed,
 * and a named official confirms or rejects.
 */
typedef enum
{
  LZ_CREDIT_GOOD,
  LZ_CREDIT_WARNED,
  LZ_CREDIT_PROPOSED,
  LZ_CREDIT_BLACKLISTED,
} LzCreditStanding;

/**
 * LzCredit:
 * @points: left in the year
 * @n_charges: in the year
 * @decided_by: (nullable): who decided last about the black list
 * @decided_ms: when
 * @reason: (nullable): and why
 *
 * A firm's credit in one calendar year.
 */
typedef struct
{
  int points;
  guint n_charges;
  LzCreditStanding standing;
  char *decided_by;
  gint64 decided_ms;
  char *reason;
} LzCredit;

void lz_credit_clear (LzCredit *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzCredit, lz_credit_clear)

void lz_credit_reckon (const LzCreditRules *rules,
                       GPtrArray *events,
                       gint64 year_begins_ms,
                       gint64 year_ends_ms,
                       LzCredit *credit);

const char *lz_credit_standing_to_string (LzCreditStanding standing);
const char *lz_credit_standing_label (LzCreditStanding standing);

G_END_DECLS
