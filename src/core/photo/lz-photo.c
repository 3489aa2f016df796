/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-blobs-private.h"
#include "lz-error.h"
#include "lz-photo-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

/* The proof that a photo can be decoded: JPEGs are scaled while they are decoded, which is several
 * times faster than in full. */
#define PROOF_SIDE 256

/* Enough to know a file by its content. */
#define HEAD_BYTES 4096

void
lz_photo_info_free (LzPhotoInfo *self)
{
  if (self == NULL)
    return;

  g_free (self->mime);
  g_free (self->camera);
  g_strfreev (self->warnings);
  g_free (self);
}

/* A film of some gigabytes is no photo, rather than too large a one. */
static void
set_too_large (const guint8 *head, gsize size, GError **error)
{
  const char *what;

  if (lz_photo_sniff (head, size, &what) == LZ_PHOTO_OTHER && what != NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO,
                 _ ("This is %s, not a photo that can be taken in"), _ (what));
  else
    g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE,
                 _ ("The file is too large: a photo may have %d MB"),
                 LZ_PHOTO_MAX_BYTES / 1024 / 1024);
}

static GBytes *
read_all (int fd, const char *path, gsize size, GError **error)
{
  gboolean too_large = size > LZ_PHOTO_MAX_BYTES;
  gsize wanted = too_large ? HEAD_BYTES : size;
  g_autofree guint8 *data = g_malloc (MAX (wanted, 1));
  gssize got = lz_file_read (fd, path, data, wanted, error);

  if (got < 0)
    return NULL;
  if (too_large)
    {
      set_too_large (data, (gsize) got, error);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&data), (gsize) got);
}

GBytes *
lz_photo_load (const char *path, gint64 *changed_ms, GError **error)
{
  GError *local_error = NULL;
  GBytes *bytes = NULL;
  struct stat st;
  gint64 size;
  int fd = lz_file_open_regular (path, &size, &local_error);

  if (fd < 0)
    {
      if (g_error_matches (local_error, LZ_ERROR, LZ_ERROR_INVALID))
        {
          g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO,
                               _ ("This is a folder or a device, not a photo"));
          g_error_free (local_error);
        }
      else
        g_propagate_error (error, local_error);
      return NULL;
    }

  if (fstat (fd, &st) < 0)
    lz_error_set_errno (error, errno, "reading", path);
  else
    {
      if (changed_ms != NULL)
        *changed_ms = (gint64) st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000;
      bytes = read_all (fd, path, (gsize) size, error);
    }
  close (fd);
  return bytes;
}

static LzPhotoInfo *
make_info (const LzPhotoFile *file,
           guint width,
           guint height,
           gint64 changed_ms,
           int fallback_offset_min)
{
  LzPhotoInfo *info = g_new0 (LzPhotoInfo, 1);

  info->mime = g_strdup (file->mime);
  info->altitude_m = info->heading_deg = NAN;
  lz_photo_read_exif (file, fallback_offset_min, changed_ms, info);
  info->width = info->orientation >= 5 ? height : width;
  info->height = info->orientation >= 5 ? width : height;
  return info;
}

LzPhotoInfo *
lz_photo_probe (const char *path, int fallback_offset_min, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkPixbuf) proof = NULL;
  LzPhotoFile file;
  guint width, height;
  gint64 changed_ms;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (ABS (fallback_offset_min) <= 24 * 60, NULL);

  bytes = lz_photo_load (path, &changed_ms, error);
  if (bytes == NULL || !lz_photo_inspect (bytes, &file, error))
    return NULL;
  proof = lz_photo_decode (bytes, &file, PROOF_SIDE, &width, &height, NULL, error);
  return proof != NULL ? make_info (&file, width, height, changed_ms, fallback_offset_min) : NULL;
}

LzPhotoInfo *
lz_photo_look (const char *path, int fallback_offset_min, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  LzPhotoFile file;
  gint64 changed_ms;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (ABS (fallback_offset_min) <= 24 * 60, NULL);

  bytes = lz_photo_load (path, &changed_ms, error);
  if (bytes == NULL || !lz_photo_inspect (bytes, &file, error))
    return NULL;
  if (file.type == LZ_PHOTO_HEIC || file.width == 0 || file.height == 0)
    return lz_photo_probe (path, fallback_offset_min, error); /* only the decoder knows the size */
  return make_info (&file, file.width, file.height, changed_ms, fallback_offset_min);
}
