/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of words: titles, headings, paragraphs; space and rules between them. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-paper-private.h"

#include <math.h>
#include <string.h>

#define TITLE_SIZE  22.0 /* 二号 */
#define SMALL_TITLE 18.0 /* 小二, for working papers */

typedef struct
{
  char *text;
  gsize lead;
  LzType type;
  double gap;
  double after;
  gboolean keep; /* with what follows */
  gboolean new_page;
  PangoLayout *layout;
} Words;

static void
free_words (gpointer data)
{
  Words *words = data;

  g_clear_object (&words->layout);
  g_free (words->text);
  g_free (words);
}

/* A line is a piece; no paragraph leaves one line alone before or after a page break. */
static void
measure_words (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  Words *words = block->data;
  guint n;

  g_clear_object (&words->layout);
  words->layout =
      lz_paper_make_layout (paper, &words->type, paper->width, words->text, words->lead);
  n = lz_paper_count_lines (words->layout);
  for (guint i = 0; i < n; i++)
    {
      LzPiece piece = { .block = block, .part = i, .height = words->type.pitch };

      piece.gap = i == 0 ? words->gap : 0;
      piece.keep = words->keep || (n > 1 && (i == 0 || i == n - 2));
      piece.new_page = i == 0 && words->new_page;
      if (i == n - 1)
        {
          piece.keep = words->keep;
          piece.height += words->after;
        }
      g_array_append_val (pieces, piece);
    }
}

static void
draw_words (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
  Words *words = piece->block->data;

  lz_paper_draw_lines (words->layout, &words->type, paper->width, piece->part, piece->part + 1, cr);
}

static Words *
add_words (LzPaper *self, const LzType *type, const char *text)
{
  Words *words = g_new0 (Words, 1);

  words->text = g_strdup (text);
  words->type = *type;
  lz_paper_add_block (self, measure_words, draw_words, words, free_words);
  return words;
}

LzType
lz_paper_body_type (const LzPaper *self)
{
  return (LzType){ .face = LZ_FACE_BODY,
                   .size = self->size,
                   .pitch = self->pitch,
                   .indent = 2 * self->size,
                   .justify = TRUE };
}

void
lz_paper_add_paragraph (LzPaper *self, const char *text)
{
  lz_paper_add_paragraph_with_lead (self, "", text);
}

void
lz_paper_add_paragraph_with_lead (LzPaper *self, const char *lead, const char *text)
{
  LzType type = lz_paper_body_type (self);
  g_autofree char *whole = g_strconcat (lead, text, NULL);

  add_words (self, &type, whole)->lead = strlen (lead);
}

void
lz_paper_add_lines (LzPaper *self, LzPaperAlign align, gboolean small, const char *text)
{
  LzType type = lz_paper_body_type (self);

  type.indent = 0;
  type.align = align;
  if (small)
    {
      type.face = LZ_FACE_SONG;
      type.size = self->table_size;
      type.pitch = self->table_size * 1.55;
    }
  add_words (self, &type, text);
}

void
lz_paper_add_caption (LzPaper *self, const char *text)
{
  LzType type = { .face = LZ_FACE_HEI, .size = self->table_size + 1, .align = LZ_PAPER_CENTRE };
  Words *words;

  type.pitch = type.size * 1.6;
  words = add_words (self, &type, text);
  words->keep = TRUE;
  words->gap = type.size / 2;
  words->after = 2;
}

void
lz_paper_add_heading (LzPaper *self, guint level, const char *text)
{
  static const LzFace faces[] = { LZ_FACE_HEI, LZ_FACE_HEI, LZ_FACE_KAI, LZ_FACE_BODY };
  LzType type = lz_paper_body_type (self);
  g_autofree char *numeral = NULL;
  g_autofree char *whole = NULL;

  g_return_if_fail (level >= 1 && level <= 3);

  self->numbers[level]++;
  for (guint i = level + 1; i < G_N_ELEMENTS (self->numbers); i++)
    self->numbers[i] = 0;
  numeral = lz_paper_dup_numeral (self->numbers[level]);
  if (level == 1)
    whole = g_strdup_printf ("%s、%s", numeral, text);
  else if (level == 2)
    whole = g_strdup_printf ("（%s）%s", numeral, text);
  else
    whole = g_strdup_printf ("%u．%s", self->numbers[level], text);
  type.face = faces[level];
  type.strong = level == 2 && g_str_has_prefix (self->families[LZ_FACE_KAI], "Noto");
  add_words (self, &type, whole)->keep = TRUE;
}

void
lz_paper_restart_headings (LzPaper *self)
{
  memset (self->numbers, 0, sizeof self->numbers);
}

/* A title of two lines has lines of like length: 词意完整,长短适宜. */
static char *
dup_balanced (LzPaper *self, const LzType *type, const char *title)
{
  double width = lz_paper_measure_words (self, type, title);
  guint n_lines = (guint) ceil (width / self->width);
  double narrow = width / MAX (n_lines, 1);
  GString *out;

  if (n_lines < 2 || strchr (title, '\n') != NULL)
    return g_strdup (title);
  for (double room = narrow + type->size; room < self->width; room += type->size)
    {
      g_autoptr (PangoLayout) layout = lz_paper_make_layout (self, type, room, title, 0);

      if (lz_paper_count_lines (layout) > n_lines)
        continue;
      out = g_string_new (NULL);
      for (guint i = 0; i < lz_paper_count_lines (layout); i++)
        {
          PangoLayoutLine *line = pango_layout_get_line_readonly (layout, (int) i);

          if (i > 0)
            g_string_append_c (out, '\n');
          g_string_append_len (out, title + line->start_index, line->length);
        }
      return g_string_free (out, FALSE);
    }
  return g_strdup (title);
}

static void
add_title (LzPaper *self, const char *title, double gap, gboolean new_page)
{
  gboolean working = self->form == LZ_PAPER_WORKING || self->form == LZ_PAPER_LANDSCAPE;
  LzType type = { .face = LZ_FACE_TITLE, .align = LZ_PAPER_CENTRE };
  g_autofree char *balanced = NULL;
  Words *words;

  type.size = working ? SMALL_TITLE : TITLE_SIZE;
  type.pitch = type.size * 1.55;
  balanced = dup_balanced (self, &type, title);
  words = add_words (self, &type, balanced);
  words->gap = gap;
  words->after = self->pitch * (working ? 0.3 : 0.7);
  words->keep = TRUE;
  words->new_page = new_page;
}

void
lz_paper_add_title (LzPaper *self, const char *title)
{
  add_title (self, title, self->pitch * 0.6, FALSE);
}

void
lz_paper_add_subtitle (LzPaper *self, const char *text)
{
  LzType type = lz_paper_body_type (self);
  Words *words;

  type.face = LZ_FACE_KAI;
  type.indent = 0;
  type.justify = FALSE;
  type.align = LZ_PAPER_CENTRE;
  words = add_words (self, &type, text);
  words->keep = TRUE;
  words->after = self->pitch * 0.4;
}

void
lz_paper_add_attachment (LzPaper *self, const char *label, const char *title)
{
  LzType type = lz_paper_body_type (self);
  Words *words;

  type.face = LZ_FACE_HEI;
  type.indent = 0;
  words = add_words (self, &type, label);
  words->new_page = TRUE;
  words->keep = TRUE;
  add_title (self, title, 0, FALSE);
}

/* -------------------------------------------------------------------------------- space, rules */

static void
measure_space (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  const double *lines = block->data;
  /* Room at the top of a page is none: it is the gap of nothing. */
  LzPiece piece = { .block = block, .gap = MAX (*lines, 0) * paper->pitch, .new_page = *lines < 0 };

  g_array_append_val (pieces, piece);
}

static void
draw_nothing (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
}

void
lz_paper_add_space (LzPaper *self, double lines)
{
  lz_paper_add_block (self, measure_space, draw_nothing, g_memdup2 (&lines, sizeof lines), g_free);
}

void
lz_paper_add_page_break (LzPaper *self)
{
  lz_paper_add_space (self, -1);
}

static void
measure_rule (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  LzPiece piece = { .block = block, .height = LZ_MM (3) };

  g_array_append_val (pieces, piece);
}

static void
draw_rule (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
  cairo_set_line_width (cr, 0.7);
  cairo_move_to (cr, 0, piece->height / 2);
  cairo_line_to (cr, paper->width, piece->height / 2);
  cairo_stroke (cr);
}

void
lz_paper_add_rule (LzPaper *self)
{
  lz_paper_add_block (self, measure_rule, draw_rule, NULL, NULL);
}
