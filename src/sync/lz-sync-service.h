/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sync.h"

G_BEGIN_DECLS

/**
 * LzSyncService:
 *
 * Sync for a program with a main loop: a thread of its own that runs rounds of #LzSync with a
 * station of its own, waits for news or for the next time to try, and starts again when the network
 * comes up, when something was logged (lz_sync_service_nudge()), or when somebody presses the
 * button.  Everything here is for the main thread and returns at once.
 *
 * Signals, on the main context, coalesced:
 * - `progress`: lz_sync_service_get_progress() has changed
 * - `status`: lz_sync_service_get_status() has changed
 */
#define LZ_TYPE_SYNC_SERVICE (lz_sync_service_get_type ())
G_DECLARE_FINAL_TYPE (LzSyncService, lz_sync_service, LZ, SYNC_SERVICE, GObject)

LzSyncService *lz_sync_service_new (const char *station_dir);

/* Begins; does nothing while the station has no account. */
void lz_sync_service_start (LzSyncService *self);
/* Ends the thread at the next point; nothing is lost.  The thread keeps the object alive: whoever
 * started the service stops it. */
void lz_sync_service_stop (LzSyncService *self);

/* Something was logged: send it soon. */
void lz_sync_service_nudge (LzSyncService *self);
/* The button: try everything now, also what waits for its time or for a person. */
void lz_sync_service_run_now (LzSyncService *self);
/* Stops the round that is running. */
void lz_sync_service_cancel (LzSyncService *self);

const LzSyncProgress *lz_sync_service_get_progress (LzSyncService *self);
/* What waits, last contact, the problem that a person must look at; never NULL. */
const LzSyncStatus *lz_sync_service_get_status (LzSyncService *self);
/* Why the last round failed; NULL: it did not.  lz_sync_error_explain() gives the words. */
const GError *lz_sync_service_get_error (LzSyncService *self);

/* Log in or out, in a thread; starts the service on success. */
void lz_sync_service_login_async (LzSyncService *self,
                                  const char *url,
                                  const char *user,
                                  const char *password,
                                  gboolean insist,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean lz_sync_service_login_finish (LzSyncService *self, GAsyncResult *result, GError **error);
void lz_sync_service_logout_async (LzSyncService *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean lz_sync_service_logout_finish (LzSyncService *self, GAsyncResult *result, GError **error);

G_END_DECLS
