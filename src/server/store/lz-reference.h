/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-server-store.h"

G_BEGIN_DECLS

/* Reference data is checked before it is put: a table that no station could read must not get
 * into circulation.  Both the API and the program's verbs go this way. */

/* "catalogue", "tasks", "calendar", "divisions", "routing", "settings" or "units". */
gboolean lz_reference_is_part (const char *part);
gboolean lz_reference_is_table (const char *part);

/* LZ_ERROR_INVALID, naming what is wrong. */
gboolean lz_reference_put (LzServerStore *store,
                           const char *part,
                           GBytes *content,
                           gint64 *rev,
                           GError **error);

/* A street map becomes the roads of @feed; blocks for its size.  @n_roads nullable. */
gboolean lz_reference_put_roads (LzServerStore *store,
                                 const char *feed,
                                 GBytes *streets,
                                 guint *n_roads,
                                 gint64 *rev,
                                 GError **error);

/* "360681001" or "unit:huanwei". */
gboolean lz_feed_name_is_valid (const char *feed);

G_END_DECLS
