/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-http.h"
#include "lz-sync-table.h"

G_BEGIN_DECLS

/* Told in the same thread whenever the server has confirmed more. */
typedef void (*LzUploadMoved) (const LzUpload *upload, gpointer data);

/* Uploads one file by tus 1.0 (core and creation), going on where an earlier try stopped.  Works
 * with any tus server.  Blocks. */
gboolean lz_upload_run (LzHttp *http,
                        LzUpload *upload,
                        const char *path,
                        LzUploadMoved moved,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error);

G_END_DECLS
