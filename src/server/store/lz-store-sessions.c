/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/random.h>

#define SESSION_MS (30 * G_GINT64_CONSTANT (86400000))
/* A session is lengthened at most so often: reading must not become writing. */
#define TOUCH_MS (6 * G_GINT64_CONSTANT (3600000))

/* clang-format off */
static const char sql_device[] = "SELECT user FROM device WHERE id = ?1";

static const char sql_take_device[] =
  "INSERT INTO device VALUES (?1, ?2, 0) ON CONFLICT (id) DO UPDATE SET user = excluded.user";

static const char sql_free_device[] =
  "UPDATE device SET user = NULL WHERE id = ?1 AND user IS NOT NULL";

static const char sql_end_device[] = "DELETE FROM session WHERE device = ?1";
static const char sql_end_expired[] = "DELETE FROM session WHERE expires_at < ?1";

static const char sql_add[] = "INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?4, ?5)";

static const char sql_find[] =
  "SELECT s.user, s.device, s.used_at, s.expires_at FROM session AS s JOIN user AS u ON u.id = s.user"
  " WHERE s.hash = ?1 AND s.expires_at > ?2 AND u.disabled = 0";

static const char sql_touch[] = "UPDATE session SET used_at = ?2, expires_at = ?3 WHERE hash = ?1";

static const char sql_end[] = "DELETE FROM session WHERE hash = ?1 RETURNING device";
/* clang-format on */

void
lz_session_free (LzSession *self)
{
  if (self == NULL)
    return;

  lz_account_free (self->account);
  g_free (self->device);
  g_free (self);
}

static void
hash_token (const char *token, guint8 hash[32])
{
  struct sha256_ctx ctx;

  sha256_init (&ctx);
  sha256_update (&ctx, strlen (token), (const guint8 *) token);
  sha256_digest (&ctx, 32, hash);
}

/* 256 random bits, base64 for URLs. */
static char *
make_token (GError **error)
{
  guint8 bytes[32];
  char *token;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    {
      lz_error_set_errno (error, errno, "reading", "random numbers");
      return NULL;
    }
  token = g_base64_encode (bytes, sizeof bytes);
  token[LZ_TOKEN_LENGTH] = '\0'; /* the "=" at the end */
  return g_strdelimit (g_strdelimit (token, "+", '-'), "/", '_');
}

static gboolean
run_text (LzDb *db, const char *sql, const char *text, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, text);
  return lz_db_run (db, stmt, "ending sessions", error);
}

typedef struct
{
  const char *user;
  const char *device;
  guint8 hash[32];
  gint64 now_ms;
  gint64 expires_ms;
} Begin;

static gboolean
check_device (LzDb *db, const Begin *begin, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_device, error);
  g_autoptr (GError) failure = NULL;
  const char *owner = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, begin->device);
  if (lz_db_step (db, stmt, "looking for a device", &failure))
    owner = (const char *) sqlite3_column_text (stmt, 0);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (owner == NULL || g_str_equal (owner, begin->user))
    return TRUE;
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_CONSTRAINT,
                       "the device belongs to another account");
  return FALSE;
}

static gboolean
begin_session (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  const Begin *begin = data;
  g_autoptr (LzStmt) take = NULL, add = NULL, expire = NULL;

  (void) store;
  if (!check_device (db, begin, error) ||
      (take = lz_db_borrow (db, sql_take_device, error)) == NULL ||
      (add = lz_db_borrow (db, sql_add, error)) == NULL ||
      (expire = lz_db_borrow (db, sql_end_expired, error)) == NULL)
    return FALSE;
  sqlite3_bind_int64 (expire, 1, begin->now_ms);
  lz_stmt_bind_text (take, 1, begin->device);
  lz_stmt_bind_text (take, 2, begin->user);
  lz_stmt_bind_hash (add, 1, begin->hash);
  lz_stmt_bind_text (add, 2, begin->user);
  lz_stmt_bind_text (add, 3, begin->device);
  sqlite3_bind_int64 (add, 4, begin->now_ms);
  sqlite3_bind_int64 (add, 5, begin->expires_ms);
  return lz_db_run (db, expire, "ending sessions", error) &&
         lz_db_run (db, take, "binding a device", error) &&
         lz_db_run (db, add, "beginning a session", error);
}

char *
lz_server_store_begin_session (LzServerStore *self,
                               const char *user,
                               const char *device,
                               gint64 *expires_ms,
                               GError **error)
{
  g_autofree char *token = make_token (error);
  Begin begin = { .user = user, .device = device, .now_ms = lz_store_now_ms () };

  if (token == NULL)
    return NULL;
  hash_token (token, begin.hash);
  begin.expires_ms = begin.now_ms + SESSION_MS;
  if (!lz_writer_run (self->writer, begin_session, &begin, error))
    return NULL;
  *expires_ms = begin.expires_ms;
  return g_steal_pointer (&token);
}

static gboolean
touch_session (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  const Begin *begin = data;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_touch, error);

  (void) store;
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_hash (stmt, 1, begin->hash);
  sqlite3_bind_int64 (stmt, 2, begin->now_ms);
  sqlite3_bind_int64 (stmt, 3, begin->expires_ms);
  return lz_db_run (db, stmt, "lengthening a session", error);
}

static void
touch_done (gpointer data, const GError *error)
{
  (void) error; /* tried again with the next request */
  g_free (data);
}

static void
queue_touch (LzServerStore *self, const guint8 hash[32], gint64 now_ms)
{
  Begin *begin = g_new0 (Begin, 1);

  memcpy (begin->hash, hash, 32);
  begin->now_ms = now_ms;
  begin->expires_ms = now_ms + SESSION_MS;
  lz_writer_push (self->writer, touch_session, begin, touch_done);
}

LzSession *
lz_server_store_find_session (LzServerStore *self, const char *token, GError **error)
{
  g_auto (LzReader) reader = { self, NULL };
  g_autoptr (LzStmt) stmt = NULL;
  g_autoptr (LzSession) session = NULL;
  gint64 now_ms = lz_store_now_ms ();
  guint8 hash[32];

  if (strlen (token) != LZ_TOKEN_LENGTH)
    return NULL;
  reader = lz_reader_borrow (self, error);
  if (reader.db == NULL || (stmt = lz_db_borrow (reader.db, sql_find, error)) == NULL)
    return NULL;
  hash_token (token, hash);
  lz_stmt_bind_hash (stmt, 1, hash);
  sqlite3_bind_int64 (stmt, 2, now_ms);
  if (!lz_db_step (reader.db, stmt, "looking for a session", error))
    return NULL;

  session = g_new0 (LzSession, 1);
  session->device = lz_stmt_dup_text (stmt, 1);
  session->expires_ms = sqlite3_column_int64 (stmt, 3);
  session->account =
      lz_store_read_account (reader.db, (const char *) sqlite3_column_text (stmt, 0), error);
  if (session->account == NULL)
    return NULL;
  if (sqlite3_column_int64 (stmt, 2) + TOUCH_MS < now_ms)
    queue_touch (self, hash, now_ms);
  return g_steal_pointer (&session);
}

static gboolean
end_session (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_end, error);
  g_autofree char *device = NULL;

  (void) store;
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_hash (stmt, 1, data);
  if (lz_db_step (db, stmt, "ending a session", error))
    device = lz_stmt_dup_text (stmt, 0);
  if (!lz_db_run (db, stmt, "ending a session", error))
    return FALSE;
  return device == NULL || (run_text (db, sql_end_device, device, error) &&
                            run_text (db, sql_free_device, device, error));
}

gboolean
lz_server_store_end_session (LzServerStore *self, const char *token, GError **error)
{
  guint8 hash[32];

  hash_token (token, hash);
  return lz_writer_run (self->writer, end_session, hash, error);
}

static gboolean
release_device (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  (void) store;
  if (!run_text (db, sql_free_device, data, error))
    return FALSE;
  if (sqlite3_changes (lz_db_get_handle (db)) == 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "no device “%s” that is taken",
                   (const char *) data);
      return FALSE;
    }
  return run_text (db, sql_end_device, data, error);
}

gboolean
lz_server_store_release_device (LzServerStore *self, const char *device, GError **error)
{
  return lz_writer_run (self->writer, release_device, (gpointer) device, error);
}
