/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-tile-image.h"

#include "lz-error.h"
#include "lz-tile-work.h"
#include "lz-world.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BYTES (8 * 1024 * 1024)
#define MAX_SIDE  2048

LzTileFormat
lz_tile_image_guess (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size >= 24 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return LZ_TILE_PNG;
  if (size >= 4 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff)
    return LZ_TILE_JPEG;
  if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return LZ_TILE_WEBP;
  if (size >= 2 && data[0] == 0x1f && data[1] == 0x8b)
    return LZ_TILE_VECTOR;

  return LZ_TILE_OTHER;
}

static gboolean
has_webp_loader (void)
{
  GSList *formats = gdk_pixbuf_get_formats ();
  gboolean found = FALSE;

  for (GSList *l = formats; l != NULL && !found; l = l->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (l->data);

      found = g_str_equal (name, "webp");
    }
  g_slist_free (formats);

  return found;
}

gboolean
lz_tile_image_can_read (LzTileFormat format)
{
  return format == LZ_TILE_PNG || format == LZ_TILE_JPEG ||
         (format == LZ_TILE_WEBP && has_webp_loader ());
}

static guint
read_16 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

/* Width and height from a JPEG's frame header; FALSE if there is none. */
static gboolean
find_jpeg_size (const guint8 *data, gsize size, guint *width, guint *height)
{
  gsize at = 2;

  while (at + 9 < size)
    {
      guint marker = data[at + 1];

      if (data[at] != 0xff)
        return FALSE;
      /* SOF0 to SOF15, but for DHT, JPG and DAC among them. */
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = read_16 (data + at + 5);
          *width = read_16 (data + at + 7);
          return TRUE;
        }
      at += 2 + read_16 (data + at + 2);
    }

  return FALSE;
}

/* The size is looked at before decoding: a few bytes can ask for gigabytes of pixels. */
static gboolean
check_size (GBytes *bytes, LzTileFormat format, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint width = 0, height = 0;

  if (format == LZ_TILE_PNG)
    {
      width = read_16 (data + 16) << 16 | read_16 (data + 18);
      height = read_16 (data + 20) << 16 | read_16 (data + 22);
    }
  else if (format == LZ_TILE_JPEG && !find_jpeg_size (data, size, &width, &height))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("A map tile is no picture"));
      return FALSE;
    }

  if (width <= MAX_SIDE && height <= MAX_SIDE && size <= MAX_BYTES)
    return TRUE;

  g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, _ ("A map tile is too large"));
  return FALSE;
}

GdkTexture *
lz_tile_image_decode (GBytes *bytes, GError **error)
{
  LzTileFormat format = lz_tile_image_guess (bytes);
  GdkTexture *texture;

  if (!lz_tile_image_can_read (format))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("A map tile is no picture"));
      return NULL;
    }
  if (!check_size (bytes, format, error))
    return NULL;

  texture = gdk_texture_new_from_bytes (bytes, error);
  if (texture == NULL)
    g_prefix_error (error, "%s: ", _ ("A map tile cannot be read"));

  return texture;
}

GdkTexture *
lz_tile_image_enlarge (GdkTexture *texture, guint up, guint x, guint y)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  guint n = 1u << up;
  double part = width / (double) n, zoomed = LZ_TILE_PX / part;
  cairo_surface_t *whole = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, LZ_TILE_PX, LZ_TILE_PX);
  cairo_t *cr = cairo_create (surface);

  gdk_texture_download (texture, cairo_image_surface_get_data (whole),
                        (gsize) cairo_image_surface_get_stride (whole));
  cairo_surface_mark_dirty (whole);
  cairo_scale (cr, zoomed, zoomed * width / height);
  cairo_set_source_surface (cr, whole, -(double) (x & (n - 1)) * part,
                            -(double) (y & (n - 1)) * height / n);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (whole);
  cairo_surface_flush (surface);

  return lz_tile_work_take_surface (surface);
}
