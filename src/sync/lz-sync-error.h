/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LZ_SYNC_ERROR (lz_sync_error_quark ())

/**
 * LzSyncError:
 * @LZ_SYNC_ERROR_FAILED: anything that no caller tells apart
 * @LZ_SYNC_ERROR_OFFLINE: the server cannot be reached; later again
 * @LZ_SYNC_ERROR_BUSY: the server is there but cannot now (429, 5xx); later again
 * @LZ_SYNC_ERROR_NOT_OURS: an answer that is not our server's: a captive portal, a proxy's page
 * @LZ_SYNC_ERROR_LOGIN: wrong user or password, or the session ended: a person must log in
 * @LZ_SYNC_ERROR_FORBIDDEN: not allowed to this account: a person must look
 * @LZ_SYNC_ERROR_REFUSED: the server does not take the request as it is: a person must look
 * @LZ_SYNC_ERROR_NO_SPACE: the server's disk or quota is full; later again
 * @LZ_SYNC_ERROR_CHAIN: a feed has a gap, or a changed or missing event: the pull has stopped
 * @LZ_SYNC_ERROR_INSECURE: plain HTTP to another host
 * @LZ_SYNC_ERROR_NO_ACCOUNT: the station has no server yet
 * @LZ_SYNC_ERROR_GAP: the server's number of this device is not what we thought
 * @LZ_SYNC_ERROR_DIVERGED: another store uses this device's name
 * @LZ_SYNC_ERROR_OFFSET: an upload is elsewhere than we thought
 * @LZ_SYNC_ERROR_GONE: not there (any more)
 * @LZ_SYNC_ERROR_HASH: bytes that do not have the hash they should
 * @LZ_SYNC_ERROR_DEVICE_TAKEN: this workstation is bound to another account
 * @LZ_SYNC_ERROR_LOCKED: a request before this one still holds the upload
 */
typedef enum
{
  LZ_SYNC_ERROR_FAILED,
  LZ_SYNC_ERROR_OFFLINE,
  LZ_SYNC_ERROR_BUSY,
  LZ_SYNC_ERROR_NOT_OURS,
  LZ_SYNC_ERROR_LOGIN,
  LZ_SYNC_ERROR_FORBIDDEN,
  LZ_SYNC_ERROR_REFUSED,
  LZ_SYNC_ERROR_NO_SPACE,
  LZ_SYNC_ERROR_CHAIN,
  LZ_SYNC_ERROR_INSECURE,
  LZ_SYNC_ERROR_NO_ACCOUNT,
  LZ_SYNC_ERROR_GAP,
  LZ_SYNC_ERROR_DIVERGED,
  LZ_SYNC_ERROR_OFFSET,
  LZ_SYNC_ERROR_GONE,
  LZ_SYNC_ERROR_HASH,
  LZ_SYNC_ERROR_DEVICE_TAKEN,
  LZ_SYNC_ERROR_LOCKED,
} LzSyncError;

GQuark lz_sync_error_quark (void);

/* What it means to the person at the workstation, translated; any domain. */
const char *lz_sync_error_explain (const GError *error);
/* Trying again later may help; else a person must look. */
gboolean lz_sync_error_is_transient (const GError *error);

G_END_DECLS
