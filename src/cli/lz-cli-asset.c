/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-asset-register.h"
#include "lz-assets.h"
#include "lz-cli-case.h"

#include <string.h>

static char *opt_kind;
static char *opt_road;
static char *opt_at;
static char *opt_reason;
static char **opt_photos;
static char *opt_out;
static char *opt_text;
static gboolean opt_preview;

/* clang-format off */
#define FILTERS \
  { "kind", 0, 0, G_OPTION_ARG_STRING, &opt_kind, N_("only of this kind"), N_("KIND") }, \
  { "road", 0, 0, G_OPTION_ARG_STRING, &opt_road, N_("only of this road"), N_("ROAD") }, \
  { "text", 0, 0, G_OPTION_ARG_STRING, &opt_text, N_("only what has this in one of its fields"), N_("TEXT") }

static const GOptionEntry export_entries[] = {
  FILTERS,
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("write FILE.csv, .xlsx, .pdf, .json or .geojson"), N_("FILE") },
  { NULL }
};

static const GOptionEntry list_entries[] = {
  FILTERS,
  { NULL }
};

static const GOptionEntry import_entries[] = {
  { "preview", 0, 0, G_OPTION_ARG_NONE, &opt_preview, N_("say what would come in, and write nothing"), NULL },
  { "kind", 0, 0, G_OPTION_ARG_STRING, &opt_kind, N_("what all of them are, where no column says it"), N_("KIND") },
  { NULL }
};

static const GOptionEntry entry_entries[] = {
  { "at", 0, 0, G_OPTION_ARG_STRING, &opt_at, N_("its place in degrees, as 28.2833,117.2103"), N_("LAT,LON") },
  { "road", 0, 0, G_OPTION_ARG_STRING, &opt_road, N_("the road it belongs to (else the nearest)"), N_("ROAD") },
  { "photo", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &opt_photos, N_("a photo of it; may be given again"), N_("FILE") },
  { NULL }
};

static const GOptionEntry retire_entries[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &opt_reason, N_("why"), N_("TEXT") },
  { NULL }
};
/* clang-format on */

static const char *const type_names[] = { "text", "int", "date", "choice", "phone", "code16" };

static void
print_field (LzCli *self, const LzAssetField *field)
{
  g_autofree char *choices = field->choices != NULL ? g_strjoinv (" ", field->choices) : NULL;

  if (!self->json)
    {
      lz_out_row (self->out, "", field->key, field->label, type_names[field->type],
                  field->needed ? _ ("needed") : "", choices != NULL ? choices : "", NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "key", field->key);
  lz_out_string (self->out, "label", field->label);
  lz_out_string (self->out, "type", type_names[field->type]);
  lz_out_bool (self->out, "needed", field->needed);
  lz_out_begin_array (self->out, "choices");
  for (guint i = 0; field->choices != NULL && field->choices[i] != NULL; i++)
    lz_out_string (self->out, NULL, field->choices[i]);
  lz_out_end_array (self->out);
  lz_out_end_object (self->out);
}

static void
print_kind (LzCli *self, const LzAssetKind *kind)
{
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "kind", kind->key);
      lz_out_string (self->out, "label", kind->label);
      lz_out_begin_array (self->out, "fields");
    }
  else
    {
      lz_out_row (self->out, kind->key, "", kind->label, NULL);
    }
  for (guint i = 0; i < kind->fields->len; i++)
    print_field (self, g_ptr_array_index (kind->fields, i));
  if (self->json)
    {
      lz_out_end_array (self->out);
      lz_out_end_object (self->out);
    }
}

static gboolean
run_kinds (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzAssetKinds) kinds = station != NULL ? lz_assets_dup_kinds (station, error) : NULL;

  if (kinds == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < lz_asset_kinds_get_n (kinds); i++)
    print_kind (self, lz_asset_kinds_get (kinds, i));
  lz_cli_end_list (self);
  return TRUE;
}

static void
print_fields (LzCli *self, const LzAssetKind *kind, const LzRecord *record)
{
  lz_out_begin_object (self->out, "fields");
  for (guint i = 0; kind != NULL && i < kind->fields->len; i++)
    {
      const LzAssetField *field = g_ptr_array_index (kind->fields, i);
      g_autofree char *text = lz_asset_field_dup_text (field, record->facts);

      if (text != NULL)
        lz_out_string (self->out, field->key, text);
    }
  lz_out_end_object (self->out);
}

static void
print_asset (LzCli *self, const LzAssetKinds *kinds, const LzRecord *record)
{
  const char *key = lz_record_get_text (record, "kind");
  const LzAssetKind *kind = key != NULL ? lz_asset_kinds_find (kinds, key) : NULL;
  g_autofree char *id = lz_id_dup_string (&record->id);
  g_autofree char *road = lz_id_is_nil (&record->road) ? NULL : lz_id_dup_string (&record->road);
  g_autofree char *title =
      kind != NULL ? lz_asset_kind_dup_title (kind, record->facts) : g_strdup (key);

  if (!self->json)
    {
      lz_out_row (self->out, kind != NULL ? kind->label : key, title,
                  record->state == LZ_RECORD_GONE ? _ ("off file") : "", id, NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", id);
  lz_out_string (self->out, "kind", key);
  lz_out_string (self->out, "title", title);
  lz_out_string (self->out, "state", lz_record_state_to_string (record->state));
  lz_out_string (self->out, "road", road);
  if (lz_point_is_valid (record->place))
    {
      lz_out_decimal (self->out, "lat", lz_point_latitude (record->place), 7);
      lz_out_decimal (self->out, "lon", lz_point_longitude (record->place), 7);
    }
  lz_out_time (self->out, "changed", record->changed_ms);
  print_fields (self, kind, record);
  lz_out_end_object (self->out);
}

static gboolean
read_query (LzStation *station, const LzAssetKinds *kinds, LzRecordQuery *query, GError **error)
{
  const LzAssetKind *kind = opt_kind != NULL ? lz_asset_kinds_find (kinds, opt_kind) : NULL;

  query->type = LZ_RECORD_ASSET;
  query->states = LZ_RECORD_BIT (LZ_RECORD_OPEN);
  query->kind = kind != NULL ? kind->key : opt_kind;
  query->text = opt_text;
  return opt_road == NULL || lz_cli_find_road (station, opt_road, &query->road, error);
}

static gboolean
run_list (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzAssetKinds) kinds = station != NULL ? lz_assets_dup_kinds (station, error) : NULL;
  LzRecordQuery query = { 0 };
  g_autoptr (GPtrArray) records = NULL;

  if (kinds == NULL || !read_query (station, kinds, &query, error))
    return FALSE;
  records = lz_records_list (station, &query, error);
  if (records == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < records->len; i++)
    print_asset (self, kinds, g_ptr_array_index (records, i));
  lz_cli_end_list (self);
  return TRUE;
}

static gboolean
write_register (LzStation *station, const LzRecordQuery *query, GError **error)
{
  g_autoptr (LzReport) report = NULL;
  LzReportFormat format;

  if (g_str_has_suffix (opt_out, ".geojson"))
    return lz_assets_write_geojson (station, query, opt_out, NULL, error);
  if (g_str_has_suffix (opt_out, ".gpkg"))
    return lz_assets_write_gpkg (station, query, opt_out, NULL, NULL, error);
  if (!lz_report_format_from_path (opt_out, &format))
    return lz_cli_set_usage (
        error, _ ("Let the file's name end with .csv, .xlsx, .pdf, .json, .geojson or .gpkg."));
  report = lz_asset_register_new (station, query, error);
  return report != NULL && lz_report_write (report, opt_out, format, NULL, error);
}

static gboolean
run_export (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzAssetKinds) kinds = station != NULL ? lz_assets_dup_kinds (station, error) : NULL;
  LzRecordQuery query = { 0 };

  if (kinds == NULL)
    return FALSE;
  if (opt_out == NULL)
    return lz_cli_set_usage (error, _ ("Say with --out where the register is to go."));
  return read_query (station, kinds, &query, error) && write_register (station, &query, error);
}

/* By its id or its code. */
static LzRecord *
find_asset (LzStation *station, const char *name, GError **error)
{
  g_autoptr (GError) failure = NULL;
  LzRecord *record;
  LzId id;

  if (lz_id_parse (name, &id))
    return lz_records_load (station, &id, error);
  record = lz_records_find_by_code (station, LZ_RECORD_ASSET, name, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (record == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no asset “%s”."), name);
  return record;
}

static gboolean
run_show (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzAssetKinds) kinds = station != NULL ? lz_assets_dup_kinds (station, error) : NULL;
  g_autoptr (LzRecord) record = kinds != NULL ? find_asset (station, self->args[0], error) : NULL;

  if (record == NULL)
    return FALSE;
  print_asset (self, kinds, record);
  lz_out_end_table (self->out);
  return TRUE;
}

/* "owner=水务局" … */
static gboolean
read_fields (LzCli *self, int from, const LzAssetKind *kind, JsonObject *facts, GError **error)
{
  for (int i = from; i < self->n_args; i++)
    {
      const char *equals = strchr (self->args[i], '=');
      g_autofree char *name =
          equals != NULL ? g_strndup (self->args[i], (gsize) (equals - self->args[i])) : NULL;
      const LzAssetField *field = name != NULL ? lz_asset_kind_find_field (kind, name) : NULL;

      if (field == NULL)
        return lz_cli_set_usage (error, _ ("“%s” is no field of %s: write FIELD=VALUE."),
                                 self->args[i], kind->label);
      if (!lz_asset_field_set (field, kind, equals + 1, facts, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_entry (LzStation *station, LzAssetEntry *entry, LzBody *photos, GError **error)
{
  if (opt_at != NULL && !lz_cli_parse_place (opt_at, &entry->place, error))
    return FALSE;
  if (opt_road != NULL && !lz_cli_find_road (station, opt_road, &entry->road, error))
    return FALSE;
  if (opt_photos != NULL && !lz_cli_add_photos (station, opt_photos, LZ_PHOTO_OTHER, photos, error))
    return FALSE;
  entry->photos = photos->photos;
  return TRUE;
}

static const LzAssetKind *
find_kind (const LzAssetKinds *kinds, const char *name, GError **error)
{
  const LzAssetKind *kind = name != NULL ? lz_asset_kinds_find (kinds, name) : NULL;

  if (kind == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no kind of asset “%s”."), name);
  return kind;
}

static gboolean
run_add (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzAssetKinds) kinds = station != NULL ? lz_assets_dup_kinds (station, error) : NULL;
  const LzAssetKind *kind = kinds != NULL ? find_kind (kinds, self->args[0], error) : NULL;
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (LzBody) photos = lz_body_new ();
  LzAssetEntry entry = { .facts = facts };
  LzId id;

  if (kind == NULL || !read_fields (self, 1, kind, facts, error) ||
      !read_entry (station, &entry, photos, error))
    return FALSE;
  entry.kind = kind->key;
  if (!lz_assets_record (station, &entry, &id, error))
    return FALSE;
  return lz_cli_print_id (self, &id);
}

static gboolean
run_change (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzAssetKinds) kinds = station != NULL ? lz_assets_dup_kinds (station, error) : NULL;
  g_autoptr (LzRecord) record = kinds != NULL ? find_asset (station, self->args[0], error) : NULL;
  const LzAssetKind *kind =
      record != NULL ? find_kind (kinds, lz_record_get_text (record, "kind"), error) : NULL;
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (LzBody) photos = lz_body_new ();
  LzAssetEntry entry = { .facts = facts };

  return kind != NULL && read_fields (self, 1, kind, facts, error) &&
         read_entry (station, &entry, photos, error) &&
         lz_assets_change (station, &record->id, &entry, error);
}

static gboolean
run_retire (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzRecord) record = station != NULL ? find_asset (station, self->args[0], error) : NULL;

  return record != NULL && lz_assets_retire (station, &record->id, opt_reason, error);
}

static gboolean
run_restore (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  LzId id;

  if (station == NULL)
    return FALSE;
  if (lz_id_parse (self->args[0], &id))
    return lz_assets_restore (station, &id, error);
  g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no asset “%s”."), self->args[0]);
  return FALSE;
}

static gboolean
run_import (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station =
      lz_cli_open (self, opt_preview ? LZ_STATION_READ_ONLY : LZ_STATION_READ_WRITE, error);
  g_autoptr (LzAssetReport) report = NULL;

  if (station != NULL)
    report = opt_preview ? lz_assets_preview (station, self->args[0], opt_kind, NULL, error)
                         : lz_assets_import (station, self->args[0], opt_kind, NULL, error);

  if (report == NULL)
    return FALSE;
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_int (self->out, "rows", report->n_rows);
      lz_out_int (self->out, "added", report->n_added);
      lz_out_int (self->out, "changed", report->n_changed);
      lz_out_int (self->out, "known", report->n_known);
      lz_out_int (self->out, "skipped", report->n_skipped);
      lz_cli_print_reasons (self, "reasons", report->reasons);
      lz_out_end_object (self->out);
      return TRUE;
    }
  lz_out_line (self->out, _ ("%u rows: %u put on file, %u changed, %u known already, %u left out."),
               report->n_rows, report->n_added, report->n_changed, report->n_known,
               report->n_skipped);
  lz_cli_print_reasons (self, "reasons", report->reasons);
  return TRUE;
}

static gboolean
run_undo_import (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  LzAssetImport last;
  guint n_gone;

  if (station == NULL || !lz_assets_find_import (station, &last, error))
    return FALSE;
  if (lz_id_is_nil (&last.bulk))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
                           _ ("No import of this station is on file."));
      return FALSE;
    }
  if (!lz_assets_undo_import (station, &last.bulk, &n_gone, error))
    return FALSE;
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_int (self->out, "gone", n_gone);
      lz_out_end_object (self->out);
    }
  else
    lz_out_line (self->out, _ ("The import was undone: %u entries are not on file any more."),
                 n_gone);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_asset_verbs[] = {
  { "asset", "kinds", "", 0, 0, NULL, FALSE, run_kinds, N_("lists what can be kept on file, with the fields") },
  { "asset", "list", "", 0, 0, list_entries, FALSE, run_list, N_("lists what is on file") },
  { "asset", "show", N_("ID|CODE"), 1, 1, NULL, FALSE, run_show, N_("shows one entry") },
  { "asset", "add", N_("KIND FIELD=VALUE…"), 1, -1, entry_entries, FALSE, run_add, N_("puts something on file, prints its id") },
  { "asset", "change", N_("ID|CODE FIELD=VALUE…"), 1, -1, entry_entries, FALSE, run_change, N_("changes an entry") },
  { "asset", "retire", N_("ID|CODE"), 1, 1, retire_entries, FALSE, run_retire, N_("takes an entry off file") },
  { "asset", "restore", N_("ID"), 1, 1, NULL, FALSE, run_restore, N_("puts an entry that was taken off file on file again") },
  { "asset", "export", "", 0, 0, export_entries, FALSE, run_export, N_("writes a register: CSV, XLSX, PDF, JSON, GeoJSON or GeoPackage") },
  { "asset", "import", N_("FILE"), 1, 1, import_entries, FALSE, run_import, N_("takes in a register: CSV, GeoJSON or GeoPackage") },
  { "asset", "undo-import", "", 0, 0, NULL, FALSE, run_undo_import, N_("takes back the last import of this station") },
  { NULL }
};
/* clang-format on */
