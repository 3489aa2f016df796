/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-error.h"
#include "lz-figures-private.h"
#include "lz-office.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
parse_line (LzTalkRules *rules, const char *line, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", 2);
  gint64 *slot = NULL;

  if (strcmp (cells[0], "score_below") == 0)
    slot = &rules->score_below;
  else if (strcmp (cells[0], "last_places") == 0)
    slot = &rules->last_places;
  else if (strcmp (cells[0], "overdue_from") == 0)
    slot = &rules->overdue_from;
  if (slot != NULL && cells[1] != NULL &&
      g_ascii_string_to_signed (cells[1], 10, 0, 1000000, slot, NULL))
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("rules/talks.tsv: “%s” is not understood."),
               line);
  return FALSE;
}

gboolean
lz_figures_load_talk_rules (LzStation *station, LzTalkRules *rules, GError **error)
{
  g_autoptr (GBytes) bytes = lz_office_dup_table (station, "talks.tsv", error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (bytes == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != '#' && !parse_line (rules, lines[i], error))
      return FALSE;
  return TRUE;
}

static void
add_reason (GString *reasons, char *reason)
{
  if (reasons->len > 0)
    /* Translators: between two reasons. */
    g_string_append (reasons, _ ("; "));
  g_string_append (reasons, reason);
  g_free (reason);
}

/* In the last places of a list that is long enough to have such, this time and the time before. */
static gboolean
is_last_again (const LzTalkRules *rules, const LzRanked *entry, guint n, guint n_before)
{
  guint last = (guint) rules->last_places;

  return last > 0 && n > 2 * last && n_before > 2 * last && entry->rank + last > n &&
         entry->previous_rank + last > n_before;
}

static char *
dup_reasons (const LzTalkRules *rules, const LzRanked *entry, guint n, guint n_before)
{
  GString *reasons = g_string_new (NULL);
  gint64 overdue = entry->group->counts[LZ_COUNT_OVERDUE_OPEN];

  if (entry->rank != 0 && entry->score.points < (double) rules->score_below)
    add_reason (reasons, g_strdup_printf (_ ("%.2f points, below %d"), entry->score.points,
                                          (int) rules->score_below));
  if (is_last_again (rules, entry, n, n_before))
    add_reason (reasons, g_strdup_printf (_ ("two periods running among the last %d"),
                                          (int) rules->last_places));
  if (rules->overdue_from > 0 && overdue >= rules->overdue_from)
    add_reason (reasons,
                g_strdup_printf (ngettext ("%d case overdue and not handled",
                                           "%d cases overdue and not handled", (gulong) overdue),
                                 (int) overdue));
  return g_string_free (reasons, reasons->len == 0);
}

static LzReportTable *
new_table (const LzFiguresFrame *frame, LzTallyBy by)
{
  g_autofree char *key = g_strconcat ("talk_", lz_tally_by_to_string (by), NULL);
  /* Translators: 约谈: who is asked to an interview; by what. */
  g_autofree char *title = g_strdup_printf (_ ("To Be Interviewed %s"), lz_tally_by_label (by));
  LzReportTable *table = lz_report_table_new (key, title);
  const LzReportColumn more[] = {
    { lz_count_to_string (LZ_COUNT_OVERDUE_OPEN), lz_count_label (LZ_COUNT_OVERDUE_OPEN),
      .definition = lz_count_definition (LZ_COUNT_OVERDUE_OPEN), .kind = LZ_CELL_COUNT },
    { "reasons", _ ("Reasons"), .kind = LZ_CELL_TEXT, .width = 18 },
  };

  lz_figures_add_rank_columns (table, by == LZ_BY_CHIEF ? frame->chief_model : frame->model);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    lz_report_table_add_column (table, &more[i]);
  lz_report_table_set_note (table, _ ("A proposal by the rules in rules/talks.tsv: the office"
                                      " decides."));
  return table;
}

static void
add_talks (const LzFiguresFrame *frame, LzReport *report, const LzTalkRules *rules, LzTallyBy by)
{
  g_autoptr (GArray) entries = lz_figures_list_ranked (frame, by);
  LzReportTable *table = new_table (frame, by);
  guint n = 0, n_before = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const LzRanked *entry = &g_array_index (entries, LzRanked, i);

      n += entry->rank != 0;
      n_before = MAX (n_before, entry->previous_rank);
    }
  for (guint i = entries->len; i-- > 0;)
    {
      const LzRanked *entry = &g_array_index (entries, LzRanked, i);
      g_autofree char *reasons = dup_reasons (rules, entry, n, n_before);

      if (reasons == NULL)
        continue;
      lz_figures_put_rank (table, entry);
      lz_report_table_put_count (table, entry->group->counts[LZ_COUNT_OVERDUE_OPEN]);
      lz_report_table_put_text (table, reasons);
    }
  lz_report_add_table (report, table);
}

void
lz_figures_add_talks (const LzFiguresFrame *frame, LzReport *report)
{
  static const LzTallyBy bys[] = { LZ_BY_SUBDISTRICT, LZ_BY_UNIT, LZ_BY_ROAD, LZ_BY_CHIEF };

  for (guint i = 0; i < G_N_ELEMENTS (bys); i++)
    add_talks (frame, report, &frame->talk_rules, bys[i]);
}
