/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-atomic.h"
#include "lz-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define RANDOM "XXXXXX"

struct _LzAtomic
{
  char *path;
  char *temp;
  int lock; /* held while the file is being written, so that others leave it alone */
};

/**
 * lz_atomic_sweep:
 * @dir: a folder
 * @prefix: how the names begin; six more characters follow
 * @remove_it: what to do with a file or folder that nobody is working on
 *
 * Finds what programs that died have left under temporary names.
 */
void
lz_atomic_sweep (const char *dir, const char *prefix, void (*remove_it) (const char *path))
{
  g_autoptr (GDir) open_dir = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open_dir != NULL && (name = g_dir_read_name (open_dir)) != NULL)
    {
      g_autofree char *path = NULL;
      int fd;

      if (!g_str_has_prefix (name, prefix) || strlen (name) != strlen (prefix) + strlen (RANDOM))
        continue;
      path = g_build_filename (dir, name, NULL);
      fd = open (path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
      if (fd < 0)
        continue;
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        remove_it (path);
      close (fd);
    }
}

/* A database on its way may have such beside it. */
static void
remove_file (const char *path)
{
  static const char *const tails[] = { "-wal", "-shm", "-journal", "" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *file = g_strconcat (path, tails[i], NULL);

      g_unlink (file);
    }
}

LzAtomic *
lz_atomic_new (const char *path, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *prefix = g_strdup_printf (".%s.tmp-", name);
  g_autofree char *hidden = g_strconcat (prefix, RANDOM, NULL);
  g_autofree char *temp = g_build_filename (dir, hidden, NULL);
  LzAtomic *self;
  int fd;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      lz_error_set_errno (error, EISDIR, "writing", path);
      return NULL;
    }
  lz_atomic_sweep (dir, prefix, remove_file);
  fd = g_mkstemp_full (temp, O_RDWR | O_CLOEXEC, 0644);
  if (fd < 0)
    {
      lz_error_set_errno (error, errno, "creating", temp);
      return NULL;
    }
  /* Where there are no such locks, a file system of the network, nobody sweeps either. */
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    g_debug ("%s is not locked", temp);

  self = g_new0 (LzAtomic, 1);
  self->lock = fd;
  self->path = g_strdup (path);
  self->temp = g_steal_pointer (&temp);
  return self;
}

void
lz_atomic_free (LzAtomic *self)
{
  if (self == NULL)
    return;

  if (self->temp != NULL)
    remove_file (self->temp);
  close (self->lock);
  g_free (self->temp);
  g_free (self->path);
  g_free (self);
}

const char *
lz_atomic_get_temp (LzAtomic *self)
{
  return self->temp;
}

gboolean
lz_atomic_sync (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  int saved_errno;

  if (fd < 0)
    return lz_error_set_errno (error, errno, "opening", path);

  /* EINVAL: a file system that knows no fsync of folders (some network ones) */
  saved_errno = fsync (fd) < 0 && errno != EINVAL ? errno : 0;
  close (fd);
  return saved_errno == 0 || lz_error_set_errno (error, saved_errno, "syncing", path);
}

gboolean
lz_atomic_commit (LzAtomic *self, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (self->path);

  if (!lz_atomic_sync (self->temp, error))
    return FALSE;
  if (rename (self->temp, self->path) < 0)
    return lz_error_set_errno (error, errno, "renaming", self->temp);
  g_clear_pointer (&self->temp, g_free);
  return lz_atomic_sync (dir, error);
}

void
lz_atomic_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      lz_atomic_remove_tree (child);
    }
  g_remove (path);
}
