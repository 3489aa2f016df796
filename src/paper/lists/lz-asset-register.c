/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-asset-register.h"

#include "lz-roads.h"

#include <glib/gi18n-lib.h>

/* Titles of columns in the words by which the import knows them. */

static void
add_field_columns (LzReportTable *table, const LzAssetKind *kind)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const LzAssetField *field = kind->fields->pdata[i];

      lz_report_table_add_column (table, &(LzReportColumn){ field->key, field->label,
                                                            .kind = LZ_CELL_TEXT });
    }
}

static void
add_columns (LzReportTable *table, const LzAssetKind *kind)
{
  lz_report_table_add_column (table, &(LzReportColumn){ "kind", "类型", .kind = LZ_CELL_TEXT });
  if (kind != NULL)
    add_field_columns (table, kind);
  else
    lz_report_table_add_column (table,
                                &(LzReportColumn){ "title", _ ("Name"), .kind = LZ_CELL_TEXT });
  lz_report_table_add_column (table, &(LzReportColumn){ "road", _ ("Road"), .kind = LZ_CELL_TEXT });
  lz_report_table_add_column (table, &(LzReportColumn){ "lat", "纬度", .kind = LZ_CELL_NUMBER,
                                                        .decimals = 7 });
  lz_report_table_add_column (table, &(LzReportColumn){ "lon", "经度", .kind = LZ_CELL_NUMBER,
                                                        .decimals = 7 });
}

static const char *
find_road (GHashTable *names, const LzRecord *record)
{
  return lz_id_is_nil (&record->road) ? NULL : g_hash_table_lookup (names, &record->road);
}

static void
add_row (LzReportTable *table,
         const LzAssetKinds *kinds,
         const LzAssetKind *only,
         GHashTable *roads,
         const LzRecord *record)
{
  const char *key = lz_record_get_text (record, "kind");
  const LzAssetKind *kind = key != NULL ? lz_asset_kinds_find (kinds, key) : NULL;
  g_autofree char *id = lz_id_dup_string (&record->id);
  g_autofree char *title = kind != NULL ? lz_asset_kind_dup_title (kind, record->facts) : NULL;

  lz_report_table_add_row (table, LZ_ROW_BODY, id);
  lz_report_table_put_text (table, kind != NULL ? kind->label : key);
  if (only == NULL)
    lz_report_table_put_text (table, title);
  for (guint i = 0; only != NULL && i < only->fields->len; i++)
    {
      g_autofree char *text = lz_asset_field_dup_text (only->fields->pdata[i], record->facts);

      lz_report_table_put_text (table, text);
    }
  lz_report_table_put_text (table, find_road (roads, record));
  if (!lz_point_is_valid (record->place))
    return;
  lz_report_table_put_number (table, lz_point_latitude (record->place));
  lz_report_table_put_number (table, lz_point_longitude (record->place));
}

static GHashTable *
load_road_names (LzStation *station, GError **error)
{
  g_autoptr (GPtrArray) roads = lz_roads_list (station, FALSE, error);
  GHashTable *names;

  if (roads == NULL)
    return NULL;
  names = g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, g_free);
  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];

      g_hash_table_insert (names, g_memdup2 (&road->id, sizeof road->id), g_strdup (road->name));
    }
  return names;
}

LzReport *
lz_asset_register_new (LzStation *station, const LzRecordQuery *query, GError **error)
{
  g_autoptr (LzAssetKinds) kinds = lz_assets_dup_kinds (station, error);
  g_autoptr (GPtrArray) records = kinds != NULL ? lz_records_list (station, query, error) : NULL;
  g_autoptr (GHashTable) roads = records != NULL ? load_road_names (station, error) : NULL;
  const LzAssetKind *only;
  LzReportTable *table;
  LzReport *report;

  if (roads == NULL)
    return NULL;
  only = query->kind != NULL ? lz_asset_kinds_find (kinds, query->kind) : NULL;
  table = lz_report_table_new ("assets", only != NULL ? only->label : _ ("Assets"));
  add_columns (table, only);
  for (guint i = 0; i < records->len; i++)
    add_row (table, kinds, only, roads, records->pdata[i]);
  report = lz_report_new ("assets", _ ("Register of Assets"));
  lz_report_set_made (report, lz_station_now (station));
  lz_report_add_table (report, table);
  return report;
}
