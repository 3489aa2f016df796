/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-csv-import.h"
#include "lz-export.h"
#include "lz-list-report.h"

static char *opt_format;
static char *opt_out;
static gboolean opt_bom;
static gboolean opt_history;
static char *opt_map;
static char *opt_place;

/* clang-format off */
static const GOptionEntry export_entries[] = {
  { "format", 'f', 0, G_OPTION_ARG_STRING, &opt_format, N_("geojson, csv or gpkg (else as the file's ending says)"), N_("FORMAT") },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("the file to write"), N_("FILE") },
  { "bom", 0, 0, G_OPTION_ARG_NONE, &opt_bom, N_("csv: begin with a byte order mark, for Excel"), NULL },
  { "history", 0, 0, G_OPTION_ARG_NONE, &opt_history, N_("gpkg: also a table of what happened to the cases"), NULL },
  { NULL }
};

static const GOptionEntry import_entries[] = {
  { "map", 'm', 0, G_OPTION_ARG_FILENAME, &opt_map, N_("which column is what: see data/import/boston311.ini"), N_("MAPPING") },
  { "place", 0, 0, G_OPTION_ARG_STRING, &opt_place, N_("instead of the mapping's: “given”, or “streets” to spread them over the station's roads"), N_("MODE") },
  { NULL }
};
/* clang-format on */

static gboolean
write_list (LzStation *station,
            const LzCaseQuery *query,
            const LzExport *how,
            gint64 *n_cases,
            GError **error)
{
  g_autoptr (GArray) fids = NULL;

  if (opt_format != NULL)
    return lz_export_cases (station, query, how, opt_out, n_cases, NULL, error);
  fids = lz_cases_list (station, query, 0, error);
  if (fids == NULL || !lz_list_write (station, fids, NULL, opt_out, NULL, error))
    return FALSE;
  *n_cases = fids->len;
  return TRUE;
}

static gboolean
run_export (LzCli *self, GError **error)
{
  LzExport how = { .byte_order_mark = opt_bom, .history = opt_history };
  g_autoptr (LzStation) station = NULL;
  LzCaseQuery query;
  gint64 n_cases;

  if (opt_format != NULL ? !lz_export_format_from_string (opt_format, &how.format)
                         : opt_out != NULL && !lz_list_can_write (opt_out))
    return lz_cli_set_usage (
        error, _ ("Say how: --format geojson, csv or gpkg, or a file that ends with .xlsx, .csv, "
                  ".json, .geojson, .gpkg or .pdf."));
  if (opt_out == NULL)
    return lz_cli_set_usage (error, _ ("Say where to: --out FILE."));
  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  if (station == NULL || !lz_cli_make_query (station, NULL, &query, error) ||
      !write_list (station, &query, &how, &n_cases, error))
    return FALSE;

  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "file", opt_out);
      lz_out_int (self->out, "cases", n_cases);
      lz_out_end_object (self->out);
    }
  else
    lz_out_line (self->out,
                 g_dngettext (GETTEXT_PACKAGE, "%d case is in %s.", "%d cases are in %s.",
                              (gulong) n_cases),
                 (int) n_cases, opt_out);
  return TRUE;
}

static void
print_report (LzCli *self, const LzCsvReport *report)
{
  if (!self->json)
    {
      for (guint i = 0; i < report->reasons->len; i++)
        g_printerr (_ ("Left out: %s\n"), (char *) g_ptr_array_index (report->reasons, i));
      lz_out_line (self->out, _ ("%u rows: %u cases made, %u known before, %u left out."),
                   report->n_rows, report->n_cases, report->n_known, report->n_skipped);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_int (self->out, "rows", report->n_rows);
  lz_out_int (self->out, "cases", report->n_cases);
  lz_out_int (self->out, "events", report->n_events);
  lz_out_int (self->out, "known", report->n_known);
  lz_out_int (self->out, "skipped", report->n_skipped);
  lz_cli_print_reasons (self, "reasons", report->reasons);
  lz_out_end_object (self->out);
}

static gboolean
run_import (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (LzCsvReport) report = NULL;

  if (opt_map == NULL)
    return lz_cli_set_usage (error, _ ("Say which column is what: --map MAPPING."));
  if (opt_place != NULL && !g_str_equal (opt_place, "given") && !g_str_equal (opt_place, "streets"))
    return lz_cli_set_usage (error, _ ("--place must be “given” or “streets”."));
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  if (station == NULL)
    return FALSE;
  report =
      lz_csv_import_cases (station, self->args[0], opt_map, opt_place, NULL, NULL, NULL, error);
  if (report == NULL)
    return FALSE;
  print_report (self, report);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_file_verbs[] = {
  { NULL, "export", "", 0, 0, export_entries, TRUE, run_export, N_("writes cases as GeoJSON, CSV, GeoPackage, XLSX, JSON or PDF") },
  { "import", "cases", N_("FILE.csv"), 1, 1, import_entries, FALSE, run_import, N_("takes in the cases of another system") },
  { NULL }
};
/* clang-format on */
