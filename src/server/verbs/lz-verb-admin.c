/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-actor.h"
#include "lz-api.h"
#include "lz-password.h"
#include "lz-reference.h"
#include "lz-verbs.h"

#include <string.h>

gboolean
lz_verb_check_args (char **args, guint min, guint max, const char *usage, GError **error)
{
  guint n = g_strv_length (args);

  if (n >= min && n <= max)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "usage: luzhang-server %s", usage);
  return FALSE;
}

static gboolean
set_usage (GError **error, const char *usage)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "usage: luzhang-server %s", usage);
  return FALSE;
}

/* -------------------------------------------------------------------------------- user */

static gboolean
read_roles (char *const *names, guint *roles, GError **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      LzRole role;

      if (!lz_role_from_string (names[i], &role) || role == LZ_ROLE_RULE)
        {
          g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "no role “%s”", names[i]);
          return FALSE;
        }
      *roles |= role;
    }
  return TRUE;
}

/* From the first line of a file, "-" for standard input; NULL without @error: make one up. */
static char *
read_password (const LzVerbOptions *options, GError **error)
{
  g_autofree char *text = NULL;
  const char *file = options->password_file;

  if (file == NULL)
    return lz_password_make (error);
  if (!g_file_get_contents (g_str_equal (file, "-") ? "/dev/stdin" : file, &text, NULL, error))
    return NULL;
  text[strcspn (text, "\r\n")] = '\0';
  if (g_utf8_strlen (text, -1) < 8)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           "a password has at least 8 characters");
      return NULL;
    }
  return g_steal_pointer (&text);
}

static gboolean
add_user (LzServerStore *store, const LzVerbOptions *options, const char *user, GError **error)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *password = NULL;
  char *none[] = { NULL };
  LzAccount account = { .user = (char *) user,
                        .name = options->name != NULL ? options->name : (char *) user,
                        .phone = options->phone,
                        .unit = options->unit,
                        .feeds = options->feeds != NULL ? options->feeds : none };

  if (strspn (user, "abcdefghijklmnopqrstuvwxyz0123456789._-") != strlen (user) ||
      g_str_equal (user, LZ_RULE_ACTOR) || g_str_equal (user, "local"))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           "a user name is of a-z, 0-9, dot, - and _");
      return FALSE;
    }
  if (!read_roles (options->roles, &account.roles, error))
    return FALSE;
  for (guint i = 0; account.feeds[i] != NULL; i++)
    if (!lz_server_store_get_feed (store, account.feeds[i], NULL, NULL, error))
      return FALSE;
  password = read_password (options, error);
  if (password == NULL || !lz_server_make_account (store, &account, password, json, error))
    return FALSE;
  g_print ("%s\n", json->str);
  return TRUE;
}

static gboolean
list_users (LzServerStore *store, GError **error)
{
  g_autoptr (GPtrArray) accounts = lz_server_store_list_accounts (store, NULL, error);
  g_autoptr (GString) json = g_string_new ("{\"users\":[");

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      lz_api_write_account (json, accounts->pdata[i], NULL);
    }
  g_print ("%s]}\n", json->str);
  return TRUE;
}

static gboolean
change_user (LzServerStore *store,
             const LzVerbOptions *options,
             const char *what,
             const char *user,
             GError **error)
{
  g_autoptr (LzAccount) account = lz_server_store_find_account (store, user, error);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *password = NULL;
  g_autofree char *hash = NULL;

  if (account == NULL)
    return FALSE;
  if (g_str_equal (what, "passwd"))
    {
      password = read_password (options, error);
      hash = password != NULL ? lz_password_hash (password, error) : NULL;
      if (hash == NULL)
        return FALSE;
    }
  else
    account->disabled = g_str_equal (what, "disable");
  if (!lz_server_store_save_account (store, account, hash, FALSE, error))
    return FALSE;
  lz_api_write_account (json, account, options->password_file == NULL ? password : NULL);
  g_print ("%s\n", json->str);
  return TRUE;
}

gboolean
lz_verb_user (const LzVerbOptions *options, char **args, GError **error)
{
  static const char usage[] = "user add|disable|enable|passwd USER, or user list";
  g_autoptr (LzServerStore) store = NULL;
  gboolean is_list = g_strcmp0 (args[0], "list") == 0;

  if (g_strv_length (args) != (is_list ? 1 : 2))
    return set_usage (error, usage);
  store = lz_server_store_open (options->data, error);
  if (store == NULL)
    return FALSE;
  if (is_list)
    return list_users (store, error);
  if (g_str_equal (args[0], "add"))
    return add_user (store, options, args[1], error);
  if (g_str_equal (args[0], "disable") || g_str_equal (args[0], "enable") ||
      g_str_equal (args[0], "passwd"))
    return change_user (store, options, args[0], args[1], error);
  return set_usage (error, usage);
}

/* ---------------------------------------------------------------------- feed and device */

gboolean
lz_verb_feed (const LzVerbOptions *options, char **args, GError **error)
{
  g_autoptr (LzServerStore) store = NULL;

  if (!lz_verb_check_args (args, 3, 3, "feed add CODE NAME", error) ||
      !g_str_equal (args[0], "add"))
    return error == NULL || *error != NULL ? FALSE : set_usage (error, "feed add CODE NAME");
  if (!lz_feed_name_is_valid (args[1]))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                   "“%s” is no 9-digit division code and no unit:id", args[1]);
      return FALSE;
    }
  store = lz_server_store_open (options->data, error);
  return store != NULL && lz_server_store_add_feed (store, args[1], args[2], error);
}

gboolean
lz_verb_device (const LzVerbOptions *options, char **args, GError **error)
{
  g_autoptr (LzServerStore) store = NULL;

  if (g_strv_length (args) != 2 || !g_str_equal (args[0], "release"))
    return set_usage (error, "device release DEVICE");
  store = lz_server_store_open (options->data, error);
  return store != NULL && lz_server_store_release_device (store, args[1], error);
}

/* --------------------------------------------------------------------------- reference */

static GBytes *
read_file (const char *path, GError **error)
{
  char *text;
  gsize size;

  return g_file_get_contents (path, &text, &size, error) ? g_bytes_new_take (text, size) : NULL;
}

gboolean
lz_verb_roads (const LzVerbOptions *options, char **args, GError **error)
{
  static const char usage[] = "roads import FILE --feed CODE";
  g_autoptr (LzServerStore) store = NULL;
  g_autoptr (GBytes) content = NULL;
  guint n_roads;
  gint64 rev;

  if (g_strv_length (args) != 2 || !g_str_equal (args[0], "import") || options->feed == NULL)
    return set_usage (error, usage);
  content = read_file (args[1], error);
  store = content != NULL ? lz_server_store_open (options->data, error) : NULL;
  if (store == NULL ||
      !lz_reference_put_roads (store, options->feed, content, &n_roads, &rev, error))
    return FALSE;
  g_print ("{\"roads\":%u,\"rev\":%" G_GINT64_FORMAT "}\n", n_roads, rev);
  return TRUE;
}

gboolean
lz_verb_assign (const LzVerbOptions *options, char **args, GError **error)
{
  g_autoptr (LzServerStore) store = NULL;
  gint64 rev;

  if (!lz_verb_check_args (args, 2, 2, "assign ROAD PERSON [--level 0…4]", error))
    return FALSE;
  if (options->level < 0 || options->level > 4)
    return set_usage (error, "assign ROAD PERSON [--level 0…4]");
  store = lz_server_store_open (options->data, error);
  if (store == NULL ||
      !lz_server_store_assign (store, args[0], args[1], (guint) options->level, &rev, error))
    return FALSE;
  g_print ("{\"rev\":%" G_GINT64_FORMAT "}\n", rev);
  return TRUE;
}

/* "catalogue set FILE", and the same for the other parts by their name as args[-1]. */
gboolean
lz_verb_reference (const LzVerbOptions *options, char **args, GError **error)
{
  static const char usage[] = "catalogue|tasks|calendar|divisions|routing|settings|units set FILE";
  g_autoptr (LzServerStore) store = NULL;
  g_autoptr (GBytes) content = NULL;
  gint64 rev;

  if (g_strv_length (args) != 2 || !g_str_equal (args[0], "set"))
    return set_usage (error, usage);
  content = read_file (args[1], error);
  store = content != NULL ? lz_server_store_open (options->data, error) : NULL;
  if (store == NULL || !lz_reference_put (store, args[-1], content, &rev, error))
    return FALSE;
  g_print ("{\"rev\":%" G_GINT64_FORMAT "}\n", rev);
  return TRUE;
}

/* --------------------------------------------------------------------------- operation */

gboolean
lz_verb_verify (const LzVerbOptions *options, char **args, GError **error)
{
  g_autoptr (LzServerStore) store = NULL;
  g_autoptr (LzVerifyReport) report = NULL;

  if (!lz_verb_check_args (args, 0, 0, "verify --data DIR [--no-photos]", error))
    return FALSE;
  store = lz_server_store_open (options->data, error);
  report = store != NULL ? lz_server_store_verify (store, !options->no_photos, error) : NULL;
  if (report == NULL)
    return FALSE;
  for (guint i = 0; i < report->problems->len; i++)
    g_printerr ("%s\n", (const char *) report->problems->pdata[i]);
  g_print ("{\"feeds\":%" G_GINT64_FORMAT ",\"events\":%" G_GINT64_FORMAT
           ",\"entries\":%" G_GINT64_FORMAT ",\"photos\":%" G_GINT64_FORMAT
           ",\"awaited_photos\":%" G_GINT64_FORMAT ",\"problems\":%u}\n",
           report->n_feeds, report->n_events, report->n_entries, report->n_photos,
           report->n_missing_photos, report->problems->len);
  if (report->problems->len == 0)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "%u problems", report->problems->len);
  return FALSE;
}

gboolean
lz_verb_backup (const LzVerbOptions *options, char **args, GError **error)
{
  return lz_verb_check_args (args, 1, 1, "backup FILE", error) &&
         lz_server_store_backup (options->data, args[0], error);
}

gboolean
lz_verb_restore (const LzVerbOptions *options, char **args, GError **error)
{
  return lz_verb_check_args (args, 1, 1, "restore FILE", error) &&
         lz_server_store_restore (options->data, args[0], error);
}
