/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The red head of an office's papers. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-paper-private.h"

#define RED_SIZE 36.0 /* at most; narrower names get less */
#define RED_MIN  20.0

typedef struct
{
  char *office;
  char *number;
} RedHead;

static void
free_red_head (gpointer data)
{
  RedHead *head = data;

  g_free (head->office);
  g_free (head->number);
  g_free (head);
}

static LzType
red_type (LzPaper *self, const char *office)
{
  LzType type = { .face = LZ_FACE_TITLE, .size = RED_SIZE, .align = LZ_PAPER_CENTRE };
  double width = lz_paper_measure_words (self, &type, office);

  if (width > self->width)
    type.size = MAX (RED_MIN, RED_SIZE * self->width / width * 0.99);
  type.pitch = type.size * 1.5;
  return type;
}

static double
red_height (LzPaper *self, const char *office)
{
  LzType type = red_type (self, office);
  g_autoptr (PangoLayout) layout = lz_paper_make_layout (self, &type, self->width, office, 0);

  return lz_paper_count_lines (layout) * type.pitch;
}

static void
measure_red_head (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  const RedHead *head = block->data;
  /* The standard sets the name 35 mm below the edge of the type area where papers go up or
   * outside; inside an office less is usual. */
  LzPiece piece = { .block = block, .keep = TRUE };

  piece.height = LZ_MM (8) + red_height (paper, head->office) +
                 (head->number != NULL ? 2 * paper->pitch : paper->pitch) + LZ_MM (4) +
                 paper->pitch;
  g_array_append_val (pieces, piece);
}

static void
draw_red_head (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
  const RedHead *head = piece->block->data;
  LzType type = red_type (paper, head->office);
  g_autoptr (PangoLayout) layout =
      lz_paper_make_layout (paper, &type, paper->width, head->office, 0);
  double y = LZ_MM (8) + red_height (paper, head->office);

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.85, 0, 0);
  cairo_translate (cr, 0, LZ_MM (8));
  lz_paper_draw_lines (layout, &type, paper->width, 0, G_MAXUINT, cr);
  cairo_restore (cr);
  if (head->number != NULL)
    {
      LzType small = lz_paper_body_type (paper);
      g_autoptr (PangoLayout) number = NULL;

      small.indent = 0;
      small.align = LZ_PAPER_CENTRE;
      number = lz_paper_make_layout (paper, &small, paper->width, head->number, 0);
      cairo_save (cr);
      cairo_translate (cr, 0, y + paper->pitch);
      lz_paper_draw_lines (number, &small, paper->width, 0, 1, cr);
      cairo_restore (cr);
    }
  y += (head->number != NULL ? 2 * paper->pitch : paper->pitch) + LZ_MM (4);
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.85, 0, 0);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, paper->width, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
lz_paper_add_red_head (LzPaper *self, const char *office, const char *number)
{
  RedHead *head = g_new0 (RedHead, 1);

  head->office = g_strdup (office);
  head->number = g_strdup (number);
  lz_paper_add_block (self, measure_red_head, draw_red_head, head, free_red_head);
}
