/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-blobs-private.h"
#include "lz-error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
lz_file_sync_dir (const char *dir, GError **error)
{
  int fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int saved_errno;

  if (fd < 0)
    return lz_error_set_errno (error, errno, "opening", dir);

  /* EINVAL: a file system that knows no fsync of folders (some network ones) */
  saved_errno = fsync (fd) < 0 && errno != EINVAL ? errno : 0;
  close (fd);
  if (saved_errno != 0)
    return lz_error_set_errno (error, saved_errno, "syncing", dir);

  return TRUE;
}

gboolean
lz_file_make_dir (const char *dir, GError **error)
{
  g_autofree char *parent = NULL;

  if (mkdir (dir, 0700) < 0)
    {
      if (errno != EEXIST)
        return lz_error_set_errno (error, errno, "making the folder", dir);
      if (!g_file_test (dir, G_FILE_TEST_IS_DIR))
        return lz_error_set_errno (error, ENOTDIR, "making the folder", dir);
    }

  /* Also where it was there already: another process may have made it just now. */
  parent = g_path_get_dirname (dir);
  return lz_file_sync_dir (parent, error);
}

/* A file that is being written is locked for as long as its writer lives, so that whoever tidies up
 * can tell it from one that a crash left.  FALSE if it was tidied away before the lock. */
static gboolean
lock_temp (int fd)
{
  struct stat st;

  if (flock (fd, LOCK_EX | LOCK_NB) < 0)
    return errno != EWOULDBLOCK; /* a file system without locks: its age has to do */

  return fstat (fd, &st) == 0 && st.st_nlink > 0;
}

int
lz_file_create_temp (const char *dir, char **path, GError **error)
{
  for (int tries = 0; tries < 100; tries++)
    {
      g_autofree char *name =
          g_strdup_printf (LZ_BLOBS_TEMP_PREFIX "%d-%08x", (int) getpid (), g_random_int ());
      g_autofree char *temp = g_build_filename (dir, name, NULL);
      /* read-only for everybody else who opens it, later too: blobs are never rewritten */
      int fd = open (temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);

      if (fd >= 0 && lock_temp (fd))
        {
          *path = g_steal_pointer (&temp);
          return fd;
        }
      if (fd >= 0)
        close (fd);
      else if (errno != EEXIST)
        {
          lz_error_set_errno (error, errno, "creating", temp);
          return -1;
        }
    }

  g_set_error (error, LZ_ERROR, LZ_ERROR_FAILED, "No free temporary name in %s", dir);
  return -1;
}

gboolean
lz_file_remove_abandoned (const char *path)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  gboolean removed;

  if (fd < 0)
    return FALSE;

  removed = (flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) && unlink (path) == 0;
  close (fd);
  return removed;
}

gboolean
lz_file_write_all (int fd, const char *path, const void *data, gsize size, GError **error)
{
  const guint8 *at = data;

  while (size > 0)
    {
      ssize_t written = write (fd, at, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return lz_error_set_errno (error, errno, "writing", path);
      at += written;
      size -= (gsize) written;
    }

  return TRUE;
}

int
lz_file_open_regular (const char *path, gint64 *size_bytes, GError **error)
{
  struct stat st;
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  if (fd < 0)
    {
      lz_error_set_errno (error, errno, "opening", path);
      return -1;
    }
  if (fstat (fd, &st) < 0)
    {
      lz_error_set_errno (error, errno, "reading", path);
      close (fd);
      return -1;
    }
  if (!S_ISREG (st.st_mode))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "%s is not a file", path);
      close (fd);
      return -1;
    }

  if (size_bytes != NULL)
    *size_bytes = st.st_size;
  return fd;
}

gssize
lz_file_read (int fd, const char *path, void *data, gsize size, GError **error)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t got = read (fd, (guint8 *) data + done, size - done);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          lz_error_set_errno (error, errno, "reading", path);
          return -1;
        }
      if (got == 0)
        break;
      done += (gsize) got;
    }

  return (gssize) done;
}
