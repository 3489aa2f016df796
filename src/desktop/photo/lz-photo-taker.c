/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-photo-taker.h"

#include "lz-error.h"
#include "lz-photo.h"

typedef struct
{
  LzBlobs *blobs;
  GStrv paths;
  LzPhotoRole role;
  int offset_min;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  lz_blobs_unref (work->blobs);
  g_strfreev (work->paths);
  g_free (work);
}

void
lz_taken_free (LzTaken *self)
{
  g_array_unref (self->photos);
  g_ptr_array_unref (self->skipped);
  g_free (self);
}

static void
free_taken (gpointer data)
{
  lz_taken_free (data);
}

static gboolean
take_one (const Work *work, const char *path, LzPhotoRef *photo, GError **error)
{
  g_autoptr (LzPhotoInfo) info = lz_photo_probe (path, work->offset_min, error);

  if (info == NULL)
    return FALSE;

  *photo = (LzPhotoRef){ .role = work->role, .taken_ms = info->taken_ms, .place = info->place };
  return lz_blobs_add_file (work->blobs, path, photo->sha256, &photo->size_bytes, error);
}

/* Runs in a worker thread. */
static void
take (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Work *work = task_data;
  g_autoptr (LzTaken) taken = g_new0 (LzTaken, 1);

  taken->photos = g_array_new (FALSE, TRUE, sizeof (LzPhotoRef));
  taken->skipped = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; work->paths[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      LzPhotoRef photo;

      if (g_cancellable_is_cancelled (cancellable))
        break;

      if (take_one (work, work->paths[i], &photo, &error))
        g_array_append_val (taken->photos, photo);
      else
        {
          g_autofree char *name = g_path_get_basename (work->paths[i]);

          g_ptr_array_add (taken->skipped,
                           g_strdup_printf ("%s: %s", name, lz_error_explain (error)));
        }
    }

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&taken), free_taken);
}

void
lz_photos_take_async (LzBlobs *blobs,
                      const char *const *paths,
                      LzPhotoRole role,
                      int offset_min,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Work *work = NULL;

  g_return_if_fail (blobs != NULL);
  g_return_if_fail (paths != NULL);

  work = g_new0 (Work, 1);
  work->blobs = lz_blobs_ref (blobs);
  work->paths = g_strdupv ((GStrv) paths);
  work->role = role;
  work->offset_min = offset_min;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lz_photos_take_async);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, take);
}

LzTaken *
lz_photos_take_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

int
lz_photo_taker_get_offset_min (int fallback)
{
  g_autoptr (GSettings) settings = g_settings_new (LZ_APP_ID);
  g_autofree char *text = g_settings_get_string (settings, "photo-utc-offset");
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (text);

  return zone != NULL ? g_time_zone_get_offset (zone, 0) / 60 : fallback;
}
