/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to place/: files from outside, which may be anything. */

/** LZ_PLACE_MAX_BYTES: above this, compressed or not, a file is no city's map and no track. */
#define LZ_PLACE_MAX_BYTES (512 * 1024 * 1024)

GBytes *lz_place_load (const char *path, GCancellable *cancellable, GError **error);
GBytes *lz_place_unpack (GBytes *bytes, GCancellable *cancellable, GError **error);
GBytes *lz_place_skip_blank (GBytes *bytes, GError **error);
gboolean lz_place_starts_with (GBytes *bytes, gconstpointer magic, gsize length);

G_END_DECLS
