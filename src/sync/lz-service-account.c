/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-service-private.h"

typedef struct
{
  char *url;
  char *user;
  char *password;
  gboolean insist;
} Login;

static void
login_free (Login *login)
{
  g_free (login->url);
  g_free (login->user);
  g_free (login->password);
  g_free (login);
}

static void
login_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LzSyncService *self = source;
  const Login *login = data;
  GError *error = NULL;
  g_autoptr (LzStation) station = lz_station_open (self->dir, LZ_STATION_READ_WRITE, &error);

  if (station != NULL && lz_sync_login (station, login->url, login->user, login->password,
                                        login->insist, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lz_sync_service_login_async (LzSyncService *self,
                             const char *url,
                             const char *user,
                             const char *password,
                             gboolean insist,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Login *login = g_new0 (Login, 1);

  g_return_if_fail (LZ_IS_SYNC_SERVICE (self));

  login->url = g_strdup (url);
  login->user = g_strdup (user);
  login->password = g_strdup (password);
  login->insist = insist;
  g_task_set_source_tag (task, lz_sync_service_login_async);
  g_task_set_task_data (task, login, (GDestroyNotify) login_free);
  lz_sync_service_cancel (self);
  g_task_run_in_thread (task, login_in_thread);
}

gboolean
lz_sync_service_login_finish (LzSyncService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  lz_sync_service_start (self);
  lz_service_renew (self);
  return TRUE;
}

static void
logout_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LzSyncService *self = source;
  GError *error = NULL;
  g_autoptr (LzStation) station = lz_station_open (self->dir, LZ_STATION_READ_WRITE, &error);

  if (station != NULL && lz_sync_logout (station, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lz_sync_service_logout_async (LzSyncService *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (LZ_IS_SYNC_SERVICE (self));

  g_task_set_source_tag (task, lz_sync_service_logout_async);
  lz_sync_service_cancel (self);
  g_task_run_in_thread (task, logout_in_thread);
}

gboolean
lz_sync_service_logout_finish (LzSyncService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  lz_service_renew (self);
  return TRUE;
}
