/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports as workbooks: real numbers, and formulas where the figure follows from others. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-report-private.h"
#include "lz-sheet.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MIN_WIDTH    8
#define MAX_WIDTH    48
#define WIDTH_ROWS   200 /* rows that are looked at for the widths */
#define CANCEL_ROWS  1024
#define TITLE_ROW    0
#define SUBTITLE_ROW 1
#define HEAD_ROW     2 /* of groups, where there are any; else of columns */

/* A table on its way into a sheet; rows and columns as the sheet counts them, from 0. */
typedef struct
{
  LzSheets *sheets;
  const LzReportTable *table;
  guint first_row; /* of the table's rows */
  guint first_body;
  guint last_body;
  GArray *ratios; /* Ratio, one for each column */
} Sheet;

/* Where what is above and below the line of a rate stands; -1: not in the table. */
typedef struct
{
  int above;
  int below;
} Ratio;

/* "C5", "$C$5". */
char *
lz_report_dup_cell_name (guint sheet_row, guint column, gboolean absolute)
{
  char letters[4] = { 0 };
  guint n = column + 1;
  guint length = 0;

  for (; n > 0 && length < 3; n = (n - 1) / 26)
    {
      memmove (letters + 1, letters, length++);
      letters[0] = (char) ('A' + (n - 1) % 26);
    }
  return g_strdup_printf (absolute ? "$%s$%u" : "%s%u", letters, sheet_row + 1);
}

static void
append_reference (GString *out,
                  const LzReportTable *table,
                  const char *name,
                  guint sheet_row,
                  guint first_row,
                  guint last_row)
{
  g_autofree char *key = g_strdup (name);
  gboolean all = g_str_has_suffix (key, ":all");
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  int column;

  if (all)
    key[strlen (key) - strlen (":all")] = '\0';
  column = lz_report_table_find_column (table, key);
  g_return_if_fail (column >= 0);

  first = lz_report_dup_cell_name (all ? first_row : sheet_row, (guint) column, all);
  g_string_append (out, first);
  if (!all)
    return;
  last = lz_report_dup_cell_name (last_row, (guint) column, TRUE);
  g_string_append_printf (out, ":%s", last);
}

/* Puts cells for the names in braces. */
char *
lz_report_dup_formula (const LzReportTable *table,
                       const char *formula,
                       guint sheet_row,
                       guint first_row,
                       guint last_row)
{
  GString *out = g_string_new (NULL);
  const char *p = formula;

  while (*p != '\0')
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;

      if (end == NULL)
        {
          g_string_append_c (out, *p++);
          continue;
        }
      {
        g_autofree char *name = g_strndup (p + 1, (gsize) (end - p - 1));

        append_reference (out, table, name, sheet_row, first_row, last_row);
      }
      p = end + 1;
    }
  return g_string_free (out, FALSE);
}

static LzSheetStyle
style_of (LzCellKind kind)
{
  switch (kind)
    {
    case LZ_CELL_COUNT:
      return LZ_SHEET_COUNT;
    case LZ_CELL_NUMBER:
    case LZ_CELL_HOURS:
      return LZ_SHEET_NUMBER;
    case LZ_CELL_RATE:
      return LZ_SHEET_PERCENT;
    case LZ_CELL_TIME:
      return LZ_SHEET_TIME;
    case LZ_CELL_DATE:
      return LZ_SHEET_DATE;
    case LZ_CELL_EMPTY:
    case LZ_CELL_MISSING:
    case LZ_CELL_TEXT:
    default:
      return LZ_SHEET_PLAIN;
    }
}

static gboolean
same_value (double a, double b)
{
  return fabs (a - b) <= 1e-9 * MAX (1.0, fabs (b));
}

/* Whether the total is what a sum over the rows above gives; a thing counted once in the total and
 * in two rows is not. */
static gboolean
is_sum (const Sheet *sheet, guint row, guint column)
{
  double sum = 0;

  for (guint r = 0; r < row; r++)
    {
      double value = lz_report_table_get_value (sheet->table, r, column);

      if (lz_report_table_get_row_kind (sheet->table, r) == LZ_ROW_BODY && isfinite (value))
        sum += value;
      else if (lz_report_table_get_row_kind (sheet->table, r) == LZ_ROW_TOTAL)
        return FALSE;
    }
  return same_value (lz_report_table_get_value (sheet->table, row, column), sum);
}

static GArray *
find_ratios (const LzReportTable *table)
{
  guint n = lz_report_table_get_n_columns (table);
  GArray *ratios = g_array_sized_new (FALSE, FALSE, sizeof (Ratio), n);

  for (guint c = 0; c < n; c++)
    {
      const LzReportColumn *column = lz_report_table_get_column (table, c);
      Ratio ratio = { lz_report_table_find_column (table, column->above),
                      lz_report_table_find_column (table, column->below) };

      g_array_append_val (ratios, ratio);
    }
  return ratios;
}

static char *
dup_rate_formula (const Sheet *sheet, guint row, guint column)
{
  int above = g_array_index (sheet->ratios, Ratio, column).above;
  int below = g_array_index (sheet->ratios, Ratio, column).below;
  const LzCell *cell = lz_report_table_get_cell (sheet->table, row, column);
  g_autofree char *top = NULL;
  g_autofree char *bottom = NULL;

  if (above < 0 || below < 0 ||
      lz_report_table_get_value (sheet->table, row, (guint) above) != (double) cell->count ||
      lz_report_table_get_value (sheet->table, row, (guint) below) != (double) cell->below)
    return NULL;
  top = lz_report_dup_cell_name (sheet->first_row + row, (guint) above, FALSE);
  bottom = lz_report_dup_cell_name (sheet->first_row + row, (guint) below, FALSE);
  return g_strdup_printf ("=IF(%s=0,\"" LZ_REPORT_NO_FIGURE "\",%s/%s)", bottom, top, bottom);
}

/* The formula of a cell whose figure follows from others in the sheet; NULL if it is a fact. */
static char *
dup_cell_formula (const Sheet *sheet, guint row, guint column)
{
  const LzReportColumn *of = lz_report_table_get_column (sheet->table, column);
  const LzCell *cell = lz_report_table_get_cell (sheet->table, row, column);
  gboolean total = lz_report_table_get_row_kind (sheet->table, row) == LZ_ROW_TOTAL;

  if (cell->kind == LZ_CELL_RATE)
    return dup_rate_formula (sheet, row, column);
  if (cell->kind != LZ_CELL_COUNT && cell->kind != LZ_CELL_NUMBER && cell->kind != LZ_CELL_HOURS)
    return NULL;
  if (total && of->summed && sheet->last_body >= sheet->first_body && is_sum (sheet, row, column))
    {
      g_autofree char *first = lz_report_dup_cell_name (sheet->first_body, column, FALSE);
      g_autofree char *last = lz_report_dup_cell_name (sheet->last_body, column, FALSE);

      return g_strdup_printf ("=SUM(%s:%s)", first, last);
    }
  return !total && of->formula != NULL
             ? lz_report_dup_formula (sheet->table, of->formula, sheet->first_row + row,
                                      sheet->first_body, sheet->last_body)
             : NULL;
}

static void
write_words (const Sheet *sheet, guint row, guint column, gboolean bold)
{
  g_autofree char *text = lz_report_table_dup_text (sheet->table, row, column);

  lz_sheets_text (sheet->sheets, sheet->first_row + row, column, LZ_SHEET_PLAIN, bold, text);
}

static void
write_cell (const Sheet *sheet, guint row, guint column)
{
  const LzReportColumn *of = lz_report_table_get_column (sheet->table, column);
  const LzCell *cell = lz_report_table_get_cell (sheet->table, row, column);
  gboolean bold = lz_report_table_get_row_kind (sheet->table, row) != LZ_ROW_BODY;
  guint at = sheet->first_row + row;
  g_autofree char *formula = NULL;
  double value;

  if (cell->kind == LZ_CELL_TEXT)
    {
      lz_sheets_text (sheet->sheets, at, column, LZ_SHEET_PLAIN, bold, cell->text);
      return;
    }
  formula = dup_cell_formula (sheet, row, column);
  value = lz_report_table_get_value (sheet->table, row, column);
  if (formula != NULL)
    lz_sheets_formula (sheet->sheets, at, column, style_of (cell->kind), of->decimals, bold,
                       formula, value, LZ_REPORT_NO_FIGURE);
  else if (cell->kind == LZ_CELL_TIME || cell->kind == LZ_CELL_DATE)
    lz_sheets_time (sheet->sheets, at, column, style_of (cell->kind), bold, cell->count);
  else if (isfinite (value))
    lz_sheets_number (sheet->sheets, at, column, style_of (cell->kind), of->decimals, bold, value);
  else
    write_words (sheet, row, column, bold);
}

static void
set_widths (const Sheet *sheet)
{
  guint n_rows = MIN (lz_report_table_get_n_rows (sheet->table), WIDTH_ROWS);

  for (guint c = 0; c < lz_report_table_get_n_columns (sheet->table); c++)
    {
      const LzReportColumn *column = lz_report_table_get_column (sheet->table, c);
      guint width = MAX (lz_sheet_width_of (column->title), 2 * column->width);

      for (guint r = 0; r < n_rows && column->width == 0; r++)
        {
          g_autofree char *text = lz_report_table_dup_text (sheet->table, r, c);

          if (lz_report_table_get_row_kind (sheet->table, r) != LZ_ROW_HEADING)
            width = MAX (width, lz_sheet_width_of (text));
        }
      lz_sheets_set_width (sheet->sheets, c, CLAMP (width, MIN_WIDTH, MAX_WIDTH) + 2);
    }
}

static gboolean
has_groups (const LzReportTable *table)
{
  for (guint c = 0; c < lz_report_table_get_n_columns (table); c++)
    if (lz_report_table_get_column (table, c)->group != NULL)
      return TRUE;
  return FALSE;
}

static void
write_heads (const Sheet *sheet)
{
  guint n = lz_report_table_get_n_columns (sheet->table);
  guint row = HEAD_ROW;

  if (has_groups (sheet->table))
    {
      for (guint c = 0, end; c < n; c = end)
        {
          const char *group = lz_report_table_get_column (sheet->table, c)->group;

          for (end = c + 1;
               group != NULL && end < n &&
               g_strcmp0 (lz_report_table_get_column (sheet->table, end)->group, group) == 0;
               end++)
            continue;
          lz_sheets_span (sheet->sheets, row, c, end - c, group != NULL ? group : "");
        }
      row++;
    }
  for (guint c = 0; c < n; c++)
    lz_sheets_text (sheet->sheets, row, c, LZ_SHEET_HEAD, FALSE,
                    lz_report_table_get_column (sheet->table, c)->title);
}

static void
find_body (Sheet *sheet)
{
  guint n = lz_report_table_get_n_rows (sheet->table);

  sheet->first_body = 1;
  sheet->last_body = 0;
  for (guint r = 0; r < n; r++)
    if (lz_report_table_get_row_kind (sheet->table, r) == LZ_ROW_BODY)
      {
        if (sheet->last_body < sheet->first_body)
          sheet->first_body = sheet->first_row + r;
        sheet->last_body = sheet->first_row + r;
      }
}

static gboolean
write_table (LzSheets *sheets,
             const LzReport *report,
             const LzReportTable *table,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GArray) ratios = find_ratios (table);
  Sheet sheet = { .sheets = sheets, .table = table, .ratios = ratios };
  guint n_rows = lz_report_table_get_n_rows (table);
  guint n_columns = lz_report_table_get_n_columns (table);
  const char *office = lz_report_get_office (report);
  const char *period = lz_report_get_period_label (report);
  g_autofree char *below =
      g_strdup_printf ("%s  %s", office != NULL ? office : "", period != NULL ? period : "");

  sheet.first_row = HEAD_ROW + (has_groups (table) ? 2 : 1);
  find_body (&sheet);
  lz_sheets_add (sheets, lz_report_table_get_title (table));
  set_widths (&sheet);
  lz_sheets_freeze (sheets, sheet.first_row, 1);
  lz_sheets_text (sheets, TITLE_ROW, 0, LZ_SHEET_TITLE, FALSE, lz_report_table_get_title (table));
  lz_sheets_text (sheets, SUBTITLE_ROW, 0, LZ_SHEET_QUIET, FALSE, g_strstrip (below));
  write_heads (&sheet);
  if (sheet.last_body >= sheet.first_body)
    lz_sheets_filter (sheets, sheet.first_row - 1, sheet.last_body, n_columns);
  for (guint r = 0; r < n_rows; r++)
    {
      if (r % CANCEL_ROWS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint c = 0; c < n_columns; c++)
        write_cell (&sheet, r, c);
    }
  if (lz_report_table_get_note (table) != NULL)
    lz_sheets_text (sheets, sheet.first_row + n_rows + 1, 0, LZ_SHEET_QUIET, FALSE,
                    lz_report_table_get_note (table));
  return TRUE;
}

static void
write_definitions (LzSheets *sheets, const LzReport *report)
{
  g_autoptr (GPtrArray) definitions = lz_report_list_definitions (report);
  gint64 made_ms = lz_report_get_made (report);

  lz_sheets_add (sheets, _ ("Definitions"));
  lz_sheets_set_width (sheets, 0, 24);
  lz_sheets_set_width (sheets, 1, 90);
  lz_sheets_freeze (sheets, HEAD_ROW + 1, 0);
  lz_sheets_text (sheets, TITLE_ROW, 0, LZ_SHEET_TITLE, FALSE, lz_report_get_title (report));
  if (made_ms != 0)
    {
      g_autofree char *time = lz_report_dup_time (made_ms, FALSE);
      g_autofree char *line = g_strdup_printf (_ ("Figures taken at %s"), time);

      lz_sheets_text (sheets, SUBTITLE_ROW, 0, LZ_SHEET_QUIET, FALSE, line);
    }
  lz_sheets_text (sheets, HEAD_ROW, 0, LZ_SHEET_HEAD, FALSE, _ ("Figure"));
  lz_sheets_text (sheets, HEAD_ROW, 1, LZ_SHEET_HEAD, FALSE, _ ("What it means"));
  for (guint i = 0; i < definitions->len; i += 2)
    {
      lz_sheets_text (sheets, HEAD_ROW + 1 + i / 2, 0, LZ_SHEET_PLAIN, FALSE,
                      g_ptr_array_index (definitions, i));
      lz_sheets_text (sheets, HEAD_ROW + 1 + i / 2, 1, LZ_SHEET_PLAIN, FALSE,
                      g_ptr_array_index (definitions, i + 1));
    }
}

gboolean
lz_report_write_xlsx (const LzReport *self,
                      const char *path,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LzSheets) sheets =
      lz_sheets_new (path, lz_report_get_title (self), lz_report_get_office (self), error);

  if (sheets == NULL)
    return FALSE;
  for (guint t = 0; t < lz_report_get_n_tables (self); t++)
    if (!write_table (sheets, self, lz_report_get_table (self, t), cancellable, error))
      return FALSE;
  write_definitions (sheets, self);
  return lz_sheets_commit (sheets, error);
}
