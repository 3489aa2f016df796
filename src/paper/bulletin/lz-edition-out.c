/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An edition as pages, and as tables for a workbook, CSV or JSON. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-bulletin-paper.h"
#include "lz-edition.h"
#include "lz-error.h"
#include "lz-office.h"
#include "lz-paper-photos.h"
#include "lz-tsv.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define TABLE "bulletin-tables.tsv"

enum
{
  REPORT,
  TABLE_KEY,
  ROWS,
  COLUMNS,
};

static const char *const columns[] = { "report", "table", "rows", "columns", NULL };

/* -- attachment 1 -------------------------------------------------------------------------------
 */

static const LzReportTable *
find_table (const LzReport *report, const char *key)
{
  for (guint i = 0; i < lz_report_get_n_tables (report); i++)
    {
      const LzReportTable *table = lz_report_get_table (report, i);

      if (strcmp (lz_report_table_get_key (table), key) == 0)
        return table;
    }
  return NULL;
}

/* A total over more than the rows above it has to say so. */
static void
tell_left_out (LzReportTable *part, const LzReportTable *whole)
{
  const char *note = lz_report_table_get_note (part);
  guint n_left = lz_report_table_get_n_rows (whole) - lz_report_table_get_n_rows (part);
  g_autofree char *words = NULL;
  g_autofree char *both = NULL;

  if (n_left == 0)
    return;
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more row is not shown here.",
                                        "%u more rows are not shown here.", n_left),
                           n_left);
  both = note != NULL ? g_strdup_printf ("%s  %s", note, words) : g_strdup (words);
  lz_report_table_set_note (part, both);
}

static gboolean
attach (const LzEdition *self, LzReport *tables, const LzTsv *rules, guint row, GError **error)
{
  const char *of = lz_tsv_get (rules, row, REPORT);
  const LzReportTable *table = find_table (self->report, lz_tsv_get (rules, row, TABLE_KEY));
  g_auto (GStrv) keys = g_strsplit (lz_tsv_get (rules, row, COLUMNS), " ", -1);
  guint max_rows = 0;
  LzReportTable *part;

  if (lz_tsv_get (rules, row, ROWS)[0] != '\0' &&
      !lz_tsv_get_uint (rules, row, ROWS, 1, 100000, &max_rows, error))
    return FALSE;
  if (table == NULL ||
      (strcmp (of, "*") != 0 && strcmp (of, lz_figures_kind_to_string (self->kind)) != 0))
    return TRUE;
  part = lz_report_table_new_selection (table, (const char *const *) keys, max_rows);
  /* The note names the model of the score. */
  if (lz_report_table_find_column (part, "score") < 0)
    lz_report_table_set_note (part, NULL);
  tell_left_out (part, table);
  lz_report_add_table (tables, part);
  return TRUE;
}

LzReport *
lz_edition_make_tables (const LzEdition *self, LzStation *station, GError **error)
{
  g_autoptr (GBytes) bytes = lz_office_dup_table (station, TABLE, error);
  g_autoptr (LzTsv) rules = bytes != NULL ? lz_tsv_parse (bytes, columns, error) : NULL;
  g_autoptr (LzReport) tables = lz_report_new (lz_report_get_key (self->report), "");

  for (guint row = 0; rules != NULL && row < lz_tsv_get_n_rows (rules); row++)
    if (!attach (self, tables, rules, row, error))
      {
        g_prefix_error (error, TABLE ": ");
        return NULL;
      }
  return rules != NULL ? g_steal_pointer (&tables) : NULL;
}

/* The week day by day; NULL where there is no such table. */
static LzPlot *
make_plot (const LzEdition *self)
{
  const LzReportTable *table = find_table (self->report, lz_tally_by_to_string (LZ_BY_DAY));
  int column = table != NULL
                   ? lz_report_table_find_column (table, lz_count_to_string (LZ_COUNT_REPORTED))
                   : -1;
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (LzPlot) plot = NULL;

  if (column < 0)
    return NULL;
  plot = lz_plot_new (LZ_PLOT_BARS, _ ("Cases Reported by Day"), _ ("cases"));
  for (guint row = 0; row < lz_report_table_get_n_rows (table); row++)
    {
      double value = lz_report_table_get_value (table, row, (guint) column);
      g_autofree char *label = lz_report_table_dup_text (table, row, 0);

      if (lz_report_table_get_row_kind (table, row) != LZ_ROW_BODY)
        continue;
      lz_plot_add_label (plot, label);
      g_array_append_val (values, value);
    }
  if (values->len == 0)
    return NULL;
  lz_plot_add_series (plot, lz_count_label (LZ_COUNT_REPORTED),
                      (const double *) (gpointer) values->data);
  return g_steal_pointer (&plot);
}

/* -- the paper ----------------------------------------------------------------------------------
 */

LzPaper *
lz_edition_make_paper (const LzEdition *self,
                       LzStation *station,
                       const LzBulletinText *text,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (LzReport) tables = lz_edition_make_tables (self, station, error);
  g_autoptr (LzPaperPhotos) photos = NULL;
  LzPlot *plot;

  if (tables == NULL)
    return NULL;
  photos = lz_paper_photos_new (lz_station_get_blobs (station));
  for (guint i = 0; i < text->cases->len; i++)
    {
      const LzTypicalCase *of = g_ptr_array_index (text->cases, i);

      lz_paper_photos_add (photos, of->before, _ ("Before"));
      lz_paper_photos_add (photos, of->after, _ ("After"));
    }
  if (!lz_paper_photos_make (photos, cancellable, error))
    return NULL;
  plot = make_plot (self);
  return lz_paper_new_bulletin (&(LzBulletinPaper){ .office = self->office,
                                                    .text = text,
                                                    .figures = lz_edition_get_figures (self),
                                                    .tables = tables,
                                                    .plots = &plot,
                                                    .n_plots = plot != NULL ? 1 : 0,
                                                    .photos = lz_paper_photos_get (photos),
                                                    .made_ms = lz_report_get_made (self->report) });
}

/* -- the report ---------------------------------------------------------------------------------
 */

static void
put_words (LzReportTable *table,
           const LzEdition *self,
           const LzBulletinText *text,
           const char *heading,
           const char *words)
{
  g_autofree char *plain = lz_bulletin_text_dup_words (text, words, lz_edition_get_figures (self));

  lz_report_table_add_row (table, LZ_ROW_BODY, NULL);
  lz_report_table_put_text (table, heading);
  lz_report_table_put_text (table, plain);
}

static LzReportTable *
make_text_table (const LzEdition *self, const LzBulletinText *text)
{
  g_autofree char *title = g_strdelimit (g_strdup (text->title), "\n", ' ');
  LzReportTable *table = lz_report_table_new ("text", title);
  const LzReportColumn heads[] = { { "section", _ ("Section"), .kind = LZ_CELL_TEXT },
                                   { "text", _ ("Text"), .kind = LZ_CELL_TEXT, .width = 40 } };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    lz_report_table_add_column (table, &heads[i]);
  if (text->opening != NULL)
    put_words (table, self, text, NULL, text->opening);
  for (guint s = 0; s < text->sections->len; s++)
    {
      const LzBulletinSection *section = g_ptr_array_index (text->sections, s);

      for (guint p = 0; p < section->paragraphs->len; p++)
        put_words (table, self, text, section->heading,
                   ((LzParagraph *) g_ptr_array_index (section->paragraphs, p))->text);
    }
  return table;
}

static LzReportTable *
make_cases_table (const LzBulletinText *text)
{
  LzReportTable *table =
      lz_report_table_new ("typical_cases",
                           text->cases_title != NULL ? text->cases_title : _ ("Typical Cases"));
  const LzReportColumn heads[] = {
    { "number", _ ("Case number"), .kind = LZ_CELL_TEXT },
    { "category", _ ("Category"), .kind = LZ_CELL_TEXT },
    { "place", _ ("Place"), .kind = LZ_CELL_TEXT },
    { "unit", _ ("Responsible unit"), .kind = LZ_CELL_TEXT },
    { "outcome", _ ("Outcome"), .kind = LZ_CELL_TEXT },
    { "text", _ ("Description"), .kind = LZ_CELL_TEXT, .width = 30 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    lz_report_table_add_column (table, &heads[i]);
  for (guint i = 0; i < text->cases->len; i++)
    {
      const LzTypicalCase *of = g_ptr_array_index (text->cases, i);
      g_autofree char *id = lz_id_dup_string (&of->id);
      const char *texts[] = {
        of->number, of->category, of->place, of->unit, of->outcome, of->text
      };

      lz_report_table_add_row (table, LZ_ROW_BODY, id);
      for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
        lz_report_table_put_text (table, texts[k]);
    }
  return table;
}

LzReport *
lz_edition_make_report (const LzEdition *self, const LzBulletinText *text)
{
  LzReport *report =
      lz_report_new (lz_report_get_key (self->report), lz_report_get_title (self->report));

  lz_report_set_office (report, self->office);
  lz_report_set_period (report, lz_report_get_from (self->report), lz_report_get_to (self->report),
                        lz_report_get_period_label (self->report));
  lz_report_set_made (report, lz_report_get_made (self->report));
  lz_report_add_table (report, make_text_table (self, text));
  lz_report_add_table (report, make_cases_table (text));
  for (guint i = 0; i < lz_report_get_n_tables (self->report); i++)
    lz_report_add_table (report,
                         lz_report_table_new_selection (lz_report_get_table (self->report, i), NULL,
                                                        0));
  return report;
}

gboolean
lz_edition_write (const LzEdition *self,
                  LzStation *station,
                  const char *path,
                  LzReportFormat format,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (LzReport) report = NULL;
  g_autoptr (LzPaper) paper = NULL;

  if (format != LZ_REPORT_PDF)
    {
      report = lz_edition_make_report (self, self->text);
      return lz_report_write (report, path, format, cancellable, error);
    }
  paper = lz_edition_make_paper (self, station, self->text, cancellable, error);
  return paper != NULL && lz_paper_write_pdf (paper, path, cancellable, error);
}
