/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-photos-private.h"
#include "lz-stmt.h"
#include "lz-sync-table.h"

/* clang-format off */
/* Only photos that an event names: a draft's stay here until it is confirmed. */
static const char sql_uploads[] =
  "SELECT p.sha256, p.size, u.url, coalesce (u.sent, 0), coalesce (u.tries, 0),"
  " coalesce (u.next_at, 0) FROM photo AS p LEFT JOIN upload AS u ON u.sha256 = p.sha256"
  " WHERE p.stored AND p.delivered_at IS NULL AND coalesce (u.permanent, 0) = 0"
  "  AND coalesce (u.next_at, 0) <= ?1"
  "  AND EXISTS (SELECT 1 FROM used_photo AS c WHERE c.sha256 = p.sha256)"
  " ORDER BY p.added_at LIMIT ?2";

static const char sql_save_upload[] =
  "INSERT INTO upload (sha256, url, sent, tries, next_at, error, permanent)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
  " ON CONFLICT (sha256) DO UPDATE SET url = excluded.url, sent = excluded.sent,"
  " tries = excluded.tries, next_at = excluded.next_at, error = excluded.error,"
  " permanent = excluded.permanent";

static const char sql_delivered[] =
  "UPDATE photo SET delivered_at = ?2 WHERE sha256 = ?1 AND delivered_at IS NULL";

static const char sql_drop_upload[] =
  "DELETE FROM upload WHERE sha256 = ?1";

static const char sql_missing[] =
  "SELECT DISTINCT c.sha256 FROM used_photo AS c LEFT JOIN photo AS p ON p.sha256 = c.sha256"
  " WHERE p.sha256 IS NULL OR NOT p.stored LIMIT ?1";

static const char sql_set_retry[] =
  "INSERT INTO retry (task, tries, next_at, error, permanent) VALUES (?1, 1, ?2, ?3, ?4)"
  " ON CONFLICT (task) DO UPDATE SET tries = tries + 1, next_at = excluded.next_at,"
  " error = excluded.error, permanent = excluded.permanent";

static const char sql_clear_retry[] =
  "DELETE FROM retry WHERE task = ?1";

static const char sql_get_retry[] =
  "SELECT tries, next_at, permanent FROM retry WHERE task = ?1";
/* clang-format on */

void
lz_upload_free (LzUpload *self)
{
  if (self == NULL)
    return;

  g_free (self->url);
  g_free (self);
}

GPtrArray *
lz_sync_list_uploads (LzStation *station, gint64 now_ms, guint limit, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) uploads = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_upload_free);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_uploads, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, now_ms);
  sqlite3_bind_int64 (stmt, 2, limit);
  while (lz_db_step (db, stmt, "listing photos to send", &failure))
    {
      LzUpload *upload = g_new0 (LzUpload, 1);

      memcpy (upload->sha256, sqlite3_column_blob (stmt, 0), LZ_SHA256_SIZE);
      upload->size_bytes = sqlite3_column_int64 (stmt, 1);
      upload->url = lz_stmt_dup_text (stmt, 2);
      upload->sent_bytes = sqlite3_column_int64 (stmt, 3);
      upload->tries = (guint) sqlite3_column_int64 (stmt, 4);
      upload->next_ms = sqlite3_column_int64 (stmt, 5);
      g_ptr_array_add (uploads, upload);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&uploads);
}

gboolean
lz_sync_save_upload (LzStation *station,
                     const LzUpload *upload,
                     const char *failure,
                     gboolean permanent,
                     GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_save_upload, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, upload->sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  lz_stmt_bind_text (stmt, 2, upload->url);
  sqlite3_bind_int64 (stmt, 3, upload->sent_bytes);
  sqlite3_bind_int64 (stmt, 4, upload->tries);
  sqlite3_bind_int64 (stmt, 5, upload->next_ms);
  lz_stmt_bind_text (stmt, 6, failure);
  sqlite3_bind_int (stmt, 7, permanent);
  return lz_db_run (db, stmt, "keeping how far a photo is", error);
}

static gboolean
run_for_photo (LzStation *station,
               const char *sql,
               const guint8 sha256[LZ_SHA256_SIZE],
               GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  if (sql == sql_delivered)
    sqlite3_bind_int64 (stmt, 2, lz_station_now (station));
  return lz_db_run (db, stmt, "keeping a photo's receipt", error);
}

gboolean
lz_sync_has_uploads (LzStation *station)
{
  gint64 n = 1;

  return !lz_db_get_int64 (lz_station_get_db (station), "SELECT EXISTS (SELECT 1 FROM upload)", &n,
                           NULL) ||
         n != 0;
}

gboolean
lz_sync_set_all_delivered (LzStation *station, GArray *hashes, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  for (guint i = 0; i < hashes->len; i++)
    {
      const guint8 *sha256 = (const guint8 *) hashes->data + (gsize) i * LZ_SHA256_SIZE;

      if (!run_for_photo (station, sql_delivered, sha256, error) ||
          !run_for_photo (station, sql_drop_upload, sha256, error))
        {
          lz_db_rollback (db);
          return FALSE;
        }
    }
  return lz_db_commit (db, error);
}

gboolean
lz_sync_take_photos (LzStation *station, GPtrArray *photos, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  for (guint i = 0; i < photos->len; i++)
    {
      const LzPhoto *photo = g_ptr_array_index (photos, i);

      if (!lz_photos_keep (station, photo, 0, error) ||
          !run_for_photo (station, sql_delivered, photo->sha256, error))
        {
          lz_db_rollback (db);
          return FALSE;
        }
    }
  return lz_db_commit (db, error);
}

GArray *
lz_sync_list_missing (LzStation *station, guint limit, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, LZ_SHA256_SIZE);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_missing, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, limit);
  while (lz_db_step (db, stmt, "listing photos that are not here", &failure))
    g_array_append_vals (hashes, sqlite3_column_blob (stmt, 0), 1);
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&hashes);
}

gboolean
lz_sync_set_retry (LzStation *station,
                   const char *task,
                   const char *failure,
                   gint64 next_ms,
                   gboolean permanent,
                   GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_set_retry, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, task);
  sqlite3_bind_int64 (stmt, 2, next_ms);
  lz_stmt_bind_text (stmt, 3, failure);
  sqlite3_bind_int (stmt, 4, permanent);
  return lz_db_run (db, stmt, "keeping when to try again", error);
}

gboolean
lz_sync_clear_retry (LzStation *station, const char *task, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = NULL;
  gboolean permanent;
  gint64 next_ms;
  guint tries;

  /* nearly always there is none, and a commit costs more than a look */
  if (!lz_sync_get_retry (station, task, &tries, &next_ms, &permanent))
    return TRUE;
  stmt = lz_db_borrow (db, sql_clear_retry, error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, task);
  return lz_db_run (db, stmt, "forgetting a failure", error);
}

gboolean
lz_sync_get_retry (LzStation *station,
                   const char *task,
                   guint *tries,
                   gint64 *next_ms,
                   gboolean *permanent)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_get_retry, NULL);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, task);
  if (!lz_db_step (db, stmt, "reading when to try again", NULL))
    return FALSE;
  *tries = (guint) sqlite3_column_int64 (stmt, 0);
  *next_ms = sqlite3_column_int64 (stmt, 1);
  *permanent = sqlite3_column_int (stmt, 2);
  return TRUE;
}

gboolean
lz_sync_retry_all (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  return lz_db_exec (db, "DELETE FROM retry", error) &&
         lz_db_exec (db, "UPDATE upload SET next_at = 0, permanent = 0", error);
}

gboolean
lz_sync_retry_soon (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  return lz_db_exec (db, "UPDATE retry SET next_at = 0 WHERE NOT permanent", error) &&
         lz_db_exec (db, "UPDATE upload SET next_at = 0 WHERE NOT permanent", error);
}
