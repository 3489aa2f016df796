/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-texture.h"

typedef struct
{
  LzBlobs *blobs;
  guint8 sha256[32];
  guint pixels;
} Want;

static void
want_free (gpointer data)
{
  Want *want = data;

  lz_blobs_unref (want->blobs);
  g_free (want);
}

/* Runs in a worker thread: GdkTexture's constructors are thread-safe. */
static void
load (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Want *want = task_data;
  GError *error = NULL;
  g_autofree char *path =
      lz_blobs_ensure_preview (want->blobs, want->sha256, want->pixels, cancellable, &error);
  GdkTexture *texture = path != NULL ? gdk_texture_new_from_filename (path, &error) : NULL;

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
lz_texture_load_async (LzBlobs *blobs,
                       const guint8 sha256[32],
                       guint pixels,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Want *want = NULL;

  g_return_if_fail (blobs != NULL);

  want = g_new0 (Want, 1);
  want->blobs = lz_blobs_ref (blobs);
  memcpy (want->sha256, sha256, sizeof want->sha256);
  want->pixels = pixels;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lz_texture_load_async);
  g_task_set_task_data (task, want, want_free);
  g_task_run_in_thread (task, load);
}

GdkTexture *
lz_texture_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
