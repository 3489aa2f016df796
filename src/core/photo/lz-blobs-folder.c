/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-blobs-private.h"
#include "lz-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* Calls @func with the path of each entry of @dir whose name begins with @prefix.  A folder that
 * is not there has no entries. */
typedef gboolean (*EntryFunc) (const char *path, const char *name, gpointer data);

static gboolean
each_entry (const char *dir, const char *prefix, EntryFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) open_dir = g_dir_open (dir, 0, &local_error);
  const char *name;

  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (open_dir == NULL)
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "reading %s: ", dir);
      return FALSE;
    }

  while ((name = g_dir_read_name (open_dir)) != NULL)
    {
      g_autofree char *path = NULL;

      if (!g_str_has_prefix (name, prefix))
        continue;
      path = g_build_filename (dir, name, NULL);
      if (!func (path, name, data))
        break;
    }

  return TRUE;
}

static gboolean
unlink_cb (const char *path, const char *name, gpointer data)
{
  (void) name;
  (void) data;
  g_unlink (path);
  return TRUE;
}

/**
 * lz_blobs_remove:
 * @self: the photo folder
 * @sha256: names the blob
 * @error: %LZ_ERROR_NOT_FOUND or an I/O error
 *
 * Removes a blob and its previews for good.  The caller makes sure that nothing refers to it and
 * that nobody is adding the same bytes at this moment: a station does so under its lock.
 */
gboolean
lz_blobs_remove (LzBlobs *self, const guint8 sha256[32], GError **error)
{
  g_autofree char *path = lz_blobs_dup_path (self, sha256);
  g_autofree char *shard = g_path_get_dirname (path);
  g_autofree char *previews = NULL;
  char text[65];

  if (g_unlink (path) < 0)
    {
      if (errno != ENOENT)
        return lz_error_set_errno (error, errno, "removing", path);
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "No blob %s", path);
      return FALSE;
    }

  lz_sha256_format (sha256, text);
  previews = g_strdup_printf ("%s/" LZ_BLOBS_PREVIEWS "/%02x", lz_blobs_get_dir (self), sha256[0]);
  return each_entry (previews, text, unlink_cb, NULL, error) && lz_file_sync_dir (shard, error);
}

typedef struct
{
  LzBlobFunc func;
  gpointer data;
  guint shard;
  gboolean stopped;
} Walk;

static gboolean
walk_cb (const char *path, const char *name, gpointer data)
{
  Walk *walk = data;
  g_autofree char *text = NULL;
  guint8 sha256[32];
  GStatBuf st;

  if (!g_str_has_suffix (name, ".bin"))
    return TRUE;
  text = g_strndup (name, strlen (name) - strlen (".bin"));
  if (!lz_sha256_parse (text, sha256) || sha256[0] != walk->shard)
    return TRUE;
  if (g_stat (path, &st) < 0 || !S_ISREG (st.st_mode))
    return TRUE;

  walk->stopped = !walk->func (sha256, st.st_size, walk->data);
  return !walk->stopped;
}

/**
 * lz_blobs_foreach:
 * @self: the photo folder
 * @func: (scope call): called with each blob, in the order of the first byte of the hash;
 *   %FALSE ends the walk
 * @data: for @func
 * @error: an I/O error
 *
 * Walks over all blobs without reading them.  Blobs added meanwhile may be left out.
 *
 * Returns: %FALSE only with @error set
 */
gboolean
lz_blobs_foreach (LzBlobs *self, LzBlobFunc func, gpointer data, GError **error)
{
  Walk walk = { .func = func, .data = data };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  for (walk.shard = 0; walk.shard < 256 && !walk.stopped; walk.shard++)
    {
      g_autofree char *dir = g_strdup_printf ("%s/%02x", lz_blobs_get_dir (self), walk.shard);

      if (!each_entry (dir, "", walk_cb, &walk, error))
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  gint64 before_s;
  guint removed;
} Sweep;

static gboolean
sweep_cb (const char *path, const char *name, gpointer data)
{
  Sweep *sweep = data;
  GStatBuf st;

  (void) name;
  if (g_lstat (path, &st) == 0 && S_ISREG (st.st_mode) && st.st_mtime <= sweep->before_s &&
      lz_file_remove_abandoned (path))
    sweep->removed++;
  return TRUE;
}

/**
 * lz_blobs_sweep:
 * @self: the photo folder
 * @age_s: leave what is younger; 0 will do, except where a file system knows no locks
 *
 * Removes temporary files that a crash left.  What a living process is writing is locked and stays.
 *
 * Returns: how many
 */
guint
lz_blobs_sweep (LzBlobs *self, guint age_s)
{
  Sweep sweep = { .before_s = g_get_real_time () / G_USEC_PER_SEC - age_s };
  g_autofree char *previews = NULL;

  g_return_val_if_fail (self != NULL, 0);

  /* A folder that cannot be read keeps its temporary files: they do no harm. */
  previews = g_build_filename (lz_blobs_get_dir (self), LZ_BLOBS_PREVIEWS, NULL);
  each_entry (lz_blobs_get_dir (self), LZ_BLOBS_TEMP_PREFIX, sweep_cb, &sweep, NULL);
  each_entry (previews, LZ_BLOBS_TEMP_PREFIX, sweep_cb, &sweep, NULL);
  return sweep.removed;
}
