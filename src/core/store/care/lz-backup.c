/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-atomic.h"
#include "lz-backup-private.h"
#include "lz-backup.h"
#include "lz-stmt.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <nettle/sha2.h>
#include <string.h>

/* Pages copied at a go: a few MB, so that cancelling takes effect soon. */
#define PAGES_A_STEP 1024
#define BUSY_WAIT_US 20000
#define BUSY_TRIES   500

typedef struct
{
  LzStation *station;
  sqlite3 *copy;
  guint n_missing;
  gint64 n_photos;
  gint64 done;
  gint64 total;
  LzBackupProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Backup;

/* clang-format off */
static const char sql_tables[] =
  "PRAGMA synchronous = OFF;"
  "CREATE TABLE backup_info (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE backup_photo ("
  "  n INTEGER PRIMARY KEY,"
  "  sha256 BLOB NOT NULL UNIQUE,"
  "  data BLOB NOT NULL"
  ") STRICT;";

static const char sql_photos[] =
  "SELECT sha256, size FROM photo WHERE stored = 1 ORDER BY sha256";

static const char sql_sum[] =
  "SELECT coalesce (sum (size), 0) FROM photo WHERE stored = 1";

static const char sql_add_photo[] =
  "INSERT INTO backup_photo (sha256, data) VALUES (?1, ?2)";

static const char sql_add_info[] =
  "INSERT INTO backup_info (key, value) VALUES (?1, ?2)";
/* clang-format on */

static gboolean
exec (sqlite3 *db, const char *sql, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         lz_error_set_sqlite (error, db, "writing the backup");
}

/* The source must be in a read transaction: then what other connections commit meanwhile neither
 * shows in the copy nor makes it start over. */
static gboolean
copy_pages (Backup *self, GError **error)
{
  sqlite3 *source = lz_db_get_handle (lz_station_get_db (self->station));
  sqlite3_backup *backup = sqlite3_backup_init (self->copy, "main", source, "main");
  int result;
  guint busy = 0;

  if (backup == NULL)
    return lz_error_set_sqlite (error, self->copy, "copying the database");

  do
    {
      result = sqlite3_backup_step (backup, PAGES_A_STEP);
      if (result == SQLITE_BUSY || result == SQLITE_LOCKED)
        g_usleep (BUSY_WAIT_US);
    }
  while (!g_cancellable_is_cancelled (self->cancellable) &&
         (result == SQLITE_OK ||
          ((result == SQLITE_BUSY || result == SQLITE_LOCKED) && busy++ < BUSY_TRIES)));
  sqlite3_backup_finish (backup);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  return result == SQLITE_DONE || lz_error_set_sqlite (error, self->copy, "copying the database");
}

/* A photo that is missing or damaged is counted and left out: the backup of the rest is worth
 * having. */
static gboolean
add_photo (Backup *self, sqlite3_stmt *stmt, const guint8 sha256[32], GError **error)
{
  g_autofree char *path = lz_blobs_dup_path (lz_station_get_blobs (self->station), sha256);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  const char *data = file != NULL ? g_mapped_file_get_contents (file) : NULL;
  gsize size = file != NULL ? g_mapped_file_get_length (file) : 0;
  struct sha256_ctx hash;
  guint8 digest[32] = { 0 };

  if (data != NULL && size <= LZ_BACKUP_MAX_PHOTO)
    {
      sha256_init (&hash);
      sha256_update (&hash, size, (const guint8 *) data);
      sha256_digest (&hash, sizeof digest, digest);
    }
  if (memcmp (digest, sha256, sizeof digest) != 0)
    {
      self->n_missing++;
      return TRUE;
    }

  sqlite3_bind_blob (stmt, 1, sha256, 32, SQLITE_STATIC);
  sqlite3_bind_blob64 (stmt, 2, data, size, SQLITE_STATIC);
  if (sqlite3_step (stmt) != SQLITE_DONE)
    return lz_error_set_sqlite (error, self->copy, "adding a photo to the backup");
  sqlite3_reset (stmt);
  self->n_photos++;
  return TRUE;
}

static gboolean
add_listed_photos (Backup *self, sqlite3_stmt *add, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_photos, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL || !lz_db_get_int64 (db, sql_sum, &self->total, error))
    return FALSE;
  while (lz_db_step (db, stmt, "reading the list of photos", &failure))
    {
      guint8 sha256[32];

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (sqlite3_column_bytes (stmt, 0) != sizeof sha256)
        continue;
      memcpy (sha256, sqlite3_column_blob (stmt, 0), sizeof sha256);
      if (!add_photo (self, add, sha256, error))
        return FALSE;
      self->done += sqlite3_column_int64 (stmt, 1);
      if (self->progress != NULL)
        self->progress (self->done, self->total, self->progress_data);
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
add_photos (Backup *self, GError **error)
{
  sqlite3_stmt *add = NULL;
  gboolean ok;

  if (sqlite3_prepare_v2 (self->copy, sql_add_photo, -1, &add, NULL) != SQLITE_OK)
    return lz_error_set_sqlite (error, self->copy, "adding photos to the backup");
  ok = add_listed_photos (self, add, error);
  sqlite3_finalize (add);
  return ok;
}

static gboolean
add_info (Backup *self, const char *key, const char *value, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok;

  if (sqlite3_prepare_v2 (self->copy, sql_add_info, -1, &stmt, NULL) != SQLITE_OK)
    return lz_error_set_sqlite (error, self->copy, "writing the backup");
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, value, -1, SQLITE_STATIC);
  ok = sqlite3_step (stmt) == SQLITE_DONE;
  if (!ok)
    lz_error_set_sqlite (error, self->copy, "writing the backup");
  sqlite3_finalize (stmt);
  return ok;
}

/* Comes last: without it, a backup is not whole. */
static gboolean
add_seal (Backup *self, GError **error)
{
  g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, self->n_photos);
  g_autofree char *n_missing = g_strdup_printf ("%u", self->n_missing);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, lz_station_now (self->station));

  return add_info (self, "format", LZ_BACKUP_FORMAT, error) &&
         add_info (self, "device", lz_station_get_device (self->station), error) &&
         add_info (self, "made_ms", at, error) && add_info (self, "photos", n, error) &&
         add_info (self, "photos_missing", n_missing, error);
}

/* One file and no journal beside it: it is not there under its own name until it is whole. */
static gboolean
write_copy (Backup *self, const char *path, GError **error)
{
  gboolean ok;

  if (sqlite3_open_v2 (path, &self->copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL) !=
      SQLITE_OK)
    {
      lz_error_set_sqlite (error, self->copy, path);
      sqlite3_close (self->copy);
      return FALSE;
    }
  ok = copy_pages (self, error) && exec (self->copy, "PRAGMA journal_mode = OFF", error) &&
       exec (self->copy, sql_tables, error) && exec (self->copy, "BEGIN", error) &&
       add_photos (self, error) && add_seal (self, error) && exec (self->copy, "COMMIT", error);
  sqlite3_close (self->copy);
  return ok;
}

gboolean
lz_backup (LzStation *station,
           const char *to,
           guint *n_missing,
           LzBackupProgress progress,
           gpointer progress_data,
           GCancellable *cancellable,
           GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzAtomic) file = NULL;
  Backup self = { .station = station,
                  .progress = progress,
                  .progress_data = progress_data,
                  .cancellable = cancellable };
  gint64 n_tables;
  gboolean ok;

  g_return_val_if_fail (!lz_db_in_transaction (db), FALSE);

  file = lz_atomic_new (to, error);
  if (file == NULL || !lz_db_exec (db, "BEGIN", error))
    return FALSE;
  /* The read that makes the snapshot. */
  ok = lz_db_get_int64 (db, "SELECT count(*) FROM sqlite_schema", &n_tables, error) &&
       write_copy (&self, lz_atomic_get_temp (file), error);
  lz_db_exec (db, "COMMIT", NULL);
  if (!ok)
    return FALSE;

  if (n_missing != NULL)
    *n_missing = self.n_missing;
  return lz_atomic_commit (file, error);
}
