/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * LzGlyph:
 * @path: its outline around the origin of its baseline; units of LZ_GLYPH_EM to the em
 * @x: where it begins, em from the start of the text
 * @advance: its width, em
 */
typedef struct
{
  const cairo_path_t *path;
  double x;
  double advance;
} LzGlyph;

/** LZ_STREET_TEXT_FAMILIES: the first that is there is taken; fontconfig finds what it lacks. */
#define LZ_STREET_TEXT_FAMILIES "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, Sans"

/** LZ_GLYPH_EM: units of a glyph's outline that make one em. */
#define LZ_GLYPH_EM 64.0

/** LZ_GLYPH_MIDDLE: height of a letter's middle above the baseline, em. */
#define LZ_GLYPH_MIDDLE 0.37

/**
 * LzTextRun:
 * @width: em
 * @stackable: only characters that may stand one below another: Chinese
 *
 * A name, shaped once; outlines scale and turn freely and are shared by all threads.
 */
typedef struct
{
  guint n_glyphs;
  LzGlyph *glyphs;
  double width;
  gboolean stackable;
} LzTextRun;

/**
 * LzStreetText:
 *
 * Shapes names and keeps them.  Not locked: one thread at a time; what it gave out may be read by
 * any thread as long as it lives.
 */
typedef struct _LzStreetText LzStreetText;

LzStreetText *lz_street_text_new (void);
void lz_street_text_free (LzStreetText *self);

/* (transfer none): the run of @text; has no glyphs if no font knows it. */
const LzTextRun *lz_street_text_shape (LzStreetText *self, const char *text, gboolean bold);

G_END_DECLS
