/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _LzReportTable
{
  char *key;
  char *title;
  char *note;
  GStringChunk *strings; /* of columns, rows and cells: many cells say the same */
  GArray *columns;       /* LzReportColumn */
  GArray *rows;          /* Row */
  GArray *cells;         /* LzCell, row by row */
  guint put;             /* cells of the last row that were put */
};

typedef struct
{
  LzReportRowKind kind;
  const char *key;
} Row;

LzReportTable *
lz_report_table_new (const char *key, const char *title)
{
  LzReportTable *self = g_new0 (LzReportTable, 1);

  g_return_val_if_fail (key != NULL && title != NULL, NULL);

  self->key = g_strdup (key);
  self->title = g_strdup (title);
  self->strings = g_string_chunk_new (4096);
  self->columns = g_array_new (FALSE, TRUE, sizeof (LzReportColumn));
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  self->cells = g_array_new (FALSE, TRUE, sizeof (LzCell));
  return self;
}

void
lz_report_table_free (LzReportTable *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->columns);
  g_array_unref (self->rows);
  g_array_unref (self->cells);
  g_string_chunk_free (self->strings);
  g_free (self->key);
  g_free (self->title);
  g_free (self->note);
  g_free (self);
}

/* The columns of @from that are named, as their numbers. */
static GArray *
find_columns (const LzReportTable *from, const char *const *columns)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; columns != NULL ? columns[i] != NULL : i < from->columns->len; i++)
    {
      int at = columns != NULL ? lz_report_table_find_column (from, columns[i]) : (int) i;

      if (at >= 0)
        g_array_append_val (found, at);
    }
  return found;
}

LzReportTable *
lz_report_table_new_selection (const LzReportTable *from,
                               const char *const *columns,
                               guint max_rows)
{
  LzReportTable *self = lz_report_table_new (from->key, from->title);
  g_autoptr (GArray) taken = find_columns (from, columns);
  guint n_body = 0;

  lz_report_table_set_note (self, from->note);
  for (guint i = 0; i < taken->len; i++)
    lz_report_table_add_column (self,
                                lz_report_table_get_column (from, g_array_index (taken, guint, i)));
  for (guint row = 0; row < from->rows->len; row++)
    {
      LzReportRowKind kind = lz_report_table_get_row_kind (from, row);

      if (kind == LZ_ROW_BODY && max_rows > 0 && ++n_body > max_rows)
        continue;
      lz_report_table_add_row (self, kind, lz_report_table_get_row_key (from, row));
      for (guint i = 0; i < taken->len; i++)
        lz_report_table_put (self,
                             lz_report_table_get_cell (from, row, g_array_index (taken, guint, i)));
    }
  return self;
}

static const char *
keep (LzReportTable *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

void
lz_report_table_add_column (LzReportTable *self, const LzReportColumn *column)
{
  LzReportColumn kept = *column;

  g_return_if_fail (self->rows->len == 0);
  g_return_if_fail (column->key != NULL && column->title != NULL);

  kept.key = keep (self, column->key);
  kept.title = keep (self, column->title);
  kept.group = keep (self, column->group);
  kept.definition = keep (self, column->definition);
  kept.above = keep (self, column->above);
  kept.below = keep (self, column->below);
  kept.formula = keep (self, column->formula);
  kept.made_of = keep (self, column->made_of);
  g_array_append_val (self->columns, kept);
}

void
lz_report_table_add_row (LzReportTable *self, LzReportRowKind kind, const char *key)
{
  Row row = { kind, keep (self, key) };

  g_array_append_val (self->rows, row);
  g_array_set_size (self->cells, self->rows->len * self->columns->len);
  self->put = 0;
}

void
lz_report_table_put (LzReportTable *self, const LzCell *cell)
{
  LzCell *place;

  g_return_if_fail (self->rows->len > 0);
  g_return_if_fail (self->put < self->columns->len);

  place =
      &g_array_index (self->cells, LzCell, (self->rows->len - 1) * self->columns->len + self->put);
  *place = *cell;
  if (cell->kind == LZ_CELL_TEXT)
    place->text = keep (self, cell->text);
  self->put++;
}

void
lz_report_table_put_text (LzReportTable *self, const char *text)
{
  lz_report_table_put (self, &(LzCell){ .kind = text != NULL ? LZ_CELL_TEXT : LZ_CELL_EMPTY,
                                        .text = text });
}

void
lz_report_table_put_count (LzReportTable *self, gint64 count)
{
  lz_report_table_put (self, &(LzCell){ .kind = LZ_CELL_COUNT, .count = count });
}

void
lz_report_table_put_number (LzReportTable *self, double number)
{
  lz_report_table_put (self,
                       &(LzCell){ .kind = isfinite (number) ? LZ_CELL_NUMBER : LZ_CELL_MISSING,
                                  .number = number });
}

void
lz_report_table_put_rate (LzReportTable *self, gint64 above, gint64 below)
{
  lz_report_table_put (self, &(LzCell){ .kind = LZ_CELL_RATE, .count = above, .below = below });
}

void
lz_report_table_put_time (LzReportTable *self, gint64 at_ms)
{
  LzCellKind kind = LZ_CELL_TIME;

  if (self->put < self->columns->len &&
      g_array_index (self->columns, LzReportColumn, self->put).kind == LZ_CELL_DATE)
    kind = LZ_CELL_DATE;
  lz_report_table_put (self,
                       &(LzCell){ .kind = at_ms != 0 ? kind : LZ_CELL_EMPTY, .count = at_ms });
}

void
lz_report_table_put_hours (LzReportTable *self, gint64 length_ms)
{
  lz_report_table_put (self, &(LzCell){ .kind = length_ms >= 0 ? LZ_CELL_HOURS : LZ_CELL_MISSING,
                                        .count = length_ms });
}

void
lz_report_table_put_missing (LzReportTable *self)
{
  lz_report_table_put (self, &(LzCell){ .kind = LZ_CELL_MISSING });
}

void
lz_report_table_put_empty (LzReportTable *self)
{
  lz_report_table_put (self, &(LzCell){ .kind = LZ_CELL_EMPTY });
}

void
lz_report_table_set_note (LzReportTable *self, const char *note)
{
  g_free (self->note);
  self->note = g_strdup (note);
}

const char *
lz_report_table_get_key (const LzReportTable *self)
{
  return self->key;
}

const char *
lz_report_table_get_title (const LzReportTable *self)
{
  return self->title;
}

const char *
lz_report_table_get_note (const LzReportTable *self)
{
  return self->note;
}

guint
lz_report_table_get_n_columns (const LzReportTable *self)
{
  return self->columns->len;
}

const LzReportColumn *
lz_report_table_get_column (const LzReportTable *self, guint column)
{
  g_return_val_if_fail (column < self->columns->len, NULL);

  return &g_array_index (self->columns, LzReportColumn, column);
}

int
lz_report_table_find_column (const LzReportTable *self, const char *key)
{
  for (guint i = 0; key != NULL && i < self->columns->len; i++)
    if (g_str_equal (g_array_index (self->columns, LzReportColumn, i).key, key))
      return (int) i;
  return -1;
}

guint
lz_report_table_get_n_rows (const LzReportTable *self)
{
  return self->rows->len;
}

LzReportRowKind
lz_report_table_get_row_kind (const LzReportTable *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, LZ_ROW_BODY);

  return g_array_index (self->rows, Row, row).kind;
}

const char *
lz_report_table_get_row_key (const LzReportTable *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, NULL);

  return g_array_index (self->rows, Row, row).key;
}

const LzCell *
lz_report_table_get_cell (const LzReportTable *self, guint row, guint column)
{
  g_return_val_if_fail (row < self->rows->len && column < self->columns->len, NULL);

  return &g_array_index (self->cells, LzCell, row * self->columns->len + column);
}

/* Half away from zero on the decimal figure itself: printf rounds the binary one, by which a rate
 * of 1/16 would be 6.2 %. */
static char *
dup_rounded (gint64 above, gint64 below, guint decimals)
{
  gint64 scale = 100;
  gint64 units;

  for (guint i = 0; i < decimals; i++)
    scale *= 10;
  units = (gint64) (((__int128) above * scale * 2 + (above < 0 ? -below : below)) / (2 * below));
  scale /= 100;
  return decimals == 0
             ? g_strdup_printf ("%" G_GINT64_FORMAT, units)
             : g_strdup_printf ("%s%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, units < 0 ? "-" : "",
                                ABS (units) / scale, (int) decimals, ABS (units) % scale);
}

char *
lz_report_dup_rate (gint64 above, gint64 below, guint decimals)
{
  g_autofree char *figure = NULL;

  if (below <= 0)
    return g_strdup (LZ_REPORT_NO_FIGURE);
  figure = dup_rounded (above, below, MIN (decimals, 6));
  return g_strdup_printf ("%s%%", figure);
}

char *
lz_report_dup_time (gint64 at_ms, gboolean only_date)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (LZ_STATION_UTC_OFFSET_MIN * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (local == NULL)
    return g_strdup (LZ_REPORT_NO_FIGURE);
  return g_date_time_format (local, only_date ? "%Y-%m-%d" : "%Y-%m-%d %H:%M");
}

static char *
dup_decimal (double value, guint decimals)
{
  char buffer[64];
  char format[8];
  /* A hair more than the figure, so that 2.675 is not 2.67 because binary cannot hold it. */
  double nudged = value + copysign (fabs (value) * 1e-12, value);

  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 9));
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, nudged));
}

char *
lz_report_table_dup_text (const LzReportTable *self, guint row, guint column)
{
  const LzCell *cell = lz_report_table_get_cell (self, row, column);
  guint decimals = lz_report_table_get_column (self, column)->decimals;

  switch (cell->kind)
    {
    case LZ_CELL_EMPTY:
      return g_strdup ("");
    case LZ_CELL_TEXT:
      return g_strdup (cell->text);
    case LZ_CELL_COUNT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, cell->count);
    case LZ_CELL_NUMBER:
      return dup_decimal (cell->number, decimals);
    case LZ_CELL_RATE:
      return lz_report_dup_rate (cell->count, cell->below, decimals);
    case LZ_CELL_TIME:
    case LZ_CELL_DATE:
      return lz_report_dup_time (cell->count, cell->kind == LZ_CELL_DATE);
    case LZ_CELL_HOURS:
      return dup_decimal ((double) cell->count / LZ_REPORT_HOUR_MS, decimals);
    case LZ_CELL_MISSING:
    default:
      return g_strdup (LZ_REPORT_NO_FIGURE);
    }
}

double
lz_report_table_get_value (const LzReportTable *self, guint row, guint column)
{
  const LzCell *cell = lz_report_table_get_cell (self, row, column);

  switch (cell->kind)
    {
    case LZ_CELL_COUNT:
    case LZ_CELL_TIME:
    case LZ_CELL_DATE:
      return (double) cell->count;
    case LZ_CELL_NUMBER:
      return cell->number;
    case LZ_CELL_RATE:
      return cell->below > 0 ? (double) cell->count / (double) cell->below : (double) NAN;
    case LZ_CELL_HOURS:
      return (double) cell->count / LZ_REPORT_HOUR_MS;
    case LZ_CELL_EMPTY:
    case LZ_CELL_TEXT:
    case LZ_CELL_MISSING:
    default:
      return (double) NAN;
    }
}

gboolean
lz_report_column_is_figure (const LzReportColumn *self)
{
  return self->kind == LZ_CELL_COUNT || self->kind == LZ_CELL_NUMBER ||
         self->kind == LZ_CELL_RATE || self->kind == LZ_CELL_HOURS;
}
