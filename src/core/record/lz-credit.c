/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-record"

#include "config.h"

#include "lz-credit.h"
#include "lz-error.h"
#include "lz-tsv.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_POINTS 10000

enum
{
  COLUMN_RULE,
  COLUMN_LABEL,
  COLUMN_LABEL_EN,
  COLUMN_POINTS,
  COLUMN_CATEGORIES,
};

static const char *const columns[] = {
  "rule", "label_zh", "label_en", "points", "categories", NULL
};

static const struct
{
  const char *name;
  const char *label;
} standings[] = {
  [LZ_CREDIT_GOOD] = { "good", N_ ("In good standing") },
  [LZ_CREDIT_WARNED] = { "warned", N_ ("Warned") },
  [LZ_CREDIT_PROPOSED] = { "proposed", N_ ("Proposed for the black list") },
  [LZ_CREDIT_BLACKLISTED] = { "blacklisted", N_ ("On the black list") },
};

static void
free_rule (gpointer data)
{
  LzCreditRule *self = data;

  g_free (self->key);
  g_free (self->label);
  g_free (self->label_en);
  g_strfreev (self->categories);
  g_free (self);
}

void
lz_credit_rules_free (LzCreditRules *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rules);
  g_free (self);
}

static gboolean
read_note (const LzTsv *table, const char *key, guint *value, GError **error)
{
  const char *text = lz_tsv_get_note (table, key);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, MAX_POINTS, &number, NULL))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "the line “# %s: …” is missing or wrong",
                   key);
      return FALSE;
    }
  *value = (guint) number;
  return TRUE;
}

static gboolean
add_rule (LzCreditRules *self, const LzTsv *table, guint row, GError **error)
{
  LzCreditRule *rule = g_new0 (LzCreditRule, 1);
  const char *categories = lz_tsv_get (table, row, COLUMN_CATEGORIES);

  g_ptr_array_add (self->rules, rule);
  rule->key = lz_tsv_dup (table, row, COLUMN_RULE);
  rule->label = lz_tsv_dup (table, row, COLUMN_LABEL);
  rule->label_en = lz_tsv_dup (table, row, COLUMN_LABEL_EN);
  rule->categories = *categories != '\0' ? g_strsplit (categories, " ", -1) : NULL;
  if (rule->key == NULL || rule->label == NULL)
    return lz_tsv_set_error (table, row, COLUMN_RULE, "is empty", error);
  return lz_tsv_get_uint (table, row, COLUMN_POINTS, 1, MAX_POINTS, &rule->points, error);
}

/**
 * lz_credit_rules_parse:
 * @table: as `data/credit/rules.tsv`, which explains itself
 * @error: (nullable): %LZ_ERROR_INVALID, naming the line
 *
 * Returns: (transfer full) (nullable): the rules
 */
LzCreditRules *
lz_credit_rules_parse (GBytes *table, GError **error)
{
  g_autoptr (LzTsv) rows = lz_tsv_parse (table, columns, error);
  g_autoptr (LzCreditRules) self = NULL;

  if (rows == NULL)
    return NULL;
  self = g_new0 (LzCreditRules, 1);
  self->rules = g_ptr_array_new_with_free_func (free_rule);
  if (!read_note (rows, "version", &self->version, error) ||
      !read_note (rows, "start", &self->start, error) ||
      !read_note (rows, "warning", &self->warning, error) ||
      !read_note (rows, "black", &self->black, error))
    return NULL;
  for (guint row = 0; row < lz_tsv_get_n_rows (rows); row++)
    if (!add_rule (self, rows, row, error))
      return NULL;
  return g_steal_pointer (&self);
}

const LzCreditRule *
lz_credit_rules_find (const LzCreditRules *self, const char *key)
{
  for (guint i = 0; i < self->rules->len; i++)
    if (g_strcmp0 (((const LzCreditRule *) self->rules->pdata[i])->key, key) == 0)
      return self->rules->pdata[i];
  return NULL;
}

const char *
lz_credit_rule_get_label (const LzCreditRule *self)
{
  /* Translators: which of the names in the office's data to show: "zh" or "en". */
  gboolean chinese = strcmp (C_ ("names in data", "en"), "zh") == 0;

  return chinese || self->label_en == NULL ? self->label : self->label_en;
}

void
lz_credit_clear (LzCredit *self)
{
  g_clear_pointer (&self->decided_by, g_free);
  g_clear_pointer (&self->reason, g_free);
}

static void
decide (LzCredit *credit, const LzEvent *event)
{
  lz_credit_clear (credit);
  credit->decided_by = g_strdup (event->actor);
  credit->decided_ms = event->occurred_ms;
  credit->reason = g_strdup (event->body->text);
}

/* Points are those of the rule when it was applied: they stand in the event. */
static int
read_points (const LzEvent *event)
{
  g_autoptr (JsonObject) facts = lz_wire_read_facts (event->body->facts, NULL);

  return facts != NULL ? (int) json_object_get_int_member_with_default (facts, "points", 0) : 0;
}

/**
 * lz_credit_reckon:
 * @rules: start and limits
 * @events: (element-type LzEvent): of a firm, in the order of the fold
 * @year_begins_ms: start of the calendar year in the office's zone
 * @year_ends_ms: its end, not in it
 * @credit: (out caller-allocates): clear it with lz_credit_clear()
 *
 * Reckons a firm's credit: every year starts anew (domain §5.4 [P]); a firm on the black list stays
 * there until somebody takes it off; a rejected proposal is made again only after another charge.
 */
void
lz_credit_reckon (const LzCreditRules *rules,
                  GPtrArray *events,
                  gint64 year_begins_ms,
                  gint64 year_ends_ms,
                  LzCredit *credit)
{
  gboolean listed = FALSE, spared = FALSE;

  *credit = (LzCredit){ .points = (int) rules->start };
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = events->pdata[i];

      if (event->kind != LZ_KIND_RECORD || event->body == NULL ||
          event->occurred_ms >= year_ends_ms)
        continue;
      if (g_str_equal (event->kind_name, "firm.charged") && event->occurred_ms >= year_begins_ms)
        {
          credit->points -= read_points (event);
          credit->n_charges++;
          spared = FALSE;
        }
      else if (g_str_equal (event->kind_name, "firm.blacklisted") ||
               g_str_equal (event->kind_name, "firm.cleared"))
        {
          listed = g_str_equal (event->kind_name, "firm.blacklisted");
          decide (credit, event);
        }
      else if (g_str_equal (event->kind_name, "firm.spared"))
        {
          spared = TRUE;
          decide (credit, event);
        }
    }

  if (listed)
    credit->standing = LZ_CREDIT_BLACKLISTED;
  else if (credit->points < (int) rules->black && !spared)
    credit->standing = LZ_CREDIT_PROPOSED;
  else if (credit->points < (int) rules->warning)
    credit->standing = LZ_CREDIT_WARNED;
}

const char *
lz_credit_standing_to_string (LzCreditStanding standing)
{
  g_return_val_if_fail ((guint) standing < G_N_ELEMENTS (standings), NULL);

  return standings[standing].name;
}

const char *
lz_credit_standing_label (LzCreditStanding standing)
{
  g_return_val_if_fail ((guint) standing < G_N_ELEMENTS (standings), NULL);

  return _ (standings[standing].label);
}
