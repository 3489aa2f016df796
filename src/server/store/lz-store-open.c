/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define MAX_IDLE_READERS 16

/* clang-format off */
static const char sql_get_meta[] = "SELECT value FROM meta WHERE key = ?1";

static const char sql_set_meta[] =
  "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

static const char sql_raise_rev[] =
  "UPDATE meta SET value = value + 1 WHERE key = 'rev' RETURNING CAST (value AS INTEGER)";
/* clang-format on */

char *
lz_store_dup_meta (LzDb *db, const char *key, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_get_meta, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, key);
  if (lz_db_step (db, stmt, "reading meta", error))
    return lz_stmt_dup_text (stmt, 0);
  if (error != NULL && *error == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "the server has no “%s”", key);
  return NULL;
}

gboolean
lz_store_set_meta (LzDb *db, const char *key, const char *value, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_set_meta, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, key);
  lz_stmt_bind_text (stmt, 2, value);
  return lz_db_run (db, stmt, "writing meta", error);
}

gboolean
lz_store_raise_rev (LzDb *db, gint64 *rev, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_raise_rev, error);

  if (stmt == NULL || !lz_db_step (db, stmt, "raising the revision", error))
    return FALSE;
  *rev = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
make_folders (const char *dir, GError **error)
{
  static const char *const names[] = { "photos", "uploads" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);

      if (g_mkdir_with_parents (path, 0700) < 0)
        return lz_error_set_errno (error, errno, "making the folder", path);
    }
  return TRUE;
}

/**
 * lz_server_store_init:
 * @dir: the folder; made if it is not there
 * @error: (nullable): %LZ_ERROR_CONSTRAINT if there is a server in it already
 *
 * Makes an empty server with an epoch of its own.
 */
gboolean
lz_server_store_init (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "server.db", NULL);
  LzId epoch = lz_id_new (lz_store_now_ms ());
  char text[LZ_ID_STRING_SIZE];
  g_autoptr (LzDb) db = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CONSTRAINT, "%s: there is a server already", dir);
      return FALSE;
    }
  if (!make_folders (dir, error))
    return FALSE;
  db = lz_server_db_open (path, FALSE, error);
  lz_id_format (&epoch, text);
  return db != NULL && g_chmod (path, 0600) == 0 && lz_store_set_meta (db, "epoch", text, error) &&
         lz_store_set_meta (db, "rev", "1", error);
}

/**
 * lz_server_store_open:
 * @dir: a folder made by lz_server_store_init()
 * @error: (nullable): %LZ_ERROR_NOT_FOUND, %LZ_ERROR_CORRUPT, %LZ_ERROR_TOO_NEW …
 *
 * Returns: (transfer full) (nullable): the store, with its writer running
 */
LzServerStore *
lz_server_store_open (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "server.db", NULL);
  g_autofree char *photos = g_build_filename (dir, "photos", NULL);
  g_autofree char *epoch = NULL;
  g_autoptr (LzBlobs) blobs = NULL;
  g_autoptr (LzDb) db = NULL;
  LzServerStore *self;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "%s: no server here; init makes one", dir);
      return NULL;
    }
  if (!make_folders (dir, error) || (blobs = lz_blobs_open (photos, error)) == NULL ||
      (db = lz_server_db_open (path, FALSE, error)) == NULL ||
      (epoch = lz_store_dup_meta (db, "epoch", error)) == NULL)
    return NULL;

  self = g_new0 (LzServerStore, 1);
  self->dir = g_strdup (dir);
  self->db_path = g_steal_pointer (&path);
  self->epoch = g_steal_pointer (&epoch);
  self->blobs = g_steal_pointer (&blobs);
  self->cases = lz_case_cache_new ();
  self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_db_close);
  g_mutex_init (&self->lock);
  self->writer = lz_writer_new (self, g_steal_pointer (&db));
  return self;
}

void
lz_server_store_close (LzServerStore *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->readers);
  lz_writer_free (self->writer);
  lz_case_cache_free (self->cases);
  lz_blobs_unref (self->blobs);
  g_mutex_clear (&self->lock);
  g_free (self->epoch);
  g_free (self->db_path);
  g_free (self->dir);
  g_free (self);
}

const char *
lz_server_store_get_dir (LzServerStore *self)
{
  return self->dir;
}

const char *
lz_server_store_get_epoch (LzServerStore *self)
{
  return self->epoch;
}

LzBlobs *
lz_server_store_get_blobs (LzServerStore *self)
{
  return self->blobs;
}

LzDb *
lz_store_borrow_reader (LzServerStore *self, GError **error)
{
  LzDb *db = NULL;

  g_mutex_lock (&self->lock);
  if (self->readers->len > 0)
    db = g_ptr_array_steal_index_fast (self->readers, self->readers->len - 1);
  g_mutex_unlock (&self->lock);
  return db != NULL ? db : lz_server_db_open (self->db_path, TRUE, error);
}

void
lz_store_give_reader (LzServerStore *self, LzDb *db)
{
  g_mutex_lock (&self->lock);
  if (self->readers->len < MAX_IDLE_READERS)
    g_ptr_array_add (self->readers, g_steal_pointer (&db));
  g_mutex_unlock (&self->lock);
  lz_db_close (db);
}

static gboolean
probe (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, lz_store_now_ms ());

  (void) store;
  (void) data;
  return lz_store_set_meta (db, "probed_at", now, error);
}

gboolean
lz_server_store_probe (LzServerStore *self, GError **error)
{
  return lz_writer_run (self->writer, probe, NULL, error);
}

void
lz_server_store_get_commits (LzServerStore *self, guint64 *commits, guint64 *jobs)
{
  lz_writer_get_counts (self->writer, commits, jobs);
}

int
lz_server_store_lock (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      lz_error_set_errno (error, errno, "opening", path);
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) < 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_BUSY, "%s: a server is running here", dir);
      close (fd);
      return -1;
    }
  return fd;
}
