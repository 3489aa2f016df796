/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures for scripts: every count and rate, the cases behind them, what they mean. */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cases.h"
#include "lz-cli-case.h"
#include "lz-cli-report.h"

static char *opt_period;
static char *opt_by;
static char *opt_value;
static char *opt_count;

/* clang-format off */
static const GOptionEntry figures_entries[] = {
  { "period", 'p', 0, G_OPTION_ARG_STRING, &opt_period, N_("2026-W10, 2026-03, 2026-Q1, 2026, 2026-03-02 or 2026-03-02..2026-03-15"), N_("PERIOD") },
  { "by", 0, 0, G_OPTION_ARG_STRING, &opt_by, N_("all, dimension, category, subdistrict, community, road, chief, unit, inspector, source, hour, weekday, day …, several with commas"), N_("WHAT") },
  { NULL }
};

static const GOptionEntry cases_entries[] = {
  { "period", 'p', 0, G_OPTION_ARG_STRING, &opt_period, N_("as of the figure"), N_("PERIOD") },
  { "by", 0, 0, G_OPTION_ARG_STRING, &opt_by, N_("in which table it stands"), N_("WHAT") },
  { "value", 0, 0, G_OPTION_ARG_STRING, &opt_value, N_("in which row"), N_("KEY") },
  { "count", 0, 0, G_OPTION_ARG_STRING, &opt_count, N_("which figure: see “report definitions”"), N_("KEY") },
  { NULL }
};
/* clang-format on */

static gboolean
parse_by (const char *word, LzTallyBy *by, GError **error)
{
  return lz_tally_by_from_string (word, by) ||
         lz_cli_set_usage (error, _ ("There is no table by “%s”."), word);
}

static void
print_times (LzCli *self, const LzTallyGroup *group)
{
  static const struct
  {
    const char *key;
    gboolean by_clock;
    guint percent;
  } rows[] = { { "median_clock_ms", TRUE, 50 },
               { "p90_clock_ms", TRUE, 90 },
               { "median_ms", FALSE, 50 },
               { "p90_ms", FALSE, 90 } };
  gint64 ms;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (lz_tally_group_get_quantile (group, rows[i].by_clock, rows[i].percent, &ms))
      lz_out_int (self->out, rows[i].key, ms);
    else
      lz_out_null (self->out, rows[i].key);
}

static void
print_group (LzCli *self, const LzTallyNames *names, LzTallyBy by, const LzTallyGroup *group)
{
  g_autofree char *name = lz_tally_names_dup (names, by, group->value);

  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "value", group->value);
  lz_out_string (self->out, "name", name);
  lz_out_begin_object (self->out, "counts");
  for (guint i = 0; i < LZ_N_COUNTS; i++)
    lz_out_int (self->out, lz_count_to_string ((LzCount) i), group->counts[i]);
  lz_out_end_object (self->out);
  lz_out_begin_object (self->out, "rates");
  for (guint i = 0; i < LZ_N_RATES; i++)
    {
      LzRatio ratio = lz_tally_group_get_rate (group, (LzRate) i);
      const char *key = lz_rate_to_string ((LzRate) i);

      if (lz_ratio_has_value (ratio))
        lz_out_decimal (self->out, key, (double) lz_ratio_get_centi_percent (ratio) / 100, 2);
      else
        lz_out_null (self->out, key);
    }
  lz_out_end_object (self->out);
  print_times (self, group);
  lz_out_end_object (self->out);
}

/* "unit" or "unit,road,hour": a set of 1 << LzTallyBy. */
static gboolean
parse_bys (guint *bys, GError **error)
{
  g_auto (GStrv) words = g_strsplit (opt_by != NULL ? opt_by : "all", ",", -1);
  LzTallyBy by;

  *bys = 0;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!parse_by (words[i], &by, error))
        return FALSE;
      *bys |= 1u << by;
    }
  return *bys != 0 || parse_by ("", &by, error);
}

static void
print_rows (LzCli *self, const LzTallyNames *names, const LzTally *tally)
{
  for (guint i = 0; i < lz_tally_get_n_groups (tally); i++)
    {
      const LzTallyGroup *group = lz_tally_get_group (tally, i);
      g_autofree char *name = lz_tally_names_dup (names, lz_tally_get_by (tally), group->value);

      for (guint k = 0; k < LZ_N_COUNTS; k++)
        {
          g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, group->counts[k]);

          lz_out_row (self->out, name, lz_count_label ((LzCount) k), n, NULL);
        }
    }
  lz_out_end_table (self->out);
}

static void
print_groups (LzCli *self, const LzTallyNames *names, const LzTally *tally)
{
  LzTallyBy by = lz_tally_get_by (tally);

  lz_out_string (self->out, "by", lz_tally_by_to_string (by));
  lz_out_begin_array (self->out, "groups");
  for (guint i = 0; i < lz_tally_get_n_groups (tally); i++)
    print_group (self, names, by, lz_tally_get_group (tally, i));
  lz_out_end_array (self->out);
}

/* One table is the object's own, several are a list in it. */
static void
print_tables (LzCli *self, const LzTallyNames *names, const LzTallies *tallies, guint bys)
{
  gboolean several = (bys & (bys - 1)) != 0;

  if (several)
    lz_out_begin_array (self->out, "tables");
  for (guint by = 0; by < LZ_N_BYS; by++)
    {
      if (tallies->tallies[by] == NULL)
        continue;
      if (several)
        lz_out_begin_object (self->out, NULL);
      print_groups (self, names, tallies->tallies[by]);
      if (several)
        lz_out_end_object (self->out);
    }
  if (several)
    lz_out_end_array (self->out);
}

static gboolean
run_figures (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzTallyNames) names = NULL;
  g_autoptr (LzTallies) tallies = NULL;
  g_autofree char *key = NULL;
  LzTallyQuery query;

  if (station == NULL ||
      !lz_cli_report_choose (station, opt_period, LZ_PERIOD_WEEK, &query, error) ||
      !parse_bys (&query.bys, error))
    return FALSE;
  names = lz_tally_names_load (station, error);
  tallies = names != NULL ? lz_tally_query_run (station, &query, error) : NULL;
  if (tallies == NULL)
    return FALSE;

  if (!self->json)
    {
      for (guint by = 0; by < LZ_N_BYS; by++)
        if (tallies->tallies[by] != NULL)
          print_rows (self, names, tallies->tallies[by]);
      return TRUE;
    }
  key = lz_period_dup_key (&query.period);
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "period", key);
  lz_out_time (self->out, "from", query.period.from_ms);
  lz_out_time (self->out, "as_of", tallies->span.as_of_ms);
  print_tables (self, names, tallies, query.bys);
  lz_out_end_object (self->out);
  return TRUE;
}

static void
print_case (LzCli *self, const LzCaseRow *row)
{
  g_autofree char *id = lz_id_dup_string (&row->id);

  if (!self->json)
    {
      lz_out_row (self->out, row->number, row->category_name, row->road_name, id, NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", id);
  lz_out_string (self->out, "number", row->number);
  lz_out_end_object (self->out);
}

static gboolean
run_cases (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GArray) fids = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  LzTallyQuery query;
  LzTallyBy by;
  LzCount count;

  if (station == NULL ||
      !lz_cli_report_choose (station, opt_period, LZ_PERIOD_WEEK, &query, error) ||
      !parse_by (opt_by != NULL ? opt_by : "all", &by, error))
    return FALSE;
  if (opt_count == NULL || !lz_count_from_string (opt_count, &count))
    return lz_cli_set_usage (error, _ ("Say which figure: --count KEY."));
  fids =
      lz_tally_query_list (station, &query, by, opt_value != NULL ? opt_value : "", count, error);
  if (fids == NULL)
    return FALSE;
  rows = lz_cases_load_rows (station, (const gint64 *) (gpointer) fids->data, fids->len, error);
  if (rows == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < rows->len; i++)
    print_case (self, g_ptr_array_index (rows, i));
  lz_cli_end_list (self);
  return TRUE;
}

static void
print_definition (LzCli *self,
                  const char *kind,
                  const char *key,
                  const char *name,
                  const char *text)
{
  if (!self->json)
    {
      lz_out_line (self->out, "%s (%s)\n    %s", name, key, text);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "kind", kind);
  lz_out_string (self->out, "key", key);
  lz_out_string (self->out, "name", name);
  lz_out_string (self->out, "definition", text);
  lz_out_end_object (self->out);
}

static gboolean
run_definitions (LzCli *self, GError **error)
{
  lz_cli_begin_list (self);
  for (guint i = 0; i < LZ_N_COUNTS; i++)
    {
      LzCount count = (LzCount) i;

      print_definition (self, "count", lz_count_to_string (count), lz_count_label (count),
                        lz_count_definition (count));
    }
  for (guint i = 0; i < LZ_N_RATES; i++)
    {
      g_autofree char *definition = lz_rate_dup_definition ((LzRate) i);

      print_definition (self, "rate", lz_rate_to_string ((LzRate) i), lz_rate_label ((LzRate) i),
                        definition);
    }
  lz_cli_end_list (self);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_figures_verbs[] = {
  { "report", "figures", "", 0, 0, figures_entries, FALSE, run_figures, N_("every count and rate of a period, set out by one thing") },
  { "report", "cases", "", 0, 0, cases_entries, FALSE, run_cases, N_("the cases behind a figure") },
  { "report", "definitions", "", 0, 0, NULL, FALSE, run_definitions, N_("what each count and rate means") },
  { NULL }
};
/* clang-format on */
