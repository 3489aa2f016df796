/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-plot.h"
#include "lz-report-table.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * LzPaper:
 *
 * A document on A4 pages: blocks are added one after the other, then it is laid out and drawn, on a
 * printer, on a screen or into a PDF file.  Margins, type sizes, red head and page numbers follow
 * GB/T 9704-2012 (公文格式).  Lines break by the Chinese rules (no closing mark begins a line, no
 * opening one ends it) and are set to both edges.
 *
 * Fonts are those that are installed, by preference 仿宋, 楷体, 黑体 and 小标宋 as the standard
 * asks, else Noto CJK.  Used by one thread at a time, but not always the same: fill and lay it out
 * in a worker, draw it on the main thread.
 */
typedef struct _LzPaper LzPaper;

/**
 * LzPaperForm:
 * @LZ_PAPER_OFFICIAL: 公文: the type area of the standard, 156 × 225 mm, body in size 3 (三号), 22
 *   lines of 28 characters
 * @LZ_PAPER_LETTER: the same area, body in size 4 (四号), for papers with tables and photos
 * @LZ_PAPER_WORKING: for use inside the office: wider area, body in small size 4 (小四)
 * @LZ_PAPER_LANDSCAPE: the same, on its side, for wide tables
 */
typedef enum
{
  LZ_PAPER_OFFICIAL,
  LZ_PAPER_LETTER,
  LZ_PAPER_WORKING,
  LZ_PAPER_LANDSCAPE,
} LzPaperForm;

typedef enum
{
  LZ_PAPER_LEFT,
  LZ_PAPER_CENTRE,
  LZ_PAPER_RIGHT,
} LzPaperAlign;

/* @title: of the document, for its metadata and the printer's queue. */
LzPaper *lz_paper_new (LzPaperForm form, const char *title);
void lz_paper_free (LzPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPaper, lz_paper_free)

const char *lz_paper_get_title (const LzPaper *self);
/* For the metadata: who made it.  (nullable) */
void lz_paper_set_author (LzPaper *self, const char *author);
/* When it was made, ms UTC, for the metadata. */
void lz_paper_set_made (LzPaper *self, gint64 made_ms);
/* A small line at the foot of each page besides the page's number.  (nullable) */
void lz_paper_set_footer (LzPaper *self, const char *footer);

/**
 * lz_paper_add_red_head:
 * @office: who sends it, in red over the whole width: "登封市少林街道办事处文件"
 * @number: (nullable): the document's number, "登少办〔2026〕12号"
 *
 * The red head (红头) with its rule; the first block of a paper.
 */
void lz_paper_add_red_head (LzPaper *self, const char *office, const char *number);
/* The title in the middle, size 2, broken into lines of good shape. */
void lz_paper_add_title (LzPaper *self, const char *title);
/* A line below the title, in the middle: a number, a period.  Smaller. */
void lz_paper_add_subtitle (LzPaper *self, const char *text);
/* Level 1 一、 2 (一) 3 1. — numbered by themselves; kept with what follows. */
void lz_paper_add_heading (LzPaper *self, guint level, const char *text);
/* The next heading of level 1 is 一、 again, in an attachment. */
void lz_paper_restart_headings (LzPaper *self);
/* A paragraph with its first line two characters in. */
void lz_paper_add_paragraph (LzPaper *self, const char *text);
/* The same, beginning with words in bold. */
void lz_paper_add_paragraph_with_lead (LzPaper *self, const char *lead, const char *text);
/* Lines without indent; @small: the size of tables. */
void lz_paper_add_lines (LzPaper *self, LzPaperAlign align, gboolean small, const char *text);
/* "附件1" on a page of its own, with a title in the middle. */
void lz_paper_add_attachment (LzPaper *self, const char *label, const char *title);
/* Office and date at the right, below the text (落款): the date four characters in, the office's
 * name in the middle above it, with room for the seal. */
void lz_paper_add_closing (LzPaper *self, const char *office, const char *date);
/* One line to sign for each label, two next to each other: "签收人(签字)", with a date each. */
void lz_paper_add_signatures (LzPaper *self, const char *const *labels, guint n_labels);
/* A QR code (error correction M) with lines of small words beside it. */
void lz_paper_add_qr (LzPaper *self, const char *content, const char *beside);
/* Vertical room, in lines of the body. */
void lz_paper_add_space (LzPaper *self, double lines);
void lz_paper_add_page_break (LzPaper *self);
void lz_paper_add_rule (LzPaper *self);
/* Drawn @height_mm high over the whole width.  @plot: (transfer full) */
void lz_paper_add_plot (LzPaper *self, LzPlot *plot, double height_mm);

/**
 * LzPaperFact:
 * @label: what it is
 * @value: (nullable): what it says; may be long and have several lines
 * @wide: takes a row of its own
 */
typedef struct
{
  const char *label;
  const char *value;
  gboolean wide;
} LzPaperFact;

/* A ruled form of labels and values, two next to each other where they are short. */
void lz_paper_add_facts (LzPaper *self, const LzPaperFact *facts, guint n_facts);

/**
 * LzPaperPhoto:
 * @path: (nullable): a JPEG or PNG file; it is read when the page is drawn
 * @caption: (nullable): below it
 * @missing: (nullable): what to say in the frame where there is no such photo or it is broken
 */
typedef struct
{
  const char *path;
  const char *caption;
  const char *missing;
} LzPaperPhoto;

/* Photos next to each other, @per_row in a row (1 to 4), whole, none cut; kept with their captions.
 */
void lz_paper_add_photos (LzPaper *self, const LzPaperPhoto *photos, guint n_photos, guint per_row);

/**
 * LzPaperCell:
 * @text: (nullable)
 * @span: how many columns it takes; 0 = 1
 * @rows: how many rows of the head it takes; 0 = 1; heads only
 * @align: where its text stands
 * @strong: in bold
 */
typedef struct
{
  const char *text;
  guint span;
  guint rows;
  LzPaperAlign align;
  gboolean strong;
} LzPaperCell;

/**
 * lz_paper_begin_table:
 * @self: a paper
 * @weights: (nullable): how the width is shared out; %NULL = by what is in the columns
 * @n_columns: how many columns
 *
 * Begins a ruled table; rows are added by lz_paper_add_row(), heads first.  Heads are repeated on
 * each page, rows are kept whole unless they are higher than a third of a page.
 */
void lz_paper_begin_table (LzPaper *self, const double *weights, guint n_columns);
/* The cells of a row from left to right; those covered by a head above are left out. */
void lz_paper_add_row (LzPaper *self, gboolean head, const LzPaperCell *cells, guint n_cells);
/* A whole table of a report with its title, its note, and "none" where it has no rows. */
void lz_paper_add_report_table (LzPaper *self, const LzReportTable *table, gboolean with_title);

/* What was added last stays on one page, together with what is added next. */
void lz_paper_keep_together (LzPaper *self);

/* Breaks it into pages; done by itself when first drawn or counted.  Slow for long papers: in a
 * worker. */
gboolean lz_paper_layout (LzPaper *self, GCancellable *cancellable, GError **error);
guint lz_paper_get_n_pages (LzPaper *self);
/* In points; the same for all pages. */
void lz_paper_get_size (const LzPaper *self, double *width, double *height);
/* @page: from 0.  Onto a context whose unit is the point and whose origin is the paper's corner. */
void lz_paper_draw_page (LzPaper *self, guint page, cairo_t *cr);

/**
 * lz_paper_write_pdf:
 * @self: a paper
 * @path: the file; one that is there already is replaced once the new one is whole and durable
 * @cancellable: (nullable): stops it, and leaves nothing
 * @error: (nullable): %LZ_ERROR_NO_SPACE, %LZ_ERROR_READ_ONLY and the like
 *
 * Writes the pages as PDF with the fonts in it.  Blocks: call it in a worker.
 *
 * Returns: %TRUE once the file is durable
 */
gboolean
lz_paper_write_pdf (LzPaper *self, const char *path, GCancellable *cancellable, GError **error);

/* A report as a paper of its own: title, office and period, all tables. */
LzPaper *lz_paper_new_for_report (const LzReport *report);

/* 1 → "一", 12 → "十二", 20 → "二十", 100 → "一百"; up to 9999. */
char *lz_paper_dup_numeral (guint number);

G_END_DECLS
