/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-actor.h"
#include "lz-api.h"
#include "lz-password.h"
#include "lz-reference.h"
#include "lz-wire.h"

#include <string.h>

static void
write_texts (GString *out, const char *key, char *const *texts)
{
  g_string_append_printf (out, ",\"%s\":[", key);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      lz_json_append_string (out, texts[i]);
    }
  g_string_append_c (out, ']');
}

void
lz_api_write_account (GString *out, const LzAccount *account, const char *password)
{
  g_string_append (out, "{\"user\":");
  lz_json_append_string (out, account->user);
  lz_api_write_member (out, "name", account->name);
  lz_api_write_member (out, "phone", account->phone);
  lz_api_write_member (out, "unit", account->unit);
  g_string_append_c (out, ',');
  lz_api_write_roles (out, account->roles);
  write_texts (out, "feeds", account->feeds);
  write_texts (out, "devices", account->devices);
  g_string_append_printf (out, ",\"disabled\":%s", account->disabled ? "true" : "false");
  lz_api_write_member (out, "password", password);
  g_string_append_c (out, '}');
}

static gboolean
respond_invalid (LzRequest *request, const char *message)
{
  lz_request_respond_error (request, 400, "invalid", message);
  return FALSE;
}

void
lz_api_list_users (LzRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts =
      lz_server_store_list_accounts (lz_request_get_store (request), NULL, &error);
  GString *out;

  if (accounts == NULL)
    {
      lz_request_respond_gerror (request, error);
      return;
    }
  out = g_string_new ("{\"users\":[");
  for (guint i = 0; i < accounts->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      lz_api_write_account (out, accounts->pdata[i], NULL);
    }
  g_string_append (out, "]}");
  lz_request_respond_json (request, 200, out);
}

/* ----------------------------------------------------------------------------- changes */

static gboolean
read_text_if_given (LzRequest *request, JsonObject *body, const char *key, gsize max, char **to)
{
  const char *text;

  if (!json_object_has_member (body, key))
    return TRUE;
  text = lz_api_read_text (request, body, key, max);
  if (text == NULL)
    return FALSE;
  g_free (*to);
  *to = g_strdup (text);
  return TRUE;
}

static gboolean
read_texts_if_given (LzRequest *request, JsonObject *body, const char *key, GStrv *to)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (body, key);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return respond_invalid (request, "roles and feeds are arrays of text");
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        return respond_invalid (request, "roles and feeds are arrays of text");
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  g_strfreev (*to);
  *to = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_roles (LzRequest *request, JsonObject *body, LzAccount *account)
{
  g_auto (GStrv) names = NULL;
  guint roles = 0;

  if (!read_texts_if_given (request, body, "roles", &names))
    return FALSE;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      LzRole role;

      if (!lz_role_from_string (names[i], &role) || role == LZ_ROLE_RULE)
        return respond_invalid (request, "there is no such role");
      roles |= role;
    }
  if (names != NULL)
    account->roles = roles;
  return TRUE;
}

static gboolean
read_feeds (LzRequest *request, JsonObject *body, LzAccount *account)
{
  if (!read_texts_if_given (request, body, "feeds", &account->feeds))
    return FALSE;
  for (guint i = 0; account->feeds[i] != NULL; i++)
    {
      if (!lz_server_store_get_feed (lz_request_get_store (request), account->feeds[i], NULL, NULL,
                                     NULL))
        return respond_invalid (request, "there is no such feed");
      for (guint other = 0; other < i; other++)
        if (g_str_equal (account->feeds[other], account->feeds[i]))
          return respond_invalid (request, "a feed is there twice");
    }
  return TRUE;
}

static gboolean
read_changes (LzRequest *request, JsonObject *body, LzAccount *account)
{
  JsonNode *disabled = json_object_get_member (body, "disabled");

  if (disabled != NULL &&
      (!JSON_NODE_HOLDS_VALUE (disabled) || json_node_get_value_type (disabled) != G_TYPE_BOOLEAN))
    return respond_invalid (request, "disabled is true or false");
  if (disabled != NULL)
    account->disabled = json_node_get_boolean (disabled);
  return read_text_if_given (request, body, "name", 200, &account->name) &&
         read_text_if_given (request, body, "phone", 64, &account->phone) &&
         read_text_if_given (request, body, "unit", 32, &account->unit) &&
         read_roles (request, body, account) && read_feeds (request, body, account);
}

/* The hash of the new password, and the password if it was made up; FALSE = answered. */
static gboolean
read_password (LzRequest *request, JsonObject *body, gboolean make, char **hash, char **made)
{
  g_autoptr (GError) error = NULL;
  const char *password = NULL;

  if (json_object_has_member (body, "password"))
    {
      password = lz_api_read_text (request, body, "password", 512);
      if (password == NULL)
        return FALSE;
      if (g_utf8_strlen (password, -1) < 8)
        return respond_invalid (request, "a password has at least 8 characters");
    }
  else if (make)
    password = *made = lz_password_make (&error);
  if (password != NULL)
    *hash = lz_password_hash (password, &error);
  if (error == NULL)
    return TRUE;
  lz_request_respond_gerror (request, error);
  return FALSE;
}

static gboolean
user_name_is_valid (const char *user)
{
  return strlen (user) <= 64 &&
         strspn (user, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen (user) &&
         !g_str_equal (user, LZ_RULE_ACTOR) && !g_str_equal (user, "local");
}

static void
respond_account (LzRequest *request, guint status, const char *user, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzAccount) account =
      lz_server_store_find_account (lz_request_get_store (request), user, &error);
  GString *out;

  if (account == NULL)
    {
      lz_request_respond_gerror (request, error);
      return;
    }
  out = g_string_new (NULL);
  lz_api_write_account (out, account, password);
  lz_request_respond_json (request, status, out);
  lz_server_tell_all (lz_request_get_server (request));
  lz_request_add_header (request, "Cache-Control", "no-store");
}

void
lz_api_create_user (LzRequest *request)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (LzAccount) account = g_new0 (LzAccount, 1);
  g_autofree char *hash = NULL;
  g_autofree char *made = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *body = lz_request_read_json (request, parser);
  const char *user;

  if (body == NULL || (user = lz_api_read_text (request, body, "user", 64)) == NULL)
    return;
  if (!user_name_is_valid (user))
    {
      respond_invalid (request, "a user name is of a-z, 0-9, dot, - and _");
      return;
    }
  account->user = g_strdup (user);
  account->name = g_strdup (user);
  account->feeds = g_new0 (char *, 1);
  if (!read_changes (request, body, account) || !read_password (request, body, TRUE, &hash, &made))
    return;
  if (lz_server_store_save_account (lz_request_get_store (request), account, hash, TRUE, &error))
    respond_account (request, 201, user, made);
  else if (g_error_matches (error, LZ_ERROR, LZ_ERROR_CONSTRAINT))
    lz_request_respond_error (request, 409, "exists", "the user name is taken");
  else
    lz_request_respond_gerror (request, error);
}

void
lz_api_change_user (LzRequest *request)
{
  LzServerStore *store = lz_request_get_store (request);
  const char *user = lz_request_get_capture (request, 0);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LzAccount) account = lz_server_store_find_account (store, user, &error);
  g_autofree char *hash = NULL;
  g_autofree char *made = NULL;
  JsonObject *body;

  if (account == NULL)
    {
      lz_request_respond_gerror (request, error);
      return;
    }
  body = lz_request_read_json (request, parser);
  if (body == NULL || !read_changes (request, body, account) ||
      !read_password (request, body, FALSE, &hash, &made))
    return;
  if (lz_server_store_save_account (store, account, hash, FALSE, &error))
    respond_account (request, 200, user, NULL);
  else
    lz_request_respond_gerror (request, error);
}

void
lz_api_release_device (LzRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (lz_server_store_release_device (lz_request_get_store (request),
                                      lz_request_get_capture (request, 0), &error))
    {
      lz_request_respond (request, 204);
      lz_server_tell_all (lz_request_get_server (request));
    }
  else
    lz_request_respond_gerror (request, error);
}

/* --------------------------------------------------------------------------- reference */

static void
respond_rev (LzRequest *request, gint64 rev)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "{\"rev\":%" G_GINT64_FORMAT "}", rev);
  lz_request_respond_json (request, 200, out);
  lz_server_tell_all (lz_request_get_server (request));
}

void
lz_api_assign_road (LzRequest *request)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonObject *body = lz_request_read_json (request, parser);
  const char *road, *person;
  JsonNode *level;
  gint64 rev;

  if (body == NULL || (road = lz_api_read_text (request, body, "road", 200)) == NULL ||
      (person = lz_api_read_text (request, body, "person", 64)) == NULL)
    return;
  level = json_object_get_member (body, "level");
  if (level == NULL || !JSON_NODE_HOLDS_VALUE (level) ||
      json_node_get_value_type (level) != G_TYPE_INT64 || json_node_get_int (level) < 0 ||
      json_node_get_int (level) > 4)
    {
      respond_invalid (request, "level is 0 to 4");
      return;
    }
  if (lz_server_store_assign (lz_request_get_store (request), road, person,
                              (guint) json_node_get_int (level), &rev, &error))
    respond_rev (request, rev);
  else
    lz_request_respond_gerror (request, error);
}

void
lz_api_get_part (LzRequest *request)
{
  const char *part = lz_request_get_capture (request, 0);
  gboolean roads = g_str_equal (part, "roads");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = NULL;

  if (roads || lz_reference_is_part (part))
    content = lz_server_store_get_part (lz_request_get_store (request), roads ? "streets" : part,
                                        NULL, &error);
  if (content != NULL)
    lz_request_respond_bytes (request, 200,
                              roads                          ? "application/octet-stream"
                              : lz_reference_is_table (part) ? "text/tab-separated-values"
                                                             : "application/json",
                              content);
  else if (error != NULL)
    lz_request_respond_gerror (request, error);
  else
    lz_request_respond_error (request, 404, "not_found", "never put, or no such part");
}

void
lz_api_put_part (LzRequest *request)
{
  LzServerStore *store = lz_request_get_store (request);
  const char *part = lz_request_get_capture (request, 0);
  const char *feed = lz_request_get_query (request, "feed");
  gboolean roads = g_str_equal (part, "roads");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rev;

  if (!roads && !lz_reference_is_part (part))
    {
      lz_request_respond_error (request, 404, "not_found", "no such part");
      return;
    }
  if (roads && feed == NULL)
    {
      respond_invalid (request, "the query names no feed");
      return;
    }
  body = lz_request_read_body (request, LZ_MAX_REFERENCE_BYTES);
  if (body == NULL)
    return;
  if (roads ? lz_reference_put_roads (store, feed, body, NULL, &rev, &error)
            : lz_reference_put (store, part, body, &rev, &error))
    respond_rev (request, rev);
  else
    lz_request_respond_gerror (request, error);
}
