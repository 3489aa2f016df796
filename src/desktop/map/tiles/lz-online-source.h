/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

G_BEGIN_DECLS

/*
 * A map source that fetches its tiles over HTTP, keeps them for a week, and enlarges them past the
 * source's last level.  What is no picture (a captive portal's page) is neither shown nor kept.
 */
#define LZ_TYPE_ONLINE_SOURCE (lz_online_source_get_type ())
G_DECLARE_FINAL_TYPE (LzOnlineSource, lz_online_source, LZ, ONLINE_SOURCE, ShumateMapSource)

/**
 * lz_online_source_new:
 * @url: http or https, with {z}, {x} and {y} or {-y}; {s} is one of a, b, c, and {s:0123} one of
 *   the characters listed; {key}
 * @key: (nullable): what {key} stands for
 * @max_zoom: last level
 * @error: %LZ_ERROR_INVALID with a message for the user
 *
 * Returns: (transfer full): the source
 */
LzOnlineSource *
lz_online_source_new (const char *url, const char *key, guint max_zoom, GError **error);

/* (transfer full): the address of a tile. */
char *lz_online_source_dup_url (LzOnlineSource *self, guint zoom, guint x, guint y);

G_END_DECLS
