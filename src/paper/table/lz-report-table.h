/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LzCellKind:
 * @LZ_CELL_EMPTY: nothing to say here; left blank
 * @LZ_CELL_MISSING: there is no such figure, as a median of no cases; shown as "—"
 * @LZ_CELL_TEXT: words
 * @LZ_CELL_COUNT: a whole number
 * @LZ_CELL_NUMBER: a number with the decimals of its column
 * @LZ_CELL_RATE: one count over another, shown in percent with the decimals of its column; with 0
 *   below the line there is no rate, shown as "—" (domain §4.3)
 * @LZ_CELL_TIME: a moment, ms UTC, shown as local date and time
 * @LZ_CELL_DATE: a moment, ms UTC, shown as the local date
 * @LZ_CELL_HOURS: a length of time in ms, shown in hours with the decimals of its column
 *
 * What a cell holds.  The numbers are not stored.
 */
typedef enum
{
  LZ_CELL_EMPTY,
  LZ_CELL_MISSING,
  LZ_CELL_TEXT,
  LZ_CELL_COUNT,
  LZ_CELL_NUMBER,
  LZ_CELL_RATE,
  LZ_CELL_TIME,
  LZ_CELL_DATE,
  LZ_CELL_HOURS,
} LzCellKind;

/**
 * LzCell:
 * @kind: which of the values it holds
 * @text: %LZ_CELL_TEXT; owned by the table
 * @count: %LZ_CELL_COUNT; ms of %LZ_CELL_TIME, %LZ_CELL_DATE and %LZ_CELL_HOURS; what is above the
 *   line of %LZ_CELL_RATE
 * @below: what is below the line of %LZ_CELL_RATE
 * @number: %LZ_CELL_NUMBER
 *
 * One value.
 */
typedef struct
{
  LzCellKind kind;
  const char *text;
  gint64 count;
  gint64 below;
  double number;
} LzCell;

/**
 * LzReportColumn:
 * @key: stable English name of the column in CSV and JSON and in formulas: "filed"
 * @title: its head, translated
 * @group: (nullable): head over several neighbours with the same group, translated
 * @definition: (nullable): what the figure means, translated: for the sheet of definitions and for
 *   the window
 * @kind: what its cells hold; single cells may be %LZ_CELL_EMPTY or %LZ_CELL_MISSING
 * @decimals: digits after the point of numbers, rates and hours
 * @width: wanted width in Chinese characters; 0 = by what is in it
 * @summed: the total is the sum of the rows above it
 * @above: (nullable): key of the column that is above the line of this rate, if it is in the table
 * @below: (nullable): key of the column that is below it
 * @formula: (nullable): how a spreadsheet computes the cell: "{key}" stands for the cell of that
 *   column in the same row, "{key:all}" for that column in all body rows, as in
 *   "=RANK({score},{score:all})".  The value in the cell must be the same.
 * @made_of: (nullable): the counts and rates that a score or a time was reckoned from, in the words
 *   of a score's inputs: "count:filed rate:closing"; "own:" before one: of what the person of the
 *   row reported.  For links in the window
 *
 * A column.  The strings are copied.
 */
typedef struct
{
  const char *key;
  const char *title;
  const char *group;
  const char *definition;
  LzCellKind kind;
  guint decimals;
  guint width;
  gboolean summed;
  const char *above;
  const char *below;
  const char *formula;
  const char *made_of;
} LzReportColumn;

/**
 * LzReportRowKind:
 * @LZ_ROW_BODY: one of the things that are counted
 * @LZ_ROW_HEADING: its first cell is a heading over the rows that follow
 * @LZ_ROW_TOTAL: all body rows together
 */
typedef enum
{
  LZ_ROW_BODY,
  LZ_ROW_HEADING,
  LZ_ROW_TOTAL,
} LzReportRowKind;

/**
 * LzReportTable:
 *
 * One table of a report, filled once and then written as a table on paper, a sheet of a workbook,
 * CSV and JSON, so that all of them show the same figures.  Used by one thread at a time.
 *
 * |[<!-- language="C" -->
 * LzReportTable *table = lz_report_table_new ("units", _("By unit"));
 *
 * lz_report_table_add_column (table, &(LzReportColumn){ "unit", _("Unit"), .kind = LZ_CELL_TEXT });
 * lz_report_table_add_column (table, &(LzReportColumn){ "due", _("Due"), .kind = LZ_CELL_COUNT,
 *                                                       .summed = TRUE });
 * lz_report_table_add_column (table, &(LzReportColumn){ "closed", _("Closed"),
 *                                                       .kind = LZ_CELL_COUNT, .summed = TRUE });
 * lz_report_table_add_column (table, &(LzReportColumn){ "rate", _("Closed %"),
 *                                                       .kind = LZ_CELL_RATE, .decimals = 1,
 *                                                       .above = "closed", .below = "due" });
 * lz_report_table_add_row (table, LZ_ROW_BODY, "huanwei");
 * lz_report_table_put_text (table, "环卫公司");
 * lz_report_table_put_count (table, 40);
 * lz_report_table_put_count (table, 39);
 * lz_report_table_put_rate (table, 39, 40);
 * ]|
 */
typedef struct _LzReportTable LzReportTable;

LzReportTable *lz_report_table_new (const char *key, const char *title);
void lz_report_table_free (LzReportTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzReportTable, lz_report_table_free)

/**
 * lz_report_table_new_selection:
 * @from: a table
 * @columns: (nullable) (array zero-terminated=1): keys of the columns to take, in their order;
 *   those that @from has not are left out; %NULL = all
 * @max_rows: at most so many of its body rows, the first ones; 0 = all
 *
 * Returns: (transfer full): a table with a part of @from, its totals included
 */
LzReportTable *lz_report_table_new_selection (const LzReportTable *from,
                                              const char *const *columns,
                                              guint max_rows);

/* All columns come before the first row. */
void lz_report_table_add_column (LzReportTable *self, const LzReportColumn *column);

/* Begins a row; its cells are put from left to right, those that are not put are empty.
 * @key: (nullable): what the row is about, such as the unit's code: for JSON and for links */
void lz_report_table_add_row (LzReportTable *self, LzReportRowKind kind, const char *key);
void lz_report_table_put (LzReportTable *self, const LzCell *cell);
void lz_report_table_put_text (LzReportTable *self, const char *text); /* %NULL = empty */
void lz_report_table_put_count (LzReportTable *self, gint64 count);
void lz_report_table_put_number (LzReportTable *self, double number); /* NaN = missing */
void lz_report_table_put_rate (LzReportTable *self, gint64 above, gint64 below);
void lz_report_table_put_time (LzReportTable *self, gint64 at_ms);      /* also dates; 0 = empty */
void lz_report_table_put_hours (LzReportTable *self, gint64 length_ms); /* negative = missing */
void lz_report_table_put_missing (LzReportTable *self);
void lz_report_table_put_empty (LzReportTable *self);

/* A line below the table: where the figures come from, what is left out.  (nullable) */
void lz_report_table_set_note (LzReportTable *self, const char *note);

const char *lz_report_table_get_key (const LzReportTable *self);
const char *lz_report_table_get_title (const LzReportTable *self);
const char *lz_report_table_get_note (const LzReportTable *self);
guint lz_report_table_get_n_columns (const LzReportTable *self);
const LzReportColumn *lz_report_table_get_column (const LzReportTable *self, guint column);
/* -1: there is no such column. */
int lz_report_table_find_column (const LzReportTable *self, const char *key);
guint lz_report_table_get_n_rows (const LzReportTable *self);
LzReportRowKind lz_report_table_get_row_kind (const LzReportTable *self, guint row);
const char *lz_report_table_get_row_key (const LzReportTable *self, guint row);
const LzCell *lz_report_table_get_cell (const LzReportTable *self, guint row, guint column);

/* What people read in the cell, on paper, in the window and in CSV alike. */
char *lz_report_table_dup_text (const LzReportTable *self, guint row, guint column);
/* The value as a number: percent as 0.974, hours as hours; NaN where it is none. */
double lz_report_table_get_value (const LzReportTable *self, guint row, guint column);
/* "40.0 %" and "—" by the same rule, for sentences. */
char *lz_report_dup_rate (gint64 above, gint64 below, guint decimals);
/* Whether a column is set to the right. */
gboolean lz_report_column_is_figure (const LzReportColumn *self);

/**
 * LzReport:
 *
 * Tables with a title and a period, and the definitions of their figures: what is written into one
 * file.  Used by one thread at a time.
 */
typedef struct _LzReport LzReport;

/* @key: stable English name: "weekly".  @title: translated. */
LzReport *lz_report_new (const char *key, const char *title);
void lz_report_free (LzReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzReport, lz_report_free)

/* Who publishes it; (nullable). */
void lz_report_set_office (LzReport *self, const char *office);
/* Whoever signs it on paper, "Responsible"; a %NULL ends the list; (nullable): nobody. */
void lz_report_set_signers (LzReport *self, const char *const *labels);
/* What it covers: from the first moment to before the last, ms UTC, and in words. */
void lz_report_set_period (LzReport *self, gint64 from_ms, gint64 to_ms, const char *label);
/* When the figures were taken, ms UTC. */
void lz_report_set_made (LzReport *self, gint64 made_ms);
/* @table: (transfer full) */
void lz_report_add_table (LzReport *self, LzReportTable *table);
/* A definition besides those of the columns, which are there by themselves. */
void lz_report_add_definition (LzReport *self, const char *term, const char *text);

const char *lz_report_get_key (const LzReport *self);
const char *lz_report_get_title (const LzReport *self);
const char *lz_report_get_office (const LzReport *self);
const char *const *lz_report_get_signers (const LzReport *self);
const char *lz_report_get_period_label (const LzReport *self);
gint64 lz_report_get_from (const LzReport *self);
gint64 lz_report_get_to (const LzReport *self);
gint64 lz_report_get_made (const LzReport *self);
guint lz_report_get_n_tables (const LzReport *self);
const LzReportTable *lz_report_get_table (const LzReport *self, guint index);
/* Terms and their texts, (element-type utf8 utf8) pairs one after the other, without doubles:
 * those of the columns in order, then the added ones.  (transfer full) */
GPtrArray *lz_report_list_definitions (const LzReport *self);

/* As JSON from which lz_report_read_document() makes the same report again: what is sealed. */
JsonObject *lz_report_write_document (const LzReport *self);
/* %LZ_ERROR_INVALID if it is none. */
LzReport *lz_report_read_document (JsonObject *json, GError **error);

/**
 * LzReportFormat:
 * @LZ_REPORT_PDF: tables on A4 pages, see lz_paper_new_for_report()
 * @LZ_REPORT_XLSX: a sheet for each table, with formulas, and one of definitions
 * @LZ_REPORT_CSV: UTF-8 with a byte order mark; several tables below each other, each under a line
 *   with its title and with an empty line before it
 * @LZ_REPORT_JSON: everything, rates with what is above and below the line
 */
typedef enum
{
  LZ_REPORT_PDF,
  LZ_REPORT_XLSX,
  LZ_REPORT_CSV,
  LZ_REPORT_JSON,
} LzReportFormat;

/* By the ending of a file's name. */
gboolean lz_report_format_from_path (const char *path, LzReportFormat *format);

/**
 * lz_report_write:
 * @self: a report
 * @path: the file; one that is there already is replaced once the new one is whole and durable
 * @format: how
 * @cancellable: (nullable): stops it, and leaves nothing
 * @error: (nullable): %LZ_ERROR_NO_SPACE, %LZ_ERROR_READ_ONLY and the like
 *
 * Writes a report.  Blocks: call it in a worker.
 *
 * Returns: %TRUE once the file is durable
 */
gboolean lz_report_write (const LzReport *self,
                          const char *path,
                          LzReportFormat format,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
