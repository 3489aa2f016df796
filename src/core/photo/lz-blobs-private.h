/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-blobs.h"

G_BEGIN_DECLS

/* Names of files that are still being written; what a crash leaves of them lz_blobs_sweep() takes.
 */
#define LZ_BLOBS_TEMP_PREFIX ".tmp-"
#define LZ_BLOBS_PREVIEWS    "previews"

/* What is read, hashed and written at once. */
#define LZ_BLOBS_CHUNK_BYTES (1024 * 1024)

#define LZ_BLOBS_N_SHARDS 256

struct _LzBlobs
{
  gatomicrefcount refs;
  char *dir;
  GMutex lock;                       /* guards the next */
  guint8 durable[LZ_BLOBS_N_SHARDS]; /* sub-folders whose entry in @dir this process has synced */
};

const char *lz_blobs_get_dir (LzBlobs *self);

/* Makes @dir if it is not there, and its entry in the folder above durable. */
gboolean lz_file_make_dir (const char *dir, GError **error);
gboolean lz_file_sync_dir (const char *dir, GError **error);

/* A file under a name of its own in @dir, for writing. */
int lz_file_create_temp (const char *dir, char **path, GError **error);
/* Removes what such a file's writer left when it died; FALSE while the writer lives. */
gboolean lz_file_remove_abandoned (const char *path);
gboolean lz_file_write_all (int fd, const char *path, const void *data, gsize size, GError **error);
/* A regular file for reading: never waits, as opening a FIFO would. */
int lz_file_open_regular (const char *path, gint64 *size_bytes, GError **error);
/* Up to @size bytes, fewer only at the end of the file; -1 with @error set. */
gssize lz_file_read (int fd, const char *path, void *data, gsize size, GError **error);

G_END_DECLS
