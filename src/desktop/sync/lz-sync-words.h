/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sync.h"

G_BEGIN_DECLS

/*
 * How sync stands, in words and icons for the window.  Pure functions; results of _dup_ functions
 * are (transfer full); times are ms UTC and shown in the zone @offset_min minutes east of it.
 */

/**
 * LzSyncFace: what a person must be able to tell at a glance.
 * @LZ_SYNC_FACE_NO_ACCOUNT: the station works alone
 * @LZ_SYNC_FACE_DELIVERED: nothing waits
 * @LZ_SYNC_FACE_WAITING: something waits for the next round
 * @LZ_SYNC_FACE_RUNNING: a round is at work
 * @LZ_SYNC_FACE_OFFLINE: it cannot be sent now and is tried again by itself
 * @LZ_SYNC_FACE_ATTENTION: a person must look
 */
typedef enum
{
  LZ_SYNC_FACE_NO_ACCOUNT,
  LZ_SYNC_FACE_DELIVERED,
  LZ_SYNC_FACE_WAITING,
  LZ_SYNC_FACE_RUNNING,
  LZ_SYNC_FACE_OFFLINE,
  LZ_SYNC_FACE_ATTENTION,
} LzSyncFace;

LzSyncFace
lz_sync_words_get_face (const LzSyncStatus *status, LzSyncState state, const GError *error);
const char *lz_sync_words_get_icon (LzSyncFace face);

/* Cases that wait, or photos where only such wait. */
guint lz_sync_words_count_waiting (const LzSyncStatus *status);
/* "12:04 delivered · 3 waiting" */
char *lz_sync_words_dup_short (LzSyncFace face,
                               const LzSyncStatus *status,
                               const LzSyncProgress *progress,
                               gint64 now_ms,
                               int offset_min);
/* "3 cases, 4 photos, 12.3 MB" */
char *lz_sync_words_dup_waiting (const LzSyncStatus *status);
/* "2 of 5 photos · 3.1 of 9.0 MB · 1.2 MB/s"; @speed: bytes in a second, 0 = not known */
char *lz_sync_words_dup_progress (const LzSyncProgress *progress, gint64 speed);
/* 0 to 1, below 0 = nothing to measure */
double lz_sync_words_get_fraction (const LzSyncProgress *progress);
char *lz_sync_words_dup_contact (const LzSyncStatus *status, gint64 now_ms, int offset_min);
/* Why nothing moves, for a person; %NULL: there is nothing to say. */
char *lz_sync_words_dup_trouble (const LzSyncStatus *status, const GError *error);
/* "This computer's clock is 5 minutes slow."  %NULL: it is near enough. */
char *lz_sync_words_dup_clock (gint64 clock_offset_ms);

gboolean lz_sync_words_needs_login (const GError *error);

/**
 * LzDeliveryFace: "did my work get there?" for one case.
 */
typedef enum
{
  LZ_DELIVERY_DELIVERED,
  LZ_DELIVERY_SENDING,
  LZ_DELIVERY_WAITING,
  LZ_DELIVERY_REFUSED,
} LzDeliveryFace;

LzDeliveryFace lz_sync_words_get_delivery (const LzDelivery *delivery, LzSyncState state);
const char *lz_sync_words_get_delivery_icon (LzDeliveryFace face);
const char *lz_sync_words_get_delivery_label (LzDeliveryFace face);

/* Why the server refused an act, from its code. */
const char *lz_sync_words_get_refusal (const char *code);

G_END_DECLS
