/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-blobs-private.h"
#include "lz-error.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <string.h>
#include <unistd.h>

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

/**
 * lz_blobs_hash_file:
 * @path: a file
 * @sha256: (out): its hash; untouched on failure
 * @error: an I/O error; %LZ_ERROR_INVALID for what is no regular file
 *
 * Says by which name a file would be stored, without storing it.  Blocks; any thread.
 */
gboolean
lz_blobs_hash_file (const char *path, guint8 sha256[32], GError **error)
{
  g_autofree guint8 *buffer = NULL;
  struct sha256_ctx hash;
  gssize got;
  int fd = lz_file_open_regular (path, NULL, error);

  if (fd < 0)
    return FALSE;

  buffer = g_malloc (LZ_BLOBS_CHUNK_BYTES);
  sha256_init (&hash);
  while ((got = lz_file_read (fd, path, buffer, LZ_BLOBS_CHUNK_BYTES, error)) > 0)
    sha256_update (&hash, (gsize) got, buffer);
  close (fd);
  if (got < 0)
    return FALSE;

  sha256_digest (&hash, 32, sha256);
  return TRUE;
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
  GError *local_error = NULL;
  guint8 digest[32];

  if (!lz_blobs_hash_file (path, digest, &local_error))
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

  if (memcmp (digest, sha256, sizeof digest) != 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "The bytes of %s have changed", path);
      return FALSE;
    }

  return TRUE;
}
