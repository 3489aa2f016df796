/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-jobs.h"

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GDestroyNotify free_value = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer value = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, free_value);
}

static GTask *
new_task (LzSession *session,
          GDestroyNotify free_value,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, lz_jobs_finish);
  g_task_set_task_data (task, free_value, NULL);
  return task;
}

void
lz_jobs_read_async (LzSession *session,
                    LzJob job,
                    gpointer data,
                    GDestroyNotify free_data,
                    GDestroyNotify free_value,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (LZ_IS_SESSION (session));

  lz_store_read_async (lz_session_get_store (session), job, data, free_data, free_value,
                       cancellable, done_cb,
                       new_task (session, free_value, cancellable, callback, user_data));
}

void
lz_jobs_write_async (LzSession *session,
                     LzJob job,
                     gpointer data,
                     GDestroyNotify free_data,
                     GDestroyNotify free_value,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (LZ_IS_SESSION (session));

  lz_store_write_async (lz_session_get_store (session), job, data, free_data, free_value, NULL,
                        done_cb, new_task (session, free_value, NULL, callback, user_data));
}

gpointer
lz_jobs_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lz_jobs_finish), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
lz_jobs_finish_done (GAsyncResult *result, GError **error)
{
  g_autoptr (GError) failure = NULL;

  lz_jobs_finish (result, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
lz_jobs_finish_id (GAsyncResult *result, LzId *id, GError **error)
{
  g_autofree LzId *made = lz_jobs_finish (result, error);

  if (made != NULL && id != NULL)
    *id = *made;
  return made != NULL;
}

const char *
lz_jobs_explain (const GError *error)
{
  return g_error_matches (error, LZ_ERROR, LZ_ERROR_INVALID) ||
                 g_error_matches (error, LZ_ERROR, LZ_ERROR_REFUSED) ||
                 g_error_matches (error, LZ_ERROR, LZ_ERROR_CONSTRAINT)
             ? error->message
             : lz_error_explain (error);
}
