/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-paper-private.h"

#include <string.h>

/* GB/T 9704-2012, 5.2: A4, 37 mm above, 28 mm at the binding, type area 156 × 225 mm, 22 lines of
 * 28 characters. */
#define OFFICIAL_LEFT   28
#define OFFICIAL_TOP    37
#define OFFICIAL_WIDTH  156
#define OFFICIAL_HEIGHT 225
#define OFFICIAL_LINES  22
#define OFFICIAL_CHARS  28
#define A4_SHORT        210
#define A4_LONG         297
#define WORKING_MARGIN  18
#define WORKING_BOTTOM  22
#define LETTER_SIZE     14.0 /* 四号 */
#define LETTER_PITCH    24.0
#define WORKING_SIZE    12.0 /* 小四 */
#define WORKING_PITCH   19.0
#define TABLE_SIZE      10.5 /* 五号 */
#define SMALL_TABLE     9.0  /* 小五 */

static void
free_block (gpointer data)
{
  LzBlock *block = data;

  if (block->free != NULL)
    block->free (block->data);
  g_free (block);
}

static void
set_official_area (LzPaper *self)
{
  self->left = LZ_MM (OFFICIAL_LEFT);
  self->top = LZ_MM (OFFICIAL_TOP);
  self->width = LZ_MM (OFFICIAL_WIDTH);
  self->height = LZ_MM (OFFICIAL_HEIGHT);
}

static void
set_form (LzPaper *self)
{
  gboolean lying = self->form == LZ_PAPER_LANDSCAPE;

  self->page_width = LZ_MM (lying ? A4_LONG : A4_SHORT);
  self->page_height = LZ_MM (lying ? A4_SHORT : A4_LONG);
  self->table_size = TABLE_SIZE;
  switch (self->form)
    {
    case LZ_PAPER_OFFICIAL:
      set_official_area (self);
      self->size = self->width / OFFICIAL_CHARS;
      self->pitch = self->height / OFFICIAL_LINES;
      break;
    case LZ_PAPER_LETTER:
      set_official_area (self);
      self->size = LETTER_SIZE;
      self->pitch = LETTER_PITCH;
      break;
    case LZ_PAPER_WORKING:
    case LZ_PAPER_LANDSCAPE:
    default:
      self->left = LZ_MM (WORKING_MARGIN);
      self->top = LZ_MM (WORKING_MARGIN);
      self->width = self->page_width - 2 * self->left;
      self->height = self->page_height - self->top - LZ_MM (WORKING_BOTTOM);
      self->size = WORKING_SIZE;
      self->pitch = WORKING_PITCH;
      self->table_size = SMALL_TABLE;
      break;
    }
}

LzPaper *
lz_paper_new (LzPaperForm form, const char *title)
{
  LzPaper *self = g_new0 (LzPaper, 1);

  g_return_val_if_fail (title != NULL, NULL);

  self->form = form;
  self->title = g_strdup (title);
  self->blocks = g_ptr_array_new_with_free_func (free_block);
  set_form (self);
  lz_paper_set_up_fonts (self);
  return self;
}

void
lz_paper_free (LzPaper *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->placed, g_array_unref);
  g_ptr_array_unref (self->blocks);
  g_clear_object (&self->context);
  g_clear_object (&self->fonts);
  for (guint i = 0; i < LZ_N_FACES; i++)
    g_free (self->families[i]);
  g_free (self->title);
  g_free (self->author);
  g_free (self->footer);
  g_free (self);
}

const char *
lz_paper_get_title (const LzPaper *self)
{
  return self->title;
}

void
lz_paper_set_author (LzPaper *self, const char *author)
{
  g_free (self->author);
  self->author = g_strdup (author);
}

void
lz_paper_set_made (LzPaper *self, gint64 made_ms)
{
  self->made_ms = made_ms;
}

void
lz_paper_set_footer (LzPaper *self, const char *footer)
{
  g_free (self->footer);
  self->footer = g_strdup (footer);
}

void
lz_paper_get_size (const LzPaper *self, double *width, double *height)
{
  *width = self->page_width;
  *height = self->page_height;
}

LzBlock *
lz_paper_add_block (LzPaper *self,
                    void (*measure) (LzPaper *, LzBlock *, GArray *),
                    void (*draw) (LzPaper *, const LzPiece *, cairo_t *),
                    gpointer data,
                    GDestroyNotify free_data)
{
  LzBlock *block = g_new0 (LzBlock, 1);

  block->measure = measure;
  block->draw = draw;
  block->data = data;
  block->free = free_data;
  g_ptr_array_add (self->blocks, block);
  g_clear_pointer (&self->placed, g_array_unref);
  return block;
}

void
lz_paper_keep_together (LzPaper *self)
{
  g_return_if_fail (self->blocks->len > 0);

  ((LzBlock *) g_ptr_array_index (self->blocks, self->blocks->len - 1))->together = TRUE;
}

void
lz_paper_keep_end (LzPaper *self)
{
  g_return_if_fail (self->blocks->len > 0);

  ((LzBlock *) g_ptr_array_index (self->blocks, self->blocks->len - 1))->leads = TRUE;
}

char *
lz_paper_dup_numeral (guint number)
{
  static const char *const digits[] = {
    "零", "一", "二", "三", "四", "五", "六", "七", "八", "九"
  };
  static const char *const places[] = { "", "十", "百", "千" };
  GString *out = g_string_new (NULL);
  gboolean gap = FALSE;
  guint power = 1000;

  if (number == 0 || number > 9999)
    {
      g_string_printf (out, number == 0 ? "零" : "%u", number);
      return g_string_free (out, FALSE);
    }
  for (guint place = 4; place-- > 0; power /= 10)
    {
      guint digit = number / power % 10;

      if (digit == 0)
        {
          gap = out->len > 0;
          continue;
        }
      if (gap)
        g_string_append (out, digits[0]);
      gap = FALSE;
      /* 十二, not 一十二 */
      if (!(place == 1 && digit == 1 && out->len == 0))
        g_string_append (out, digits[digit]);
      g_string_append (out, places[place]);
    }
  return g_string_free (out, FALSE);
}
