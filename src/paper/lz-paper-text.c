/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of words: red head, titles, headings, paragraphs, closing. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-paper-private.h"

#include <math.h>
#include <string.h>

#define TITLE_SIZE     22.0 /* 二号 */
#define SMALL_TITLE    18.0 /* 小二, for working papers */
#define RED_SIZE       36.0 /* at most; narrower names get less */
#define RED_MIN        20.0
#define CLOSING_INDENT 4   /* characters, 右空四字 */
#define CLOSING_WITH   4   /* lines of the body at least that are on the page of the closing */
#define SIGN_LINE      1.8 /* lines of the body from signature to signature */

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

static LzType
body_type (const LzPaper *self)
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
  LzType type = body_type (self);
  g_autofree char *whole = g_strconcat (lead, text, NULL);

  add_words (self, &type, whole)->lead = strlen (lead);
}

void
lz_paper_add_lines (LzPaper *self, LzPaperAlign align, gboolean small, const char *text)
{
  LzType type = body_type (self);

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
  LzType type = body_type (self);
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
  LzType type = body_type (self);
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
  LzType type = body_type (self);
  Words *words;

  type.face = LZ_FACE_HEI;
  type.indent = 0;
  words = add_words (self, &type, label);
  words->new_page = TRUE;
  words->keep = TRUE;
  add_title (self, title, 0, FALSE);
}

/* ---------------------------------------------------------------------------------- red head */

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
      LzType small = body_type (paper);
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

/* ----------------------------------------------------------------------------------- closing */

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
  LzType type = body_type (self);

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
