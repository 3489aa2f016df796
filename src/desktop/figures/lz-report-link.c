/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-report-link.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  LzTallyBy by;
  LzTallyBy with_dimension;
} ranked[] = {
  { LZ_BY_SUBDISTRICT, LZ_BY_DIMENSION_SUBDISTRICT },
  { LZ_BY_COMMUNITY, LZ_BY_DIMENSION_COMMUNITY },
  { LZ_BY_UNIT, LZ_BY_DIMENSION_UNIT },
  { LZ_BY_ROAD, LZ_BY_DIMENSION_ROAD },
  { LZ_BY_CHIEF, LZ_N_BYS },
};

gboolean
lz_report_link_parse_rank (const char *key, LzTallyBy *by, const char **dimension)
{
  if (!g_str_has_prefix (key, "rank_") && !g_str_has_prefix (key, "talk_"))
    return FALSE;
  key += strlen ("rank_");
  for (guint i = 0; i < G_N_ELEMENTS (ranked); i++)
    {
      const char *word = lz_tally_by_to_string (ranked[i].by);

      if (!g_str_has_prefix (key, word))
        continue;
      *by = ranked[i].by;
      *dimension = key[strlen (word)] == '_' ? key + strlen (word) + 1 : "";
      return TRUE;
    }
  return FALSE;
}

static LzTallyBy
add_dimension (LzTallyBy by)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranked); i++)
    if (ranked[i].by == by)
      return ranked[i].with_dimension;
  return LZ_N_BYS;
}

/* "closed", "closing_rate". */
static gboolean
parse_figure (const char *key, gboolean *is_rate, LzCount *count, LzRate *rate)
{
  g_autofree char *word = NULL;

  *is_rate = FALSE;
  if (lz_count_from_string (key, count))
    return TRUE;
  if (!g_str_has_suffix (key, "_rate"))
    return FALSE;
  word = g_strndup (key, strlen (key) - strlen ("_rate"));
  *is_rate = TRUE;
  return lz_rate_from_string (word, rate);
}

/* The two tables whose rows are figures and whose columns are periods. */
static gboolean
parse_figure_row (const LzReportTable *table,
                  guint row,
                  const char *column,
                  LzFigureOf *of,
                  gboolean *is_rate,
                  LzCount *count,
                  LzRate *rate)
{
  const char *key = lz_report_table_get_row_key (table, row);
  LzPeriod period = of->period;

  of->by = LZ_BY_ALL;
  of->value = "";
  if (strcmp (column, "previous") == 0)
    {
      of->period = lz_period_previous (&period);
      of->bulletin = (LzId){ { 0 } }; /* another period's figures are not the bulletin's */
    }
  else if (strcmp (column, "last_year") == 0)
    {
      of->bulletin = (LzId){ { 0 } };
      if (!lz_period_last_year (&period, &of->period))
        return FALSE;
    }
  *is_rate = strcmp (lz_report_table_get_key (table), "rates") == 0;
  if (!*is_rate)
    return strstr (column, "change") == NULL && lz_count_from_string (key, count);
  if (!lz_rate_from_string (key, rate))
    return FALSE;
  if (strcmp (column, "part") != 0 && strcmp (column, "whole") != 0)
    return TRUE;
  *is_rate = FALSE;
  *count = *column == 'p' ? lz_rate_get_part (*rate) : lz_rate_get_whole (*rate);
  return TRUE;
}

/* Of whom a row of the other tables is; @value is what @of borrows. */
static gboolean
parse_group (const LzReportTable *table, guint row, LzFigureOf *of, char **value)
{
  const char *key = lz_report_table_get_key (table);
  const char *row_key = lz_report_table_get_row_key (table, row);
  int name = lz_report_table_find_column (table, "name");
  const char *dimension = "";
  gboolean is_rank = lz_report_link_parse_rank (key, &of->by, &dimension);

  if (name >= 0)
    of->name = lz_report_table_get_cell (table, row, (guint) name)->text;
  if (is_rank && *dimension != '\0')
    {
      *value = g_strdup_printf ("%s %s", dimension, row_key);
      of->by = add_dimension (of->by);
      of->value = *value;
      return of->by != LZ_N_BYS;
    }
  if (!is_rank && !lz_tally_by_from_string (key, &of->by))
    return FALSE;
  if (lz_report_table_get_row_kind (table, row) == LZ_ROW_TOTAL)
    of->by = LZ_BY_ALL;
  of->value = row_key != NULL ? row_key : "";
  return TRUE;
}

/* What stands in the row under that name; -1 = nothing does. */
static gint64
find_number (const LzReportTable *table, guint row, const char *key, gboolean below)
{
  int column = lz_report_table_find_column (table, key);
  const LzCell *cell = column >= 0 ? lz_report_table_get_cell (table, row, (guint) column) : NULL;

  if (cell == NULL || (cell->kind != LZ_CELL_COUNT && cell->kind != LZ_CELL_RATE))
    return -1;
  return below ? cell->below : cell->count;
}

/* "count:filed", "rate:closing", "own:rate:valid_report"; what is none of our counts has no cases.
 */
static void
add_input (LzFigureMeaning *meaning,
           const LzReportTable *table,
           guint row,
           const char *input,
           const LzFigureOf *group)
{
  LzFigureOf of = *group;
  gboolean own = g_str_has_prefix (input, "own:");
  g_autofree char *rate_key = NULL;
  LzCount count;
  LzRate rate;

  if (own)
    {
      of.by = LZ_BY_INSPECTOR;
      input += strlen ("own:");
    }
  if (g_str_has_prefix (input, "count:") &&
      lz_count_from_string (input + strlen ("count:"), &count))
    lz_figure_meaning_add_part (meaning, &of, count,
                                own ? -1
                                    : find_number (table, row, lz_count_to_string (count), FALSE));
  if (!g_str_has_prefix (input, "rate:") || !lz_rate_from_string (input + strlen ("rate:"), &rate))
    return;
  rate_key = g_strconcat (own ? "own" : lz_rate_to_string (rate), "_rate", NULL);
  lz_figure_meaning_add_part (meaning, &of, lz_rate_get_part (rate),
                              find_number (table, row, rate_key, FALSE));
  lz_figure_meaning_add_part (meaning, &of, lz_rate_get_whole (rate),
                              find_number (table, row, rate_key, TRUE));
}

/* Of whom, and of which period, a score or a time in this cell is. */
static gboolean
find_group (const LzReportTable *table, guint row, const char *column, LzFigureOf *of, char **value)
{
  LzPeriod period = of->period;

  if (g_str_has_prefix (column, "previous"))
    of->period = lz_period_previous (&period);
  else if (strcmp (column, "last_year") == 0 && !lz_period_last_year (&period, &of->period))
    return FALSE;
  if (of->period.from_ms != period.from_ms)
    of->bulletin = (LzId){ { 0 } };
  of->by = LZ_BY_ALL;
  of->value = "";
  return strcmp (lz_report_table_get_key (table), "times") == 0 ||
         parse_group (table, row, of, value);
}

void
lz_report_link_explain (const LzReportTable *table,
                        guint row,
                        guint column,
                        const LzFigureOf *base,
                        LzFigureMeaning *meaning)
{
  const LzReportColumn *head = lz_report_table_get_column (table, column);
  LzFigureOf of = *base;
  g_autofree char *value = NULL;
  g_auto (GStrv) inputs = NULL;

  *meaning = (LzFigureMeaning){ .kind = LZ_MEANING_OTHER };
  meaning->term = g_strdup (head->title);
  meaning->definition =
      g_strdup (head->definition != NULL ? head->definition : lz_report_table_get_note (table));
  if (head->made_of == NULL || !find_group (table, row, head->key, &of, &value))
    return;
  inputs = g_strsplit (head->made_of, " ", -1);
  for (guint i = 0; inputs[i] != NULL; i++)
    add_input (meaning, table, row, inputs[i], &of);
}

static void
show_other (LzFigure *figure,
            const LzReportTable *table,
            guint row,
            guint column,
            const LzFigureOf *base)
{
  const LzReportColumn *head = lz_report_table_get_column (table, column);
  g_autofree char *text = lz_report_table_dup_text (table, row, column);
  double value = lz_report_table_get_value (table, row, column);
  LzFigureMeaning meaning;

  if (strcmp (head->key, "rank_change") == 0 && *text != '\0' && value == value)
    {
      g_free (text);
      text = value > 0   ? g_strdup_printf ("↑ %.0f", value)
             : value < 0 ? g_strdup_printf ("↓ %.0f", -value)
                         : g_strdup ("=");
    }
  lz_report_link_explain (table, row, column, base, &meaning);
  lz_figure_show_made (figure, text, &meaning);
}

gboolean
lz_report_link_resolve (const LzReportTable *table,
                        guint row,
                        guint column,
                        const LzFigureOf *base,
                        LzFigureMeaning *meaning)
{
  const char *key = lz_report_table_get_key (table);
  const char *column_key = lz_report_table_get_column (table, column)->key;
  const LzCell *cell = lz_report_table_get_cell (table, row, column);
  LzFigureOf of = { .period = base->period,
                    .now_ms = base->now_ms,
                    .bulletin = base->bulletin,
                    .within = base->within,
                    .within_value = base->within_value };
  g_autofree char *value = NULL;
  gboolean is_rate, known;

  *meaning = (LzFigureMeaning){ 0 };
  if (strcmp (key, "counts") == 0 || strcmp (key, "rates") == 0)
    known =
        parse_figure_row (table, row, column_key, &of, &is_rate, &meaning->count, &meaning->rate);
  else
    known = parse_figure (column_key, &is_rate, &meaning->count, &meaning->rate) &&
            parse_group (table, row, &of, &value);
  if (!known || cell->kind != (is_rate ? LZ_CELL_RATE : LZ_CELL_COUNT))
    return FALSE;

  meaning->kind = is_rate ? LZ_MEANING_RATE : LZ_MEANING_COUNT;
  meaning->of = lz_figure_of_copy (&of);
  meaning->n = cell->count;
  meaning->ratio = (LzRatio){ cell->count, cell->below };
  return TRUE;
}

void
lz_report_link_show (LzFigure *figure,
                     const LzReportTable *table,
                     guint row,
                     guint column,
                     const LzFigureOf *base)
{
  LzFigureMeaning meaning;

  if (!lz_report_link_resolve (table, row, column, base, &meaning))
    show_other (figure, table, row, column, base);
  else if (meaning.kind == LZ_MEANING_RATE)
    lz_figure_show_rate (figure, meaning.of, meaning.rate, meaning.ratio);
  else
    lz_figure_show_count (figure, meaning.of, meaning.count, meaning.n);
  lz_figure_meaning_clear (&meaning);
}
