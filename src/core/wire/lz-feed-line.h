/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzFeedLine:
 * @seq: place in the feed, from 1
 * @chain: SHA-256 of the line before's chain followed by @canonical
 * @event: the event
 * @canonical: what its author said: the bytes that the chain hashes
 *
 * One line of a feed as the server gave it: {"chain":…,"event":{…},"seq":N}.
 */
typedef struct
{
  gint64 seq;
  guint8 chain[LZ_SHA256_SIZE];
  LzEvent *event;
  GBytes *canonical;
} LzFeedLine;

void lz_feed_line_clear (LzFeedLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzFeedLine, lz_feed_line_clear)

/* FALSE with @error set; then @line is empty but for its @seq, which is 0 where the line itself was
 * no line of a feed, and set where only its event was none. */
gboolean lz_wire_parse_feed_line (const char *text, gsize length, LzFeedLine *line, GError **error);

/* SHA-256 of @previous followed by @size bytes of a canonical event. */
void lz_wire_chain_bytes (const guint8 previous[LZ_SHA256_SIZE],
                          const void *canonical,
                          gsize size,
                          guint8 chain[LZ_SHA256_SIZE]);

G_END_DECLS
