/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of reports, and forms of facts, as tables on paper. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-paper-private.h"
#include "lz-report-private.h"
#include "lz-sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LABEL_MIN_CHARS 4
#define LABEL_MAX_CHARS 7
#define LANDSCAPE_FROM  11 /* columns */
#define NOTE_GAP        0.15

static gboolean
has_groups (const LzReportTable *table)
{
  for (guint c = 0; c < lz_report_table_get_n_columns (table); c++)
    if (lz_report_table_get_column (table, c)->group != NULL)
      return TRUE;
  return FALSE;
}

static void
add_heads (LzPaper *self, const LzReportTable *table)
{
  guint n = lz_report_table_get_n_columns (table);
  gboolean groups = has_groups (table);
  g_autofree LzPaperCell *upper = g_new0 (LzPaperCell, n);
  g_autofree LzPaperCell *lower = g_new0 (LzPaperCell, n);
  guint n_upper = 0;
  guint n_lower = 0;

  for (guint c = 0; c < n; c++)
    {
      const LzReportColumn *column = lz_report_table_get_column (table, c);

      if (column->group == NULL)
        upper[n_upper++] = (LzPaperCell){ .text = column->title, .rows = groups ? 2 : 1 };
      else
        {
          if (c > 0 &&
              g_strcmp0 (lz_report_table_get_column (table, c - 1)->group, column->group) == 0)
            upper[n_upper - 1].span++;
          else
            upper[n_upper++] = (LzPaperCell){ .text = column->group, .span = 1 };
          lower[n_lower++] = (LzPaperCell){ .text = column->title };
        }
    }
  lz_paper_add_row (self, TRUE, upper, n_upper);
  if (groups)
    lz_paper_add_row (self, TRUE, lower, n_lower);
}

static LzPaperAlign
align_of (const LzReportColumn *column)
{
  if (lz_report_column_is_figure (column))
    return LZ_PAPER_RIGHT;
  return column->kind == LZ_CELL_TEXT ? LZ_PAPER_LEFT : LZ_PAPER_CENTRE;
}

static void
add_row (LzPaper *self, const LzReportTable *table, guint row)
{
  guint n = lz_report_table_get_n_columns (table);
  LzReportRowKind kind = lz_report_table_get_row_kind (table, row);
  g_autofree LzPaperCell *cells = g_new0 (LzPaperCell, n);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint c = 0; c < n; c++)
    {
      char *text = lz_report_table_dup_text (table, row, c);

      g_ptr_array_add (texts, text);
      cells[c] = (LzPaperCell){ .text = text,
                                .align = align_of (lz_report_table_get_column (table, c)),
                                .strong = kind != LZ_ROW_BODY };
    }
  if (kind == LZ_ROW_HEADING)
    {
      cells[0].span = n;
      n = 1;
    }
  lz_paper_add_row (self, FALSE, cells, n);
}

void
lz_paper_add_report_table (LzPaper *self, const LzReportTable *table, gboolean with_title)
{
  guint n_rows = lz_report_table_get_n_rows (table);
  guint n_columns = lz_report_table_get_n_columns (table);
  const char *note = lz_report_table_get_note (table);

  g_return_if_fail (n_columns > 0);

  if (with_title)
    lz_paper_add_caption (self, lz_report_table_get_title (table));
  lz_paper_begin_table (self, NULL, n_columns);
  add_heads (self, table);
  for (guint r = 0; r < n_rows; r++)
    add_row (self, table, r);
  if (n_rows == 0)
    lz_paper_add_row (self, FALSE,
                      &(LzPaperCell){ .text = _ ("None in this period"),
                                      .span = n_columns,
                                      .align = LZ_PAPER_CENTRE },
                      1);
  if (note != NULL)
    {
      lz_paper_keep_end (self);
      lz_paper_add_space (self, NOTE_GAP);
      lz_paper_keep_end (self);
      lz_paper_add_lines (self, LZ_PAPER_LEFT, TRUE, note);
    }
}

static guint
label_chars (const LzPaperFact *facts, guint n_facts)
{
  guint widest = 2 * LABEL_MIN_CHARS;

  for (guint i = 0; i < n_facts; i++)
    widest = MAX (widest, lz_sheet_width_of (facts[i].label));
  return MIN ((widest + 1) / 2, LABEL_MAX_CHARS);
}

void
lz_paper_add_facts (LzPaper *self, const LzPaperFact *facts, guint n_facts)
{
  double label = (label_chars (facts, n_facts) + 0.5) * self->table_size + 2;
  double value = self->width / 2 - label;
  const double weights[] = { label, value, label, value };

  lz_paper_begin_table (self, weights, 4);
  for (guint i = 0; i < n_facts;)
    {
      gboolean wide = facts[i].wide || i + 1 == n_facts || facts[i + 1].wide;
      LzPaperCell cells[4] = {
        { .text = facts[i].label, .align = LZ_PAPER_CENTRE, .strong = TRUE },
        { .text = facts[i].value, .span = wide ? 3 : 1 },
      };

      if (!wide)
        {
          cells[2] =
              (LzPaperCell){ .text = facts[i + 1].label, .align = LZ_PAPER_CENTRE, .strong = TRUE };
          cells[3] = (LzPaperCell){ .text = facts[i + 1].value };
        }
      lz_paper_add_row (self, FALSE, cells, wide ? 2 : 4);
      i += wide ? 1 : 2;
    }
}

void
lz_paper_add_definitions (LzPaper *self, const LzReport *report)
{
  g_autoptr (GPtrArray) definitions = lz_report_list_definitions (report);

  for (guint i = 0; i < definitions->len; i += 2)
    {
      g_autofree char *line =
          g_strdup_printf ("%s：%s", (char *) g_ptr_array_index (definitions, i),
                           (char *) g_ptr_array_index (definitions, i + 1));

      if (i == 0)
        {
          lz_paper_add_space (self, 0.5);
          lz_paper_add_caption (self, _ ("Definitions"));
        }
      lz_paper_add_lines (self, LZ_PAPER_LEFT, TRUE, line);
    }
}

LzPaper *
lz_paper_new_for_report (const LzReport *report)
{
  const char *office = lz_report_get_office (report);
  const char *period = lz_report_get_period_label (report);
  const char *const *signers = lz_report_get_signers (report);
  guint widest = 0;
  LzPaper *self;

  for (guint t = 0; t < lz_report_get_n_tables (report); t++)
    widest = MAX (widest, lz_report_table_get_n_columns (lz_report_get_table (report, t)));
  self = lz_paper_new (widest >= LANDSCAPE_FROM ? LZ_PAPER_LANDSCAPE : LZ_PAPER_WORKING,
                       lz_report_get_title (report));
  lz_paper_set_author (self, office);
  lz_paper_set_made (self, lz_report_get_made (report));
  lz_paper_set_footer (self, office);
  lz_paper_add_title (self, lz_report_get_title (report));
  if (office != NULL || period != NULL)
    {
      g_autofree char *line =
          g_strjoin ("　", office != NULL ? office : period, office != NULL ? period : NULL, NULL);

      lz_paper_add_subtitle (self, line);
    }
  for (guint t = 0; t < lz_report_get_n_tables (report); t++)
    {
      if (t > 0)
        lz_paper_add_space (self, 1);
      lz_paper_add_report_table (self, lz_report_get_table (report, t), TRUE);
    }
  if (signers != NULL)
    lz_paper_add_signatures (self, signers, g_strv_length ((char **) signers));
  lz_paper_add_definitions (self, report);
  return self;
}

gboolean
lz_report_write_pdf (const LzReport *self,
                     const char *path,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (LzPaper) paper = lz_paper_new_for_report (self);

  return lz_paper_write_pdf (paper, path, cancellable, error);
}
