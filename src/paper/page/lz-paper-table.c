/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ruled tables. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-paper-private.h"

#include <math.h>
#include <string.h>

#define PAD_X      3.5
#define PAD_Y      2.5
#define LINE_WIDTH 0.5
#define PITCH      1.35 /* of the type's size */
#define SMALLEST   7.0  /* points: what can still be read */
#define MIN_CHARS  2.0  /* of words in a column */
#define HEAD_CHARS 4.0  /* of a head that a column is at least as wide as */
#define MEASURED   400  /* rows that are looked at for the widths */
#define WHOLE      0.4  /* of a page: a table that is not higher is not divided */

typedef struct
{
  char *text;
  guint column;
  guint span;
  guint rows;
  LzPaperAlign align;
  gboolean strong;
} Cell;

typedef struct
{
  gboolean head;
  GArray *cells; /* Cell */
  guint n_lines;
  double height;
} Row;

typedef struct
{
  guint n_columns;
  double *weights;
  GPtrArray *rows;
  guint n_heads;
  guint *covered; /* heads: rows below that a cell still covers, by column */
  double *x;      /* n_columns + 1 */
  LzType type;
  double head_height;
} Table;

static void
clear_cell (gpointer data)
{
  g_free (((Cell *) data)->text);
}

static void
free_row (gpointer data)
{
  Row *row = data;

  g_array_unref (row->cells);
  g_free (row);
}

static void
free_table (gpointer data)
{
  Table *table = data;

  g_ptr_array_unref (table->rows);
  g_free (table->weights);
  g_free (table->covered);
  g_free (table->x);
  g_free (table);
}

/* In sizes; never less than it is in bold. */
static double
estimate_letter (gunichar c)
{
  if (g_unichar_iswide (c) || c == 0x2014 || c == 0x2026)
    return 1;
  if (c == '%' || c == 'W' || c == 'M' || c == 'm' || c == 'w')
    return 0.95;
  return c >= 'A' && c <= 'Z' ? 0.75 : 0.62;
}

/* How wide words are at most, in sizes; @longest: of what is better not broken. */
static double
estimate (const char *text, double *longest)
{
  double width = 0;
  double widest = 0;
  double word = 0;

  *longest = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean wide = g_unichar_iswide (c);

      if (c == '\n')
        width = word = 0;
      else
        {
          width += estimate_letter (c);
          word = wide || c == ' ' ? (wide ? 1 : 0) : word + estimate_letter (c);
        }
      widest = MAX (widest, width);
      *longest = MAX (*longest, word);
    }
  return widest;
}

/* @full: as wide as its head in one line. */
static void
estimate_columns (const Table *table, double size, double *least, double *wanted, double *full)
{
  for (guint c = 0; c < table->n_columns; c++)
    least[c] = wanted[c] = full[c] = MIN_CHARS * size + 2 * PAD_X;
  for (guint r = 0; r < MIN (table->rows->len, MEASURED); r++)
    {
      const Row *row = g_ptr_array_index (table->rows, r);

      for (guint i = 0; i < row->cells->len; i++)
        {
          const Cell *cell = &g_array_index (row->cells, Cell, i);
          double longest;
          double width = estimate (cell->text, &longest);

          if (cell->span > 1)
            continue;
          full[cell->column] = MAX (full[cell->column], width * size + 2 * PAD_X);
          /* A head may stand in two lines. */
          if (row->head)
            {
              width = MAX (longest, ceil (width / 2));
              longest = MIN (width, HEAD_CHARS);
            }
          least[cell->column] = MAX (least[cell->column], longest * size + 2 * PAD_X);
          wanted[cell->column] = MAX (wanted[cell->column], width * size + 2 * PAD_X);
        }
    }
}

static double
sum (const double *values, guint n)
{
  double total = 0;

  for (guint i = 0; i < n; i++)
    total += values[i];
  return total;
}

/* Shares out @room: every column gets what it needs least, then what it wants as far as there is.
 */
static void
share (double *widths, const double *least, const double *wanted, guint n, double room)
{
  double sum_least = sum (least, n);
  double sum_wanted = sum (wanted, n);

  for (guint c = 0; c < n; c++)
    if (sum_wanted <= room)
      widths[c] = wanted[c] * room / sum_wanted;
    else if (sum_least >= room)
      widths[c] = least[c] * room / sum_least;
    else
      widths[c] = least[c] + (wanted[c] - least[c]) * (room - sum_least) / (sum_wanted - sum_least);
}

static void
set_columns (const LzPaper *paper, Table *table)
{
  guint n = table->n_columns;
  g_autofree double *least = g_new0 (double, n);
  g_autofree double *wanted = g_new0 (double, n);
  g_autofree double *full = g_new0 (double, n);
  g_autofree double *widths = g_new0 (double, n);

  table->type.size = paper->table_size;
  if (table->weights != NULL)
    {
      double total = sum (table->weights, n);

      for (guint c = 0; c < n; c++)
        widths[c] = paper->width * table->weights[c] / total;
    }
  else
    {
      estimate_columns (table, table->type.size, least, wanted, full);
      while (sum (least, n) > paper->width && table->type.size > SMALLEST)
        {
          table->type.size = MAX (SMALLEST, table->type.size - 0.5);
          estimate_columns (table, table->type.size, least, wanted, full);
        }
      if (sum (wanted, n) <= paper->width)
        share (widths, wanted, full, n, paper->width);
      else
        share (widths, least, wanted, n, paper->width);
    }
  table->type.pitch = table->type.size * PITCH;
  for (guint c = 0; c < n; c++)
    table->x[c + 1] = table->x[c] + widths[c];
}

static LzType
cell_type (const Table *table, const Row *row, const Cell *cell)
{
  LzType type = table->type;

  type.align = row->head ? LZ_PAPER_CENTRE : cell->align;
  type.face = row->head || cell->strong ? LZ_FACE_HEI : LZ_FACE_SONG;
  return type;
}

static double
cell_width (const Table *table, const Cell *cell)
{
  return table->x[cell->column + cell->span] - table->x[cell->column] - 2 * PAD_X;
}

static PangoLayout *
make_cell_layout (LzPaper *paper, const Table *table, const Row *row, const Cell *cell)
{
  LzType type = cell_type (table, row, cell);

  return lz_paper_make_layout (paper, &type, MAX (cell_width (table, cell), type.size), cell->text,
                               0);
}

static void
measure_row (LzPaper *paper, const Table *table, Row *row)
{
  row->n_lines = 1;
  for (guint i = 0; i < row->cells->len; i++)
    {
      const Cell *cell = &g_array_index (row->cells, Cell, i);
      g_autoptr (PangoLayout) layout = make_cell_layout (paper, table, row, cell);
      guint n_lines = lz_paper_count_lines (layout);

      /* A head over two rows has their lines to share. */
      row->n_lines = MAX (row->n_lines, (n_lines + cell->rows - 1) / cell->rows);
    }
  row->height = row->n_lines * table->type.pitch + 2 * PAD_Y;
}

static void
add_row_pieces (LzPaper *paper, LzBlock *block, guint index, GArray *pieces)
{
  Table *table = block->data;
  const Row *row = g_ptr_array_index (table->rows, index);
  guint most = (guint) MAX (paper->height / 3 / table->type.pitch, 1);
  LzPiece piece = { .block = block, .part = index };

  if (row->n_lines <= most)
    {
      piece.to = row->n_lines;
      piece.height = row->height;
      g_array_append_val (pieces, piece);
      return;
    }
  for (guint from = 0; from < row->n_lines; from += most)
    {
      piece.from = from;
      piece.to = MIN (from + most, row->n_lines);
      piece.height = (piece.to - from) * table->type.pitch + 2 * PAD_Y;
      g_array_append_val (pieces, piece);
    }
}

/* A small table stays whole; of a long one the last row, which may be the total, is not left
 * alone. */
static void
keep_rows (const LzPaper *paper, GArray *pieces, guint first)
{
  double height = 0;
  guint last = pieces->len - 1;

  for (guint i = first; i < pieces->len; i++)
    height += g_array_index (pieces, LzPiece, i).height;
  for (guint i = first; i < last; i++)
    if (height <= WHOLE * paper->height || i + 1 == last)
      g_array_index (pieces, LzPiece, i).keep = TRUE;
}

static void
measure_table (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  Table *table = block->data;
  guint first = pieces->len;

  set_columns (paper, table);
  table->head_height = 0;
  for (guint r = 0; r < table->rows->len; r++)
    {
      Row *row = g_ptr_array_index (table->rows, r);

      measure_row (paper, table, row);
      if (r < table->n_heads)
        table->head_height += row->height;
    }
  if (table->n_heads > 0)
    {
      block->head = (LzPiece){ .block = block, .height = table->head_height, .keep = TRUE };
      g_array_append_val (pieces, block->head);
    }
  for (guint r = table->n_heads; r < table->rows->len; r++)
    add_row_pieces (paper, block, r, pieces);
  keep_rows (paper, pieces, first);
}

static void
draw_frame (cairo_t *cr, double x, double y, double width, double height, gboolean shaded)
{
  cairo_rectangle (cr, x, y, width, height);
  if (shaded)
    {
      cairo_save (cr);
      cairo_set_source_rgb (cr, 0.94, 0.94, 0.94);
      cairo_fill_preserve (cr);
      cairo_restore (cr);
    }
  cairo_stroke (cr);
}

static void
draw_row (LzPaper *paper,
          const Table *table,
          guint index,
          guint from,
          guint to,
          double height,
          cairo_t *cr)
{
  const Row *row = g_ptr_array_index (table->rows, index);
  gboolean whole = from == 0 && to >= row->n_lines;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const Cell *cell = &g_array_index (row->cells, Cell, i);
      LzType type = cell_type (table, row, cell);
      g_autoptr (PangoLayout) layout = make_cell_layout (paper, table, row, cell);
      double x = table->x[cell->column];
      double cell_height = height;
      double offset = PAD_Y;

      for (guint below = 1; below < cell->rows && index + below < table->rows->len; below++)
        cell_height += ((Row *) g_ptr_array_index (table->rows, index + below))->height;
      if (whole)
        offset = (cell_height - lz_paper_count_lines (layout) * type.pitch) / 2;
      draw_frame (cr, x, 0, table->x[cell->column + cell->span] - x, cell_height, row->head);
      cairo_save (cr);
      cairo_translate (cr, x + PAD_X, offset);
      lz_paper_draw_lines (layout, &type, cell_width (table, cell), whole ? 0 : from,
                           whole ? G_MAXUINT : to, cr);
      cairo_restore (cr);
    }
}

static void
draw_table (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
  const Table *table = piece->block->data;

  cairo_save (cr);
  cairo_set_line_width (cr, LINE_WIDTH);
  if (piece->to == 0 && table->n_heads > 0)
    for (guint r = 0; r < table->n_heads; r++)
      {
        const Row *row = g_ptr_array_index (table->rows, r);

        draw_row (paper, table, r, 0, row->n_lines, row->height, cr);
        cairo_translate (cr, 0, row->height);
      }
  else
    draw_row (paper, table, piece->part, piece->from, piece->to, piece->height, cr);
  cairo_restore (cr);
}

void
lz_paper_begin_table (LzPaper *self, const double *weights, guint n_columns)
{
  Table *table = g_new0 (Table, 1);

  g_return_if_fail (n_columns > 0);

  table->n_columns = n_columns;
  table->weights = g_memdup2 (weights, weights != NULL ? n_columns * sizeof *weights : 0);
  table->rows = g_ptr_array_new_with_free_func (free_row);
  table->covered = g_new0 (guint, n_columns);
  table->x = g_new0 (double, n_columns + 1);
  table->type = (LzType){ .face = LZ_FACE_SONG };
  lz_paper_add_block (self, measure_table, draw_table, table, free_table);
}

void
lz_paper_add_row (LzPaper *self, gboolean head, const LzPaperCell *cells, guint n_cells)
{
  LzBlock *block = g_ptr_array_index (self->blocks, self->blocks->len - 1);
  Table *table = block->data;
  Row *row;
  guint column = 0;

  g_return_if_fail (block->measure == measure_table);

  row = g_new0 (Row, 1);
  row->head = head;
  row->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  g_array_set_clear_func (row->cells, clear_cell);
  for (guint i = 0; i < n_cells; i++)
    {
      Cell cell = { .span = MAX (cells[i].span, 1), .rows = MAX (cells[i].rows, 1) };

      while (column < table->n_columns && table->covered[column] > 0)
        column++;
      g_warn_if_fail (column + cell.span <= table->n_columns);
      if (column + cell.span > table->n_columns)
        break;
      cell.text = g_strdup (cells[i].text != NULL ? cells[i].text : "");
      cell.column = column;
      cell.align = cells[i].align;
      cell.strong = cells[i].strong;
      g_array_append_val (row->cells, cell);
      for (guint c = column; c < column + cell.span; c++)
        table->covered[c] = cell.rows;
      column += cell.span;
    }
  for (guint c = 0; c < table->n_columns; c++)
    if (table->covered[c] > 0)
      table->covered[c]--;
  g_ptr_array_add (table->rows, row);
  if (head)
    table->n_heads++;
}
