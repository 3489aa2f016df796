/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-assets.h"
#include "lz-atomic.h"
#include "lz-wire.h"

/* Registers as other programs read them. */

static void
append_properties (GString *text, const LzAssetKind *kind, const LzRecord *record)
{
  g_string_append (text, "\"kind\":");
  lz_json_append_string (text, kind != NULL ? kind->key : "");
  for (guint i = 0; kind != NULL && i < kind->fields->len; i++)
    {
      const LzAssetField *field = g_ptr_array_index (kind->fields, i);
      g_autofree char *value = lz_asset_field_dup_text (field, record->facts);

      if (value == NULL)
        continue;
      g_string_append_c (text, ',');
      lz_json_append_string (text, field->key);
      g_string_append_c (text, ':');
      if (field->type == LZ_FIELD_INT)
        g_string_append (text, value);
      else
        lz_json_append_string (text, value);
    }
}

static void
append_feature (GString *text, const LzAssetKinds *kinds, const LzRecord *record, gboolean first)
{
  const char *key = lz_record_get_text (record, "kind");
  char latitude[G_ASCII_DTOSTR_BUF_SIZE];
  char longitude[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, first ? "\n{\"type\":\"Feature\",\"geometry\":"
                               : ",\n{\"type\":\"Feature\",\"geometry\":");
  if (lz_point_is_valid (record->place))
    g_string_append_printf (text, "{\"type\":\"Point\",\"coordinates\":[%s,%s]}",
                            g_ascii_formatd (longitude, sizeof longitude, "%.7f",
                                             lz_point_longitude (record->place)),
                            g_ascii_formatd (latitude, sizeof latitude, "%.7f",
                                             lz_point_latitude (record->place)));
  else
    g_string_append (text, "null");
  g_string_append (text, ",\"properties\":{");
  append_properties (text, key != NULL ? lz_asset_kinds_find (kinds, key) : NULL, record);
  g_string_append (text, "}}");
}

gboolean
lz_assets_write_geojson (LzStation *station,
                         const LzRecordQuery *query,
                         const char *path,
                         guint *n_written,
                         GError **error)
{
  g_autoptr (LzAssetKinds) kinds = lz_assets_dup_kinds (station, error);
  g_autoptr (GPtrArray) records = kinds != NULL ? lz_records_list (station, query, error) : NULL;
  g_autoptr (LzAtomic) file = records != NULL ? lz_atomic_new (path, error) : NULL;
  g_autoptr (GString) text = g_string_new ("{\"type\":\"FeatureCollection\",\"features\":[");

  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    append_feature (text, kinds, records->pdata[i], i == 0);
  g_string_append (text, "\n]}\n");
  if (n_written != NULL)
    *n_written = records->len;
  return g_file_set_contents_full (lz_atomic_get_temp (file), text->str, (gssize) text->len,
                                   G_FILE_SET_CONTENTS_NONE, 0644, error) &&
         lz_atomic_commit (file, error);
}
