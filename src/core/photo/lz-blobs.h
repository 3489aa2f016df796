/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzBlobs:
 *
 * The photo folder: originals named by their SHA-256 (`ab/abcd….bin`) and never rewritten, previews
 * derived from them beside (`previews/`).  Safe in several threads and processes at once: a blob
 * is written to a temporary name, synced, renamed, and the folder synced.
 */
typedef struct _LzBlobs LzBlobs;

LzBlobs *lz_blobs_open (const char *dir, GError **error);
LzBlobs *lz_blobs_ref (LzBlobs *self);
void lz_blobs_unref (LzBlobs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzBlobs, lz_blobs_unref)

/* Copies a file (or bytes) in; durable when it returns.  Storing the same bytes twice is no error.
 */
gboolean lz_blobs_add_file (LzBlobs *self,
                            const char *path,
                            guint8 sha256[32],
                            gint64 *size_bytes,
                            GError **error);
gboolean lz_blobs_add_bytes (LzBlobs *self, GBytes *bytes, guint8 sha256[32], GError **error);

/* Takes over a file that the caller wrote and hashed on the way: an upload, a download. */
gboolean
lz_blobs_adopt_file (LzBlobs *self, const char *path, const guint8 sha256[32], GError **error);

gboolean lz_blobs_has (LzBlobs *self, const guint8 sha256[32]);
char *lz_blobs_dup_path (LzBlobs *self, const guint8 sha256[32]);
gboolean lz_blobs_hash_file (const char *path, guint8 sha256[32], GError **error);
/* Hashes the stored bytes again: LZ_ERROR_NOT_FOUND if missing, LZ_ERROR_CORRUPT if they differ. */
gboolean lz_blobs_verify (LzBlobs *self, const guint8 sha256[32], GError **error);
gboolean lz_blobs_remove (LzBlobs *self, const guint8 sha256[32], GError **error);

typedef gboolean (*LzBlobFunc) (const guint8 sha256[32], gint64 size_bytes, gpointer data);
gboolean lz_blobs_foreach (LzBlobs *self, LzBlobFunc func, gpointer data, GError **error);
/* Removes the temporary files left by a crash that are at least so old; never one that is being
 * written. */
guint lz_blobs_sweep (LzBlobs *self, guint age_s);

/* A JPEG or PNG whose longer side is at most @pixels, upright; made once and kept.  Blocks: call it
 * in a worker.  Returns the path of the preview. */
char *lz_blobs_ensure_preview (LzBlobs *self,
                               const guint8 sha256[32],
                               guint pixels,
                               GCancellable *cancellable,
                               GError **error);

void lz_sha256_format (const guint8 sha256[32], char text[65]);
gboolean lz_sha256_parse (const char *text, guint8 sha256[32]);

G_END_DECLS
