/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <shumate/shumate.h>

G_BEGIN_DECLS

/**
 * LzTileFunc:
 *
 * Makes the picture of one tile in a worker thread.  %NULL without @error is a hole: nothing is
 * drawn there.
 */
typedef GdkTexture *(*LzTileFunc) (ShumateMapSource *source,
                                   guint zoom,
                                   guint x,
                                   guint y,
                                   GCancellable *cancellable,
                                   GError **error);

/* For the two functions of ShumateMapSourceClass: makes the tile in one of a few threads of ours,
 * the last asked for first, and paints it where Shumate takes the result. */
void lz_tile_work_start (ShumateMapSource *source,
                         ShumateTile *tile,
                         LzTileFunc make,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean lz_tile_work_finish (ShumateMapSource *source, GAsyncResult *result, GError **error);

/* Runs @func in one of those threads, as g_task_run_in_thread() would; not if the task is cancelled
 * before its turn. */
void lz_tile_work_push (GTask *task, GTaskThreadFunc func);

/* (transfer full): the pixels of @surface, which is taken over. */
GdkTexture *lz_tile_work_take_surface (cairo_surface_t *surface);

G_END_DECLS
