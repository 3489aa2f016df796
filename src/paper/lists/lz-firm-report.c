/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-firm-report.h"

#include "lz-error.h"
#include "lz-firm-cases.h"
#include "lz-report-table.h"

#include <glib/gi18n-lib.h>

static char *
dup_plates (const LzRecord *record)
{
  JsonArray *plates = lz_record_get_list (record, "plates");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; plates != NULL && i < json_array_get_length (plates); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            json_array_get_string_element (plates, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
put_firm (LzReportTable *table, const LzFirm *firm)
{
  g_autofree char *id = lz_id_dup_string (&firm->record->id);
  g_autofree char *plates = dup_plates (firm->record);

  lz_report_table_add_row (table, LZ_ROW_BODY, id);
  lz_report_table_put_text (table, lz_record_get_text (firm->record, "name"));
  lz_report_table_put_text (table, lz_record_get_text (firm->record, "licence"));
  lz_report_table_put_text (table, lz_record_get_text (firm->record, "keeper"));
  lz_report_table_put_text (table, lz_record_get_text (firm->record, "phone"));
  lz_report_table_put_text (table, plates);
  lz_report_table_put_count (table, firm->credit.points);
  lz_report_table_put_count (table, firm->credit.n_charges);
  lz_report_table_put_text (table, lz_credit_standing_label (firm->credit.standing));
  lz_report_table_put_text (table, firm->credit.decided_by);
  lz_report_table_put_text (table, firm->credit.reason);
}

static LzReportTable *
make_firms (GPtrArray *firms)
{
  const LzReportColumn columns[] = {
    { "name", _ ("Firm"), .kind = LZ_CELL_TEXT },
    { "licence", _ ("Licence"), .kind = LZ_CELL_TEXT },
    { "keeper", _ ("Person in charge"), .kind = LZ_CELL_TEXT },
    { "phone", _ ("Telephone"), .kind = LZ_CELL_TEXT },
    { "plates", _ ("Vehicles"), .kind = LZ_CELL_TEXT },
    { "points", _ ("Points"), .kind = LZ_CELL_COUNT },
    { "charges", _ ("Charges"), .kind = LZ_CELL_COUNT },
    { "standing", _ ("Standing"), .kind = LZ_CELL_TEXT },
    { "decided_by", _ ("Decided by"), .kind = LZ_CELL_TEXT },
    { "reason", _ ("Reason"), .kind = LZ_CELL_TEXT },
  };
  LzReportTable *table = lz_report_table_new ("firms", _ ("Hauling Firms"));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  for (guint i = 0; i < firms->len; i++)
    put_firm (table, firms->pdata[i]);
  return table;
}

static void
put_charge (LzReportTable *table,
            const LzFirm *firm,
            const LzFirmCase *charge,
            const LzCreditRules *rules)
{
  const LzCreditRule *rule = lz_credit_rules_find (rules, charge->rule);
  g_autofree char *id = lz_id_dup_string (&charge->kase);

  lz_report_table_add_row (table, LZ_ROW_BODY, id);
  lz_report_table_put_text (table, lz_record_get_text (firm->record, "name"));
  lz_report_table_put_text (table, charge->number);
  lz_report_table_put_text (table, rule != NULL ? lz_credit_rule_get_label (rule) : charge->rule);
  lz_report_table_put_count (table, charge->points);
  lz_report_table_put_time (table, charge->at_ms);
  lz_report_table_put_text (table, charge->actor);
}

static LzReportTable *
make_charges (LzStation *station, GPtrArray *firms, int year, GError **error)
{
  const LzReportColumn columns[] = {
    { "name", _ ("Firm"), .kind = LZ_CELL_TEXT },
    { "case", _ ("Case"), .kind = LZ_CELL_TEXT },
    { "rule", _ ("For"), .kind = LZ_CELL_TEXT },
    { "points", _ ("Points taken"), .kind = LZ_CELL_COUNT, .summed = TRUE },
    { "at", _ ("When"), .kind = LZ_CELL_TIME },
    { "actor", _ ("By"), .kind = LZ_CELL_TEXT },
  };
  g_autoptr (LzReportTable) table = lz_report_table_new ("charges", _ ("Points Taken"));
  g_autoptr (LzCreditRules) rules = lz_firms_dup_rules (station, error);

  if (rules == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  for (guint i = 0; i < firms->len; i++)
    {
      const LzFirm *firm = firms->pdata[i];
      g_autoptr (GPtrArray) charges =
          lz_firms_list_charges (station, &firm->record->id, year, error);

      if (charges == NULL)
        return NULL;
      for (guint k = 0; k < charges->len; k++)
        put_charge (table, firm, charges->pdata[k], rules);
    }
  return g_steal_pointer (&table);
}

static LzReport *
make_report (LzStation *station, int year, gboolean with_charges, GError **error)
{
  g_autoptr (GPtrArray) firms = lz_firms_list (station, year, error);
  g_autofree char *period = g_strdup_printf ("%d", year);
  g_autoptr (LzReportTable) charges = NULL;
  LzReport *report;

  if (firms == NULL)
    return NULL;
  if (with_charges)
    {
      charges = make_charges (station, firms, year, error);
      if (charges == NULL)
        return NULL;
    }
  report = lz_report_new ("firms", _ ("Credit of the Hauling Firms"));
  lz_report_set_office (report, lz_station_get_city (station));
  lz_report_set_made (report, lz_station_now (station));
  lz_report_set_period (report, lz_firms_begin_of_year (station, year),
                        lz_firms_begin_of_year (station, year + 1), period);
  lz_report_add_table (report, make_firms (firms));
  if (charges != NULL)
    lz_report_add_table (report, g_steal_pointer (&charges));
  return report;
}

gboolean
lz_firm_report_write (LzStation *station,
                      int year,
                      const char *path,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LzReport) report = NULL;
  LzReportFormat format;

  if (!lz_report_format_from_path (path, &format))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("Let the file's name end with .pdf, .xlsx, .csv or .json."));
      return FALSE;
    }
  report = make_report (station, year, format != LZ_REPORT_CSV, error);
  return report != NULL && lz_report_write (report, path, format, cancellable, error);
}
