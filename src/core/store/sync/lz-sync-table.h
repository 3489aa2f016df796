/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-feed-line.h"
#include "lz-receipts.h"
#include "lz-state.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: sync-table
 *
 * The station's side of sync: what waits, what the server confirmed or refused, how far each feed
 * has been read.  Rules of transport are in src/sync; here is what must hold on disk.
 */

/* ---- pushing */

/* Own events that the server has not answered, in the order of their numbers.  Array of LzEvent. */
GPtrArray *lz_sync_list_waiting (LzStation *station, GError **error);

/* The first of them after the number @after, for a request that is about to go out: at most @limit,
 * about @max_bytes of bodies, numbers without a gap.  From then on these acts cannot be taken back:
 * the server may have them, whatever becomes of the answer. */
GPtrArray *
lz_sync_offer (LzStation *station, gint64 after, guint limit, gsize max_bytes, GError **error);

/* All of them, to be carried to the server in a file. */
GPtrArray *lz_sync_offer_all (LzStation *station, GError **error);

/* The same of another station whose acts came here in a file. */
GPtrArray *lz_sync_list_carried (LzStation *station,
                                 const char *device,
                                 guint limit,
                                 gsize max_bytes,
                                 GError **error);

/* Who wrote what waits: people's ids. */
GStrv lz_sync_list_authors (LzStation *station, GError **error);

/**
 * lz_sync_take_receipts:
 * @station: a station
 * @events: (element-type LzEvent): what was sent, of one device, in the order of its numbers
 * @lines: the same as it was sent: a canonical event a line
 * @answer: the server's, a receipt for each event in the same order
 * @n_refused: (inout): grows by those that went to the inbox
 * @error: (nullable): return location
 *
 * Keeps the receipts; durable when it returns.  A refused act goes to the inbox and no longer
 * counts in the fold; a refused withdrawal or rule event is only marked.  Where the events that
 * were taken are just what a feed has grown by since it was read last, and the chain that follows
 * from them is the server's, they count as read: they need not come back.
 *
 * Returns: %TRUE on success
 */
gboolean lz_sync_take_receipts (LzStation *station,
                                GPtrArray *events,
                                GBytes *lines,
                                const LzReceipts *answer,
                                guint *n_refused,
                                GError **error);

/* The server has this device only up to @have: what it confirmed beyond that waits again. */
gboolean lz_sync_unconfirm_after (LzStation *station, gint64 have, GError **error);

/* Another store uses this device's name: the unsent events get a new device and new numbers. */
gboolean lz_sync_take_new_device (LzStation *station, GError **error);

/* ---- pulling */

/**
 * LzFeed:
 * @seq: last line read
 * @chain: its chain value
 * @head: last line of the server's, as far as known
 */
typedef struct
{
  char *name;
  char *title;
  gint64 seq;
  guint8 chain[LZ_SHA256_SIZE];
  gint64 head;
} LzFeed;

void lz_feed_free (LzFeed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzFeed, lz_feed_free)
/* Those that the account reads now. */
GPtrArray *lz_sync_list_feeds (LzStation *station, GError **error);
gboolean lz_sync_set_feeds (LzStation *station, GPtrArray *feeds, GError **error);

/* Verifies the lines against what was read before (dense numbers, chain, same bytes for events that
 * are here already), adds what is new and folds it in: one transaction.  LZ_ERROR_CORRUPT says
 * which line does not fit; then nothing of the batch is taken. */
gboolean lz_sync_take_lines (LzStation *station,
                             const char *feed,
                             GArray *lines,
                             guint *n_new,
                             GError **error);

/* The server's data began another life: everything is read and compared anew from the start. */
gboolean lz_sync_forget_server (LzStation *station, const char *epoch, GError **error);

/* ---- photos */

/**
 * LzUpload: a photo that the server has not confirmed.
 */
typedef struct
{
  guint8 sha256[LZ_SHA256_SIZE];
  gint64 size_bytes;
  char *url;
  gint64 sent_bytes;
  guint tries;
  gint64 next_ms;
} LzUpload;

void lz_upload_free (LzUpload *self);

/* Photos of events (not of mere drafts) that are to be sent by @now_ms. */
GPtrArray *lz_sync_list_uploads (LzStation *station, gint64 now_ms, guint limit, GError **error);
gboolean lz_sync_save_upload (LzStation *station,
                              const LzUpload *upload,
                              const char *failure,
                              gboolean permanent,
                              GError **error);
/* Whether an upload was begun or failed, and is not done. */
gboolean lz_sync_has_uploads (LzStation *station);
/* The server has these (guint8[32] each): one transaction. */
gboolean lz_sync_set_all_delivered (LzStation *station, GArray *hashes, GError **error);
/* These originals (LzPhoto, of lz_photos_examine()) have come from the server and are in the photo
 * folder: their rows, in one transaction. */
gboolean lz_sync_take_photos (LzStation *station, GPtrArray *photos, GError **error);
/* Photos that events name and that are not here: guint8[32] each. */
GArray *lz_sync_list_missing (LzStation *station, guint limit, GError **error);

/* ---- when to try again */

gboolean lz_sync_set_retry (LzStation *station,
                            const char *task,
                            const char *failure,
                            gint64 next_ms,
                            gboolean permanent,
                            GError **error);
gboolean lz_sync_clear_retry (LzStation *station, const char *task, GError **error);
gboolean lz_sync_get_retry (LzStation *station,
                            const char *task,
                            guint *tries,
                            gint64 *next_ms,
                            gboolean *permanent);
/* "Try now": forgets all waiting times. */
gboolean lz_sync_retry_all (LzStation *station, GError **error);
/* The network came up: forgets waiting times, but not what a person must look at. */
gboolean lz_sync_retry_soon (LzStation *station, GError **error);

/* ---- what a person sees */

/**
 * LzSyncStatus:
 * @n_cases: cases with something that is not delivered
 * @n_events: acts waiting
 * @n_photos: photos waiting
 * @bytes: of these photos
 * @n_inbox: refused acts that nobody has settled
 * @last_contact_ms: last answer of the server; 0 = never
 * @next_try_ms: earliest next try; 0 = none waits
 * @clock_offset_ms: server's clock minus ours
 * @problem: (nullable): the error that a person must look at
 */
typedef struct
{
  char *server;
  char *user;
  guint n_cases;
  guint n_events;
  guint n_photos;
  gint64 bytes;
  guint n_inbox;
  gint64 last_contact_ms;
  gint64 next_try_ms;
  gint64 clock_offset_ms;
  char *problem;
} LzSyncStatus;

void lz_sync_status_clear (LzSyncStatus *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzSyncStatus, lz_sync_status_clear)
gboolean lz_sync_get_status (LzStation *station, LzSyncStatus *status, GError **error);
gboolean lz_sync_find_last_waiting (LzStation *station, gint64 *seq, GError **error);

/**
 * LzDelivery: one line of "did my work get there?".
 * @category: (nullable): its code
 * @category_name: (nullable): as the catalogue has it, in the trade's own words
 */
typedef struct
{
  LzId id;
  char *number;
  char *category;
  char *category_name;
  char *road_name;
  gint64 changed_ms;
  guint n_events;       /* all of it */
  guint n_events_there; /* confirmed */
  guint n_photos;
  guint n_photos_there;
  guint n_refused; /* not settled */
} LzDelivery;

void lz_delivery_free (LzDelivery *self);
/* Cases of this station's own acts, newest first; @waiting_only: those not yet delivered. */
GPtrArray *
lz_sync_list_deliveries (LzStation *station, gboolean waiting_only, guint limit, GError **error);

/**
 * LzRefusal: an act in the inbox.
 */
typedef struct
{
  LzEvent *event;
  char *code;
  char *state;
  char *message;
  gint64 refused_ms;
  char *decision;
  char *case_number;
  LzState case_state; /* as it stands here now */
} LzRefusal;

void lz_refusal_free (LzRefusal *self);
GPtrArray *lz_sync_list_refusals (LzStation *station, gboolean open_only, GError **error);

/* Settles a refused act by doing it again on the present state, by keeping it as a note with its
 * photos, or by dropping it with a reason.  LZ_ERROR_REFUSED if the rules still do not allow it. */
gboolean lz_sync_redo (LzStation *station, const LzId *event, GError **error);
gboolean lz_sync_keep_as_note (LzStation *station, const LzId *event, GError **error);
gboolean lz_sync_drop (LzStation *station, const LzId *event, const char *reason, GError **error);

G_END_DECLS
