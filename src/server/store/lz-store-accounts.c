/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"

/* clang-format off */
#define ACCOUNT_COLUMNS "id, name, phone, unit, roles, disabled"

static const char sql_find[] = "SELECT " ACCOUNT_COLUMNS " FROM user WHERE id = ?1";

static const char sql_list[] =
  "SELECT " ACCOUNT_COLUMNS " FROM user WHERE ?1 IS NULL OR (disabled = 0 AND id IN"
  " (SELECT b.user FROM user_feed AS a JOIN user_feed AS b ON a.feed = b.feed WHERE a.user = ?1))"
  " ORDER BY id";

static const char sql_feeds[] = "SELECT feed FROM user_feed WHERE user = ?1 ORDER BY position";

static const char sql_devices[] = "SELECT id FROM device WHERE user = ?1 ORDER BY id";

static const char sql_add[] =
  "INSERT INTO user (id, name, phone, unit, roles, disabled, password, created_at)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

static const char sql_change[] =
  "UPDATE user SET name = ?2, phone = ?3, unit = ?4, roles = ?5, disabled = ?6,"
  " password = coalesce (?7, password) WHERE id = ?1";

static const char sql_drop_feeds[] = "DELETE FROM user_feed WHERE user = ?1";
static const char sql_add_feed[] = "INSERT INTO user_feed VALUES (?1, ?2, ?3)";
static const char sql_end_sessions[] = "DELETE FROM session WHERE user = ?1";
static const char sql_password[] = "SELECT password FROM user WHERE id = ?1 AND disabled = 0";
/* clang-format on */

void
lz_account_free (LzAccount *self)
{
  if (self == NULL)
    return;

  g_free (self->user);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->unit);
  g_strfreev (self->feeds);
  g_strfreev (self->devices);
  g_free (self);
}

gboolean
lz_account_reads (const LzAccount *self, const char *feed)
{
  return g_strv_contains ((const char *const *) self->feeds, feed);
}

static GStrv
read_texts (LzDb *db, const char *sql, const char *user, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, user);
  while (lz_db_step (db, stmt, "reading an account", &failure))
    g_ptr_array_add (texts, lz_stmt_dup_text (stmt, 0));
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  g_ptr_array_add (texts, NULL);
  return (GStrv) g_ptr_array_steal (texts, NULL);
}

static LzAccount *
read_row (LzDb *db, LzStmt *stmt, GError **error)
{
  g_autoptr (LzAccount) account = g_new0 (LzAccount, 1);

  account->user = lz_stmt_dup_text (stmt, 0);
  account->name = lz_stmt_dup_text (stmt, 1);
  account->phone = lz_stmt_dup_text (stmt, 2);
  account->unit = lz_stmt_dup_text (stmt, 3);
  account->roles = (guint) sqlite3_column_int (stmt, 4);
  account->disabled = sqlite3_column_int (stmt, 5) != 0;
  account->feeds = read_texts (db, sql_feeds, account->user, error);
  return account->feeds != NULL ? g_steal_pointer (&account) : NULL;
}

/* NULL with LZ_ERROR_NOT_FOUND where there is none. */
LzAccount *
lz_store_read_account (LzDb *db, const char *user, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_find, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, user);
  if (lz_db_step (db, stmt, "reading an account", error))
    return read_row (db, stmt, error);
  if (error != NULL && *error == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "no account “%s”", user);
  return NULL;
}

LzAccount *
lz_server_store_find_account (LzServerStore *self, const char *user, GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzAccount) account =
      reader.db != NULL ? lz_store_read_account (reader.db, user, error) : NULL;

  if (account == NULL)
    return NULL;
  account->devices = read_texts (reader.db, sql_devices, user, error);
  return account->devices != NULL ? g_steal_pointer (&account) : NULL;
}

GPtrArray *
lz_server_store_list_accounts (LzServerStore *self, const LzAccount *sharing_with, GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (GPtrArray) accounts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_account_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = reader.db != NULL ? lz_db_borrow (reader.db, sql_list, error) : NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, sharing_with != NULL ? sharing_with->user : NULL);
  while (lz_db_step (reader.db, stmt, "listing accounts", &failure))
    {
      LzAccount *account = read_row (reader.db, stmt, &failure);

      if (account == NULL)
        break;
      g_ptr_array_add (accounts, account);
      account->devices = read_texts (reader.db, sql_devices, account->user, &failure);
      if (account->devices == NULL)
        break;
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&accounts) : NULL;
}

typedef struct
{
  const LzAccount *account;
  const char *password_hash;
  gboolean create;
} Save;

static gboolean
run_with_user (LzDb *db, const char *sql, const char *user, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, user);
  return lz_db_run (db, stmt, "changing an account", error);
}

static gboolean
save_row (LzDb *db, const Save *save, GError **error)
{
  const LzAccount *account = save->account;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, save->create ? sql_add : sql_change, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, account->user);
  lz_stmt_bind_text (stmt, 2, account->name);
  lz_stmt_bind_text (stmt, 3, account->phone);
  lz_stmt_bind_text (stmt, 4, account->unit);
  sqlite3_bind_int (stmt, 5, (int) account->roles);
  sqlite3_bind_int (stmt, 6, account->disabled);
  lz_stmt_bind_text (stmt, 7, save->password_hash);
  if (save->create)
    sqlite3_bind_int64 (stmt, 8, lz_store_now_ms ());
  return lz_db_run (db, stmt, "saving an account", error);
}

static gboolean
save_account (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  const Save *save = data;
  const LzAccount *account = save->account;
  gint64 rev;

  (void) store;
  if (!save_row (db, save, error) || !run_with_user (db, sql_drop_feeds, account->user, error))
    return FALSE;
  for (guint i = 0; account->feeds[i] != NULL; i++)
    {
      g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add_feed, error);

      if (stmt == NULL)
        return FALSE;
      lz_stmt_bind_text (stmt, 1, account->user);
      sqlite3_bind_int (stmt, 2, (int) i);
      lz_stmt_bind_text (stmt, 3, account->feeds[i]);
      if (!lz_db_run (db, stmt, "saving an account's feeds", error))
        return FALSE;
    }
  if ((account->disabled || (save->password_hash != NULL && !save->create)) &&
      !run_with_user (db, sql_end_sessions, account->user, error))
    return FALSE;
  return lz_store_raise_rev (db, &rev, error);
}

gboolean
lz_server_store_save_account (LzServerStore *self,
                              const LzAccount *account,
                              const char *password_hash,
                              gboolean create,
                              GError **error)
{
  Save save = { account, password_hash, create };

  return lz_writer_run (self->writer, save_account, &save, error);
}

char *
lz_server_store_dup_password_hash (LzServerStore *self, const char *user, GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzStmt) stmt =
      reader.db != NULL ? lz_db_borrow (reader.db, sql_password, error) : NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, user);
  return lz_db_step (reader.db, stmt, "reading an account", error) ? lz_stmt_dup_text (stmt, 0)
                                                                   : NULL;
}
