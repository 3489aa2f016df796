/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzReceipt:
 * @id: the event
 * @home_seq: its place in its home feed; 0 = refused
 * @received_ms: the server's clock
 * @code: (nullable): why it was refused
 * @state: (nullable): state of the case that the server found
 * @message: (nullable): the server's words
 */
typedef struct
{
  LzId id;
  gint64 home_seq;
  gint64 received_ms;
  char *code;
  char *state;
  char *message;
} LzReceipt;

void lz_receipt_clear (LzReceipt *self);

/**
 * LzFeedHead:
 * @feed: its name
 * @seq: of its last line; 0 = it is empty
 * @chain: of that line
 */
typedef struct
{
  char *feed;
  gint64 seq;
  guint8 chain[LZ_SHA256_SIZE];
} LzFeedHead;

void lz_feed_head_clear (LzFeedHead *self);

/**
 * LzReceipts:
 * @receipts: (element-type LzReceipt): in the order of the events
 * @heads: (element-type LzFeedHead): how far the feeds had grown that these events went to, when
 *   they were taken
 *
 * The server's answer to a request that hands in events.
 */
typedef struct
{
  GArray *receipts;
  GArray *heads;
} LzReceipts;

void lz_receipts_clear (LzReceipts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzReceipts, lz_receipts_clear)

gboolean
lz_wire_parse_receipts (const char *text, gsize length, LzReceipts *answer, GError **error);

G_END_DECLS
