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

void
lz_api_write_head (GString *out, const LzServerFeed *feed)
{
  char chain[2 * LZ_SHA256_SIZE + 1];

  lz_sha256_format (feed->chain, chain);
  g_string_append (out, ",\"head\":");
  lz_json_append_int (out, feed->head);
  g_string_append (out, ",\"chain\":\"");
  g_string_append (out, chain);
  g_string_append_c (out, '"');
}

/* Appends the members of Me, without braces. */
gboolean
lz_api_write_me (LzRequest *request, const LzAccount *account, GString *out)
{
  LzServerStore *store = lz_request_get_store (request);
  g_autoptr (GError) error = NULL;
  gint64 rev = 0;
  g_autoptr (GArray) feeds = lz_server_store_list_feeds (store, account, &rev, &error);

  if (feeds == NULL)
    {
      lz_request_respond_gerror (request, error);
      return FALSE;
    }
  g_string_append (out, "\"user\":");
  lz_json_append_string (out, account->user);
  lz_api_write_member (out, "name", account->name);
  lz_api_write_member (out, "phone", account->phone);
  lz_api_write_member (out, "unit", account->unit);
  g_string_append_c (out, ',');
  lz_api_write_roles (out, account->roles);
  g_string_append (out, ",\"feeds\":[");
  for (guint i = 0; i < feeds->len; i++)
    {
      const LzServerFeed *feed = &g_array_index (feeds, LzServerFeed, i);

      g_string_append (out, i > 0 ? ",{\"feed\":" : "{\"feed\":");
      lz_json_append_string (out, feed->feed);
      lz_api_write_member (out, "name", feed->name);
      lz_api_write_head (out, feed);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "],\"epoch\":");
  lz_json_append_string (out, lz_server_store_get_epoch (store));
  g_string_append (out, ",\"rev\":");
  lz_json_append_int (out, rev);
  return TRUE;
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

/* The feeds that the account reads, and what concerns all. */
static GStrv
list_news (const LzAccount *account)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_strv_builder_addv (names, (const char **) account->feeds);
  g_strv_builder_add (names, LZ_NEWS_OF_ALL);
  return g_strv_builder_end (names);
}

static gboolean
has_tag (LzRequest *request, const char *tag)
{
  const char *have = lz_request_get_header (request, "If-None-Match");

  return have != NULL && strstr (have, tag) != NULL;
}

/* Answers, unless the request shall go on waiting: then TRUE. */
static gboolean
respond_me (LzRequest *request, guint wait_s)
{
  LzServer *server = lz_request_get_server (request);
  g_auto (GStrv) names = list_news (lz_request_get_account (request));
  const char *const *feeds = (const char *const *) names;
  guint64 generation = lz_server_get_generation (server, feeds); /* before what is read */
  g_autoptr (GString) body = g_string_new ("{");
  g_autofree char *hash = NULL;
  g_autofree char *tag = NULL;

  if (!lz_api_write_me (request, lz_request_get_account (request), body))
    return FALSE;
  g_string_append_c (body, '}');
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) body->str, body->len);
  tag = g_strdup_printf ("\"%.32s\"", hash);
  if (has_tag (request, tag) && !lz_request_has_news (request))
    {
      if (wait_s > 0 && !lz_request_has_waited (request) && !lz_server_is_stopping (server))
        {
          lz_request_wait (request, feeds, generation, wait_s);
          return TRUE;
        }
      lz_request_respond (request, 304);
    }
  else
    lz_request_respond_json (request, 200, g_steal_pointer (&body));
  lz_request_add_header (request, "ETag", tag);
  lz_request_add_header (request, "Cache-Control", "no-cache");
  return FALSE;
}

void
lz_api_get_me (LzRequest *request)
{
  gboolean again = lz_request_has_news (request) || lz_request_has_waited (request);
  gint64 wait_s = 0;

  /* A session may end while its request waits. */
  if ((again && !lz_request_check_again (request)) ||
      !lz_request_read_number (request, "wait", 0, LZ_MAX_WAIT_S, &wait_s) ||
      !respond_me (request, (guint) wait_s))
    lz_request_finish (request);
}
