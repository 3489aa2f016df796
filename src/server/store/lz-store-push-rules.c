/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-record.h"
#include "lz-store-push.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* What may be added to a feed, by whom: everything that lz_fold_check() cannot know. */

/* How far a station's clock may be ahead (design §3). */
#define MAX_AHEAD_MS G_GINT64_CONSTANT (120000)

/* clang-format off */
static const char sql_case_feed[] =
  "SELECT f.feed, c.current FROM case_unit AS c JOIN feed AS f ON f.id = c.feed WHERE c.subject = ?1";
/* clang-format on */

static gboolean
refuse (LzPushItem *item, const char *code, const char *message)
{
  item->refused = g_strdup (code);
  item->message = g_strdup (message);
  return FALSE;
}

/* Whose act it is: the account itself, or the one for which a dispatcher or an administrator
 * carries events in (from a stick). */
static const LzAccount *
find_actor (PushJob *job, const LzEvent *event)
{
  const LzPush *push = job->push;
  const char *name = event->actor;
  LzAccount *account;

  if (!job->carried)
    return push->account;
  if (g_str_equal (name, "local") || g_str_equal (name, LZ_RULE_ACTOR))
    name = job->owner;
  if (name == NULL)
    return NULL;
  account = g_hash_table_lookup (job->actors, name);
  if (account == NULL)
    {
      account = lz_store_read_account (job->db, name, NULL);
      if (account == NULL)
        return NULL;
      g_hash_table_insert (job->actors, g_strdup (name), account);
    }
  return account;
}

static gboolean
is_rule_kind (LzKind kind)
{
  return kind == LZ_KIND_FILED || kind == LZ_KIND_DISPATCHED || kind == LZ_KIND_FED_BACK;
}

/* A suspension ends by itself at its end date, which lz_fold_check() knows; not before, by the
 * server's clock. */
static gboolean
is_due_resumption (PushJob *job, const LzEvent *event)
{
  return event->kind == LZ_KIND_RESUMED && event->occurred_ms <= job->push->now_ms + MAX_AHEAD_MS;
}

/* Finds out with which roles @event acts; 0 = not at all. */
static guint
find_roles (PushJob *job, const LzAccount *account, const LzEvent *event)
{
  if (g_str_equal (event->actor, LZ_RULE_ACTOR))
    return (job->short_loop && is_rule_kind (event->kind)) || is_due_resumption (job, event)
               ? LZ_ROLE_RULE
               : 0;
  if (g_str_equal (event->actor, "local") || g_str_equal (event->actor, account->user))
    return account->roles;
  return 0;
}

/* Whether the case is with a unit whose feed @account reads; a note may also come from a unit that
 * had it before. */
static gboolean
is_with_unit (PushJob *job, const LzAccount *account, const LzEvent *event)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_case_feed, NULL);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_key (stmt, 1, &event->subject);
  while (lz_db_step (job->db, stmt, "looking for a case's unit", NULL))
    if ((sqlite3_column_int (stmt, 1) != 0 || event->kind == LZ_KIND_NOTED) &&
        lz_account_reads (account, (const char *) sqlite3_column_text (stmt, 0)))
      return TRUE;
  return FALSE;
}

static gboolean
is_unit_account (const LzAccount *account)
{
  for (guint i = 0; account->feeds[i] != NULL; i++)
    if (g_str_has_prefix (account->feeds[i], "unit:"))
      return TRUE;
  return FALSE;
}

static gboolean
check_feed (PushJob *job, const LzAccount *account, LzPushItem *item)
{
  const LzEvent *event = item->event;

  if (g_str_has_prefix (event->feed, "unit:"))
    return refuse (item, "feed", _ ("A unit's feed is nobody's home."));
  if (lz_account_reads (account, event->feed))
    return TRUE;
  if (!is_unit_account (account))
    return refuse (item, "feed", _ ("This feed is not one of yours."));
  /* A withdrawn act concerns nobody but the device that numbered it. */
  if (event->kind == LZ_KIND_WITHDRAWN || is_with_unit (job, account, event))
    return TRUE;
  return refuse (item, "case", _ ("There is no such case here."));
}

static gboolean
check_case (PushJob *job, guint roles, LzPushItem *item, GError **error)
{
  const LzEvent *event = item->event;
  const LzCase *kase = lz_case_cache_get (job->store->cases, job->db, &event->subject, error);
  g_autoptr (GError) reason = NULL;
  const LzTransition *row;

  if (kase == NULL)
    return FALSE;
  if (kase->state != LZ_STATE_NONE && !g_str_equal (kase->feed, event->feed))
    return refuse (item, "subject", _ ("The number of the case is taken."));
  if (kase->state == LZ_STATE_NONE && lz_store_is_record (job->db, &event->subject))
    return refuse (item, "subject", _ ("The number of the case is taken."));
  row = lz_machine_find (event->kind, kase->state);
  if (kase->state == LZ_STATE_NONE && row == NULL)
    return refuse (item, "case", _ ("There is no such case here."));
  if (lz_fold_check (kase, event, roles, &reason))
    return TRUE;

  item->state = g_strdup (lz_state_to_string (kase->state));
  item->basis = kase->last_event;
  return refuse (item, row != NULL && (row->roles & roles) == 0 ? "role" : "state",
                 reason->message);
}

static gboolean
check_record (PushJob *job, guint roles, LzPushItem *item, GError **error)
{
  const LzEvent *event = item->event;
  g_autoptr (LzRecord) record = lz_store_fold_record (job->db, &event->subject, error);
  g_autoptr (GError) reason = NULL;

  if (record == NULL)
    return FALSE;
  if (record->state == LZ_RECORD_NEW)
    {
      const LzCase *kase = lz_case_cache_get (job->store->cases, job->db, &event->subject, error);

      if (kase == NULL)
        return FALSE;
      if (kase->state != LZ_STATE_NONE)
        return refuse (item, "subject", _ ("The number of the entry is taken."));
    }
  else if (!g_str_equal (record->feed, event->feed))
    {
      return refuse (item, "subject", _ ("The number of the entry is taken."));
    }
  if (lz_record_check (record, event, roles, &reason))
    return TRUE;

  item->state = g_strdup (lz_record_state_to_string (record->state));
  item->basis = record->last_event;
  return refuse (item, "state", reason->message);
}

/* FALSE with @error unset: refused, and @item says why. */
gboolean
lz_push_check (PushJob *job, LzPushItem *item, GError **error)
{
  const LzEvent *event = item->event;
  const LzAccount *account = find_actor (job, event);
  guint roles = account != NULL ? find_roles (job, account, event) : 0;

  if (roles == 0)
    return refuse (item, "actor", _ ("This act was made by somebody else."));
  if (!check_feed (job, account, item))
    return FALSE;
  if (!lz_push_find_feed (job, event->feed, NULL))
    return refuse (item, "feed", _ ("This feed is not one of yours."));
  if (event->kind == LZ_KIND_WITHDRAWN)
    return TRUE;
  if (event->kind == LZ_KIND_UNKNOWN)
    return refuse (item, "kind", _ ("The server does not know such an act."));
  return event->kind == LZ_KIND_RECORD ? check_record (job, roles, item, error)
                                       : check_case (job, roles, item, error);
}

/* Reads what the rules need of the reference data: the short loop, and the names of units. */
gboolean
lz_push_read_rules (PushJob *job, GError **error)
{
  g_autoptr (GBytes) settings = lz_store_read_part (job->db, "settings", NULL, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text;

  if (settings == NULL)
    return error == NULL || *error == NULL;
  text = g_bytes_get_data (settings, &size);
  if (!json_parser_load_from_data (parser, text, (gssize) size, error))
    return FALSE;
  job->short_loop =
      g_strcmp0 (lz_json_get_text (json_node_get_object (json_parser_get_root (parser)),
                                   "short_loop", "0"),
                 "1") == 0;
  return TRUE;
}

static gboolean
unit_is_called (JsonObject *unit, const char *name)
{
  JsonArray *aliases = json_object_has_member (unit, "aliases")
                           ? json_object_get_array_member (unit, "aliases")
                           : NULL;

  if (g_strcmp0 (lz_json_get_text (unit, "id", NULL), name) == 0 ||
      g_strcmp0 (lz_json_get_text (unit, "name", NULL), name) == 0)
    return TRUE;
  for (guint i = 0; aliases != NULL && i < json_array_get_length (aliases); i++)
    if (g_strcmp0 (lz_json_node_get_text (json_array_get_element (aliases, i)), name) == 0)
      return TRUE;
  return FALSE;
}

/* The feed of the unit that a dispatch calls @name; NULL where no account serves it. */
char *
lz_push_dup_unit_feed (PushJob *job, const char *name, GError **error)
{
  g_autoptr (GBytes) units = lz_store_read_part (job->db, "units", NULL, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonArray *list;

  if (units == NULL || !json_parser_load_from_data (parser, g_bytes_get_data (units, NULL),
                                                    (gssize) g_bytes_get_size (units), error))
    return NULL;
  list = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *unit = json_array_get_object_element (list, i);

      if (unit_is_called (unit, name))
        return g_strconcat ("unit:", json_object_get_string_member (unit, "id"), NULL);
    }
  return NULL;
}
