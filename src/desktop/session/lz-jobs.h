/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

G_BEGIN_DECLS

/*
 * A job of the store for a page: what it gives reaches the callback, whose source is the session.
 * @free_data frees @data, @free_value what the job gave if nobody takes it.  A job that gives %NULL
 * without an error is done.
 */

void lz_jobs_read_async (LzSession *session,
                         LzJob job,
                         gpointer data,
                         GDestroyNotify free_data,
                         GDestroyNotify free_value,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/* Not cancellable once it is asked for: what was asked for is done or refused. */
void lz_jobs_write_async (LzSession *session,
                          LzJob job,
                          gpointer data,
                          GDestroyNotify free_data,
                          GDestroyNotify free_value,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

gpointer lz_jobs_finish (GAsyncResult *result, GError **error);

/* Of a job that gives nothing: FALSE with @error where it failed. */
gboolean lz_jobs_finish_done (GAsyncResult *result, GError **error);

/* Of a job that gives the id of what it made or changed; @id (out, nullable) takes it. */
gboolean lz_jobs_finish_id (GAsyncResult *result, LzId *id, GError **error);

/* In the user's words: where what was asked for is not valid or not allowed, the very reason. */
const char *lz_jobs_explain (const GError *error);

G_END_DECLS
