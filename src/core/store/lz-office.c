/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-data.h"
#include "lz-office.h"

/**
 * lz_office_dup_table:
 * @station: a station
 * @name: a table below `data/rules`, as "stages.tsv"
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): what the office has put in its place, else the built-in one
 */
GBytes *
lz_office_dup_table (LzStation *station, const char *name, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *resource = g_strconcat ("rules/", name, NULL);
  GBytes *content = lz_station_dup_reference (station, name, &failure);

  if (content != NULL || g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    return content != NULL ? content : lz_data_lookup (resource, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
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
