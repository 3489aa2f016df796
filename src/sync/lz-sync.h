/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sync-error.h"
#include "lz-sync-table.h"

G_BEGIN_DECLS

/**
 * SECTION: sync
 *
 * The sync client: no window, no main loop.  Every call here blocks on the network and belongs into
 * a thread of its own with a station (a writing connection) of its own; SQLite keeps it and the
 * window's store apart, and every step commits in small transactions, so that logging never waits
 * for it.  What must survive (what waits, what is confirmed, when to try again) is in the
 * database; a run can be stopped at any point and begun again.
 */

/**
 * LzSyncState: what a run is at; for progress and the log.
 */
typedef enum
{
  LZ_SYNC_IDLE,
  LZ_SYNC_CONNECTING,
  LZ_SYNC_REFERENCE,
  LZ_SYNC_PUSHING,
  LZ_SYNC_SENDING_PHOTOS,
  LZ_SYNC_PULLING,
  LZ_SYNC_FETCHING_PHOTOS,
  LZ_SYNC_WAITING, /* holding the line open for news */
  LZ_SYNC_OFFLINE, /* waiting for the next try */
  LZ_SYNC_STOPPED, /* a person must look */
} LzSyncState;

const char *lz_sync_state_to_string (LzSyncState state);
const char *lz_sync_state_label (LzSyncState state);

/**
 * LzSyncProgress:
 * @n_pushed: acts that the server answered in this run
 * @n_refused: of these, refused and now in the inbox; what the rules did besides is not counted
 * @n_pulled: acts of others that came
 * @n_photos_up: photos that went up whole; the server is asked for many of them at once
 * @n_photos_sent: of these, confirmed
 * @n_photos_to_send: photos that waited when the run began
 * @bytes_sent: of photos
 * @bytes_to_send: of photos
 * @n_photos_fetched: photos that came
 */
typedef struct
{
  LzSyncState state;
  guint n_pushed;
  guint n_refused;
  guint n_pulled;
  guint n_photos_up;
  guint n_photos_sent;
  guint n_photos_to_send;
  gint64 bytes_sent;
  gint64 bytes_to_send;
  guint n_photos_fetched;
} LzSyncProgress;

/* Called in the thread that runs the sync, at every change. */
typedef void (*LzSyncProgressFunc) (const LzSyncProgress *progress, gpointer data);

typedef struct _LzSync LzSync;

/**
 * lz_sync_login:
 * @station: a station
 * @url: the server, "https://…"; plain "http://" to loopback only, or with @insist
 * @user: account
 * @password: of it
 * @insist: plain HTTP to other hosts too; the window shows a lasting banner
 * @cancellable: (nullable): gives up
 * @error: %LZ_SYNC_ERROR_LOGIN, %LZ_SYNC_ERROR_NOT_OURS, %LZ_SYNC_ERROR_OFFLINE …
 *
 * Logs in, keeps the token (libsecret, or a 0600 file where no secret service runs) and takes the
 * account's roles and feeds.  What was logged before stays and is sent at the next run.
 *
 * Returns: %TRUE on success
 */
gboolean lz_sync_login (LzStation *station,
                        const char *url,
                        const char *user,
                        const char *password,
                        gboolean insist,
                        GCancellable *cancellable,
                        GError **error);
/* The same for the station in @dir, which is made if it is not there: its office and what belongs
 * to it then come from the account.  A login that fails leaves no station behind. */
gboolean lz_sync_login_dir (const char *dir,
                            const char *url,
                            const char *user,
                            const char *password,
                            gboolean insist,
                            GCancellable *cancellable,
                            GError **error);
gboolean lz_sync_logout (LzStation *station, GCancellable *cancellable, GError **error);

/* Names the last login or logout of the station, by whatever program; never NULL. */
char *lz_sync_dup_login (LzStation *station);

/* Goes on with the account as the last login leaves it, also one by another program. */
LzSync *lz_sync_new (LzStation *station, GError **error);
void lz_sync_free (LzSync *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzSync, lz_sync_free)

void lz_sync_set_progress (LzSync *self, LzSyncProgressFunc func, gpointer data);
const LzSyncProgress *lz_sync_get_progress (LzSync *self);

/**
 * lz_sync_run:
 * @self: a client
 * @force: try now what was to wait
 * @cancellable: (nullable): stops at the next point; nothing is lost
 * @error: the first thing that failed; the rest was tried all the same
 *
 * One whole round: reference data, acts up, feeds down and verified, photos up, photos down.
 *
 * Returns: %TRUE if everything that could be done is done
 */
gboolean lz_sync_run (LzSync *self, gboolean force, GCancellable *cancellable, GError **error);

/* Holds the line open up to @seconds: TRUE if there is news in any of the account's feeds, of its
 * photos, of the reference data or of the account itself.  After a run. */
gboolean lz_sync_wait (LzSync *self, guint seconds, GCancellable *cancellable, GError **error);

/* Fetches an original now, because somebody wants to see it. */
gboolean lz_sync_fetch_photo (LzSync *self,
                              const guint8 sha256[LZ_SHA256_SIZE],
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
