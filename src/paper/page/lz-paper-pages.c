/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breaks a paper into pages, draws them, writes them as PDF. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-atomic.h"
#include "lz-error.h"
#include "lz-paper-private.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <stdio.h>

#define NUMBER_SIZE     14.0 /* 四号 */
#define NUMBER_BELOW_MM 7    /* of the type area, GB/T 9704 7.5 */
#define FOOTER_SIZE     8.5
#define CANCEL_BLOCKS   16

/* Where the next piece goes. */
typedef struct
{
  LzPaper *paper;
  guint page;
  double y;
  LzBlock *last; /* on this page */
} Place;

static void
begin_page (Place *place)
{
  place->page++;
  place->y = 0;
  place->last = NULL;
}

static void
put (Place *place, const LzPiece *piece)
{
  LzPlaced placed = { .page = place->page, .y = place->y, .piece = *piece };

  g_array_append_val (place->paper->placed, placed);
  place->y += piece->height;
  place->last = piece->block;
}

static gboolean
is_head (const LzPiece *piece)
{
  return piece->block->head.height > 0 && piece->to == 0;
}

/* The head of a table goes above rows that go on below a page break. */
static double
head_above (const Place *place, const LzPiece *piece)
{
  return place->y == 0 && piece->block->head.height > 0 && !is_head (piece)
             ? piece->block->head.height
             : 0;
}

/* How high the pieces from @first are that must be on one page. */
static double
measure_group (const GArray *pieces, guint first, guint *n)
{
  double height = 0;
  guint i = first;

  for (; i < pieces->len; i++)
    {
      const LzPiece *piece = &g_array_index (pieces, LzPiece, i);

      height += piece->height + (i > first ? piece->gap : 0);
      if (!piece->keep)
        break;
    }
  *n = MIN (i, pieces->len - 1) - first + 1;
  return height;
}

static void
place_pieces (LzPaper *self, const GArray *pieces)
{
  Place place = { .paper = self };

  for (guint i = 0; i < pieces->len; i++)
    {
      const LzPiece *piece = &g_array_index (pieces, LzPiece, i);
      guint n_group;
      double group = measure_group (pieces, i, &n_group);
      double gap = place.y > 0 ? piece->gap : 0;
      double least = group <= self->height ? group : piece->height;

      if (place.y > 0 && (piece->new_page || place.y + gap + least > self->height + 0.5))
        {
          begin_page (&place);
          gap = 0;
        }
      if (head_above (&place, piece) > 0 &&
          place.y + piece->block->head.height + piece->height <= self->height)
        {
          LzPiece head = piece->block->head;

          put (&place, &head);
        }
      place.y += gap;
      put (&place, piece);
    }
  self->n_pages = place.page + 1;
}

gboolean
lz_paper_layout (LzPaper *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) pieces = NULL;

  if (self->placed != NULL)
    return TRUE;
  pieces = g_array_new (FALSE, TRUE, sizeof (LzPiece));
  for (guint i = 0; i < self->blocks->len; i++)
    {
      LzBlock *block = g_ptr_array_index (self->blocks, i);
      guint first;

      if (i % CANCEL_BLOCKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      first = pieces->len;
      block->measure (self, block, pieces);
      for (guint p = first; block->together && p < pieces->len; p++)
        g_array_index (pieces, LzPiece, p).keep = TRUE;
      if (block->leads && pieces->len > first)
        g_array_index (pieces, LzPiece, pieces->len - 1).keep = TRUE;
    }
  self->placed = g_array_new (FALSE, TRUE, sizeof (LzPlaced));
  place_pieces (self, pieces);
  return TRUE;
}

guint
lz_paper_get_n_pages (LzPaper *self)
{
  lz_paper_layout (self, NULL, NULL);
  return self->n_pages;
}

/* "— 1 —": odd pages at the right, even ones at the left, one character in. */
static void
draw_foot (LzPaper *self, guint page, cairo_t *cr)
{
  gboolean official = self->form == LZ_PAPER_OFFICIAL || self->form == LZ_PAPER_LETTER;
  LzType type = { .face = LZ_FACE_SONG, .size = official ? NUMBER_SIZE : FOOTER_SIZE + 1 };
  g_autofree char *number = official ? g_strdup_printf ("— %u —", page + 1)
                                     : g_strdup_printf ("— %u / %u —", page + 1, self->n_pages);
  g_autoptr (PangoLayout) layout = NULL;
  double width;
  gboolean odd = page % 2 == 0;
  double y = self->top + self->height + LZ_MM (NUMBER_BELOW_MM) - type.size;

  type.pitch = type.size * 1.4;
  width = lz_paper_measure_words (self, &type, number);
  layout = lz_paper_make_layout (self, &type, -1, number, 0);
  cairo_save (cr);
  cairo_translate (cr,
                   odd || !official ? self->left + self->width - width - type.size
                                    : self->left + type.size,
                   y);
  lz_paper_draw_lines (layout, &type, width, 0, 1, cr);
  cairo_restore (cr);
  if (self->footer != NULL)
    {
      double room = self->width - width - 4 * type.size;
      LzType small = { .face = LZ_FACE_SONG, .size = FOOTER_SIZE, .pitch = FOOTER_SIZE * 1.4 };
      g_autoptr (PangoLayout) words = lz_paper_make_layout (self, &small, room, self->footer, 0);

      small.align = odd || !official ? LZ_PAPER_LEFT : LZ_PAPER_RIGHT;
      cairo_save (cr);
      cairo_set_source_rgb (cr, 0.4, 0.4, 0.4);
      cairo_translate (cr, odd || !official ? self->left : self->left + self->width - room,
                       y + (type.pitch - small.pitch) / 2);
      lz_paper_draw_lines (words, &small, room, 0, 2, cr);
      cairo_restore (cr);
    }
}

void
lz_paper_draw_page (LzPaper *self, guint page, cairo_t *cr)
{
  lz_paper_layout (self, NULL, NULL);
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < self->placed->len; i++)
    {
      const LzPlaced *placed = &g_array_index (self->placed, LzPlaced, i);

      if (placed->page != page)
        continue;
      cairo_save (cr);
      cairo_translate (cr, self->left, self->top + placed->y);
      placed->piece.block->draw (self, &placed->piece, cr);
      cairo_restore (cr);
    }
  draw_foot (self, page, cr);
  cairo_restore (cr);
}

/* ----------------------------------------------------------------------------------------- PDF */

typedef struct
{
  FILE *file;
  int saved_errno; /* of the first write that failed */
} Stream;

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int length)
{
  Stream *stream = data;

  if (stream->saved_errno == 0 && fwrite (bytes, 1, length, stream->file) != length)
    stream->saved_errno = errno != 0 ? errno : EIO;
  return stream->saved_errno == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void
set_metadata (const LzPaper *self, cairo_surface_t *surface)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Luzhang " LZ_VERSION);
  if (self->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
  if (self->made_ms != 0)
    {
      g_autoptr (GDateTime) made = g_date_time_new_from_unix_utc (self->made_ms / 1000);
      g_autofree char *text = g_date_time_format (made, "%Y-%m-%dT%H:%M:%SZ");

      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
    }
}

static gboolean
draw_all (LzPaper *self, cairo_surface_t *surface, GCancellable *cancellable, GError **error)
{
  cairo_t *cr = cairo_create (surface);
  gboolean good = TRUE;

  for (guint page = 0; good && page < self->n_pages; page++)
    {
      good = !g_cancellable_set_error_if_cancelled (cancellable, error);
      if (!good)
        break;
      lz_paper_draw_page (self, page, cr);
      cairo_show_page (cr);
    }
  if (good && cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_FAILED, "drawing the pages: %s",
                   cairo_status_to_string (cairo_status (cr)));
      good = FALSE;
    }
  cairo_destroy (cr);
  return good;
}

static gboolean
write_pages (LzPaper *self, const char *temp, GCancellable *cancellable, GError **error)
{
  Stream stream = { .file = fopen (temp, "we") };
  cairo_surface_t *surface;
  g_autoptr (GError) failure = NULL;
  gboolean good;

  if (stream.file == NULL)
    return lz_error_set_errno (error, errno, "opening", temp);
  surface =
      cairo_pdf_surface_create_for_stream (write_cb, &stream, self->page_width, self->page_height);
  set_metadata (self, surface);
  good = draw_all (self, surface, cancellable, &failure);
  cairo_surface_finish (surface);
  if (good && cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (&failure, LZ_ERROR, LZ_ERROR_FAILED, "writing %s: %s", temp,
                   cairo_status_to_string (cairo_surface_status (surface)));
      good = FALSE;
    }
  cairo_surface_destroy (surface);
  if (fclose (stream.file) != 0 && stream.saved_errno == 0)
    stream.saved_errno = errno != 0 ? errno : EIO;
  if (stream.saved_errno != 0)
    return lz_error_set_errno (error, stream.saved_errno, "writing", temp);
  if (!good)
    g_propagate_error (error, g_steal_pointer (&failure));
  return good;
}

gboolean
lz_paper_write_pdf (LzPaper *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LzAtomic) atomic = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (!lz_paper_layout (self, cancellable, error))
    return FALSE;
  atomic = lz_atomic_new (path, error);
  return atomic != NULL && write_pages (self, lz_atomic_get_temp (atomic), cancellable, error) &&
         lz_atomic_commit (atomic, error);
}
