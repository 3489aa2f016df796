/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"
#include "lz-password.h"
#include "lz-wire.h"

#include <string.h>

void
lz_api_write_member (GString *out, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", key);
  lz_json_append_string (out, value);
}

void
lz_api_write_roles (GString *out, guint roles)
{
  gboolean first = TRUE;

  g_string_append (out, "\"roles\":[");
  for (guint bit = 0; bit < 7; bit++)
    if ((roles & (1u << bit)) != 0)
      {
        if (!first)
          g_string_append_c (out, ',');
        first = FALSE;
        lz_json_append_string (out, lz_role_to_string (1u << bit));
      }
  g_string_append_c (out, ']');
}

const char *
lz_api_read_text (LzRequest *request, JsonObject *body, const char *key, gsize max)
{
  JsonNode *node = json_object_get_member (body, key);
  g_autofree char *message = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);

      if (*text != '\0' && strlen (text) <= max && g_utf8_validate (text, -1, NULL))
        return text;
    }
  message = g_strdup_printf ("the member “%s” is missing or wrong", key);
  lz_request_respond_error (request, 400, "invalid", message);
  return NULL;
}

/* Appends the members of Me, without braces. */
gboolean
lz_api_write_me (LzRequest *request, const LzAccount *account, GString *out)
{
  LzServerStore *store = lz_request_get_store (request);
  g_autoptr (GError) error = NULL;
  gint64 rev = lz_server_store_get_rev (store, &error);

  g_string_append (out, "\"user\":");
  lz_json_append_string (out, account->user);
  lz_api_write_member (out, "name", account->name);
  lz_api_write_member (out, "phone", account->phone);
  lz_api_write_member (out, "unit", account->unit);
  g_string_append_c (out, ',');
  lz_api_write_roles (out, account->roles);
  g_string_append (out, ",\"feeds\":[");
  for (guint i = 0; account->feeds[i] != NULL && error == NULL; i++)
    {
      g_autofree char *name = NULL;
      gint64 head;

      if (!lz_server_store_get_feed (store, account->feeds[i], &head, &name, &error))
        break;
      g_string_append (out, i > 0 ? ",{\"feed\":" : "{\"feed\":");
      lz_json_append_string (out, account->feeds[i]);
      lz_api_write_member (out, "name", name);
      g_string_append_printf (out, ",\"head\":%" G_GINT64_FORMAT "}", head);
    }
  g_string_append (out, "],\"epoch\":");
  lz_json_append_string (out, lz_server_store_get_epoch (store));
  g_string_append_printf (out, ",\"rev\":%" G_GINT64_FORMAT, rev);
  if (error == NULL)
    return TRUE;
  lz_request_respond_gerror (request, error);
  return FALSE;
}

static void
respond_session (LzRequest *request, const char *user, const char *device)
{
  LzServerStore *store = lz_request_get_store (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzAccount) account = lz_server_store_find_account (store, user, &error);
  g_autofree char *token = NULL;
  GString *body;
  gint64 expires_ms;

  if (account != NULL)
    token = lz_server_store_begin_session (store, user, device, &expires_ms, &error);
  if (g_error_matches (error, LZ_ERROR, LZ_ERROR_CONSTRAINT))
    lz_request_respond_error (request, 409, "device_taken", error->message);
  else if (error != NULL)
    lz_request_respond_gerror (request, error);
  if (token == NULL)
    return;

  body = g_string_new ("{");
  g_string_append_printf (body, "\"token\":\"%s\",\"expires_at\":%" G_GINT64_FORMAT ",", token,
                          expires_ms);
  if (!lz_api_write_me (request, account, body))
    {
      g_string_free (body, TRUE);
      return;
    }
  g_string_append_c (body, '}');
  lz_request_respond_json (request, 200, body);
  lz_request_add_header (request, "Cache-Control", "no-store");
}

void
lz_api_create_session (LzRequest *request)
{
  LzServer *server = lz_request_get_server (request);
  const char *address = lz_request_get_address (request);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *hash = NULL;
  g_autofree char *seconds = NULL;
  g_autoptr (GError) error = NULL;
  const char *user, *password, *device;
  JsonObject *body = lz_request_read_json (request, parser);
  gboolean ok;
  guint wait_s;

  if (body == NULL || (user = lz_api_read_text (request, body, "user", 64)) == NULL ||
      (password = lz_api_read_text (request, body, "password", 512)) == NULL ||
      (device = lz_api_read_text (request, body, "device", 64)) == NULL)
    return;
  lz_request_note_user (request, user);
  wait_s = lz_server_check_attempts (server, user, address);
  if (wait_s > 0)
    {
      seconds = g_strdup_printf ("%u", wait_s);
      lz_request_respond_error (request, 429, "attempts", "too many attempts to log in");
      lz_request_add_header (request, "Retry-After", seconds);
      return;
    }
  hash = lz_server_store_dup_password_hash (lz_request_get_store (request), user, &error);
  if (error != NULL)
    {
      lz_request_respond_gerror (request, error);
      return;
    }
  ok = lz_password_matches (password, hash);
  lz_server_note_attempt (server, user, address, ok);
  if (ok)
    {
      respond_session (request, user, device);
      return;
    }
  lz_server_count (server, LZ_COUNT_LOGINS_FAILED, 1);
  lz_request_respond_error (request, 401, "login", "wrong user or password");
}

void
lz_api_delete_session (LzRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (lz_server_store_end_session (lz_request_get_store (request), lz_request_get_token (request),
                                   &error))
    lz_request_respond (request, 204);
  else
    lz_request_respond_gerror (request, error);
}

void
lz_api_get_me (LzRequest *request)
{
  GString *body = g_string_new ("{");

  if (lz_api_write_me (request, lz_request_get_account (request), body))
    {
      g_string_append_c (body, '}');
      lz_request_respond_json (request, 200, body);
    }
  else
    g_string_free (body, TRUE);
}
