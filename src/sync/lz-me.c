/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-private.h"
#include "lz-wire.h"

#define MAX_ANSWER_BYTES (1024 * 1024)
#define CONTACT_EVERY_MS 15000
/* What the open line has brought holds for a run that begins at once. */
#define HEARD_US (2 * G_USEC_PER_SEC)

/* One request says all that a run must know: who the account is, how far each of its feeds has
 * grown, the revision of the reference data.  Its tag says that nothing of it has changed, and the
 * same request, held open, says when it does. */

static void
head_free (gpointer data)
{
  lz_feed_head_clear (data);
  g_free (data);
}

static void
know_head (LzSync *self, const char *feed, gint64 seq, const guint8 chain[LZ_SHA256_SIZE])
{
  LzFeedHead *head = g_new0 (LzFeedHead, 1);

  head->feed = g_strdup (feed);
  head->seq = seq;
  memcpy (head->chain, chain, LZ_SHA256_SIZE);
  if (self->heads == NULL)
    self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, head_free);
  g_hash_table_replace (self->heads, head->feed, head);
}

void
lz_sync_know_heads (LzSync *self, GArray *heads)
{
  for (guint i = 0; i < heads->len; i++)
    {
      const LzFeedHead *head = &g_array_index (heads, LzFeedHead, i);

      know_head (self, head->feed, head->seq, head->chain);
    }
}

void
lz_sync_forget_head (LzSync *self, const char *feed)
{
  if (self->heads != NULL)
    g_hash_table_remove (self->heads, feed);
}

const LzFeedHead *
lz_sync_get_head (LzSync *self, const char *feed)
{
  return self->knows_server && self->heads != NULL ? g_hash_table_lookup (self->heads, feed) : NULL;
}

/* Adds to @account what is of lasting interest; the head is for this run. */
static void
take_feed (LzSync *self, JsonNode *node, GString *account)
{
  JsonObject *feed = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  guint8 chain[LZ_SHA256_SIZE];
  const char *name, *text;
  gint64 seq;

  if (feed == NULL)
    return;
  name = lz_json_get_text (feed, "feed", "");
  text = lz_json_get_text (feed, "chain", NULL);
  seq = lz_json_get_int (feed, "head", -1);
  if (seq >= 0 && lz_sha256_parse (text, chain))
    know_head (self, name, seq, chain); /* else the feed itself is asked */
  g_string_append_printf (account, "%s\n%s\n", name, lz_json_get_text (feed, "name", name));
}

static JsonArray *
get_array (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* Who the account is, in one text: as long as it is the same, nothing needs to be written. */
static char *
take_heads (LzSync *self, JsonObject *me)
{
  static const char *const members[] = { "user", "name", "phone", "unit" };
  GString *account = g_string_new (NULL);
  JsonArray *roles = get_array (me, "roles");
  JsonArray *feeds = get_array (me, "feeds");

  if (self->heads != NULL)
    g_hash_table_remove_all (self->heads);
  self->rev = lz_json_get_int (me, "rev", -1);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_string_append_printf (account, "%s\n", lz_json_get_text (me, members[i], ""));
  for (guint i = 0; roles != NULL && i < json_array_get_length (roles); i++)
    {
      g_autofree char *role = json_to_string (json_array_get_element (roles, i), FALSE);

      g_string_append_printf (account, "%s\n", role);
    }
  for (guint i = 0; feeds != NULL && i < json_array_get_length (feeds); i++)
    take_feed (self, json_array_get_element (feeds, i), account);
  return g_string_free (account, FALSE);
}

static gboolean
take_me (LzSync *self, const LzHttpAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) me = lz_sync_parse_object (answer->body, error);
  g_autofree char *account = NULL;

  if (me == NULL)
    return FALSE;
  account = take_heads (self, json_node_get_object (me));
  if (g_strcmp0 (account, self->account) != 0 &&
      !lz_sync_take_account (self->station, json_node_get_object (me), error))
    return FALSE;
  g_free (self->account);
  self->account = g_steal_pointer (&account);
  g_free (self->me_tag);
  self->me_tag = g_strdup (soup_message_headers_get_one (answer->headers, "ETag"));
  return TRUE;
}

/* TRUE in @news: something is not as it was. */
static gboolean
request_me (LzSync *self, guint wait_s, gboolean *news, GCancellable *cancellable, GError **error)
{
  g_autofree char *path =
      wait_s > 0 ? g_strdup_printf ("/v1/me?wait=%u", wait_s) : g_strdup ("/v1/me");
  g_autoptr (SoupMessage) message = lz_http_new_message (self->http, "GET", path, error);
  g_auto (LzHttpAnswer) answer = { 0 };

  if (message == NULL)
    return FALSE;
  if (self->me_tag != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "If-None-Match",
                                  self->me_tag);
  if (!lz_http_send (self->http, message, "application/json", MAX_ANSWER_BYTES, &answer,
                     cancellable, error) ||
      !lz_sync_set_epoch (self, lz_http_get_epoch (self->http), error))
    return FALSE;
  *news = answer.status != SOUP_STATUS_NOT_MODIFIED;
  return !*news || take_me (self, &answer, error);
}

/* The last contact is for people, and the clock's offset counts from two minutes on: neither is
 * worth a commit every few seconds. */
static gboolean
keep_contact (LzSync *self, GError **error)
{
  LzStation *station = self->station;
  LzDb *db = lz_station_get_db (station);
  gint64 now_ms = lz_station_now (station);
  gint64 offset_ms = lz_http_get_time_ms (self->http) - now_ms;
  g_autofree char *last = lz_station_dup_setting (station, "last_contact", "0");
  g_autofree char *known = lz_station_dup_setting (station, "clock_offset", "0");
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, now_ms);
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, offset_ms);

  if (ABS (now_ms - g_ascii_strtoll (last, NULL, 10)) < CONTACT_EVERY_MS &&
      ABS (offset_ms - g_ascii_strtoll (known, NULL, 10)) < CONTACT_EVERY_MS)
    return TRUE;
  if (!lz_db_begin (db, error))
    return FALSE;
  if (lz_station_set_setting (station, "last_contact", now, error) &&
      lz_station_set_setting (station, "clock_offset", offset, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

gboolean
lz_sync_refresh_account (LzSync *self, GCancellable *cancellable, GError **error)
{
  gint64 heard_us = self->heard_us;
  gboolean news = FALSE;

  self->heard_us = 0;
  if (heard_us == 0 || g_get_monotonic_time () - heard_us > HEARD_US)
    if (!request_me (self, 0, &news, cancellable, error))
      return FALSE;
  self->knows_server = TRUE;
  self->has_news = self->has_news || news;
  return keep_contact (self, error);
}

gboolean
lz_sync_wait (LzSync *self, guint seconds, GCancellable *cancellable, GError **error)
{
  gboolean news = FALSE;

  if (self->me_tag == NULL)
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_FAILED,
                           "the server was not heard yet");
      return FALSE;
    }
  lz_sync_enter (self, LZ_SYNC_WAITING);
  if (!request_me (self, seconds, &news, cancellable, error))
    return FALSE;
  self->heard_us = g_get_monotonic_time ();
  self->has_news = self->has_news || news;
  return news;
}
