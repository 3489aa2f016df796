/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-ledgers.h"
#include "lz-list-report.h"

#define CHUNK 500

static char *opt_period;
static char *opt_out;

/* clang-format off */
static const GOptionEntry ledger_entries[] = {
  { "period", 'p', 0, G_OPTION_ARG_STRING, &opt_period, N_("2026-W10, 2026-03, 2026-Q1, 2026, 2026-03-02 or 2026-03-02..2026-03-15 (this month)"), N_("PERIOD") },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("write FILE.xlsx, .csv, .json, .geojson, .gpkg or .pdf"), N_("FILE") },
  { NULL }
};
/* clang-format on */

static gboolean
make_query (LzStation *station, LzLedgerQuery *query, GError **error)
{
  int offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));

  *query = (LzLedgerQuery){ .now_ms = lz_station_now (station) };
  query->period = lz_period_at (LZ_PERIOD_MONTH, query->now_ms, offset_min);
  return opt_period == NULL || lz_period_parse (opt_period, offset_min, &query->period, error);
}

static gboolean
print_ledgers (LzCli *self, LzStation *station, const LzLedgerQuery *query, GError **error)
{
  guint counts[LZ_N_LEDGERS];

  if (!lz_ledgers_count (station, query, counts, error))
    return FALSE;
  if (self->json)
    lz_out_begin_array (self->out, NULL);
  for (guint i = 0; i < LZ_N_LEDGERS; i++)
    {
      g_autofree char *n = g_strdup_printf ("%u", counts[i]);

      if (!self->json)
        {
          lz_out_row (self->out, lz_ledger_to_string ((LzLedger) i), lz_ledger_label ((LzLedger) i),
                      n, lz_ledger_definition ((LzLedger) i), NULL);
          continue;
        }
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "ledger", lz_ledger_to_string ((LzLedger) i));
      lz_out_int (self->out, "cases", counts[i]);
      lz_out_string (self->out, "definition", lz_ledger_definition ((LzLedger) i));
      lz_out_string (self->out, "source", lz_ledger_source ((LzLedger) i));
      lz_out_end_object (self->out);
    }
  if (self->json)
    lz_out_end_array (self->out);
  lz_out_end_table (self->out);
  return TRUE;
}

static void
print_entry (LzCli *self, const LzCaseRow *row, const LzLedgerEntry *entry, gint64 now_ms)
{
  if (!self->json)
    {
      g_autofree char *since = lz_out_dup_time (entry->since_ms);

      lz_out_row (self->out, row->number != NULL ? row->number : "",
                  row->category_name != NULL ? row->category_name : row->category,
                  row->road_name != NULL ? row->road_name : "", since,
                  entry->about != NULL ? entry->about : "",
                  entry->words != NULL ? entry->words : "", NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_cli_print_row_members (self->out, row, now_ms);
  lz_out_time (self->out, "since", entry->since_ms);
  lz_out_time (self->out, "until", entry->until_ms);
  if (entry->length_ms >= 0)
    lz_out_decimal (self->out, "hours", (double) entry->length_ms / 3600000.0, 2);
  else
    lz_out_null (self->out, "hours");
  lz_out_string (self->out, "about", entry->about);
  lz_out_string (self->out, "words", entry->words);
  lz_out_end_object (self->out);
}

static gboolean
print_some (LzCli *self,
            LzStation *station,
            const LzLedgerQuery *query,
            const gint64 *fids,
            guint n,
            GError **error)
{
  g_autoptr (GPtrArray) rows = lz_cases_load_rows (station, fids, n, error);
  g_autoptr (GPtrArray) entries =
      rows != NULL ? lz_ledgers_load (station, query, fids, n, error) : NULL;

  for (guint i = 0, k = 0; entries != NULL && i < rows->len; i++)
    {
      const LzCaseRow *row = rows->pdata[i];

      while (fids[k] != row->fid)
        k++;
      print_entry (self, row, entries->pdata[k], query->now_ms);
    }
  return entries != NULL;
}

static gboolean
print_cases (LzCli *self,
             LzStation *station,
             const LzLedgerQuery *query,
             GArray *fids,
             GError **error)
{
  if (self->json)
    lz_out_begin_array (self->out, NULL);
  for (guint at = 0; at < fids->len; at += CHUNK)
    if (!print_some (self, station, query, &g_array_index (fids, gint64, at),
                     MIN (CHUNK, fids->len - at), error))
      return FALSE;
  if (self->json)
    lz_out_end_array (self->out);
  lz_out_end_table (self->out);
  return TRUE;
}

static gboolean
write_cases (LzCli *self,
             LzStation *station,
             const LzLedgerQuery *query,
             GArray *fids,
             GError **error)
{
  if (!lz_list_write (station, fids, query, opt_out, NULL, error))
    return FALSE;
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "file", opt_out);
      lz_out_int (self->out, "cases", fids->len);
      lz_out_end_object (self->out);
    }
  else
    lz_out_line (self->out,
                 g_dngettext (GETTEXT_PACKAGE, "%d case is in %s.", "%d cases are in %s.",
                              fids->len),
                 (int) fids->len, opt_out);
  return TRUE;
}

static gboolean
run_ledger (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (GArray) only = NULL;
  g_autofree char *among = NULL;
  g_autoptr (GArray) fids = NULL;
  LzCaseQuery order = { .sort = LZ_SORT_REPORTED };
  LzLedgerQuery query;
  LzLedger ledger;

  if (self->n_args > 0 && !lz_ledger_from_string (self->args[0], &ledger))
    return lz_cli_set_usage (error, _ ("There is no ledger “%s”."), self->args[0]);
  if (opt_out != NULL && (self->n_args == 0 || !lz_list_can_write (opt_out)))
    return lz_cli_set_usage (error, _ ("Name a ledger, and let the file's name end with .xlsx, "
                                       ".csv, .json, .geojson, .gpkg or .pdf."));
  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  if (station == NULL || !make_query (station, &query, error))
    return FALSE;
  if (self->n_args == 0)
    return print_ledgers (self, station, &query, error);
  query.ledger = ledger;
  only = lz_ledgers_list (station, &query, error);
  if (only == NULL)
    return FALSE;
  order.among = among = lz_fids_dup_json (only);
  fids = lz_cases_list (station, &order, 0, error);
  if (fids == NULL)
    return FALSE;
  return opt_out != NULL ? write_cases (self, station, &query, fids, error)
                         : print_cases (self, station, &query, fids, error);
}

/* clang-format off */
const LzVerb lz_cli_ledger_verbs[] = {
  { NULL, "ledger", N_("[LEDGER]"), 0, 1, ledger_entries, FALSE, run_ledger, N_("lists the ledgers, or the cases of one: overdue, suspended, recurred, exposed, praised or handed") },
  { NULL }
};
/* clang-format on */
