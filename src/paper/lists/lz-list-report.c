/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of cases, ledgers among them, as tables and files. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-list-report.h"

#include "lz-case-papers.h"
#include "lz-cases.h"
#include "lz-error.h"
#include "lz-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK 500

static void
add_ledger_columns (LzReportTable *table, const LzLedgerQuery *ledger)
{
  static const LzCellKind kinds[LZ_LEDGER_N_COLUMNS] = {
    [LZ_LEDGER_SINCE] = LZ_CELL_TIME,  [LZ_LEDGER_UNTIL] = LZ_CELL_TIME,
    [LZ_LEDGER_HOURS] = LZ_CELL_HOURS, [LZ_LEDGER_ABOUT] = LZ_CELL_TEXT,
    [LZ_LEDGER_WORDS] = LZ_CELL_TEXT,
  };

  for (guint i = 0; i < LZ_LEDGER_N_COLUMNS; i++)
    {
      LzReportColumn column = { .key = lz_ledger_column_to_string ((LzLedgerColumn) i),
                                .title =
                                    lz_ledger_column_label (ledger->ledger, (LzLedgerColumn) i),
                                .kind = kinds[i],
                                .decimals = 1 };

      if (column.title != NULL)
        lz_report_table_add_column (table, &column);
    }
}

static LzReportTable *
make_table (const LzLedgerQuery *ledger)
{
  const LzReportColumn columns[] = {
    { "number", _ ("Number"), .kind = LZ_CELL_TEXT },
    { "category", _ ("Category"), .kind = LZ_CELL_TEXT },
    { "dimension", _ ("Dimension"), .kind = LZ_CELL_TEXT },
    { "state", _ ("State"), .kind = LZ_CELL_TEXT },
    { "place", _ ("Place"), .kind = LZ_CELL_TEXT },
    { "description", _ ("Description"), .kind = LZ_CELL_TEXT },
    { "unit", _ ("Unit"), .kind = LZ_CELL_TEXT },
    { "reported", _ ("Reported"), .kind = LZ_CELL_TIME },
    { "deadline", _ ("Deadline"), .kind = LZ_CELL_TIME },
    { "photos", _ ("Photos"), .kind = LZ_CELL_COUNT },
  };
  const char *title = ledger != NULL ? lz_ledger_label (ledger->ledger) : _ ("Cases");
  LzReportTable *table = lz_report_table_new ("cases", title);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  if (ledger != NULL)
    {
      add_ledger_columns (table, ledger);
      lz_report_table_set_note (table, lz_ledger_definition (ledger->ledger));
    }
  return table;
}

static void
put_case (LzReportTable *table, const LzCaseRow *row)
{
  g_autofree char *id = lz_id_dup_string (&row->id);
  g_autofree char *place =
      row->road_name != NULL
          ? lz_paper_dup_place (row->road_name, row->chainage_cm, row->side, row->offset_cm, NULL)
          : lz_paper_dup_position (row->place);

  lz_report_table_add_row (table, LZ_ROW_BODY, id);
  lz_report_table_put_text (table, row->number);
  lz_report_table_put_text (table, row->category_name);
  lz_report_table_put_text (table, lz_dimension_label ((LzDimension) row->dimension));
  lz_report_table_put_text (table, lz_state_label (row->state));
  lz_report_table_put_text (table, place);
  lz_report_table_put_text (table, row->text);
  lz_report_table_put_text (table, row->unit);
  lz_report_table_put_time (table, row->reported_ms);
  lz_report_table_put_time (table, row->due_ms);
  lz_report_table_put_count (table, row->n_photos);
}

static void
put_entry (LzReportTable *table, const LzLedgerEntry *entry)
{
  if (lz_report_table_find_column (table, "since") >= 0)
    lz_report_table_put_time (table, entry->since_ms);
  if (lz_report_table_find_column (table, "until") >= 0)
    lz_report_table_put_time (table, entry->until_ms);
  if (lz_report_table_find_column (table, "hours") >= 0)
    lz_report_table_put_hours (table, entry->length_ms);
  if (lz_report_table_find_column (table, "about") >= 0)
    lz_report_table_put_text (table, entry->about);
  if (lz_report_table_find_column (table, "words") >= 0)
    lz_report_table_put_text (table, entry->words);
}

/* Rows of cases that are gone are left out, so that the entries are found by their fid. */
static gboolean
fill_table (LzReportTable *table,
            LzStation *station,
            GArray *fids,
            const LzLedgerQuery *ledger,
            GError **error)
{
  for (guint at = 0; at < fids->len; at += CHUNK)
    {
      const gint64 *some = &g_array_index (fids, gint64, at);
      guint n = MIN (CHUNK, fids->len - at);
      g_autoptr (GPtrArray) rows = lz_cases_load_rows (station, some, n, error);
      g_autoptr (GPtrArray) entries = NULL;

      if (rows != NULL && ledger != NULL)
        entries = lz_ledgers_load (station, ledger, some, n, error);
      if (rows == NULL || (ledger != NULL && entries == NULL))
        return FALSE;
      for (guint i = 0, k = 0; i < rows->len; i++)
        {
          const LzCaseRow *row = rows->pdata[i];

          put_case (table, row);
          if (ledger == NULL)
            continue;
          while (some[k] != row->fid)
            k++;
          put_entry (table, entries->pdata[k]);
        }
    }
  return TRUE;
}

LzReport *
lz_list_report_new (LzStation *station, GArray *fids, const LzLedgerQuery *ledger, GError **error)
{
  g_autoptr (LzReportTable) table = make_table (ledger);
  LzReport *report;

  if (!fill_table (table, station, fids, ledger, error))
    return NULL;
  report = lz_report_new (ledger != NULL ? lz_ledger_to_string (ledger->ledger) : "cases",
                          lz_report_table_get_title (table));
  lz_report_set_office (report, lz_station_get_city (station));
  lz_report_set_made (report, lz_station_now (station));
  if (ledger != NULL)
    {
      g_autofree char *period = lz_period_dup_label (&ledger->period);

      lz_report_set_period (report, ledger->period.from_ms, ledger->period.to_ms, period);
      lz_report_add_definition (report, lz_ledger_label (ledger->ledger),
                                lz_ledger_definition (ledger->ledger));
    }
  lz_report_add_table (report, g_steal_pointer (&table));
  return report;
}

static gboolean
find_layer (const char *path, LzExportFormat *format)
{
  const char *dot = strrchr (path, '.');

  return dot != NULL && lz_export_format_from_string (dot + 1, format);
}

gboolean
lz_list_can_write (const char *path)
{
  LzExportFormat layer;
  LzReportFormat report;

  return find_layer (path, &layer) || lz_report_format_from_path (path, &report);
}

gboolean
lz_list_write (LzStation *station,
               GArray *fids,
               const LzLedgerQuery *ledger,
               const char *path,
               GCancellable *cancellable,
               GError **error)
{
  LzExport how = { .byte_order_mark = TRUE, .ledger = ledger };
  g_autoptr (LzReport) report = NULL;
  LzReportFormat format;

  if (find_layer (path, &how.format))
    return lz_export_rows (station, fids, &how, path, cancellable, error);
  if (!lz_report_format_from_path (path, &format))
    {
      g_set_error_literal (
          error, LZ_ERROR, LZ_ERROR_INVALID,
          _ ("Let the file's name end with .xlsx, .csv, .json, .geojson, .gpkg or .pdf."));
      return FALSE;
    }
  report = lz_list_report_new (station, fids, ledger, error);
  return report != NULL && lz_report_write (report, path, format, cancellable, error);
}
