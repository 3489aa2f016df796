/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"

#include <string.h>

#define KEPT_DONE_MS (24 * G_GINT64_CONSTANT (3600000))

/* clang-format off */
/* Who handed the bytes in may have them; so may who reads an event that names them, if its author
 * handed them in: naming a hash alone opens nothing. */
static const char sql_can_read[] =
  "SELECT size FROM photo WHERE sha256 = ?1 AND ("
  " EXISTS (SELECT 1 FROM photo_from WHERE sha256 = ?1 AND user = ?2) OR"
  " EXISTS (SELECT 1 FROM event_photo AS p JOIN event AS e ON e.n = p.event"
  "  JOIN photo_from AS o ON o.sha256 = ?1 AND o.user = e.user"
  "  JOIN user_feed AS u ON u.user = ?2 JOIN feed AS f ON f.feed = u.feed"
  "  JOIN feed_entry AS n ON n.feed = f.id AND n.event = p.event WHERE p.sha256 = ?1))";

static const char sql_feeds[] =
  "SELECT DISTINCT f.feed FROM event_photo AS p JOIN feed_entry AS n ON n.event = p.event"
  " JOIN feed AS f ON f.id = n.feed WHERE p.sha256 = ?1";

static const char sql_add[] = "INSERT OR IGNORE INTO photo VALUES (?1, ?2, ?3)";
static const char sql_add_from[] = "INSERT OR IGNORE INTO photo_from VALUES (?1, ?2)";

/* The authors whose photo somebody carried in for them. */
static const char sql_vouch[] =
  "INSERT OR IGNORE INTO photo_from SELECT ?1, e.user FROM event_photo AS p JOIN event AS e ON e.n = p.event"
  " JOIN feed_entry AS n ON n.event = e.n JOIN feed AS f ON f.id = n.feed"
  " JOIN user_feed AS u ON u.feed = f.feed AND u.user = ?2 JOIN user AS c ON c.id = ?2 AND c.roles & ?3 <> 0"
  " WHERE p.sha256 = ?1";

static const char sql_finish[] =
  "INSERT INTO upload VALUES (?1, ?2, ?3, ?4, 1, ?5)"
  " ON CONFLICT (id) DO UPDATE SET done = 1, expires_at = excluded.expires_at";

static const char sql_bytes[] =
  "SELECT (SELECT coalesce (sum (p.size), 0) FROM photo AS p WHERE ?1 IS NULL OR p.sha256 IN"
  " (SELECT sha256 FROM photo_from WHERE user = ?1)) + (SELECT coalesce (sum (length), 0) FROM upload"
  " WHERE done = 0 AND (?1 IS NULL OR user = ?1))";

static const char sql_add_upload[] = "INSERT INTO upload VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

static const char sql_find_upload[] =
  "SELECT length, sha256, done, expires_at FROM upload"
  " WHERE id = ?1 AND user = ?2 AND expires_at > ?3";

static const char sql_remove_upload[] = "DELETE FROM upload WHERE id = ?1";
static const char sql_expired[] = "SELECT id FROM upload WHERE expires_at <= ?1";
static const char sql_drop_expired[] = "DELETE FROM upload WHERE expires_at <= ?1";
/* clang-format on */

void
lz_upload_row_free (LzUploadRow *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->user);
  g_free (self);
}

gboolean
lz_server_store_can_read_photo (LzServerStore *self,
                                const LzAccount *account,
                                const guint8 sha256[32],
                                gint64 *size,
                                GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzStmt) stmt =
      reader.db != NULL ? lz_db_borrow (reader.db, sql_can_read, error) : NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_hash (stmt, 1, sha256);
  lz_stmt_bind_text (stmt, 2, account->user);
  if (!lz_db_step (reader.db, stmt, "looking for a photo", error))
    return FALSE;
  if (size != NULL)
    *size = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

GPtrArray *
lz_server_store_list_photo_feeds (LzServerStore *self,
                                  const guint8 sha256[LZ_SHA256_SIZE],
                                  GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzStmt) stmt = reader.db != NULL ? lz_db_borrow (reader.db, sql_feeds, error) : NULL;
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_hash (stmt, 1, sha256);
  while (lz_db_step (reader.db, stmt, "looking for a photo's feeds", &failure))
    g_ptr_array_add (feeds, lz_stmt_dup_text (stmt, 0));
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&feeds) : NULL;
}

typedef struct
{
  const char *user;
  const guint8 *sha256;
  gint64 size;
  const char *upload;
} Photo;

static gboolean
add_photo (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  const Photo *photo = data;
  g_autoptr (LzStmt) add = lz_db_borrow (db, sql_add, error);
  g_autoptr (LzStmt) from = lz_db_borrow (db, sql_add_from, error);
  g_autoptr (LzStmt) vouch = lz_db_borrow (db, sql_vouch, error);
  g_autoptr (LzStmt) finish = lz_db_borrow (db, sql_finish, error);
  gint64 now_ms = lz_store_now_ms ();

  (void) store;
  if (add == NULL || from == NULL || vouch == NULL || finish == NULL)
    return FALSE;
  lz_stmt_bind_hash (add, 1, photo->sha256);
  sqlite3_bind_int64 (add, 2, photo->size);
  sqlite3_bind_int64 (add, 3, now_ms);
  lz_stmt_bind_hash (from, 1, photo->sha256);
  lz_stmt_bind_text (from, 2, photo->user);
  lz_stmt_bind_hash (vouch, 1, photo->sha256);
  lz_stmt_bind_text (vouch, 2, photo->user);
  sqlite3_bind_int (vouch, 3, LZ_ROLES_CARRY);
  lz_stmt_bind_text (finish, 1, photo->upload);
  lz_stmt_bind_text (finish, 2, photo->user);
  sqlite3_bind_int64 (finish, 3, photo->size);
  lz_stmt_bind_hash (finish, 4, photo->sha256);
  sqlite3_bind_int64 (finish, 5, now_ms + KEPT_DONE_MS);
  return lz_db_run (db, add, "adding a photo", error) &&
         lz_db_run (db, from, "adding a photo", error) &&
         lz_db_run (db, vouch, "adding a photo", error) &&
         (photo->upload == NULL || lz_db_run (db, finish, "finishing an upload", error));
}

gboolean
lz_server_store_add_photo (LzServerStore *self,
                           const char *user,
                           const guint8 sha256[32],
                           gint64 size,
                           const char *upload,
                           GError **error)
{
  Photo photo = { user, sha256, size, upload };

  return lz_writer_run (self->writer, add_photo, &photo, error);
}

gboolean
lz_server_store_get_photo_bytes (LzServerStore *self,
                                 const char *user,
                                 gint64 *bytes,
                                 GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzStmt) stmt = reader.db != NULL ? lz_db_borrow (reader.db, sql_bytes, error) : NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, user);
  if (!lz_db_step (reader.db, stmt, "adding up photos", error))
    return FALSE;
  *bytes = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
add_upload (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  const LzUploadRow *row = data;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add_upload, error);

  (void) store;
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, row->id);
  lz_stmt_bind_text (stmt, 2, row->user);
  sqlite3_bind_int64 (stmt, 3, row->length);
  lz_stmt_bind_hash (stmt, 4, row->sha256);
  sqlite3_bind_int (stmt, 5, row->done);
  sqlite3_bind_int64 (stmt, 6, row->expires_ms);
  return lz_db_run (db, stmt, "adding an upload", error);
}

gboolean
lz_server_store_add_upload (LzServerStore *self, const LzUploadRow *row, GError **error)
{
  return lz_writer_run (self->writer, add_upload, (gpointer) row, error);
}

LzUploadRow *
lz_server_store_find_upload (LzServerStore *self, const char *id, const char *user, GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzStmt) stmt =
      reader.db != NULL ? lz_db_borrow (reader.db, sql_find_upload, error) : NULL;
  g_autoptr (LzUploadRow) row = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, id);
  lz_stmt_bind_text (stmt, 2, user);
  sqlite3_bind_int64 (stmt, 3, lz_store_now_ms ());
  if (!lz_db_step (reader.db, stmt, "looking for an upload", error))
    return NULL;
  row = g_new0 (LzUploadRow, 1);
  row->id = g_strdup (id);
  row->user = g_strdup (user);
  row->length = sqlite3_column_int64 (stmt, 0);
  lz_stmt_column_blob (stmt, 1, row->sha256, sizeof row->sha256);
  row->done = sqlite3_column_int (stmt, 2) != 0;
  row->expires_ms = sqlite3_column_int64 (stmt, 3);
  return g_steal_pointer (&row);
}

static gboolean
remove_upload (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_remove_upload, error);

  (void) store;
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, data);
  return lz_db_run (db, stmt, "removing an upload", error);
}

gboolean
lz_server_store_remove_upload (LzServerStore *self, const char *id, GError **error)
{
  return lz_writer_run (self->writer, remove_upload, (gpointer) id, error);
}

typedef struct
{
  gint64 now_ms;
  GPtrArray *ids;
} Expire;

static gboolean
expire_uploads (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  const Expire *expire = data;
  g_autoptr (LzStmt) list = lz_db_borrow (db, sql_expired, error);
  g_autoptr (LzStmt) drop = lz_db_borrow (db, sql_drop_expired, error);
  g_autoptr (GError) failure = NULL;

  (void) store;
  if (list == NULL || drop == NULL)
    return FALSE;
  sqlite3_bind_int64 (list, 1, expire->now_ms);
  while (lz_db_step (db, list, "listing uploads", &failure))
    g_ptr_array_add (expire->ids, lz_stmt_dup_text (list, 0));
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  sqlite3_bind_int64 (drop, 1, expire->now_ms);
  return lz_db_run (db, drop, "removing uploads", error);
}

GPtrArray *
lz_server_store_expire_uploads (LzServerStore *self, gint64 now_ms, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Expire expire = { now_ms, ids };

  return lz_writer_run (self->writer, expire_uploads, &expire, error) ? g_steal_pointer (&ids)
                                                                      : NULL;
}
