/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-chief-inputs.h"
#include "lz-figures-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
entry_clear (gpointer data)
{
  LzRanked *entry = data;

  g_free (entry->name);
  lz_score_clear (&entry->score);
}

static const char *
skip_dimension (const char *value, const char *dimension)
{
  gsize length = strlen (dimension);

  if (length == 0)
    return value;
  return strncmp (value, dimension, length) == 0 && value[length] == ' ' ? value + length + 1
                                                                         : NULL;
}

static void
rank_entries (GArray *entries)
{
  g_autofree LzScore *scores = g_new (LzScore, entries->len + 1);
  g_autofree guint *ranks = g_new (guint, entries->len + 1);

  for (guint i = 0; i < entries->len; i++)
    scores[i] = g_array_index (entries, LzRanked, i).score;
  lz_score_rank (scores, entries->len, ranks);
  for (guint i = 0; i < entries->len; i++)
    g_array_index (entries, LzRanked, i).rank = ranks[i];
}

/* The groups of one dimension ("" = of a table without), scored and ranked. */
static GArray *
make_entries (const LzFiguresFrame *frame,
              const LzTally *tally,
              LzTallyBy by,
              const char *dimension)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (LzRanked));

  g_array_set_clear_func (entries, entry_clear);
  for (guint i = 0; i < lz_tally_get_n_groups (tally); i++)
    {
      LzRanked entry = { .group = lz_tally_get_group (tally, i) };

      entry.value = skip_dimension (entry.group->value, dimension);
      if (entry.value == NULL || *entry.value == '\0')
        continue;
      entry.name = lz_tally_names_dup (frame->names, by, entry.value);
      lz_score_evaluate_group (frame->model, entry.group, NULL, NULL, &entry.score);
      g_array_append_val (entries, entry);
    }
  rank_entries (entries);
  return entries;
}

static void
find_previous (GArray *entries, const GArray *before)
{
  for (guint i = 0; i < entries->len; i++)
    for (guint k = 0; k < before->len; k++)
      {
        LzRanked *entry = &g_array_index (entries, LzRanked, i);
        const LzRanked *old = &g_array_index (before, LzRanked, k);

        if (strcmp (entry->value, old->value) == 0)
          entry->previous_rank = old->rank;
      }
}

/* By rank, those without a score last; of equal rank by name. */
static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const LzRanked *x = a, *y = b;
  guint rank_x = x->rank - 1, rank_y = y->rank - 1; /* 0 becomes the last */

  return rank_x != rank_y ? (rank_x > rank_y) - (rank_x < rank_y) : strcmp (x->name, y->name);
}

void
lz_figures_add_rank_columns (LzReportTable *table, const LzScoreModel *model)
{
  g_autofree char *definition = lz_score_model_dup_definition (model);
  g_autofree char *inputs = lz_score_model_dup_inputs (model);
  const LzReportColumn columns[] = {
    { "rank", _ ("Rank"), .kind = LZ_CELL_COUNT, .made_of = inputs },
    { "name", _ ("Name"), .kind = LZ_CELL_TEXT },
    { "score", _ ("Score"), .kind = LZ_CELL_NUMBER, .decimals = 2, .definition = definition,
      .made_of = inputs },
    { "grade", _ ("Grade"), .kind = LZ_CELL_TEXT },
    { "previous_rank", _ ("Rank Before"), .kind = LZ_CELL_COUNT, .made_of = inputs },
    { "rank_change", _ ("Places Won"), .kind = LZ_CELL_NUMBER, .made_of = inputs },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
}

void
lz_figures_put_rank (LzReportTable *table, const LzRanked *entry)
{
  const char grade[] = { entry->score.grade, '\0' };

  lz_report_table_add_row (table, LZ_ROW_BODY, entry->value);
  if (entry->rank != 0)
    lz_report_table_put_count (table, entry->rank);
  else
    lz_report_table_put_missing (table);
  lz_report_table_put_text (table, entry->name);
  if (entry->rank != 0)
    {
      lz_report_table_put_number (table, entry->score.points);
      lz_report_table_put_text (table, grade);
    }
  else
    {
      lz_report_table_put_missing (table);
      lz_report_table_put_missing (table);
    }
  if (entry->previous_rank != 0)
    lz_report_table_put_count (table, entry->previous_rank);
  else
    lz_report_table_put_missing (table);
  if (entry->previous_rank != 0 && entry->rank != 0)
    lz_report_table_put_number (table, (double) entry->previous_rank - (double) entry->rank);
  else
    lz_report_table_put_missing (table);
}

static void
add_rate_columns (LzReportTable *table)
{
  static const LzRate rates[] = { LZ_RATE_CLOSING, LZ_RATE_HANDLING_ON_TIME, LZ_RATE_REWORK };
  const LzReportColumn filed = { lz_count_to_string (LZ_COUNT_FILED),
                                 lz_count_label (LZ_COUNT_FILED),
                                 .definition = lz_count_definition (LZ_COUNT_FILED),
                                 .kind = LZ_CELL_COUNT };

  lz_report_table_add_column (table, &filed);
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autofree char *key = g_strconcat (lz_rate_to_string (rates[i]), "_rate", NULL);
      g_autofree char *definition = lz_rate_dup_definition (rates[i]);
      LzReportColumn column = { key, lz_rate_label (rates[i]), .definition = definition,
                                .kind = LZ_CELL_RATE, .decimals = 2 };

      lz_report_table_add_column (table, &column);
    }
}

static void
put_rates (LzReportTable *table, const LzTallyGroup *group)
{
  lz_report_table_put_count (table, group->counts[LZ_COUNT_FILED]);
  lz_report_table_put_rate (table, group->counts[LZ_COUNT_CLOSED],
                            group->counts[LZ_COUNT_DUE_CLOSE]);
  lz_report_table_put_rate (table, group->counts[LZ_COUNT_HANDLED_ON_TIME],
                            group->counts[LZ_COUNT_DUE_HANDLE]);
  lz_report_table_put_rate (table, group->counts[LZ_COUNT_REWORKED],
                            group->counts[LZ_COUNT_DUE_CLOSE]);
}

static void
add_ranking (const LzFiguresFrame *frame,
             LzReport *report,
             LzTallyBy by,
             LzTallyBy table_by,
             const char *dimension,
             const char *label)
{
  g_autoptr (GArray) entries = make_entries (frame, frame->now->tallies[table_by], by, dimension);
  g_autoptr (GArray) before =
      make_entries (frame, frame->previous->tallies[table_by], by, dimension);
  g_autofree char *key = g_strdup_printf ("rank_%s%s%s", lz_tally_by_to_string (by),
                                          *dimension != '\0' ? "_" : "", dimension);
  /* Translators: a ranking: by what, and of which of the four dimensions. */
  g_autofree char *title = g_strdup_printf (_ ("Ranking %s: %s"), lz_tally_by_label (by), label);
  LzReportTable *table = lz_report_table_new (key, title);

  find_previous (entries, before);
  g_array_sort (entries, compare_entries);
  lz_figures_add_rank_columns (table, frame->model);
  add_rate_columns (table);
  for (guint i = 0; i < entries->len; i++)
    {
      const LzRanked *entry = &g_array_index (entries, LzRanked, i);

      lz_figures_put_rank (table, entry);
      put_rates (table, entry->group);
    }
  lz_report_table_set_note (table, lz_score_model_get_name (frame->model));
  lz_report_add_table (report, table);
}

void
lz_figures_add_rankings (const LzFiguresFrame *frame,
                         LzReport *report,
                         LzTallyBy by,
                         LzTallyBy by_dimension)
{
  add_ranking (frame, report, by, by, "", _ ("Total"));
  for (guint i = LZ_DIMENSION_ORDER; i <= LZ_DIMENSION_LIGHT; i++)
    add_ranking (frame, report, by, by_dimension, lz_dimension_to_string ((LzDimension) i),
                 lz_dimension_label ((LzDimension) i));
}

/* -- road chiefs --------------------------------------------------------------------------------
 */

static GArray *
make_chiefs (const LzFiguresFrame *frame, const LzTallies *tallies, GHashTable *chiefs)
{
  static const LzTallyGroup nothing;
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (LzRanked));
  GHashTableIter iter;
  gpointer person, inputs;

  g_array_set_clear_func (entries, entry_clear);
  g_hash_table_iter_init (&iter, chiefs);
  while (g_hash_table_iter_next (&iter, &person, &inputs))
    {
      LzRanked entry = { .group = lz_tally_find (tallies->tallies[LZ_BY_CHIEF], person),
                         .value = person,
                         .name = lz_tally_names_dup (frame->names, LZ_BY_CHIEF, person) };

      if (entry.group == NULL)
        entry.group = &nothing; /* nothing happened on these roads */
      lz_score_evaluate_group (frame->chief_model, entry.group, lz_chief_inputs_read, inputs,
                               &entry.score);
      g_array_append_val (entries, entry);
    }
  rank_entries (entries);
  return entries;
}

GArray *
lz_figures_list_ranked (const LzFiguresFrame *frame, LzTallyBy by)
{
  gboolean chiefs = by == LZ_BY_CHIEF;
  GArray *entries = chiefs ? make_chiefs (frame, frame->now, frame->chiefs)
                           : make_entries (frame, frame->now->tallies[by], by, "");
  g_autoptr (GArray) before = chiefs ? make_chiefs (frame, frame->previous, frame->previous_chiefs)
                                     : make_entries (frame, frame->previous->tallies[by], by, "");

  find_previous (entries, before);
  g_array_sort (entries, compare_entries);
  return entries;
}

LzReportTable *
lz_figures_make_chiefs (const LzFiguresFrame *frame)
{
  g_autoptr (GArray) entries = lz_figures_list_ranked (frame, LZ_BY_CHIEF);
  LzReportTable *table = lz_report_table_new ("rank_chief", _ ("Road Chiefs"));
  guint n_terms = lz_score_model_get_n_terms (frame->chief_model);

  lz_figures_add_rank_columns (table, frame->chief_model);
  for (guint i = 0; i < n_terms; i++)
    {
      const LzScoreTerm *term = lz_score_model_get_term (frame->chief_model, i);
      LzReportColumn column = { term->key, lz_score_term_get_name (term), .kind = LZ_CELL_NUMBER,
                                .decimals = 2, .made_of = term->input };

      lz_report_table_add_column (table, &column);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const LzRanked *entry = &g_array_index (entries, LzRanked, i);

      lz_figures_put_rank (table, entry);
      for (guint k = 0; k < n_terms; k++)
        lz_report_table_put_number (table, g_array_index (entry->score.terms, double, k));
    }
  lz_report_table_set_note (table, lz_score_model_get_name (frame->chief_model));
  return table;
}
