/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 案件任务单: what a unit has to do, by deadline. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-case-papers.h"
#include "lz-civil.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_COLUMNS 8
#define DAY_MS    (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define CHUNK     256

/* With the unit: from dispatch until it has fed back. */
#define UNIT_STATES                                                         \
  (LZ_STATE_BIT (LZ_STATE_DISPATCHED) | LZ_STATE_BIT (LZ_STATE_HANDLING) |  \
   LZ_STATE_BIT (LZ_STATE_EXTENDING) | LZ_STATE_BIT (LZ_STATE_SUSPENDING) | \
   LZ_STATE_BIT (LZ_STATE_SUSPENDED) | LZ_STATE_BIT (LZ_STATE_REWORK) |     \
   LZ_STATE_BIT (LZ_STATE_DONE))

void
lz_task_sheet_free (LzTaskSheet *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->words, lz_paper_words_free);
  g_free (self->unit);
  g_free (self);
}

static void
free_row (gpointer data)
{
  lz_case_row_free (data);
}

static void
take_rows (LzTaskSheet *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const LzCaseRow *row = g_ptr_array_index (rows, i);

      if (self->unit != NULL && g_strcmp0 (row->unit, self->unit) != 0)
        continue;
      g_ptr_array_add (self->rows, lz_case_row_copy (row));
      if (lz_case_row_lamp_at (row, self->now_ms) == LZ_LAMP_RED)
        self->n_overdue++;
      else if (row->due_ms != 0 && row->due_ms <= self->day_end_ms)
        self->n_today++;
    }
}

/**
 * lz_task_sheet_load:
 * @station: a station
 * @unit: (nullable): name of the unit; %NULL = all
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): what the unit has to do now
 */
LzTaskSheet *
lz_task_sheet_load (LzStation *station, const char *unit, GError **error)
{
  g_autoptr (LzTaskSheet) self = g_new0 (LzTaskSheet, 1);
  LzCaseQuery query = { .states = UNIT_STATES, .sort = LZ_SORT_DUE };
  gint64 offset_ms = LZ_STATION_UTC_OFFSET_MIN * G_GINT64_CONSTANT (60000);
  g_autoptr (GArray) fids = NULL;

  self->words = lz_paper_words_load (station, error);
  if (self->words == NULL)
    return NULL;
  self->unit = g_strdup (unit);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->now_ms = query.now_ms = lz_station_now (station);
  self->day_end_ms = (lz_floor_div (self->now_ms + offset_ms, DAY_MS) + 1) * DAY_MS - offset_ms;
  fids = lz_cases_list (station, &query, 0, error);
  for (guint at = 0; fids != NULL && at < fids->len; at += CHUNK)
    {
      g_autoptr (GPtrArray) rows = lz_cases_load_rows (station, &g_array_index (fids, gint64, at),
                                                       MIN (CHUNK, fids->len - at), error);

      if (rows == NULL)
        return NULL;
      take_rows (self, rows);
    }
  return fids != NULL ? g_steal_pointer (&self) : NULL;
}

/* The lamp in words too: a list is printed in black. */
static char *
dup_due (const LzTaskSheet *self, const LzCaseRow *row)
{
  g_autofree char *due = lz_paper_words_dup_time (self->words, "short_moment", row->due_ms);
  LzLamp lamp = lz_case_row_lamp_at (row, self->now_ms);

  if (due[0] == '\0')
    return g_strdup ("");
  if (lamp == LZ_LAMP_RED)
    return g_strdup_printf (_ ("%s\n▲ overdue"), due);
  if (row->due_ms <= self->day_end_ms)
    return g_strdup_printf (_ ("%s\n● today"), due);
  return g_steal_pointer (&due);
}

static void
add_case (LzPaper *paper, const LzTaskSheet *self, guint index)
{
  const LzCaseRow *row = g_ptr_array_index (self->rows, index);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  g_autofree char *place =
      row->road_name != NULL
          ? lz_paper_dup_place (row->road_name, row->chainage_cm, row->side, row->offset_cm, NULL)
          : lz_paper_dup_position (row->place);
  g_autofree char *due = dup_due (self, row);
  const LzPaperCell cells[N_COLUMNS] = {
    { number, .align = LZ_PAPER_CENTRE },
    { row->number },
    { row->category_name },
    { place },
    { row->text },
    { self->unit == NULL ? row->unit : lz_state_label (row->state) },
    { due, .strong = lz_case_row_lamp_at (row, self->now_ms) == LZ_LAMP_RED },
    { NULL },
  };

  lz_paper_add_row (paper, FALSE, cells, N_COLUMNS);
}

static void
add_table (LzPaper *paper, const LzTaskSheet *self)
{
  static const double weights[N_COLUMNS] = { 1.1, 3.8, 3.4, 5, 6.2, 3.2, 3.8, 4 };
  const LzPaperCell heads[N_COLUMNS] = {
    { _ ("No.") },   { _ ("Case number") },    { _ ("Category") },
    { _ ("Place") }, { _ ("Description") },    { self->unit == NULL ? _ ("Unit") : _ ("State") },
    { _ ("Due") },   { _ ("Done (by hand)") },
  };

  lz_paper_begin_table (paper, weights, N_COLUMNS);
  lz_paper_add_row (paper, TRUE, heads, N_COLUMNS);
  for (guint i = 0; i < self->rows->len; i++)
    add_case (paper, self, i);
  if (self->rows->len == 0)
    lz_paper_add_row (paper, FALSE,
                      &(LzPaperCell){ _ ("Nothing to do"), .span = N_COLUMNS,
                                      .align = LZ_PAPER_CENTRE },
                      1);
}

LzPaper *
lz_paper_new_task_list (const LzTaskSheet *sheet)
{
  g_autofree char *title = lz_paper_words_dup (sheet->words, "tasks.title", NULL);
  g_autofree char *now = lz_paper_words_dup_time (sheet->words, "short_moment", sheet->now_ms);
  g_autofree char *n = g_strdup_printf ("%u", sheet->rows->len);
  g_autofree char *overdue = g_strdup_printf ("%u", sheet->n_overdue);
  g_autofree char *today = g_strdup_printf ("%u", sheet->n_today);
  g_autofree char *intro = lz_paper_words_dup (sheet->words, "tasks.intro", "now", now, "n", n,
                                               "overdue", overdue, "today", today, NULL);
  const char *office = lz_paper_words_get_office (sheet->words);
  g_autofree char *footer = g_strdup_printf (_ ("%s · made %s"), office, now);
  const char *const labels[] = { _ ("Handed out by"), _ ("Received by") };
  LzPaper *paper = lz_paper_new (LZ_PAPER_LANDSCAPE, title);

  lz_paper_set_author (paper, office);
  lz_paper_set_made (paper, sheet->now_ms);
  lz_paper_set_footer (paper, footer);
  lz_paper_add_title (paper, title);
  lz_paper_add_subtitle (paper, sheet->unit != NULL ? sheet->unit : office);
  lz_paper_add_lines (paper, LZ_PAPER_LEFT, TRUE, intro);
  lz_paper_add_space (paper, 0.2);
  add_table (paper, sheet);
  lz_paper_add_signatures (paper, labels, G_N_ELEMENTS (labels));
  return paper;
}
