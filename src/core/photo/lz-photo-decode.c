/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-error.h"
#include "lz-photo-private.h"

#include <glib/gi18n-lib.h>

/* What a decoder is given at once, and how often it can be cancelled. */
#define FEED_BYTES (256 * 1024)

/* Only one picture larger than this is decoded at a time, whatever the number of workers: each
 * may take four bytes a pixel and more. */
#define LARGE_PIXELS (40 * 1000 * 1000)

typedef struct
{
  LzPhotoType type;
  guint max_side;
  guint width;
  guint height;
  GError *error;
} Wish;

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Wish *wish = data;
  double scale = wish->max_side / (double) MAX (MAX (width, height), 1);

  wish->width = (guint) MAX (width, 0);
  wish->height = (guint) MAX (height, 0);
  if (wish->error == NULL &&
      !lz_photo_check_pixels (wish->type, wish->width, wish->height, &wish->error))
    gdk_pixbuf_loader_set_size (loader, 0, 0); /* stops the decoders that ask first */
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * scale + 0.5), 1),
                                MAX ((int) (height * scale + 0.5), 1));
}

static gboolean
feed (GdkPixbufLoader *loader,
      GBytes *bytes,
      const Wish *wish,
      GCancellable *cancellable,
      GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize at = 0; at < size && wish->error == NULL; at += FEED_BYTES)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !gdk_pixbuf_loader_write (loader, data + at, MIN (FEED_BYTES, size - at), error))
      return FALSE;

  return TRUE;
}

/* Puts the decoder's error into one of ours. */
static void
take_decode_error (GError *cause, GError **error)
{
  if (cause != NULL && (cause->domain == G_IO_ERROR || cause->domain == LZ_ERROR))
    g_propagate_error (error, cause);
  else
    {
      if (g_error_matches (cause, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
        g_set_error_literal (error, LZ_ERROR, LZ_ERROR_TOO_LARGE,
                             _ ("The picture is too large for the memory of this computer"));
      else
        g_set_error (error, LZ_ERROR, LZ_ERROR_BROKEN_PHOTO,
                     _ ("The photo is damaged and cannot be shown (%s)"),
                     cause != NULL ? cause->message : _ ("it holds no picture"));
      g_clear_error (&cause);
    }
}

static GdkPixbuf *
decode (GdkPixbufLoader *loader,
        GBytes *bytes,
        Wish *wish,
        GCancellable *cancellable,
        GError **error)
{
  GError *cause = NULL;
  GdkPixbuf *pixbuf;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), wish);
  if (feed (loader, bytes, wish, cancellable, &cause))
    gdk_pixbuf_loader_close (loader, &cause);
  else
    gdk_pixbuf_loader_close (loader, NULL); /* always, or it complains when it goes */

  if (wish->error != NULL)
    {
      g_clear_error (&cause);
      cause = g_steal_pointer (&wish->error);
    }
  pixbuf = cause == NULL ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (pixbuf == NULL)
    {
      take_decode_error (cause, error);
      return NULL;
    }

  return g_object_ref (pixbuf);
}

GdkPixbuf *
lz_photo_decode (GBytes *bytes,
                 const LzPhotoFile *file,
                 guint max_side,
                 guint *full_width,
                 guint *full_height,
                 GCancellable *cancellable,
                 GError **error)
{
  static GMutex large;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (file->mime, NULL);
  gboolean is_large = (guint64) file->width * file->height > LARGE_PIXELS;
  Wish wish = { .type = file->type, .max_side = max_side };
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO,
                   _ ("This computer has no decoder for photos of the type %s"), file->mime);
      return NULL;
    }

  if (is_large)
    g_mutex_lock (&large);
  pixbuf = decode (loader, bytes, &wish, cancellable, error);
  if (is_large)
    g_mutex_unlock (&large);

  if (pixbuf != NULL && full_width != NULL)
    *full_width = wish.width;
  if (pixbuf != NULL && full_height != NULL)
    *full_height = wish.height;
  return pixbuf;
}
