/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;
  int saved_errno = errno;

  if (fd >= 0)
    close (fd);
  return ok || lz_error_set_errno (error, saved_errno, "syncing", path);
}

/* Copies a database, whoever is using it, to a file that is whole or not there. */
static gboolean
copy_database (const char *from, const char *to, GError **error)
{
  g_autofree char *temp = g_strconcat (to, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (to);
  sqlite3 *source = NULL, *target = NULL;
  sqlite3_backup *backup;
  int result;

  g_unlink (temp);
  result = sqlite3_open_v2 (from, &source, SQLITE_OPEN_READONLY, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_open_v2 (temp, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  if (result == SQLITE_OK)
    {
      sqlite3_busy_timeout (source, 10000);
      backup = sqlite3_backup_init (target, "main", source, "main");
      if (backup != NULL)
        {
          result = sqlite3_backup_step (backup, -1);
          sqlite3_backup_finish (backup);
        }
      /* One file, without a log beside it. */
      if (result == SQLITE_DONE)
        result = sqlite3_exec (target, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    }
  if (result != SQLITE_OK)
    g_set_error (error, LZ_ERROR,
                 (result & 0xff) == SQLITE_FULL ? LZ_ERROR_NO_SPACE : LZ_ERROR_FAILED,
                 "copying %s to %s: %s", from, to, sqlite3_errstr (result));
  sqlite3_close (source);
  sqlite3_close (target);
  if (result != SQLITE_OK)
    {
      g_unlink (temp);
      return FALSE;
    }
  if (!sync_path (temp, O_RDONLY, error))
    return FALSE;
  if (g_rename (temp, to) < 0)
    return lz_error_set_errno (error, errno, "renaming", temp);
  return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
}

gboolean
lz_server_store_backup (const char *dir, const char *file, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "server.db", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "%s: no server here", dir);
      return FALSE;
    }
  return copy_database (path, file, error);
}

/* A new life: stations that see another epoch compare, and send again what is lacking. */
static gboolean
renew_epoch (const char *path, GError **error)
{
  g_autoptr (LzDb) db = lz_server_db_open (path, FALSE, error);
  LzId epoch = lz_id_new (lz_store_now_ms ());
  char text[LZ_ID_STRING_SIZE];

  g_autofree char *former = db != NULL ? lz_store_dup_meta (db, "epoch", error) : NULL;

  lz_id_format (&epoch, text);
  return former != NULL && lz_store_set_meta (db, "epoch", text, error);
}

static gboolean
put_aside (const char *path, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *stamp = g_strdup_printf (".%" G_GINT64_FORMAT ".old", lz_store_now_ms ());

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      /* SQLite finds a log by the name of its file. */
      g_autofree char *to = g_strconcat (path, stamp, suffixes[i], NULL);

      if (g_rename (from, to) < 0 && errno != ENOENT)
        return lz_error_set_errno (error, errno, "putting aside", from);
    }
  return TRUE;
}

gboolean
lz_server_store_restore (const char *dir, const char *file, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "server.db", NULL);
  g_autofree char *coming = g_build_filename (dir, "server.db.coming", NULL);
  gboolean ok;
  int lock;

  if (g_mkdir_with_parents (dir, 0700) < 0)
    return lz_error_set_errno (error, errno, "making the folder", dir);
  lock = lz_server_store_lock (dir, error);
  if (lock < 0)
    return FALSE;
  ok =
      copy_database (file, coming, error) && renew_epoch (coming, error) && put_aside (path, error);
  if (ok && g_rename (coming, path) < 0)
    ok = lz_error_set_errno (error, errno, "renaming", coming);
  ok = ok && sync_path (dir, O_RDONLY | O_DIRECTORY, error);
  close (lock);
  return ok;
}
