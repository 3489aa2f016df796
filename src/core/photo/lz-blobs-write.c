/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-blobs-private.h"
#include "lz-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_STATIC_ASSERT (SHA256_DIGEST_SIZE == 32);

/* A blob on its way in: a temporary file and the hash of what it holds so far. */
typedef struct
{
  LzBlobs *blobs;
  char *path;
  int fd;
  gint64 size_bytes;
  struct sha256_ctx hash;
} Writer;

static char *
dup_shard (LzBlobs *self, const guint8 sha256[32])
{
  return g_strdup_printf ("%s/%02x", self->dir, sha256[0]);
}

static void
writer_clear (Writer *writer)
{
  if (writer->fd >= 0)
    close (writer->fd);
  if (writer->path != NULL)
    g_unlink (writer->path);
  g_free (writer->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
writer_init (Writer *writer, LzBlobs *self, GError **error)
{
  *writer = (Writer){ .blobs = self };
  sha256_init (&writer->hash);
  writer->fd = lz_file_create_temp (self->dir, &writer->path, error);
  return writer->fd >= 0;
}

static gboolean
writer_add (Writer *writer, const void *data, gsize size, GError **error)
{
  sha256_update (&writer->hash, size, data);
  writer->size_bytes += (gint64) size;
  return lz_file_write_all (writer->fd, writer->path, data, size, error);
}

/* Makes sure that the sub-folder is there and will be after a power loss. */
static gboolean
ensure_shard (LzBlobs *self, const guint8 sha256[32], GError **error)
{
  g_autofree char *shard = dup_shard (self, sha256);
  gboolean done;

  g_mutex_lock (&self->lock);
  done = self->durable[sha256[0]];
  g_mutex_unlock (&self->lock);
  if (done && g_file_test (shard, G_FILE_TEST_IS_DIR))
    return TRUE;

  if (!lz_file_make_dir (shard, error))
    return FALSE;

  g_mutex_lock (&self->lock);
  self->durable[sha256[0]] = TRUE;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* Whether a whole blob is under its name; makes it durable, whoever put it there.  FALSE without
 * an error set if there is none, or one of another length, which is then replaced. */
static gboolean
settle_existing (const char *path, gint64 size_bytes, GError **error)
{
  struct stat st;
  int saved_errno = 0;
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    return FALSE;

  if (fstat (fd, &st) < 0 || !S_ISREG (st.st_mode) || st.st_size != size_bytes)
    {
      close (fd);
      return FALSE;
    }
  if (fsync (fd) < 0)
    saved_errno = errno;
  close (fd);
  if (saved_errno != 0)
    return lz_error_set_errno (error, saved_errno, "syncing", path);

  return TRUE;
}

/* Puts the file at *@temp, which @fd is open on, under the name of its hash, durably.  *@temp is
 * NULL afterwards if it was renamed. */
static gboolean
settle (LzBlobs *self,
        char **temp,
        int fd,
        gint64 size_bytes,
        const guint8 sha256[32],
        GError **error)
{
  g_autofree char *shard = dup_shard (self, sha256);
  g_autofree char *path = lz_blobs_dup_path (self, sha256);
  GError *local_error = NULL;

  if (!ensure_shard (self, sha256, error))
    return FALSE;

  if (!settle_existing (path, size_bytes, &local_error))
    {
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (fsync (fd) < 0)
        return lz_error_set_errno (error, errno, "syncing", *temp);
      if (rename (*temp, path) < 0)
        return lz_error_set_errno (error, errno, "renaming", *temp);
      g_clear_pointer (temp, g_free);
    }

  return lz_file_sync_dir (shard, error);
}

static gboolean
writer_commit (Writer *writer, guint8 sha256[32], GError **error)
{
  guint8 digest[32];

  sha256_digest (&writer->hash, sizeof digest, digest);
  if (!settle (writer->blobs, &writer->path, writer->fd, writer->size_bytes, digest, error))
    return FALSE;

  memcpy (sha256, digest, sizeof digest);
  return TRUE;
}

/**
 * lz_blobs_add_file:
 * @self: the photo folder
 * @path: the file to copy; it is only read
 * @sha256: (out): the hash of the bytes copied
 * @size_bytes: (out) (optional): their number
 * @error: %LZ_ERROR_NO_SPACE, %LZ_ERROR_READ_ONLY, %LZ_ERROR_INVALID for what is no regular file,
 *   or an I/O error; nothing is left behind then, and the out values are untouched
 *
 * Copies a file in and hashes it on the way.  When it returns %TRUE, the blob survives a power
 * loss.  A blob that is there already is not written again, unless its length is wrong.  Blocks;
 * any thread, any number of processes.
 */
gboolean
lz_blobs_add_file (LzBlobs *self,
                   const char *path,
                   guint8 sha256[32],
                   gint64 *size_bytes,
                   GError **error)
{
  g_auto (Writer) writer = { .fd = -1 };
  g_autofree guint8 *buffer = NULL;
  gboolean ok;
  gssize got;
  int source;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  source = lz_file_open_regular (path, NULL, error);
  if (source < 0)
    return FALSE;

  buffer = g_malloc (LZ_BLOBS_CHUNK_BYTES);
  ok = writer_init (&writer, self, error);
  while (ok && (got = lz_file_read (source, path, buffer, LZ_BLOBS_CHUNK_BYTES, error)) != 0)
    ok = got > 0 && writer_add (&writer, buffer, (gsize) got, error);
  close (source);
  if (!ok || !writer_commit (&writer, sha256, error))
    return FALSE;

  if (size_bytes != NULL)
    *size_bytes = writer.size_bytes;
  return TRUE;
}

/**
 * lz_blobs_add_bytes:
 * @self: the photo folder
 * @bytes: what to store
 * @sha256: (out): their hash
 * @error: as for lz_blobs_add_file()
 *
 * Like lz_blobs_add_file(), from memory.
 */
gboolean
lz_blobs_add_bytes (LzBlobs *self, GBytes *bytes, guint8 sha256[32], GError **error)
{
  g_auto (Writer) writer = { .fd = -1 };
  gsize size;
  const void *data;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  data = g_bytes_get_data (bytes, &size);
  return writer_init (&writer, self, error) && writer_add (&writer, data, size, error) &&
         writer_commit (&writer, sha256, error);
}

static gboolean
adopt_copy (LzBlobs *self, const char *path, const guint8 sha256[32], GError **error)
{
  guint8 found[32];

  if (!lz_blobs_add_file (self, path, found, NULL, error))
    return FALSE;
  if (memcmp (found, sha256, sizeof found) != 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "The bytes of %s have changed", path);
      return FALSE;
    }

  return TRUE;
}

/**
 * lz_blobs_adopt_file:
 * @self: the photo folder
 * @path: a file that nobody writes any more, if possible on the same file system
 * @sha256: the hash of its bytes, which the caller made while writing them; it is not made again
 * @error: %LZ_ERROR_NO_SPACE, %LZ_ERROR_CORRUPT where a copy was needed and has another hash, or an
 *   I/O error
 *
 * Makes a file a blob: syncs it and renames it into its place, or copies it from another file
 * system.  When it returns %TRUE, the blob survives a power loss and @path is gone; after an
 * error its bytes are still there, under one name or the other.  Blocks; any thread.
 */
gboolean
lz_blobs_adopt_file (LzBlobs *self, const char *path, const guint8 sha256[32], GError **error)
{
  g_autofree char *blob = lz_blobs_dup_path (self, sha256);
  g_autofree char *temp = g_strdup (path);
  g_autoptr (GError) local_error = NULL;
  gint64 size_bytes;
  gboolean ok;
  int fd;

  fd = lz_file_open_regular (path, &size_bytes, error);
  if (fd < 0)
    return FALSE;

  fchmod (fd, 0444); /* as all blobs; a file system without modes does as well */
  ok = settle (self, &temp, fd, size_bytes, sha256, &local_error);
  close (fd);
  if (g_error_matches (local_error, G_IO_ERROR, (int) g_io_error_from_errno (EXDEV)))
    {
      g_clear_error (&local_error);
      ok = adopt_copy (self, path, sha256, &local_error);
    }
  if (!ok)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (temp != NULL && !g_str_equal (path, blob))
    g_unlink (path);
  return TRUE;
}
