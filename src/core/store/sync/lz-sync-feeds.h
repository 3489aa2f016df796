/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sync-table.h"

G_BEGIN_DECLS

/* What receipts and pulled lines write alike; within a transaction. */

/* LZ_ERROR_NOT_FOUND: never heard of; its @head is negative if the account does not read it now. */
LzFeed *lz_sync_load_feed (LzStation *station, const char *name, GError **error);
gboolean
lz_sync_add_line (LzStation *station, const LzFeed *feed, const LzFeedLine *line, GError **error);
/* To @feed's seq and chain. */
gboolean lz_sync_move_cursor (LzStation *station, const LzFeed *feed, GError **error);

G_END_DECLS
