/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-cli-report.h"
#include "lz-roads.h"

#include <string.h>

static char *opt_period;
static char *opt_out;
static char *opt_model;

/* clang-format off */
static const GOptionEntry report_entries[] = {
  { "period", 'p', 0, G_OPTION_ARG_STRING, &opt_period, N_("2026-W10, 2026-03, 2026-Q1, 2026, 2026-03-02 or 2026-03-02..2026-03-15 (the last whole week or month)"), N_("PERIOD") },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("write FILE.pdf, .xlsx, .csv or .json"), N_("FILE") },
  { "model", 0, 0, G_OPTION_ARG_STRING, &opt_model, N_("how units are scored: unit-national or unit-yuncheng (as the office says)"), N_("MODEL") },
  { NULL }
};
/* clang-format on */

static int
get_offset (LzStation *station)
{
  return lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));
}

gboolean
lz_cli_report_choose (LzStation *station,
                      const char *period,
                      LzPeriodKind kind,
                      LzTallyQuery *query,
                      GError **error)
{
  *query = (LzTallyQuery){ .now_ms = lz_station_now (station) };
  if (period != NULL)
    return lz_period_parse (period, get_offset (station), &query->period, error);
  query->period = lz_period_at (kind, query->now_ms, get_offset (station));
  query->period = lz_period_previous (&query->period);
  return TRUE;
}

static gboolean
choose_period (LzStation *station, LzPeriodKind kind, LzTallyQuery *query, GError **error)
{
  return lz_cli_report_choose (station, opt_period, kind, query, error);
}

/* -- reports ------------------------------------------------------------------------------------
 */

static void
print_cell (LzCli *self, const LzReportTable *table, guint row, guint column)
{
  const LzReportColumn *head = lz_report_table_get_column (table, column);
  const LzCell *cell = lz_report_table_get_cell (table, row, column);

  switch (cell->kind)
    {
    case LZ_CELL_COUNT:
      lz_out_int (self->out, head->key, cell->count);
      break;
    case LZ_CELL_TEXT:
      lz_out_string (self->out, head->key, cell->text);
      break;
    case LZ_CELL_NUMBER:
      lz_out_decimal (self->out, head->key, cell->number, head->decimals);
      break;
    case LZ_CELL_HOURS:
      lz_out_decimal (self->out, head->key, (double) cell->count / 3600000.0, 4);
      break;
    case LZ_CELL_RATE:
      lz_out_begin_object (self->out, head->key);
      lz_out_int (self->out, "part", cell->count);
      lz_out_int (self->out, "whole", cell->below);
      if (cell->below > 0)
        lz_out_decimal (
            self->out, "percent",
            (double) lz_ratio_get_centi_percent ((LzRatio){ cell->count, cell->below }) / 100, 2);
      else
        lz_out_null (self->out, "percent");
      lz_out_end_object (self->out);
      break;
    case LZ_CELL_TIME:
    case LZ_CELL_DATE:
      lz_out_time (self->out, head->key, cell->count);
      break;
    case LZ_CELL_EMPTY:
    case LZ_CELL_MISSING:
    default:
      lz_out_null (self->out, head->key);
      break;
    }
}

static void
print_json (LzCli *self, const LzReport *report)
{
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "report", lz_report_get_key (report));
  lz_out_string (self->out, "period", lz_report_get_period_label (report));
  lz_out_time (self->out, "from", lz_report_get_from (report));
  lz_out_time (self->out, "to", lz_report_get_to (report));
  lz_out_time (self->out, "made", lz_report_get_made (report));
  lz_out_begin_array (self->out, "tables");
  for (guint i = 0; i < lz_report_get_n_tables (report); i++)
    {
      const LzReportTable *table = lz_report_get_table (report, i);

      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "table", lz_report_table_get_key (table));
      lz_out_string (self->out, "title", lz_report_table_get_title (table));
      lz_out_begin_array (self->out, "rows");
      for (guint row = 0; row < lz_report_table_get_n_rows (table); row++)
        {
          lz_out_begin_object (self->out, NULL);
          lz_out_string (self->out, "key", lz_report_table_get_row_key (table, row));
          lz_out_bool (self->out, "total",
                       lz_report_table_get_row_kind (table, row) == LZ_ROW_TOTAL);
          for (guint column = 0; column < lz_report_table_get_n_columns (table); column++)
            print_cell (self, table, row, column);
          lz_out_end_object (self->out);
        }
      lz_out_end_array (self->out);
      lz_out_end_object (self->out);
    }
  lz_out_end_array (self->out);
  lz_out_end_object (self->out);
}

/* On a terminal: what a person reads first, a few columns of each table. */
static void
print_table (LzCli *self, const LzReportTable *table)
{
  static const char *const wanted[] = {
    "rank",         "figure",
    "name",         "part",
    "whole",        "now",
    "previous",     "last_year",
    "reported",     "filed",
    "due_close",    "closed",
    "closing_rate", "closing_on_time_rate",
    "overdue_open", "score",
    "grade",        "rank_change",
  };

  lz_out_line (self->out, "\n%s", lz_report_table_get_title (table));
  for (int row = -1; row < (int) lz_report_table_get_n_rows (table); row++)
    {
      char *cells[G_N_ELEMENTS (wanted) + 1] = { NULL };
      guint n = 0;

      for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
        {
          int column = lz_report_table_find_column (table, wanted[i]);

          if (column >= 0)
            cells[n++] = row < 0
                             ? g_strdup (lz_report_table_get_column (table, (guint) column)->title)
                             : lz_report_table_dup_text (table, (guint) row, (guint) column);
        }
      lz_out_row (self->out, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6],
                  cells[7], cells[8], cells[9], cells[10], NULL);
      for (guint i = 0; i < n; i++)
        g_free (cells[i]);
    }
  lz_out_end_table (self->out);
}

void
lz_cli_report_print (LzCli *self, const LzReport *report)
{
  if (self->json)
    {
      print_json (self, report);
      return;
    }
  lz_out_line (self->out, "%s: %s", lz_report_get_title (report),
               lz_report_get_period_label (report));
  for (guint i = 0; i < lz_report_get_n_tables (report); i++)
    print_table (self, lz_report_get_table (report, i));
}

gboolean
lz_cli_report_choose_format (const char *out, LzReportFormat *format, GError **error)
{
  return lz_report_format_from_path (out, format) ||
         lz_cli_set_usage (error, _ ("Let the file's name end with .pdf, .xlsx, .csv or .json."));
}

void
lz_cli_report_tell_written (LzCli *self, const char *out)
{
  if (!self->json)
    {
      lz_out_line (self->out, _ ("The report is in %s."), out);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "file", out);
  lz_out_end_object (self->out);
}

static gboolean
write_report (LzCli *self, const LzReport *report, GError **error)
{
  LzReportFormat format;

  if (!lz_cli_report_choose_format (opt_out, &format, error) ||
      !lz_report_write (report, opt_out, format, NULL, error))
    return FALSE;
  lz_cli_report_tell_written (self, opt_out);
  return TRUE;
}

/* Somebody of the office by id or name. */
static char *
find_person (LzStation *station, const char *text, GError **error)
{
  g_autoptr (GPtrArray) people = lz_people_list (station, error);

  if (people == NULL)
    return NULL;
  for (guint i = 0; i < people->len; i++)
    {
      const LzPerson *person = g_ptr_array_index (people, i);

      if (g_str_equal (person->id, text) || g_strcmp0 (person->name, text) == 0)
        return g_strdup (person->id);
    }
  g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no person “%s”."), text);
  return NULL;
}

/* A road or a person by name or id, a unit as it is called. */
static gboolean
find_subject (LzCli *self, LzStation *station, LzFiguresKind kind, char **of, GError **error)
{
  LzId road;

  *of = NULL;
  if (self->n_args == 0)
    return TRUE;
  if (kind == LZ_FIGURES_CHIEF)
    return (*of = find_person (station, self->args[0], error)) != NULL;
  if (kind == LZ_FIGURES_UNIT)
    {
      *of = g_strdup (self->args[0]);
      return TRUE;
    }
  if (!lz_cli_find_road (station, self->args[0], &road, error))
    return FALSE;
  *of = lz_id_dup_string (&road);
  return TRUE;
}

static gboolean
run_report (LzCli *self, LzFiguresKind kind, LzPeriodKind period, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzReport) report = NULL;
  g_autofree char *of = NULL;
  LzTallyQuery query;

  if (station == NULL || !choose_period (station, period, &query, error) ||
      !find_subject (self, station, kind, &of, error))
    return FALSE;
  report = lz_figures_report_new (station, kind, &query, of, opt_model, error);
  if (report == NULL)
    return FALSE;
  if (opt_out != NULL)
    return write_report (self, report, error);
  lz_cli_report_print (self, report);
  return TRUE;
}

static gboolean
run_road (LzCli *self, GError **error)
{
  return run_report (self, LZ_FIGURES_ROAD, LZ_PERIOD_MONTH, error);
}

static gboolean
run_unit (LzCli *self, GError **error)
{
  return run_report (self, LZ_FIGURES_UNIT, LZ_PERIOD_MONTH, error);
}

static gboolean
run_chief (LzCli *self, GError **error)
{
  return run_report (self, LZ_FIGURES_CHIEF, LZ_PERIOD_MONTH, error);
}

/* clang-format off */
const LzVerb lz_cli_report_verbs[] = {
  { "report", "road", N_("[ROAD]"), 0, 1, report_entries, FALSE, run_road, N_("the figures of the roads, or of one") },
  { "report", "unit", N_("[UNIT]"), 0, 1, report_entries, FALSE, run_unit, N_("the figures and scores of the units, or of one") },
  { "report", "chief", N_("[PERSON]"), 0, 1, report_entries, FALSE, run_chief, N_("the figures and scores of the road chiefs, or of one") },
  { NULL }
};
/* clang-format on */
