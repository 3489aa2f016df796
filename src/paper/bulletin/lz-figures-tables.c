/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define RATE_DECIMALS 2

/* The columns of a table by roads, units …: counts first, then the rates over them. */
static const LzCount shown_counts[] = {
  LZ_COUNT_REPORTED,     LZ_COUNT_SELF_HANDLED,    LZ_COUNT_FILED,          LZ_COUNT_DUE_HANDLE,
  LZ_COUNT_HANDLED,      LZ_COUNT_HANDLED_ON_TIME, LZ_COUNT_HANDLED_LATE,   LZ_COUNT_OVERDUE_OPEN,
  LZ_COUNT_DUE_CLOSE,    LZ_COUNT_CLOSED,          LZ_COUNT_CLOSED_ON_TIME, LZ_COUNT_REWORKED,
  LZ_COUNT_EXTENDED,     LZ_COUNT_SUSPENDED,       LZ_COUNT_SUPERVISED,     LZ_COUNT_VALID_REPORTED,
  LZ_COUNT_OWN_REPORTED, LZ_COUNT_MISSED,          LZ_COUNT_OVERTIME,       LZ_COUNT_EXEMPTED,
  LZ_COUNT_OPEN,
};

static const LzRate shown_rates[] = {
  LZ_RATE_HANDLING_ON_TIME, LZ_RATE_CLOSING,      LZ_RATE_CLOSING_ON_TIME, LZ_RATE_REWORK,
  LZ_RATE_EXTENSION,        LZ_RATE_VALID_REPORT, LZ_RATE_MISSED,
};

static const LzTallyGroup *
find_all (const LzTallies *tallies)
{
  return tallies != NULL ? lz_tally_find (tallies->tallies[LZ_BY_ALL], "") : NULL;
}

/* Nothing happened: a count of nothing is 0, where there was such a period at all. */
static gint64
get_count (const LzTallyGroup *group, LzCount count)
{
  return group != NULL ? group->counts[count] : 0;
}

static void
put_change (LzReportTable *table, gint64 now, gint64 then)
{
  if (then == 0)
    lz_report_table_put_missing (table);
  else
    lz_report_table_put_number (table, round ((double) (now - then) * 10000 / (double) then) / 100);
}

LzReportTable *
lz_figures_make_counts (const LzFiguresFrame *frame)
{
  LzReportTable *table = lz_report_table_new ("counts", _ ("Counts"));
  const LzTallyGroup *now = find_all (frame->now);
  const LzTallyGroup *previous = find_all (frame->previous);
  const LzTallyGroup *last_year = find_all (frame->last_year);
  const LzReportColumn columns[] = {
    { "figure", _ ("Figure"), .kind = LZ_CELL_TEXT },
    { "now", _ ("This Period"), .kind = LZ_CELL_COUNT },
    { "previous", _ ("Period Before"), .kind = LZ_CELL_COUNT },
    { "change", _ ("Change, %"), .kind = LZ_CELL_NUMBER, .decimals = 2 },
    { "last_year", _ ("Year Before"), .kind = LZ_CELL_COUNT },
    { "year_change", _ ("Change on Year, %"), .kind = LZ_CELL_NUMBER, .decimals = 2 },
    { "definition", _ ("Definition"), .kind = LZ_CELL_TEXT, .width = 24 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  for (guint i = 0; i < LZ_N_COUNTS; i++)
    {
      LzCount count = (LzCount) i;

      lz_report_table_add_row (table, LZ_ROW_BODY, lz_count_to_string (count));
      lz_report_table_put_text (table, lz_count_label (count));
      lz_report_table_put_count (table, get_count (now, count));
      lz_report_table_put_count (table, get_count (previous, count));
      put_change (table, get_count (now, count), get_count (previous, count));
      if (frame->last_year != NULL)
        lz_report_table_put_count (table, get_count (last_year, count));
      else
        lz_report_table_put_missing (table);
      put_change (table, get_count (now, count), get_count (last_year, count));
      lz_report_table_put_text (table, lz_count_definition (count));
    }
  return table;
}

static void
put_rate_of (LzReportTable *table, const LzTallyGroup *group, LzRate rate)
{
  if (group == NULL)
    lz_report_table_put_missing (table);
  else
    lz_report_table_put_rate (table, group->counts[lz_rate_get_part (rate)],
                              group->counts[lz_rate_get_whole (rate)]);
}

LzReportTable *
lz_figures_make_rates (const LzFiguresFrame *frame)
{
  LzReportTable *table = lz_report_table_new ("rates", _ ("Rates"));
  const LzTallyGroup *now = find_all (frame->now);
  const LzReportColumn columns[] = {
    { "figure", _ ("Figure"), .kind = LZ_CELL_TEXT },
    { "part", _ ("Above the Line"), .kind = LZ_CELL_COUNT },
    { "whole", _ ("Below the Line"), .kind = LZ_CELL_COUNT },
    { "now", _ ("This Period"), .kind = LZ_CELL_RATE, .decimals = RATE_DECIMALS, .above = "part",
      .below = "whole" },
    { "previous", _ ("Period Before"), .kind = LZ_CELL_RATE, .decimals = RATE_DECIMALS },
    { "last_year", _ ("Year Before"), .kind = LZ_CELL_RATE, .decimals = RATE_DECIMALS },
    { "definition", _ ("Definition"), .kind = LZ_CELL_TEXT, .width = 24 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  for (guint i = 0; i < LZ_N_RATES; i++)
    {
      LzRate rate = (LzRate) i;
      g_autofree char *definition = lz_rate_dup_definition (rate);

      lz_report_table_add_row (table, LZ_ROW_BODY, lz_rate_to_string (rate));
      lz_report_table_put_text (table, lz_rate_label (rate));
      lz_report_table_put_count (table, get_count (now, lz_rate_get_part (rate)));
      lz_report_table_put_count (table, get_count (now, lz_rate_get_whole (rate)));
      put_rate_of (table, now, rate);
      put_rate_of (table, find_all (frame->previous), rate);
      put_rate_of (table, find_all (frame->last_year), rate);
      lz_report_table_put_text (table, definition);
    }
  return table;
}

static void
put_quantile (LzReportTable *table, const LzTallyGroup *group, gboolean by_clock, guint percent)
{
  gint64 ms;

  if (group != NULL && lz_tally_group_get_quantile (group, by_clock, percent, &ms))
    lz_report_table_put_hours (table, ms);
  else
    lz_report_table_put_missing (table);
}

LzReportTable *
lz_figures_make_times (const LzFiguresFrame *frame)
{
  static const struct
  {
    const char *key;
    const char *label;
    gboolean by_clock;
    guint percent;
  } rows[] = {
    { "median_clock", N_ ("Median handling time by the handling clock"), TRUE, 50 },
    { "p90_clock", N_ ("Handling time by the handling clock that nine in ten did not exceed"), TRUE,
      90 },
    { "median", N_ ("Median handling time"), FALSE, 50 },
    { "p90", N_ ("Handling time that nine in ten did not exceed"), FALSE, 90 },
  };
  static const char handled[] = "count:handled";
  LzReportTable *table = lz_report_table_new ("times", _ ("Handling Times, Hours"));
  const LzReportColumn columns[] = {
    { "figure", _ ("Figure"), .kind = LZ_CELL_TEXT },
    { "now", _ ("This Period"), .kind = LZ_CELL_HOURS, .decimals = 2, .made_of = handled },
    { "previous", _ ("Period Before"), .kind = LZ_CELL_HOURS, .decimals = 2, .made_of = handled },
    { "last_year", _ ("Year Before"), .kind = LZ_CELL_HOURS, .decimals = 2, .made_of = handled },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      lz_report_table_add_row (table, LZ_ROW_BODY, rows[i].key);
      lz_report_table_put_text (table, _ (rows[i].label));
      put_quantile (table, find_all (frame->now), rows[i].by_clock, rows[i].percent);
      put_quantile (table, find_all (frame->previous), rows[i].by_clock, rows[i].percent);
      put_quantile (table, find_all (frame->last_year), rows[i].by_clock, rows[i].percent);
    }
  lz_report_table_set_note (table, _ ("Of the cases handled in the period, the time of a real case:"
                                      " the smallest that so many of them did not exceed."));
  return table;
}

/* -- by roads, units, … -------------------------------------------------------------------------
 */

static gboolean
is_scored (LzTallyBy by)
{
  return by == LZ_BY_UNIT || by == LZ_BY_SUBDISTRICT || by == LZ_BY_ROAD;
}

static gboolean
is_timed (LzTallyBy by)
{
  return by == LZ_BY_DAY || by == LZ_BY_HOUR || by == LZ_BY_WEEKDAY;
}

static void
add_columns (LzReportTable *table, const LzScoreModel *model, LzTallyBy by)
{
  g_autofree char *score = lz_score_model_dup_definition (model);
  g_autofree char *inputs = lz_score_model_dup_inputs (model);
  const LzReportColumn name = { "name", _ ("Name"), .kind = LZ_CELL_TEXT };
  const LzReportColumn more[] = {
    { "median", _ ("Median Handling Time, Hours"),
      .definition = _ ("Half of the cases handled in the period took no longer, from dispatch until"
                       " they were done, in plain time."),
      .kind = LZ_CELL_HOURS, .decimals = 1, .made_of = "count:handled" },
    { "score", _ ("Score"), .kind = LZ_CELL_NUMBER, .decimals = 2, .definition = score,
      .made_of = inputs },
    { "grade", _ ("Grade"), .kind = LZ_CELL_TEXT },
    { "rank", _ ("Rank"), .kind = LZ_CELL_COUNT, .made_of = inputs },
  };

  lz_report_table_add_column (table, &name);
  for (guint i = 0; i < G_N_ELEMENTS (shown_counts); i++)
    {
      LzReportColumn column = { lz_count_to_string (shown_counts[i]),
                                lz_count_label (shown_counts[i]),
                                .definition = lz_count_definition (shown_counts[i]),
                                .kind = LZ_CELL_COUNT, .summed = by != LZ_BY_CHIEF };

      lz_report_table_add_column (table, &column);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shown_rates); i++)
    {
      g_autofree char *key = g_strconcat (lz_rate_to_string (shown_rates[i]), "_rate", NULL);
      g_autofree char *definition = lz_rate_dup_definition (shown_rates[i]);
      LzReportColumn column = { key,
                                lz_rate_label (shown_rates[i]),
                                .definition = definition,
                                .kind = LZ_CELL_RATE,
                                .decimals = RATE_DECIMALS,
                                .above = lz_count_to_string (lz_rate_get_part (shown_rates[i])),
                                .below = lz_count_to_string (lz_rate_get_whole (shown_rates[i])) };

      lz_report_table_add_column (table, &column);
    }
  for (guint i = 0; i < (is_timed (by) ? 0u : is_scored (by) ? G_N_ELEMENTS (more) : 1u); i++)
    lz_report_table_add_column (table, &more[i]);
}

static void
put_group (LzReportTable *table, LzTallyBy by, const LzTallyGroup *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (shown_counts); i++)
    lz_report_table_put_count (table, get_count (group, shown_counts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (shown_rates); i++)
    put_rate_of (table, group, shown_rates[i]);
  if (!is_timed (by))
    put_quantile (table, group, FALSE, 50);
}

static void
put_score (LzReportTable *table, const LzScore *score, guint rank)
{
  const char grade[] = { score->grade, '\0' };

  if (!score->has_value)
    {
      for (guint i = 0; i < 3; i++)
        lz_report_table_put_missing (table);
      return;
    }
  lz_report_table_put_number (table, score->points);
  lz_report_table_put_text (table, grade);
  lz_report_table_put_count (table, rank);
}

/* -- the order of the rows ----------------------------------------------------------------------
 */

typedef struct
{
  const LzTallyGroup *group;
  LzScore score;
  guint rank;
  gint64 place; /* in the order of the table */
} Line;

static void
line_clear (gpointer data)
{
  lz_score_clear (&((Line *) data)->score);
}

/* The dimensions as everybody says them, 序化 first; units and subdistricts by their scores, the
 * categories with most cases first; else by value. */
static gint64
get_place (LzTallyBy by, const Line *line)
{
  LzDimension dimension;

  if (*line->group->value == '\0')
    return G_MAXINT64; /* of none of them */
  if (by == LZ_BY_DIMENSION && lz_dimension_from_string (line->group->value, &dimension))
    return dimension;
  if (by == LZ_BY_UNIT || by == LZ_BY_SUBDISTRICT)
    return line->rank != 0 ? line->rank : G_MAXINT64 - 1;
  return by == LZ_BY_CATEGORY ? -line->group->counts[LZ_COUNT_FILED] : 0;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *x = a, *y = b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return strcmp (x->group->value, y->group->value);
}

static GArray *
list_lines (const LzFiguresFrame *frame, LzTallyBy by)
{
  const LzTally *tally = frame->now->tallies[by];
  guint n = lz_tally_get_n_groups (tally);
  GArray *lines = g_array_sized_new (FALSE, TRUE, sizeof (Line), n);
  g_autofree LzScore *scores = g_new0 (LzScore, n + 1);
  g_autofree guint *ranks = g_new0 (guint, n + 1);

  g_array_set_clear_func (lines, line_clear);
  for (guint i = 0; is_scored (by) && i < n; i++)
    lz_score_evaluate_group (frame->model, lz_tally_get_group (tally, i), NULL, NULL, &scores[i]);
  lz_score_rank (scores, n, ranks);
  for (guint i = 0; i < n; i++)
    {
      Line line = { .group = lz_tally_get_group (tally, i), .score = scores[i], .rank = ranks[i] };

      line.place = get_place (by, &line);
      g_array_append_val (lines, line);
    }
  g_array_sort (lines, compare_lines);
  return lines;
}

LzReportTable *
lz_figures_make_table (const LzFiguresFrame *frame, LzTallyBy by)
{
  g_autoptr (GArray) lines = list_lines (frame, by);
  LzReportTable *table = lz_report_table_new (lz_tally_by_to_string (by), lz_tally_by_label (by));

  add_columns (table, frame->model, by);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      g_autofree char *name = lz_tally_names_dup (frame->names, by, line->group->value);

      lz_report_table_add_row (table, LZ_ROW_BODY, line->group->value);
      lz_report_table_put_text (table, name);
      put_group (table, by, line->group);
      if (is_scored (by))
        put_score (table, &line->score, line->rank);
    }
  if (lines->len > 0 && by != LZ_BY_CHIEF)
    {
      lz_report_table_add_row (table, LZ_ROW_TOTAL, "");
      lz_report_table_put_text (table, _ ("Total"));
      put_group (table, by, find_all (frame->now));
    }
  if (is_scored (by))
    lz_report_table_set_note (table, lz_score_model_get_name (frame->model));
  return table;
}
