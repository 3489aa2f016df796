/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzSheetStyle:
 *
 * How a cell looks; formats of a workbook, made once each.
 */
typedef enum
{
  LZ_SHEET_PLAIN,   /* words, wrapped */
  LZ_SHEET_COUNT,   /* 1,234 */
  LZ_SHEET_NUMBER,  /* with decimals */
  LZ_SHEET_PERCENT, /* 97.4% with decimals */
  LZ_SHEET_TIME,    /* 2026-11-23 18:00 */
  LZ_SHEET_DATE,    /* 2026-11-23 */
  LZ_SHEET_HEAD,    /* of a column */
  LZ_SHEET_TITLE,   /* of the sheet */
  LZ_SHEET_QUIET,   /* notes */
} LzSheetStyle;

/**
 * LzSheets:
 *
 * A workbook (XLSX) on its way, written row by row: memory does not grow with the rows.  Cells of a
 * sheet come in order of rows, and sheets one after the other.  There under its own name only when
 * lz_sheets_commit() has made it whole and durable; freed before that, it leaves nothing.  Used by
 * one thread at a time; blocks on the disk.
 */
typedef struct _LzSheets LzSheets;

LzSheets *lz_sheets_new (const char *path, const char *title, const char *author, GError **error);
void lz_sheets_free (LzSheets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzSheets, lz_sheets_free)

/* A further sheet.  What Excel does not take in a name is left out, and doubles are numbered. */
void lz_sheets_add (LzSheets *self, const char *name);
/* How wide, in Latin letters: a Chinese character counts two. */
void lz_sheets_set_width (LzSheets *self, guint column, double width);
/* The rows above @row and the columns before @column stay in sight and are repeated in print. */
void lz_sheets_freeze (LzSheets *self, guint row, guint column);
void lz_sheets_filter (LzSheets *self, guint first_row, guint last_row, guint n_columns);
void lz_sheets_text (LzSheets *self,
                     guint row,
                     guint column,
                     LzSheetStyle style,
                     gboolean bold,
                     const char *text);
void lz_sheets_number (LzSheets *self,
                       guint row,
                       guint column,
                       LzSheetStyle style,
                       guint decimals,
                       gboolean bold,
                       double value);
/* @value is what the formula gives, for programs that do not compute; NaN with @otherwise: words.
 */
void lz_sheets_formula (LzSheets *self,
                        guint row,
                        guint column,
                        LzSheetStyle style,
                        guint decimals,
                        gboolean bold,
                        const char *formula,
                        double value,
                        const char *otherwise);
/* One text over several cells of a row. */
void lz_sheets_span (LzSheets *self, guint row, guint column, guint n_columns, const char *text);
/* @at_ms: ms UTC, written as the city's local time. */
void lz_sheets_time (LzSheets *self,
                     guint row,
                     guint column,
                     LzSheetStyle style,
                     gboolean bold,
                     gint64 at_ms);
gboolean lz_sheets_commit (LzSheets *self, GError **error);

/* Letters that a text takes in a sheet: two for a Chinese character. */
guint lz_sheet_width_of (const char *text);

G_END_DECLS
