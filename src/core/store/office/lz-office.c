/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-data.h"
#include "lz-office.h"
#include "lz-phrase-table.h"
#include "lz-records.h"

static const struct
{
  const char *name;
  const char *resource;
} tables[] = {
  { "rules.tsv", "rules/rules.tsv" },
  { "stages.tsv", "rules/stages.tsv" },
  { "phrases.tsv", "phrases/phrases.tsv" },
  { "papers.tsv", "rules/papers.tsv" },
  { "assets.tsv", "assets/kinds.tsv" },
  { "credit.tsv", "credit/rules.tsv" },
  { "patrol.tsv", "patrol/frequency.tsv" },
  { "road-health.tsv", "scores/road-health.tsv" },
  { "handover.tsv", "rules/handover.tsv" },
  { "bulletin-cases.tsv", "bulletin/cases.tsv" },
  { "bulletin-sentences.tsv", "bulletin/sentences.tsv" },
  { "bulletin-tables.tsv", "bulletin/tables.tsv" },
  { "talks.tsv", "rules/talks.tsv" },
  { "notices.tsv", "rules/notices.tsv" },
};

static const char *
find_resource (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_equal (tables[i].name, name))
      return tables[i].resource;
  g_return_val_if_reached (NULL);
}

/**
 * lz_office_dup_table:
 * @station: a station
 * @name: one of the tables above
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): what the office has put in its place, else the built-in one
 */
GBytes *
lz_office_dup_table (LzStation *station, const char *name, GError **error)
{
  GBytes *content;

  if (!lz_station_find_reference (station, name, &content, error))
    return NULL;
  return content != NULL ? content : lz_data_lookup (find_resource (name), error);
}

/**
 * lz_office_load_rules:
 * @station: a station
 * @error: (nullable): %LZ_ERROR_INVALID if the office's own table cannot be read
 *
 * Returns: (transfer full) (nullable): the thresholds and stage limits in force
 */
LzRules *
lz_office_load_rules (LzStation *station, GError **error)
{
  g_autoptr (GBytes) rules = lz_office_dup_table (station, "rules.tsv", error);
  g_autoptr (GBytes) stages =
      rules != NULL ? lz_office_dup_table (station, "stages.tsv", error) : NULL;

  return stages != NULL ? lz_rules_parse (rules, stages, error) : NULL;
}

const char *
lz_office_phrase_action (LzKind kind)
{
  const char *name = lz_kind_to_string (kind);

  return g_str_has_prefix (name, "case.") ? name + strlen ("case.") : name;
}

static gboolean
add_own (LzStation *station,
         const char *category,
         const char *action,
         GPtrArray *found,
         GError **error)
{
  LzRecordQuery query = { .type = LZ_RECORD_PHRASE,
                          .states = LZ_RECORD_BIT (LZ_RECORD_OPEN),
                          .kind = action };
  g_autoptr (GPtrArray) records = lz_records_list (station, &query, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const LzRecord *record = g_ptr_array_index (records, i);
      const char *scope = lz_record_get_text (record, "category");
      const char *words = lz_record_get_text (record, "words");

      if (words != NULL && lz_phrases_scope_fits (scope != NULL ? scope : "*", category))
        g_ptr_array_add (found, g_strdup (words));
    }
  return records != NULL;
}

/**
 * lz_office_list_phrases:
 * @station: a station
 * @category: (nullable): code of a category
 * @kind: the act that words are wanted for
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type utf8): words to choose from, the office's own
 *   first, then those closest to the category
 */
GPtrArray *
lz_office_list_phrases (LzStation *station, const char *category, LzKind kind, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) table = lz_office_dup_table (station, "phrases.tsv", error);
  g_autoptr (LzPhrases) phrases = table != NULL ? lz_phrases_parse (table, error) : NULL;
  g_autoptr (GPtrArray) built_in = NULL;

  if (phrases == NULL || !add_own (station, category, lz_office_phrase_action (kind), found, error))
    return NULL;
  built_in = lz_phrases_list (phrases, category, kind);
  for (guint i = 0; i < built_in->len; i++)
    if (!g_ptr_array_find_with_equal_func (found, built_in->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (found, g_strdup (built_in->pdata[i]));
  return g_steal_pointer (&found);
}
