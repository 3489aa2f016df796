/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-blobs.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Makes a preview of a stored photo where there is none yet, and decodes it: all in a worker. */
void lz_texture_load_async (LzBlobs *blobs,
                            const guint8 sha256[32],
                            guint pixels,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GdkTexture *lz_texture_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
