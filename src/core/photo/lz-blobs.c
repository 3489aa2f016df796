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

#define CHUNK_BYTES (1024 * 1024)
#define N_SHARDS    256

G_STATIC_ASSERT (SHA256_DIGEST_SIZE == 32);

struct _LzBlobs
{
  gatomicrefcount refs;
  char *dir;
  GMutex lock;              /* guards the next */
  guint8 durable[N_SHARDS]; /* sub-folders whose entry in @dir this process has synced */
};

/* A blob on its way in: a temporary file and the hash of what it holds so far. */
typedef struct
{
  LzBlobs *blobs;
  char *path;
  int fd;
  gint64 size_bytes;
  struct sha256_ctx hash;
} Writer;

/**
 * lz_sha256_format:
 * @sha256: a hash
 * @text: (out): its 64 lower-case hexadecimal digits and a final NUL
 */
void
lz_sha256_format (const guint8 sha256[32], char text[65])
{
  static const char digits[] = "0123456789abcdef";

  for (int i = 0; i < 32; i++)
    {
      text[2 * i] = digits[sha256[i] >> 4];
      text[2 * i + 1] = digits[sha256[i] & 15];
    }
  text[64] = '\0';
}

/**
 * lz_sha256_parse:
 * @text: (nullable): 64 hexadecimal digits, of either case
 * @sha256: (out): the hash; untouched on failure
 *
 * Returns: %TRUE if @text is a hash and nothing more
 */
gboolean
lz_sha256_parse (const char *text, guint8 sha256[32])
{
  guint8 parsed[32];

  if (text == NULL || strlen (text) != 64)
    return FALSE;

  for (int i = 0; i < 32; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      parsed[i] = (guint8) (high << 4 | low);
    }

  memcpy (sha256, parsed, sizeof parsed);
  return TRUE;
}

/**
 * lz_blobs_open:
 * @dir: the photo folder; made if it is not there
 * @error: %LZ_ERROR_READ_ONLY, %LZ_ERROR_NO_SPACE or an I/O error
 *
 * Programs that write into the folder ignore SIGXFSZ, so that a limit on file sizes is an error
 * (%LZ_ERROR_NO_SPACE) and no sudden death.
 *
 * Returns: (transfer full): the folder, or %NULL with @error set
 */
LzBlobs *
lz_blobs_open (const char *dir, GError **error)
{
  LzBlobs *self;

  g_return_val_if_fail (dir != NULL, NULL);

  if (!g_file_test (dir, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *parent = g_path_get_dirname (dir);

      if (g_mkdir_with_parents (parent, 0700) < 0)
        {
          lz_error_set_errno (error, errno, "making the folder", parent);
          return NULL;
        }
      if (!lz_file_make_dir (dir, error))
        return NULL;
    }

  self = g_new0 (LzBlobs, 1);
  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->dir = g_strdup (dir);
  return self;
}

LzBlobs *
lz_blobs_ref (LzBlobs *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
lz_blobs_unref (LzBlobs *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_mutex_clear (&self->lock);
  g_free (self->dir);
  g_free (self);
}

const char *
lz_blobs_get_dir (LzBlobs *self)
{
  return self->dir;
}

static char *
dup_shard (LzBlobs *self, const guint8 sha256[32])
{
  return g_strdup_printf ("%s/%02x", self->dir, sha256[0]);
}

/**
 * lz_blobs_dup_path:
 * @self: the photo folder
 * @sha256: names the blob
 *
 * Returns: (transfer full): where the blob is, or would be if it were stored
 */
char *
lz_blobs_dup_path (LzBlobs *self, const guint8 sha256[32])
{
  char text[65];

  g_return_val_if_fail (self != NULL, NULL);

  lz_sha256_format (sha256, text);
  return g_strdup_printf ("%s/%02x/%s.bin", self->dir, sha256[0], text);
}

/**
 * lz_blobs_has:
 * @self: the photo folder
 * @sha256: names the blob
 *
 * Returns: %TRUE if the blob is stored; does not read it
 */
gboolean
lz_blobs_has (LzBlobs *self, const guint8 sha256[32])
{
  g_autofree char *path = lz_blobs_dup_path (self, sha256);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
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

static gboolean
writer_commit (Writer *writer, guint8 sha256[32], GError **error)
{
  g_autofree char *shard = NULL;
  g_autofree char *path = NULL;
  GError *local_error = NULL;
  guint8 digest[32];

  sha256_digest (&writer->hash, sizeof digest, digest);
  shard = dup_shard (writer->blobs, digest);
  path = lz_blobs_dup_path (writer->blobs, digest);
  if (!ensure_shard (writer->blobs, digest, error))
    return FALSE;

  if (!settle_existing (path, writer->size_bytes, &local_error))
    {
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (fsync (writer->fd) < 0)
        return lz_error_set_errno (error, errno, "syncing", writer->path);
      if (rename (writer->path, path) < 0)
        return lz_error_set_errno (error, errno, "renaming", writer->path);
      g_clear_pointer (&writer->path, g_free);
    }

  if (!lz_file_sync_dir (shard, error))
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

  buffer = g_malloc (CHUNK_BYTES);
  ok = writer_init (&writer, self, error);
  while (ok && (got = lz_file_read (source, path, buffer, CHUNK_BYTES, error)) != 0)
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

/**
 * lz_blobs_verify:
 * @self: the photo folder
 * @sha256: names the blob
 * @error: %LZ_ERROR_NOT_FOUND if it is missing, %LZ_ERROR_CORRUPT if its bytes are others, or an
 *   I/O error
 *
 * Reads a blob and hashes it again.  Blocks; any thread.
 */
gboolean
lz_blobs_verify (LzBlobs *self, const guint8 sha256[32], GError **error)
{
  g_autofree char *path = lz_blobs_dup_path (self, sha256);
  g_autofree guint8 *buffer = NULL;
  struct sha256_ctx hash;
  guint8 digest[32];
  GError *local_error = NULL;
  gssize got;
  int fd = lz_file_open_regular (path, NULL, &local_error);

  if (fd < 0)
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "No blob %s", path);
          g_error_free (local_error);
        }
      else
        g_propagate_error (error, local_error);
      return FALSE;
    }

  buffer = g_malloc (CHUNK_BYTES);
  sha256_init (&hash);
  while ((got = lz_file_read (fd, path, buffer, CHUNK_BYTES, error)) > 0)
    sha256_update (&hash, (gsize) got, buffer);
  close (fd);
  if (got < 0)
    return FALSE;

  sha256_digest (&hash, sizeof digest, digest);
  if (memcmp (digest, sha256, sizeof digest) != 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "The bytes of %s have changed", path);
      return FALSE;
    }

  return TRUE;
}
