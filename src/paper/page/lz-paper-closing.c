/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a paper: who issued it and when, or who signs it. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-paper-private.h"

#define CLOSING_INDENT 4   /* characters, 右空四字 */
#define CLOSING_WITH   4   /* lines of the body at least that are on the page of the closing */
#define SIGN_LINE      1.8 /* lines of the body from signature to signature */

typedef struct
{
  char *office;
  char *date;
} Closing;

static void
free_closing (gpointer data)
{
  Closing *closing = data;

  g_free (closing->office);
  g_free (closing->date);
  g_free (closing);
}

static LzType
closing_type (const LzPaper *self)
{
  LzType type = lz_paper_body_type (self);

  type.indent = 0;
  type.justify = FALSE;
  return type;
}

static double
closing_width (LzPaper *self)
{
  return self->width - CLOSING_INDENT * self->size;
}

/* No page has nothing but the closing, or that and the list of what is attached: the end of the
 * text or the last rows of a table go with it. */
static void
keep_end_with_closing (LzPaper *paper, GArray *pieces)
{
  double kept = 0;

  for (guint i = pieces->len; i > 0 && kept < CLOSING_WITH * paper->pitch; i--)
    {
      LzPiece *piece = &g_array_index (pieces, LzPiece, i - 1);

      piece->keep = TRUE;
      kept += piece->height;
      if (piece->new_page)
        break;
    }
}

static void
measure_closing (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  const Closing *closing = block->data;
  LzType type = closing_type (paper);
  g_autoptr (PangoLayout) office =
      lz_paper_make_layout (paper, &type, closing_width (paper), closing->office, 0);
  LzPiece piece = { .block = block, .gap = 1.5 * paper->pitch };

  piece.height = (lz_paper_count_lines (office) + 1) * paper->pitch;
  keep_end_with_closing (paper, pieces);
  g_array_append_val (pieces, piece);
}

static void
draw_closing (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
  const Closing *closing = piece->block->data;
  LzType type = closing_type (paper);
  g_autoptr (PangoLayout) office =
      lz_paper_make_layout (paper, &type, closing_width (paper), closing->office, 0);
  g_autoptr (PangoLayout) date = lz_paper_make_layout (paper, &type, -1, closing->date, 0);
  double date_width = lz_paper_measure_words (paper, &type, closing->date);
  double office_width = lz_paper_measure_words (paper, &type, closing->office);
  double date_x = closing_width (paper) - date_width;
  double office_x = date_x + (date_width - office_width) / 2;

  /* A long name would run off the page in the middle of its date: then both end together. */
  if (office_x + office_width > paper->width)
    office_x = paper->width - office_width;
  cairo_save (cr);
  if (office_x < 0)
    {
      type.align = LZ_PAPER_RIGHT;
      lz_paper_draw_lines (office, &type, closing_width (paper), 0, G_MAXUINT, cr);
      type.align = LZ_PAPER_LEFT;
    }
  else
    {
      cairo_translate (cr, office_x, 0);
      lz_paper_draw_lines (office, &type, office_width, 0, 1, cr);
    }
  cairo_restore (cr);
  cairo_save (cr);
  cairo_translate (cr, date_x, piece->height - paper->pitch);
  lz_paper_draw_lines (date, &type, date_width, 0, 1, cr);
  cairo_restore (cr);
}

void
lz_paper_add_closing (LzPaper *self, const char *office, const char *date)
{
  Closing *closing = g_new0 (Closing, 1);

  closing->office = g_strdup (office);
  closing->date = g_strdup (date);
  lz_paper_add_block (self, measure_closing, draw_closing, closing, free_closing);
}

/* --------------------------------------------------------------------------------- signatures */

static void
measure_signatures (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  guint n = g_strv_length (block->data);

  /* Nobody signs a page with nothing on it. */
  if (pieces->len > 0)
    g_array_index (pieces, LzPiece, pieces->len - 1).keep = TRUE;
  for (guint i = 0; i < n; i += 2)
    {
      LzPiece piece = { .block = block, .part = i, .height = SIGN_LINE * paper->pitch };

      piece.gap = i == 0 ? paper->pitch / 2 : 0;
      piece.keep = i + 2 < n;
      g_array_append_val (pieces, piece);
    }
}

static void
draw_signatures (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
  char **labels = piece->block->data;
  guint n = g_strv_length (labels);
  double half = paper->width / 2;
  LzType type = closing_type (paper);

  for (guint i = piece->part; i < n && i < piece->part + 2; i++)
    {
      double x = (i - piece->part) * half;
      double y = piece->height - type.pitch;
      g_autofree char *label = g_strconcat (labels[i], "：", NULL);
      double width = lz_paper_measure_words (paper, &type, label);
      g_autoptr (PangoLayout) layout = lz_paper_make_layout (paper, &type, -1, label, 0);

      cairo_save (cr);
      cairo_translate (cr, x, y);
      lz_paper_draw_lines (layout, &type, width, 0, 1, cr);
      cairo_set_line_width (cr, 0.6);
      cairo_move_to (cr, width, type.pitch * 0.5 + type.size * 0.55);
      cairo_rel_line_to (cr, MAX (half - width - type.size, 2 * type.size), 0);
      cairo_stroke (cr);
      cairo_restore (cr);
    }
}

void
lz_paper_add_signatures (LzPaper *self, const char *const *labels, guint n_labels)
{
  char **copy = g_new0 (char *, n_labels + 1);

  for (guint i = 0; i < n_labels; i++)
    copy[i] = g_strdup (labels[i]);
  lz_paper_add_block (self, measure_signatures, draw_signatures, copy, (GDestroyNotify) g_strfreev);
}
