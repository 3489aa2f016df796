/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-server-http.h"
#include "lz-verbs.h"

#include <glib-unix.h>
#include <unistd.h>

static gboolean
stop_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static LzServerConfig
make_config (const LzVerbOptions *options)
{
  return (LzServerConfig){
    .listen = options->listen != NULL ? options->listen : "127.0.0.1:8460",
    .port_file = options->port_file,
    .certificate = options->certificate,
    .key = options->key,
    .max_connections = (guint) options->max_connections,
    .max_per_address = (guint) options->max_per_address,
    .idle_s = (guint) options->idle_s,
    .slow_s = (guint) options->slow_s,
    .quota_bytes = options->quota_bytes,
    .user_quota_bytes = options->user_quota_bytes,
    .upload_s = (guint) options->upload_s,
    .attempts_per_minute = 5,
    .open_metrics = options->open_metrics,
  };
}

static gboolean
run (LzServerStore *store, const LzServerConfig *config, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  LzServer *server;
  guint term = g_unix_signal_add (SIGTERM, stop_cb, loop);
  guint interrupt = g_unix_signal_add (SIGINT, stop_cb, loop);

  server = lz_server_start (store, config, error);
  if (server != NULL)
    {
      g_message ("serving %s at %s", lz_server_store_get_dir (store), config->listen);
      g_main_loop_run (loop);
      g_message ("stopping");
      lz_server_stop (server);
    }
  g_source_remove (term);
  g_source_remove (interrupt);
  return server != NULL;
}

gboolean
lz_verb_serve (const LzVerbOptions *options, char **args, GError **error)
{
  LzServerConfig config = make_config (options);
  g_autoptr (LzServerStore) store = NULL;
  gboolean ok;
  int lock;

  if (!lz_verb_check_args (args, 0, 0, "serve --data DIR --listen ADDRESS:PORT", error))
    return FALSE;
  if ((options->certificate == NULL) != (options->key == NULL))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           "--tls-cert and --tls-key go together");
      return FALSE;
    }
  lock = lz_server_store_lock (options->data, error);
  if (lock < 0)
    return FALSE;
  store = lz_server_store_open (options->data, error);
  ok = store != NULL && run (store, &config, error);
  close (lock);
  return ok;
}
