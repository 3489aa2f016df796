/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-error.h"
#include "lz-paper-photos.h"

#include <glib/gi18n-lib.h>

/* Memory for so many decoded photos at once. */
#define MAX_THREADS 4

typedef struct
{
  gboolean is_there;
  guint8 sha256[32];
  char *path;
  char *caption;
  char *missing;
} Photo;

struct _LzPaperPhotos
{
  LzBlobs *blobs;
  GPtrArray *photos;
  GArray *shown;             /* LzPaperPhoto */
  GCancellable *cancellable; /* while they are made */
};

static void
photo_free (gpointer data)
{
  Photo *photo = data;

  g_free (photo->path);
  g_free (photo->caption);
  g_free (photo->missing);
  g_free (photo);
}

LzPaperPhotos *
lz_paper_photos_new (LzBlobs *blobs)
{
  LzPaperPhotos *self = g_new0 (LzPaperPhotos, 1);

  self->blobs = lz_blobs_ref (blobs);
  self->photos = g_ptr_array_new_with_free_func (photo_free);
  self->shown = g_array_new (FALSE, TRUE, sizeof (LzPaperPhoto));
  return self;
}

void
lz_paper_photos_free (LzPaperPhotos *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->shown);
  g_ptr_array_unref (self->photos);
  lz_blobs_unref (self->blobs);
  g_free (self);
}

void
lz_paper_photos_add (LzPaperPhotos *self, const char *hash, const char *caption)
{
  Photo *photo = g_new0 (Photo, 1);

  photo->is_there = hash != NULL && lz_sha256_parse (hash, photo->sha256);
  photo->caption = g_strdup (caption);
  g_ptr_array_add (self->photos, photo);
}

/* Why there is no picture, in the reader's words. */
static char *
dup_missing (LzBlobs *blobs, const guint8 sha256[32], const GError *error)
{
  char hash[65];

  lz_sha256_format (sha256, hash);
  hash[12] = '\0';
  if (!lz_blobs_has (blobs, sha256))
    return g_strdup_printf (_ ("The photo is not on this computer yet (%s…)"), hash);
  g_debug ("photo %s: %s", hash, error != NULL ? error->message : "no preview");
  return g_strdup_printf (_ ("The photo cannot be read (%s…)"), hash);
}

/* A preview cannot be kept in an archive on a read-only disk: then the original itself is drawn. */
static gboolean
cannot_write (const GError *error)
{
  return g_error_matches (error, LZ_ERROR, LZ_ERROR_READ_ONLY) ||
         g_error_matches (error, LZ_ERROR, LZ_ERROR_NO_SPACE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

gboolean
lz_paper_ensure_photo (LzBlobs *blobs,
                       const guint8 sha256[32],
                       char **path,
                       char **missing,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) failure = NULL;
  char *made =
      lz_blobs_ensure_preview (blobs, sha256, LZ_PAPER_PHOTO_PIXELS, cancellable, &failure);

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *path = made;
  if (made == NULL)
    *missing = dup_missing (blobs, sha256, failure);
  if (made == NULL && cannot_write (failure))
    *path = lz_blobs_dup_path (blobs, sha256);
  return TRUE;
}

/* In a worker.  That it was cancelled is seen by who waits. */
static void
make_one (gpointer data, gpointer user_data)
{
  LzPaperPhotos *self = user_data;
  Photo *photo = data;

  lz_paper_ensure_photo (self->blobs, photo->sha256, &photo->path, &photo->missing,
                         self->cancellable, NULL);
}

gboolean
lz_paper_photos_make (LzPaperPhotos *self, GCancellable *cancellable, GError **error)
{
  GThreadPool *pool;

  self->cancellable = cancellable;
  pool = g_thread_pool_new (make_one, self, (int) MIN (g_get_num_processors (), MAX_THREADS), FALSE,
                            error);
  if (pool == NULL)
    return FALSE;
  for (guint i = 0; i < self->photos->len; i++)
    if (((Photo *) g_ptr_array_index (self->photos, i))->is_there)
      g_thread_pool_push (pool, g_ptr_array_index (self->photos, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  self->cancellable = NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_array_set_size (self->shown, 0);
  for (guint i = 0; i < self->photos->len; i++)
    {
      const Photo *photo = g_ptr_array_index (self->photos, i);
      LzPaperPhoto shown = { photo->path, photo->caption, photo->missing };

      g_array_append_val (self->shown, shown);
    }
  return TRUE;
}

const LzPaperPhoto *
lz_paper_photos_get (const LzPaperPhotos *self)
{
  return (const LzPaperPhoto *) (gpointer) self->shown->data;
}
