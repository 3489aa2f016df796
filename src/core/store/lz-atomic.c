/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-atomic.h"
#include "lz-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

struct _LzAtomic
{
  char *path;
  char *temp;
};

LzAtomic *
lz_atomic_new (const char *path, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%s.tmp-XXXXXX", name);
  g_autofree char *temp = g_build_filename (dir, hidden, NULL);
  LzAtomic *self;
  int fd;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      lz_error_set_errno (error, EISDIR, "writing", path);
      return NULL;
    }
  fd = g_mkstemp_full (temp, O_RDWR | O_CLOEXEC, 0644);
  if (fd < 0)
    {
      lz_error_set_errno (error, errno, "creating", temp);
      return NULL;
    }
  close (fd);

  self = g_new0 (LzAtomic, 1);
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
    g_unlink (self->temp);
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
