/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-blobs-private.h"
#include "lz-error.h"
#include "lz-photo-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define QUALITY "85"

/* Turns a picture upright and puts it on white, as JPEG knows no transparency. */
static GdkPixbuf *
make_upright (GdkPixbuf *pixbuf, guint orientation)
{
  g_autoptr (GdkPixbuf) opaque = NULL;
  char text[2] = { (char) ('0' + orientation), '\0' };

  if (gdk_pixbuf_get_has_alpha (pixbuf))
    opaque = gdk_pixbuf_composite_color_simple (pixbuf, gdk_pixbuf_get_width (pixbuf),
                                                gdk_pixbuf_get_height (pixbuf), GDK_INTERP_NEAREST,
                                                255, 16, 0xffffff, 0xffffff);
  else
    opaque = g_object_ref (pixbuf);
  if (opaque == NULL)
    return NULL;

  gdk_pixbuf_remove_option (opaque, "orientation");
  gdk_pixbuf_set_option (opaque, "orientation", text);
  return gdk_pixbuf_apply_embedded_orientation (opaque);
}

static GdkPixbuf *
draw_preview (const char *source, guint pixels, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = lz_photo_load (source, NULL, error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GdkPixbuf *upright;
  LzPhotoInfo info = { 0 };
  LzPhotoFile file;

  if (bytes == NULL || !lz_photo_inspect (bytes, &file, error))
    return NULL;
  pixbuf = lz_photo_decode (bytes, &file, pixels, NULL, NULL, cancellable, error);
  if (pixbuf == NULL)
    return NULL;

  lz_photo_read_exif (&file, 0, 0, &info);
  upright = make_upright (pixbuf, info.orientation);
  if (upright == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, "No memory for a preview of %s", source);
  g_free (info.camera);
  g_strfreev (info.warnings);
  return upright;
}

/* Synced before it gets its name: a preview that is there is whole.  Its name may be lost in a
 * crash, then it is made again. */
static gboolean
save_preview (LzBlobs *blobs, GdkPixbuf *pixbuf, const char *dir, const char *path, GError **error)
{
  g_autofree char *top = g_build_filename (lz_blobs_get_dir (blobs), LZ_BLOBS_PREVIEWS, NULL);
  g_autofree char *temp = NULL;
  g_autofree char *data = NULL;
  gboolean ok;
  gsize size;
  int fd;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", error, "quality", QUALITY, NULL))
    {
      g_prefix_error (error, "drawing %s: ", path);
      return FALSE;
    }
  if (g_mkdir_with_parents (dir, 0700) < 0)
    return lz_error_set_errno (error, errno, "making the folder", dir);
  fd = lz_file_create_temp (top, &temp, error);
  if (fd < 0)
    return FALSE;

  ok = lz_file_write_all (fd, temp, data, size, error);
  if (ok && fdatasync (fd) < 0)
    ok = lz_error_set_errno (error, errno, "syncing", temp);
  close (fd);
  if (ok && rename (temp, path) < 0)
    ok = lz_error_set_errno (error, errno, "renaming", temp);
  if (!ok)
    g_unlink (temp);
  return ok;
}

/**
 * lz_blobs_ensure_preview:
 * @self: the photo folder
 * @sha256: names the original
 * @pixels: the longer side at most; a smaller picture keeps its size
 * @cancellable: (nullable): looked at between pieces of the decoding
 * @error: %LZ_ERROR_NOT_FOUND where the original is missing, %LZ_ERROR_NOT_A_PHOTO,
 *   %LZ_ERROR_BROKEN_PHOTO, %LZ_ERROR_TOO_LARGE, %LZ_ERROR_NO_SPACE, or an I/O error
 *
 * Makes the preview, or finds the one that was made before.  Blocks; any thread.
 *
 * Returns: (transfer full): the path of a JPEG file, or %NULL with @error set
 */
char *
lz_blobs_ensure_preview (LzBlobs *self,
                         const guint8 sha256[32],
                         guint pixels,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autofree char *source = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;
  GError *local_error = NULL;
  char text[65];

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (pixels > 0, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  lz_sha256_format (sha256, text);
  dir = g_strdup_printf ("%s/" LZ_BLOBS_PREVIEWS "/%02x", lz_blobs_get_dir (self), sha256[0]);
  path = g_strdup_printf ("%s/%s-%u.jpg", dir, text, pixels);
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&path);

  source = lz_blobs_dup_path (self, sha256);
  pixbuf = draw_preview (source, pixels, cancellable, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "No blob %s", source);
      g_error_free (local_error);
      return NULL;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  return save_preview (self, pixbuf, dir, path, error) ? g_steal_pointer (&path) : NULL;
}
