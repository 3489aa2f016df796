/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-atomic.h"
#include "lz-sheet.h"
#include "lz-station.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <xlsxwriter.h>

#define N_STYLES       (LZ_SHEET_QUIET + 1)
#define MAX_DECIMALS   4
#define NAME_MAX_CHARS 31    /* of a sheet, by Excel */
#define TEXT_MAX_CHARS 32767 /* of a cell */
#define FONT           "宋体"
#define FONT_SIZE      11
#define DAYS_TO_1970   25569.0 /* from 1899-12-30, by which sheets count days */
#define DAY_MS         86400000.0

struct _LzSheets
{
  LzAtomic *atomic;
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *formats[N_STYLES][MAX_DECIMALS + 1][2];
};

static void
set_number_format (lxw_format *format, LzSheetStyle style, guint decimals)
{
  static const char *const zeros[] = { "", ".0", ".00", ".000", ".0000" };
  g_autofree char *text = NULL;

  switch (style)
    {
    case LZ_SHEET_COUNT:
    case LZ_SHEET_NUMBER:
      text = g_strconcat ("#,##0", style == LZ_SHEET_NUMBER ? zeros[decimals] : "", NULL);
      break;
    case LZ_SHEET_PERCENT:
      text = g_strconcat ("0", zeros[decimals], "%", NULL);
      break;
    case LZ_SHEET_TIME:
      text = g_strdup ("yyyy-mm-dd hh:mm");
      break;
    case LZ_SHEET_DATE:
      text = g_strdup ("yyyy-mm-dd");
      break;
    case LZ_SHEET_PLAIN:
    case LZ_SHEET_HEAD:
    case LZ_SHEET_TITLE:
    case LZ_SHEET_QUIET:
    default:
      return;
    }
  format_set_num_format (format, text);
}

static lxw_format *
get_format (LzSheets *self, LzSheetStyle style, guint decimals, gboolean bold)
{
  lxw_format **place;

  decimals = MIN (decimals, MAX_DECIMALS);
  place = &self->formats[style][decimals][bold ? 1 : 0];
  if (*place != NULL)
    return *place;

  *place = workbook_add_format (self->book);
  format_set_font_name (*place, FONT);
  format_set_font_size (*place, style == LZ_SHEET_TITLE ? FONT_SIZE + 4 : FONT_SIZE);
  set_number_format (*place, style, decimals);
  if (bold || style == LZ_SHEET_HEAD || style == LZ_SHEET_TITLE)
    format_set_bold (*place);
  if (style == LZ_SHEET_QUIET)
    format_set_font_color (*place, LXW_COLOR_GRAY);
  if (style != LZ_SHEET_TITLE && style != LZ_SHEET_QUIET)
    format_set_border (*place, LXW_BORDER_THIN);
  if (style == LZ_SHEET_HEAD)
    {
      format_set_bg_color (*place, 0xE7ECEF);
      format_set_align (*place, LXW_ALIGN_CENTER);
    }
  if (style == LZ_SHEET_PLAIN || style == LZ_SHEET_HEAD)
    format_set_text_wrap (*place);
  format_set_align (*place, LXW_ALIGN_VERTICAL_CENTER);
  return *place;
}

LzSheets *
lz_sheets_new (const char *path, const char *title, const char *author, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = dir };
  lxw_doc_properties properties = { 0 };
  g_autoptr (LzSheets) self = g_new0 (LzSheets, 1);

  self->atomic = lz_atomic_new (path, error);
  if (self->atomic == NULL)
    return NULL;
  self->book = workbook_new_opt (lz_atomic_get_temp (self->atomic), &options);
  if (self->book == NULL)
    {
      lz_error_set_errno (error, errno != 0 ? errno : EIO, "beginning", path);
      return NULL;
    }
  properties.title = (char *) title;
  properties.author = (char *) (author != NULL ? author : "");
  workbook_set_properties (self->book, &properties);
  return g_steal_pointer (&self);
}

void
lz_sheets_free (LzSheets *self)
{
  if (self == NULL)
    return;

  if (self->book != NULL)
    lxw_workbook_free (self->book);
  lz_atomic_free (self->atomic);
  g_free (self);
}

/* A name of at most @max characters without those that Excel refuses. */
static char *
dup_sheet_name (const char *name, glong max)
{
  g_autofree char *clean = g_strdelimit (g_strdup (name), "[]:*?/\\'", ' ');
  g_autofree char *stripped = g_strstrip (g_steal_pointer (&clean));

  if (stripped[0] == '\0')
    return g_strdup ("Sheet");
  return g_utf8_strlen (stripped, -1) <= max ? g_steal_pointer (&stripped)
                                             : g_utf8_substring (stripped, 0, max);
}

void
lz_sheets_add (LzSheets *self, const char *name)
{
  g_autofree char *clean = dup_sheet_name (name, NAME_MAX_CHARS);

  for (guint n = 2; workbook_validate_sheet_name (self->book, clean) != LXW_NO_ERROR; n++)
    {
      g_autofree char *shorter = dup_sheet_name (name, NAME_MAX_CHARS - 5);

      g_free (clean);
      clean = g_strdup_printf ("%s (%u)", shorter, n);
    }
  self->sheet = workbook_add_worksheet (self->book, clean);
  worksheet_set_paper (self->sheet, 9); /* A4 */
  worksheet_fit_to_pages (self->sheet, 1, 0);
  worksheet_set_footer (self->sheet, "&C— &P —");
}

void
lz_sheets_set_width (LzSheets *self, guint column, double width)
{
  worksheet_set_column (self->sheet, (lxw_col_t) column, (lxw_col_t) column, width, NULL);
}

void
lz_sheets_freeze (LzSheets *self, guint row, guint column)
{
  worksheet_freeze_panes (self->sheet, row, (lxw_col_t) column);
  if (row > 0)
    worksheet_repeat_rows (self->sheet, 0, row - 1);
}

void
lz_sheets_filter (LzSheets *self, guint first_row, guint last_row, guint n_columns)
{
  worksheet_autofilter (self->sheet, first_row, 0, last_row, (lxw_col_t) (n_columns - 1));
}

static char *
dup_for_cell (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  /* Control characters are no XML. */
  for (char *p = valid; *p != '\0'; p++)
    if ((guchar) *p < 0x20 && *p != '\n' && *p != '\t')
      *p = ' ';
  return g_utf8_strlen (valid, -1) <= TEXT_MAX_CHARS ? g_steal_pointer (&valid)
                                                     : g_utf8_substring (valid, 0, TEXT_MAX_CHARS);
}

/* Short, valid and without control characters, as nearly all texts are. */
static gboolean
is_plain (const char *text)
{
  const char *p = text;

  while ((guchar) *p >= 0x20)
    p++;
  return *p == '\0' && p - text <= TEXT_MAX_CHARS && g_utf8_validate (text, p - text, NULL);
}

void
lz_sheets_text (LzSheets *self,
                guint row,
                guint column,
                LzSheetStyle style,
                gboolean bold,
                const char *text)
{
  lxw_format *format = get_format (self, style, 0, bold);

  if (text == NULL || text[0] == '\0')
    worksheet_write_blank (self->sheet, row, (lxw_col_t) column, format);
  else if (is_plain (text))
    worksheet_write_string (self->sheet, row, (lxw_col_t) column, text, format);
  else
    {
      g_autofree char *clean = dup_for_cell (text);

      worksheet_write_string (self->sheet, row, (lxw_col_t) column, clean, format);
    }
}

void
lz_sheets_number (LzSheets *self,
                  guint row,
                  guint column,
                  LzSheetStyle style,
                  guint decimals,
                  gboolean bold,
                  double value)
{
  worksheet_write_number (self->sheet, row, (lxw_col_t) column, value,
                          get_format (self, style, decimals, bold));
}

void
lz_sheets_formula (LzSheets *self,
                   guint row,
                   guint column,
                   LzSheetStyle style,
                   guint decimals,
                   gboolean bold,
                   const char *formula,
                   double value,
                   const char *otherwise)
{
  lxw_format *format = get_format (self, style, decimals, bold);

  if (isfinite (value))
    worksheet_write_formula_num (self->sheet, row, (lxw_col_t) column, formula, format, value);
  else
    worksheet_write_formula_str (self->sheet, row, (lxw_col_t) column, formula, format, otherwise);
}

void
lz_sheets_span (LzSheets *self, guint row, guint column, guint n_columns, const char *text)
{
  lxw_format *format = get_format (self, LZ_SHEET_HEAD, 0, FALSE);

  if (n_columns > 1)
    worksheet_merge_range (self->sheet, row, (lxw_col_t) column, row,
                           (lxw_col_t) (column + n_columns - 1), text, format);
  else
    worksheet_write_string (self->sheet, row, (lxw_col_t) column, text, format);
}

void
lz_sheets_time (LzSheets *self,
                guint row,
                guint column,
                LzSheetStyle style,
                gboolean bold,
                gint64 at_ms)
{
  double local_ms = (double) at_ms + LZ_STATION_UTC_OFFSET_MIN * 60000.0;
  double days = local_ms / DAY_MS + DAYS_TO_1970;

  worksheet_write_number (self->sheet, row, (lxw_col_t) column,
                          style == LZ_SHEET_DATE ? floor (days) : days,
                          get_format (self, style, 0, bold));
}

static gboolean
set_lxw_error (LzSheets *self, lxw_error code, GError **error)
{
  const char *path = lz_atomic_get_temp (self->atomic);
  struct statvfs disk;

  if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EROFS || errno == EACCES)
    return lz_error_set_errno (error, errno, "writing", path);
  if (statvfs (path, &disk) == 0 && disk.f_bavail == 0)
    return lz_error_set_errno (error, ENOSPC, "writing", path);
  g_set_error (error, LZ_ERROR, LZ_ERROR_FAILED, "writing %s: %s", path, lxw_strerror (code));
  return FALSE;
}

/* The library does not look whether what it holds back in a temporary file got there. */
static gboolean
rows_are_whole (LzSheets *self, GError **error)
{
  lxw_worksheet *sheet;

  STAILQ_FOREACH (sheet, self->book->worksheets, list_pointers)
  {
    if (sheet->optimize_tmpfile != NULL &&
        (fflush (sheet->optimize_tmpfile) != 0 || ferror (sheet->optimize_tmpfile)))
      return lz_error_set_errno (error, errno != 0 ? errno : ENOSPC, "writing",
                                 lz_atomic_get_temp (self->atomic));
  }
  return TRUE;
}

gboolean
lz_sheets_commit (LzSheets *self, GError **error)
{
  lxw_error code;

  if (!rows_are_whole (self, error))
    return FALSE;
  errno = 0;
  code = workbook_close (g_steal_pointer (&self->book));
  if (code != LXW_NO_ERROR)
    return set_lxw_error (self, code, error);
  return lz_atomic_commit (self->atomic, error);
}

guint
lz_sheet_width_of (const char *text)
{
  guint width = 0;
  guint widest = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        width = 0;
      else
        width += g_unichar_iswide (c) ? 2 : 1;
      widest = MAX (widest, width);
    }
  return widest;
}
