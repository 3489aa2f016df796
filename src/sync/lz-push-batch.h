/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-receipts.h"
#include "lz-sync-private.h"

G_BEGIN_DECLS

/* Well below the server's 8 MiB and 10,000 lines. */
#define LZ_PUSH_EVENTS 2000
#define LZ_PUSH_BYTES  (2 * 1024 * 1024)

/**
 * LzPushBatch:
 * @events: (element-type LzEvent): of one device, in the order of its numbers
 * @lines: the same as they are sent
 * @message: the request
 * @receipts: the answer, once lz_push_batch_send() has succeeded
 * @n_refused: of these acts, in the inbox, once lz_push_batch_keep() has succeeded
 *
 * Acts that go up in one request.
 */
typedef struct
{
  GPtrArray *events;
  GBytes *lines;
  SoupMessage *message;
  LzReceipts receipts;
  guint n_refused;
} LzPushBatch;

/* Takes @events over, which are not empty.  Asks the station, not the server. */
LzPushBatch *lz_push_batch_new (LzSync *self, GPtrArray *events, GError **error);
void lz_push_batch_free (LzPushBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPushBatch, lz_push_batch_free)

gint64 lz_push_batch_get_last (const LzPushBatch *self);
/* Asks the server, and not the station: another thread may be at that meanwhile. */
gboolean
lz_push_batch_send (LzPushBatch *self, LzSync *sync, GCancellable *cancellable, GError **error);
/* Keeps the receipts in the station. */
gboolean lz_push_batch_keep (LzPushBatch *self, LzSync *sync, GError **error);
/* Once they are kept: counts them, and takes over how far the server says that its feeds go. */
void lz_push_batch_tell (const LzPushBatch *self, LzSync *sync);

G_END_DECLS
