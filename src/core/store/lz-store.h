/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzStore:
 *
 * The station as the window sees it: an object on the main thread that runs jobs in threads of its
 * own.  One thread owns the writing connection; a second, with a read-only connection, serves
 * queries, so that a long write cannot stall a list or the map.
 *
 * Signal `changed` (main context): something in the store changed; coalesced, so that a thousand
 * acts give one signal.
 */
#define LZ_TYPE_STORE (lz_store_get_type ())
G_DECLARE_FINAL_TYPE (LzStore, lz_store, LZ, STORE, GObject)

/**
 * LzJob:
 * @station: the connection of the thread that runs the job
 * @data: what was given with the job
 * @error: set on failure
 *
 * A job: a plain function that may block.  A job that fails sets @error; one that has nothing to
 * return gives %NULL.  It sees its own cancellation: a running query stops.
 */
typedef gpointer (*LzJob) (LzStation *station, gpointer data, GError **error);

void lz_store_open_async (const char *dir,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
LzStore *lz_store_open_finish (GAsyncResult *result, GError **error);

const char *lz_store_get_dir (LzStore *self);

void lz_store_write_async (LzStore *self,
                           LzJob job,
                           gpointer data,
                           GDestroyNotify free_data,
                           GDestroyNotify free_result,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void lz_store_read_async (LzStore *self,
                          LzJob job,
                          gpointer data,
                          GDestroyNotify free_data,
                          GDestroyNotify free_result,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gpointer lz_store_job_finish (LzStore *self, GAsyncResult *result, GError **error);

void lz_store_close_async (LzStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean lz_store_close_finish (LzStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
