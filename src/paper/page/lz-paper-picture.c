/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos, QR codes and plots on paper. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-paper-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <qrencode.h>
#include <string.h>

#define PHOTO_GAP       8.0
#define PHOTO_RATIO     0.75 /* height of the frame to its width */
#define QR_SIZE_MM      24
#define QR_QUIET        4 /* modules around it that stay white, ISO/IEC 18004 */
#define PHOTO_MAX_BYTES (16 * 1024 * 1024)

typedef struct
{
  char *path;
  char *caption;
  char *missing;
} Photo;

typedef struct
{
  GArray *photos; /* Photo */
  guint per_row;
  double frame_width;
  double frame_height;
} Photos;

static void
clear_photo (gpointer data)
{
  Photo *photo = data;

  g_free (photo->path);
  g_free (photo->caption);
  g_free (photo->missing);
}

static void
free_photos (gpointer data)
{
  Photos *photos = data;

  g_array_unref (photos->photos);
  g_free (photos);
}

static LzType
caption_type (const LzPaper *paper)
{
  return (LzType){ .face = LZ_FACE_SONG,
                   .size = paper->table_size,
                   .pitch = paper->table_size * 1.4,
                   .align = LZ_PAPER_CENTRE };
}

static double
caption_height (LzPaper *paper, const Photos *photos, guint first)
{
  LzType type = caption_type (paper);
  guint most = 0;

  for (guint i = first; i < photos->photos->len && i < first + photos->per_row; i++)
    {
      const Photo *photo = &g_array_index (photos->photos, Photo, i);
      g_autoptr (PangoLayout) layout = NULL;

      if (photo->caption == NULL)
        continue;
      layout = lz_paper_make_layout (paper, &type, photos->frame_width, photo->caption, 0);
      most = MAX (most, lz_paper_count_lines (layout));
    }
  return most * type.pitch + (most > 0 ? 3 : 0);
}

static void
measure_photos (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  Photos *photos = block->data;

  photos->frame_width = (paper->width - (photos->per_row - 1) * PHOTO_GAP) / photos->per_row;
  photos->frame_height = MIN (photos->frame_width * PHOTO_RATIO, paper->height * 0.45);
  for (guint i = 0; i < photos->photos->len; i += photos->per_row)
    {
      LzPiece piece = { .block = block, .part = i, .gap = PHOTO_GAP };

      piece.height = photos->frame_height + caption_height (paper, photos, i);
      g_array_append_val (pieces, piece);
    }
}

static void
free_pixels (gpointer data)
{
  g_free (data);
}

/* ARGB32 pixels of an upright picture: cairo's own order, alpha laid over white. */
static cairo_surface_t *
make_surface (GdkPixbuf *pixbuf)
{
  static const cairo_user_data_key_t key;
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int stride = cairo_format_stride_for_width (CAIRO_FORMAT_RGB24, width);
  int n = gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *to = g_malloc ((gsize) stride * (gsize) height);
  cairo_surface_t *surface;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = from + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) + x * n;
        guint alpha = n == 4 ? p[3] : 255;
        guint32 r = (p[0] * alpha + 255 * (255 - alpha)) / 255;
        guint32 g = (p[1] * alpha + 255 * (255 - alpha)) / 255;
        guint32 b = (p[2] * alpha + 255 * (255 - alpha)) / 255;

        *(guint32 *) (gpointer) (to + (gsize) y * (gsize) stride + (gsize) x * 4) =
            r << 16 | g << 8 | b;
      }
  surface = cairo_image_surface_create_for_data (to, CAIRO_FORMAT_RGB24, width, height, stride);
  cairo_surface_set_user_data (surface, &key, to, free_pixels);
  return surface;
}

/* (nullable): what cannot be decoded is none. */
static GdkPixbuf *
decode (const char *bytes, gsize length)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean good = gdk_pixbuf_loader_write (loader, (const guchar *) bytes, length, NULL);
  GdkPixbuf *pixbuf;

  good = gdk_pixbuf_loader_close (loader, NULL) && good;
  pixbuf = good ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf != NULL ? g_object_ref (pixbuf) : NULL;
}

/* The size of a JPEG that can go into a PDF as it is: grey or YCbCr, 8 bits, upright (no EXIF).
 * FALSE: it has to be decoded to know. */
static gboolean
read_jpeg_size (const char *bytes, gsize length, int *width, int *height)
{
  const guint8 *p = (const guint8 *) bytes;
  gsize at = 2;

  if (length < 4 || p[0] != 0xff || p[1] != 0xd8 || p[length - 2] != 0xff || p[length - 1] != 0xd9)
    return FALSE; /* none, or cut off */
  while (at + 10 <= length && p[at] == 0xff)
    {
      guint8 marker = p[at + 1];
      gsize size = (gsize) p[at + 2] << 8 | p[at + 3];

      if (marker == 0xe1 || marker == 0xee || size < 2) /* EXIF, Adobe's colours */
        return FALSE;
      if (marker >= 0xc0 && marker <= 0xc2)
        {
          *height = p[at + 5] << 8 | p[at + 6];
          *width = p[at + 7] << 8 | p[at + 8];
          return p[at + 4] == 8 && (p[at + 9] == 1 || p[at + 9] == 3) && *width > 0 && *height > 0;
        }
      at += 2 + size;
    }
  return FALSE;
}

static void
attach_jpeg (cairo_surface_t *surface, char *bytes, gsize length)
{
  if (cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, (guchar *) bytes, length,
                                   free_pixels, bytes) != CAIRO_STATUS_SUCCESS)
    g_free (bytes);
}

/* Reads a picture; a JPEG that stands upright goes into a PDF as it is, and if it is one of ours
 * (@as_file) its pixels are not even looked at. */
static cairo_surface_t *
load_surface (const char *path, gboolean as_file)
{
  int width, height;
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;
  cairo_surface_t *surface;
  const char *orientation;

  if (!g_file_get_contents (path, &bytes, &length, NULL) || length == 0 || length > PHOTO_MAX_BYTES)
    return NULL;
  if (as_file && read_jpeg_size (bytes, length, &width, &height))
    {
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
      attach_jpeg (surface, g_steal_pointer (&bytes), length);
      return surface;
    }
  pixbuf = decode (bytes, length);
  if (pixbuf == NULL)
    return NULL;
  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  orientation = gdk_pixbuf_get_option (pixbuf, "orientation");
  surface = make_surface (upright);
  if (length > 3 && memcmp (bytes, "\xff\xd8\xff", 3) == 0 &&
      (orientation == NULL || g_str_equal (orientation, "1")))
    attach_jpeg (surface, g_steal_pointer (&bytes), length);
  return surface;
}

static void
draw_missing (LzPaper *paper, const Photos *photos, const Photo *photo, cairo_t *cr)
{
  LzType type = caption_type (paper);
  const char *words = photo->missing != NULL ? photo->missing : _ ("The photo cannot be read");
  double width = photos->frame_width - 2 * type.size;
  g_autoptr (PangoLayout) layout = lz_paper_make_layout (paper, &type, width, words, 0);
  double height = lz_paper_count_lines (layout) * type.pitch;

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.96, 0.96, 0.96);
  cairo_rectangle (cr, 0, 0, photos->frame_width, photos->frame_height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.45, 0.45, 0.45);
  cairo_set_line_width (cr, 0.6);
  cairo_set_dash (cr, (double[]){ 4, 3 }, 2, 0);
  cairo_rectangle (cr, 0, 0, photos->frame_width, photos->frame_height);
  cairo_stroke (cr);
  cairo_translate (cr, type.size, (photos->frame_height - height) / 2);
  lz_paper_draw_lines (layout, &type, width, 0, G_MAXUINT, cr);
  cairo_restore (cr);
}

static void
draw_picture (const Photos *photos, cairo_surface_t *surface, cairo_t *cr)
{
  double width = cairo_image_surface_get_width (surface);
  double height = cairo_image_surface_get_height (surface);
  double scale = MIN (photos->frame_width / width, photos->frame_height / height);
  double x = (photos->frame_width - width * scale) / 2;
  double y = photos->frame_height - height * scale;

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.55, 0.55, 0.55);
  cairo_set_line_width (cr, 0.4);
  cairo_rectangle (cr, x, y, width * scale, height * scale);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_photo (LzPaper *paper, const Photos *photos, const Photo *photo, cairo_t *cr)
{
  LzType type = caption_type (paper);
  gboolean as_file = cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_PDF;
  cairo_surface_t *surface = photo->path != NULL ? load_surface (photo->path, as_file) : NULL;
  g_autoptr (PangoLayout) layout = NULL;

  if (surface != NULL && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    draw_picture (photos, surface, cr);
  else
    draw_missing (paper, photos, photo, cr);
  if (surface != NULL)
    cairo_surface_destroy (surface);
  if (photo->caption == NULL)
    return;
  layout = lz_paper_make_layout (paper, &type, photos->frame_width, photo->caption, 0);
  cairo_save (cr);
  cairo_translate (cr, 0, photos->frame_height + 2);
  lz_paper_draw_lines (layout, &type, photos->frame_width, 0, G_MAXUINT, cr);
  cairo_restore (cr);
}

static void
draw_photos (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
  const Photos *photos = piece->block->data;

  for (guint i = piece->part; i < photos->photos->len && i < piece->part + photos->per_row; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, (i - piece->part) * (photos->frame_width + PHOTO_GAP), 0);
      draw_photo (paper, photos, &g_array_index (photos->photos, Photo, i), cr);
      cairo_restore (cr);
    }
}

void
lz_paper_add_photos (LzPaper *self, const LzPaperPhoto *photos, guint n_photos, guint per_row)
{
  Photos *kept;

  if (n_photos == 0)
    return;
  kept = g_new0 (Photos, 1);
  kept->photos = g_array_new (FALSE, TRUE, sizeof (Photo));
  g_array_set_clear_func (kept->photos, clear_photo);
  kept->per_row = CLAMP (per_row, 1, 4);
  for (guint i = 0; i < n_photos; i++)
    {
      Photo photo = { g_strdup (photos[i].path), g_strdup (photos[i].caption),
                      g_strdup (photos[i].missing) };

      g_array_append_val (kept->photos, photo);
    }
  lz_paper_add_block (self, measure_photos, draw_photos, kept, free_photos);
}

/* ------------------------------------------------------------------------------------ QR code */

typedef struct
{
  QRcode *code; /* %NULL: too much for one */
  char *beside;
} Qr;

static void
free_qr (gpointer data)
{
  Qr *qr = data;

  QRcode_free (qr->code);
  g_free (qr->beside);
  g_free (qr);
}

static void
measure_qr (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  LzPiece piece = { .block = block, .gap = paper->pitch / 3, .height = LZ_MM (QR_SIZE_MM) };

  g_array_append_val (pieces, piece);
}

static void
draw_qr (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
  const Qr *qr = piece->block->data;
  double size = LZ_MM (QR_SIZE_MM);
  LzType type = caption_type (paper);
  double width = paper->width - size - 6;
  g_autoptr (PangoLayout) layout = lz_paper_make_layout (paper, &type, width, qr->beside, 0);
  double words = lz_paper_count_lines (layout) * type.pitch;

  if (qr->code != NULL)
    {
      int n = qr->code->width;
      double module = size / (n + 2 * QR_QUIET);

      for (int y = 0; y < n; y++)
        for (int x = 0; x < n; x++)
          if (qr->code->data[y * n + x] & 1)
            cairo_rectangle (cr, (x + QR_QUIET) * module, (y + QR_QUIET) * module, module, module);
      cairo_fill (cr);
    }
  type.align = LZ_PAPER_LEFT;
  cairo_save (cr);
  cairo_translate (cr, size + 6, MAX ((size - words) / 2, 0));
  lz_paper_draw_lines (layout, &type, width, 0, G_MAXUINT, cr);
  cairo_restore (cr);
}

void
lz_paper_add_qr (LzPaper *self, const char *content, const char *beside)
{
  Qr *qr = g_new0 (Qr, 1);

  qr->code = QRcode_encodeString8bit (content, 0, QR_ECLEVEL_M);
  qr->beside = g_strdup (beside != NULL ? beside : "");
  lz_paper_add_block (self, measure_qr, draw_qr, qr, free_qr);
}

/* --------------------------------------------------------------------------------------- plots */

typedef struct
{
  LzPlot *plot;
  double height;
} Drawing;

static void
free_drawing (gpointer data)
{
  Drawing *drawing = data;

  lz_plot_free (drawing->plot);
  g_free (drawing);
}

static void
measure_drawing (LzPaper *paper, LzBlock *block, GArray *pieces)
{
  const Drawing *drawing = block->data;
  LzPiece piece = { .block = block, .gap = paper->pitch / 3 };

  piece.height = MIN (drawing->height, paper->height);
  g_array_append_val (pieces, piece);
}

static void
draw_drawing (LzPaper *paper, const LzPiece *piece, cairo_t *cr)
{
  const Drawing *drawing = piece->block->data;

  lz_plot_draw (drawing->plot, cr, paper->width, piece->height, paper->families[LZ_FACE_SONG]);
}

void
lz_paper_add_plot (LzPaper *self, LzPlot *plot, double height_mm)
{
  Drawing *drawing = g_new0 (Drawing, 1);

  drawing->plot = plot;
  drawing->height = LZ_MM (height_mm);
  lz_paper_add_block (self, measure_drawing, draw_drawing, drawing, free_drawing);
}
