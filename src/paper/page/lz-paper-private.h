/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-paper.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

#define LZ_MM(mm) ((mm) *72.0 / 25.4)

/* The faces that the standard names; which fonts they are depends on what is installed. */
typedef enum
{
  LZ_FACE_BODY,  /* 仿宋 */
  LZ_FACE_KAI,   /* 楷体 */
  LZ_FACE_HEI,   /* 黑体 */
  LZ_FACE_TITLE, /* 小标宋 */
  LZ_FACE_SONG,  /* 宋体: page numbers, tables */
  LZ_N_FACES
} LzFace;

/**
 * LzType: how words are set
 * @size: points
 * @pitch: from line to line
 * @indent: of the first line
 * @justify: to both edges
 */
typedef struct
{
  LzFace face;
  double size;
  double pitch;
  double indent;
  LzPaperAlign align;
  gboolean justify;
  gboolean strong;
} LzType;

typedef struct _LzBlock LzBlock;

/**
 * LzPiece: what is never divided between pages: a line, a row of a table, a photo with its caption
 * @part: which of its block
 * @from: lines of a row that is higher than a page allows
 * @gap: room above it, unless it is the first on its page
 * @keep: on the same page as the next one
 */
typedef struct
{
  LzBlock *block;
  guint part;
  guint from;
  guint to;
  double gap;
  double height;
  gboolean keep;
  gboolean new_page;
} LzPiece;

/**
 * LzBlock: what was added to a paper
 * @measure: appends its pieces
 * @draw: draws one of them with its left upper corner at the origin
 * @free: of @data
 * @head: pieces of it that begin a page below others of its own are preceded by this one; its
 *   height is 0 where there is none
 */
struct _LzBlock
{
  void (*measure) (LzPaper *paper, LzBlock *block, GArray *pieces);
  void (*draw) (LzPaper *paper, const LzPiece *piece, cairo_t *cr);
  GDestroyNotify free;
  gpointer data;
  LzPiece head;
  gboolean together; /* on one page, with what follows */
  gboolean leads;    /* its last piece is on one page with what follows */
};

typedef struct
{
  guint page;
  double y;
  LzPiece piece;
} LzPlaced;

struct _LzPaper
{
  LzPaperForm form;
  char *title;
  char *author;
  char *footer;
  gint64 made_ms;

  double page_width;
  double page_height;
  double left;
  double top;
  double width; /* of the type area */
  double height;
  double size; /* of the body */
  double pitch;
  double table_size;

  PangoFontMap *fonts;
  PangoContext *context;
  char *families[LZ_N_FACES];
  gboolean heavy[LZ_N_FACES]; /* a substitute that has to be bold to be told from the body */

  GPtrArray *blocks;
  guint numbers[4]; /* of the headings so far */
  GArray *placed;   /* LzPlaced in order; NULL = not laid out */
  guint n_pages;
};

void lz_paper_set_up_fonts (LzPaper *self);

LzBlock *lz_paper_add_block (LzPaper *self,
                             void (*measure) (LzPaper *, LzBlock *, GArray *),
                             void (*draw) (LzPaper *, const LzPiece *, cairo_t *),
                             gpointer data,
                             GDestroyNotify free_data);

/* The end of what was added last is on one page with what is added next. */
void lz_paper_keep_end (LzPaper *self);
/* A small heading over a table or plot, kept with it. */
void lz_paper_add_caption (LzPaper *self, const char *text);
/* What the figures of a report mean, in small lines. */
void lz_paper_add_definitions (LzPaper *self, const LzReport *report);

/* Of a paragraph. */
LzType lz_paper_body_type (const LzPaper *self);

/* A layout of words within @width; @lead characters (bytes) at the front are bold. */
PangoLayout *lz_paper_make_layout (LzPaper *self,
                                   const LzType *type,
                                   double width,
                                   const char *text,
                                   gsize lead);
guint lz_paper_count_lines (PangoLayout *layout);
/* Draws lines @from to before @to below each other from the origin. */
void lz_paper_draw_lines (PangoLayout *layout,
                          const LzType *type,
                          double width,
                          guint from,
                          guint to,
                          cairo_t *cr);
/* Width of the widest line if nothing is broken. */
double lz_paper_measure_words (LzPaper *self, const LzType *type, const char *text);

G_END_DECLS
