/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-tile-work.h"

#define MAX_THREADS 4

typedef struct
{
  ShumateTile *tile;
  LzTileFunc make;
  guint zoom;
  guint x;
  guint y;
} Job;

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
  guint serial;
} Item;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->tile);
  g_free (job);
}

static void
run_item (gpointer data, gpointer user_data)
{
  g_autofree Item *item = data;
  g_autoptr (GTask) task = item->task;

  if (!g_task_return_error_if_cancelled (task))
    item->func (task, g_task_get_source_object (task), g_task_get_task_data (task),
                g_task_get_cancellable (task));
}

/* What was asked for last is what the user looks at now. */
static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Item *left = a, *right = b;

  return (int) (right->serial - left->serial);
}

static gpointer
make_pool (gpointer data)
{
  guint n = CLAMP (g_get_num_processors (), 1, MAX_THREADS);
  GThreadPool *pool = g_thread_pool_new (run_item, NULL, (int) n, FALSE, NULL);

  g_thread_pool_set_sort_function (pool, compare_items, NULL);
  return pool;
}

static GThreadPool *
get_pool (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_pool, NULL);
}

void
lz_tile_work_push (GTask *task, GTaskThreadFunc func)
{
  static guint serial;
  Item *item = g_new (Item, 1);

  *item = (Item){ g_object_ref (task), func, serial++ };
  g_thread_pool_push (get_pool (), item, NULL);
}

static void
make_tile (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;
  GdkTexture *texture = job->make (source, job->zoom, job->x, job->y, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, texture, g_object_unref);
}

void
lz_tile_work_start (ShumateMapSource *source,
                    ShumateTile *tile,
                    LzTileFunc make,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->tile = g_object_ref (tile);
  job->make = make;
  job->zoom = shumate_tile_get_zoom_level (tile);
  job->x = shumate_tile_get_x (tile);
  job->y = shumate_tile_get_y (tile);
  g_task_set_source_tag (task, lz_tile_work_start);
  g_task_set_task_data (task, job, job_free);
  shumate_tile_set_state (tile, SHUMATE_STATE_LOADING);
  lz_tile_work_push (task, make_tile);
}

gboolean
lz_tile_work_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  const Job *job = g_task_get_task_data (task);
  GError *failure = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);

  texture = g_task_propagate_pointer (task, &failure);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (failure != NULL)
    g_debug ("tile %u/%u/%u: %s", job->zoom, job->x, job->y, failure->message);
  if (texture != NULL)
    shumate_tile_set_paintable (job->tile, GDK_PAINTABLE (texture));

  /* A hole or a bad tile is done too: one that never is keeps the tiles of every other zoom level
   * alive in ShumateMapLayer. */
  shumate_tile_set_state (job->tile, SHUMATE_STATE_DONE);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, failure);
  return FALSE;
}

GdkTexture *
lz_tile_work_take_surface (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes =
      g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize) height,
                                  (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}
