/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-private.h"

#include "lz-actor.h"
#include "lz-roads.h"
#include "lz-state.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>

#define MAX_ANSWER_BYTES (1024 * 1024)
/* More than any answer of the contract has. */
#define MAX_DEPTH 64

JsonNode *
lz_sync_parse_object (GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  JsonNode *root;

  if (!lz_json_check (text, size, MAX_DEPTH) ||
      !json_parser_load_from_data (parser, text, (gssize) size, NULL) ||
      (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, "the answer is not JSON");
      return NULL;
    }
  return json_node_ref (root);
}

static gboolean
set_no_account (GError **error)
{
  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                       "the answer does not say what the account may do");
  return FALSE;
}

static JsonArray *
get_array (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* A role that a newer server knows is passed over; one that is no word at all is not. */
static gboolean
read_roles (JsonObject *object, guint *roles, GError **error)
{
  JsonArray *array = get_array (object, "roles");

  *roles = 0;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *name = lz_json_node_get_text (json_array_get_element (array, i));
      LzRole role;

      if (name == NULL)
        return set_no_account (error);
      if (lz_role_from_string (name, &role))
        *roles |= role;
    }
  return array != NULL || set_no_account (error);
}

/* NULL with @error where any of it is not as it should be: a feed that is left out is given up. */
static GPtrArray *
read_feeds (JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_feed_free);
  JsonArray *array = get_array (object, "feeds");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonObject *one = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      const char *name = one != NULL ? lz_json_get_text (one, "feed", NULL) : NULL;
      LzFeed *feed;

      if (name == NULL)
        {
          set_no_account (error);
          return NULL;
        }
      feed = g_new0 (LzFeed, 1);
      feed->name = g_strdup (name);
      feed->title = g_strdup (lz_json_get_text (one, "name", name));
      feed->head = lz_json_get_int (one, "head", 0);
      g_ptr_array_add (feeds, feed);
    }
  if (array != NULL)
    return g_steal_pointer (&feeds);
  set_no_account (error);
  return NULL;
}

static gboolean
save_person (LzStation *station, JsonObject *me, guint roles, GError **error)
{
  LzPerson person = {
    .id = (char *) lz_json_get_text (me, "user", ""),
    .name = (char *) lz_json_get_text (me, "name", ""),
    .phone = (char *) lz_json_get_text (me, "phone", NULL),
    .unit = (char *) lz_json_get_text (me, "unit", NULL),
    .roles = roles,
  };

  if (*person.id == '\0')
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                           "the answer names no account");
      return FALSE;
    }
  return lz_people_save (station, &person, error) &&
         lz_station_set_setting (station, "user", person.id, error) &&
         lz_people_set_actor (station, person.id, error);
}

/* A unit's account has no subdistrict of its own: its station keeps the feed it was made with. */
static gboolean
take_home_feed (LzStation *station, GPtrArray *feeds, GError **error)
{
  for (guint i = 0; i < feeds->len; i++)
    {
      const LzFeed *feed = g_ptr_array_index (feeds, i);

      if (!g_str_has_prefix (feed->name, "unit:"))
        return lz_station_set_setting (station, "feed", feed->name, error);
    }
  return TRUE;
}

gboolean
lz_sync_take_account (LzStation *station, JsonObject *me, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) feeds = read_feeds (me, error);
  guint roles;

  if (feeds == NULL || !read_roles (me, &roles, error) || !lz_db_begin (db, error))
    return FALSE;
  if (save_person (station, me, roles, error) && lz_sync_set_feeds (station, feeds, error) &&
      take_home_feed (station, feeds, error) && lz_station_bump_revision (station, error) &&
      lz_station_reload (station, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  lz_station_reload (station, NULL);
  return FALSE;
}

static GBytes *
write_login (LzStation *station, const char *user, const char *password)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "user");
  json_builder_add_string_value (builder, user);
  json_builder_set_member_name (builder, "password");
  json_builder_add_string_value (builder, password);
  json_builder_set_member_name (builder, "device");
  json_builder_add_string_value (builder, lz_station_get_device (station));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static JsonNode *
request_session (LzStation *station,
                 LzHttp *http,
                 const char *user,
                 const char *password,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (SoupMessage) message = lz_http_new_message (http, "POST", "/v1/session", error);
  g_autoptr (GBytes) body = NULL;
  g_auto (LzHttpAnswer) answer = { 0 };

  if (message == NULL)
    return NULL;
  body = write_login (station, user, password);
  lz_http_set_body (message, "application/json", body, FALSE);
  if (!lz_http_send (http, message, "application/json", MAX_ANSWER_BYTES, &answer, cancellable,
                     error))
    return NULL;
  return lz_sync_parse_object (answer.body, error);
}

/* Another account's unsent work must not go out under this one's name. */
static gboolean
check_unsent (LzStation *station, const char *user, GError **error)
{
  g_auto (GStrv) authors = lz_sync_list_authors (station, error);

  if (authors == NULL)
    return FALSE;
  for (char **author = authors; *author != NULL; author++)
    {
      if (strcmp (*author, user) == 0 || strcmp (*author, "local") == 0 ||
          strcmp (*author, LZ_RULE_ACTOR) == 0 || strcmp (*author, "import") == 0)
        continue;
      g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_REFUSED,
                   _ ("“%s” has work on this station that was not sent yet. They must log in and "
                      "send it first."),
                   *author);
      return FALSE;
    }
  return TRUE;
}

char *
lz_sync_dup_login (LzStation *station)
{
  return lz_station_dup_setting (station, LZ_SETTING_LOGIN, "");
}

/* Other programs that sync this station see by it that they must read the account anew. */
static gboolean
note_login (LzStation *station, GError **error)
{
  LzId id = lz_id_new (lz_station_now (station));
  g_autofree char *text = lz_id_dup_string (&id);

  return lz_station_set_setting (station, LZ_SETTING_LOGIN, text, error);
}

gboolean
lz_sync_login (LzStation *station,
               const char *url,
               const char *user,
               const char *password,
               gboolean insist,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (LzHttp) http = NULL;
  g_autoptr (JsonNode) session = NULL;
  g_autofree char *old_epoch = lz_station_dup_setting (station, "epoch", NULL);
  const char *token;

  if (!lz_http_check_url (url, insist, error) || !check_unsent (station, user, error))
    return FALSE;
  http = lz_http_new (url, NULL, FALSE);
  session = request_session (station, http, user, password, cancellable, error);
  if (session == NULL)
    return FALSE;
  token = lz_json_get_text (json_node_get_object (session), "token", NULL);
  if (token == NULL)
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS, "no token");
      return FALSE;
    }
  /* Another server, or another life of this one: what was read before must be read again. */
  if (old_epoch != NULL && lz_http_get_epoch (http) != NULL &&
      strcmp (old_epoch, lz_http_get_epoch (http)) != 0 &&
      !lz_sync_forget_server (station, lz_http_get_epoch (http), error))
    return FALSE;
  return lz_sync_take_account (station, json_node_get_object (session), error) &&
         lz_station_set_setting (station, "server", url, error) &&
         lz_station_set_setting (station, "insist_http", insist ? "1" : NULL, error) &&
         lz_station_set_setting (station, "epoch", lz_http_get_epoch (http), error) &&
         lz_token_save (station, token, error) && lz_sync_retry_all (station, error) &&
         note_login (station, error);
}

gboolean
lz_sync_logout (LzStation *station, GCancellable *cancellable, GError **error)
{
  g_autofree char *url = lz_station_dup_setting (station, "server", NULL);
  g_autofree char *token = lz_token_load (station);

  lz_token_forget (station);
  if (url != NULL && token != NULL)
    {
      g_autoptr (LzHttp) http = lz_http_new (url, token, FALSE);
      g_autoptr (SoupMessage) message = lz_http_new_message (http, "DELETE", "/v1/session", NULL);
      g_auto (LzHttpAnswer) answer = { 0 };
      g_autoptr (GError) failure = NULL;

      /* Without a line the token is forgotten here and expires there. */
      if (message != NULL &&
          !lz_http_send (http, message, NULL, 65536, &answer, cancellable, &failure))
        g_info ("logging out: %s", failure->message);
    }
  return lz_station_set_setting (station, "server", NULL, error) && note_login (station, error);
}
