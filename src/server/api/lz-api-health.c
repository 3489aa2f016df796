/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"
#include "lz-wire.h"

#include <sys/statvfs.h>

/* Writes one row to find out whether the server can still make anything durable. */
void
lz_api_get_health (LzRequest *request)
{
  LzServer *server = lz_request_get_server (request);
  LzServerStore *store = lz_server_get_store (server);
  g_autoptr (GError) error = NULL;
  GString *body = g_string_new ("{\"status\":");
  const char *status = "ok";
  struct statvfs disk;

  if (lz_server_is_stopping (server))
    status = "stopping";
  else if (!lz_server_store_probe (store, &error))
    {
      status = "failing";
      g_message ("health: %s", error->message);
    }
  lz_json_append_string (body, status);
  lz_api_write_member (body, "version", LZ_VERSION);
  lz_api_write_member (body, "epoch", lz_server_store_get_epoch (store));
  g_string_append_printf (body, ",\"time\":%" G_GINT64_FORMAT, g_get_real_time () / 1000);
  if (statvfs (lz_server_store_get_dir (store), &disk) == 0)
    g_string_append_printf (body, ",\"free_bytes\":%" G_GUINT64_FORMAT,
                            (guint64) disk.f_bavail * disk.f_frsize);
  g_string_append_c (body, '}');
  lz_request_respond_json (request, g_str_equal (status, "ok") ? 200 : 503, body);
  lz_request_add_header (request, "Cache-Control", "no-store");
}

void
lz_api_get_metrics (LzRequest *request)
{
  LzServer *server = lz_request_get_server (request);
  GString *body;

  if (!lz_request_is_loopback (request) && !lz_server_get_config (server)->open_metrics)
    {
      lz_request_respond_error (request, 404, "not_found", "no such path");
      return;
    }
  body = g_string_new (NULL);
  lz_server_write_counts (server, body);
  lz_request_respond_text (request, 200, "text/plain; version=0.0.4; charset=utf-8", body);
}
