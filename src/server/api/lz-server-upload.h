/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-server-http.h"

#include <nettle/sha2.h>

G_BEGIN_DECLS

/**
 * LzUpload:
 * @fd: open while a request writes it; else -1
 * @owner: the request that writes it
 * @hashed: how much of the file @hash has seen; less than @offset after a restart
 * @stored: there is a row for it
 *
 * A photo on its way in: a file in `uploads/` whose length is the offset.
 */
typedef struct
{
  char *id;
  char *user;
  char *path;
  gint64 length;
  gint64 offset;
  guint8 want[32];
  struct sha256_ctx hash;
  gint64 hashed;
  gint64 expires_ms;
  int fd;
  LzRequest *owner;
  gboolean stored;
} LzUpload;

void lz_upload_free (LzUpload *self);

/* A new one, with its file, for @request. */
LzUpload *
lz_upload_create (LzRequest *request, gint64 length, const guint8 want[32], GError **error);

typedef enum
{
  LZ_UPLOAD_OPEN,
  LZ_UPLOAD_NOT_FOUND,
  LZ_UPLOAD_LOCKED,
  LZ_UPLOAD_DONE,
  LZ_UPLOAD_FAILED,
} LzUploadResult;

/* Finds it in memory or in the store, and makes it @request's. */
LzUploadResult
lz_upload_acquire (LzRequest *request, const char *id, LzUpload **upload, GError **error);
/* Back into memory for the next piece; or forgets it. */
void lz_upload_release (LzUpload *self, LzRequest *request);
void lz_upload_forget (LzUpload *self, LzRequest *request);

gboolean lz_upload_write (LzUpload *self, const void *data, gsize size, GError **error);
gboolean
lz_upload_cut (LzUpload *self, gint64 offset, const struct sha256_ctx *hash, GError **error);
/* Whether all is there and the hash is right; then it is in the photo folder. */
gboolean lz_upload_finish (LzUpload *self, LzRequest *request, gboolean *matches, GError **error);

G_END_DECLS
