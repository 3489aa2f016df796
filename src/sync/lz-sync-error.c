/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-error.h"

#include "lz-error.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
G_DEFINE_QUARK (lz_sync_error_quark, lz_sync_error)
/* clang-format on */

const char *
lz_sync_error_explain (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != LZ_SYNC_ERROR)
    return lz_error_explain (error);

  switch ((LzSyncError) error->code)
    {
    case LZ_SYNC_ERROR_OFFLINE:
      return _ ("The server cannot be reached. What you log is kept here and sent later.");
    case LZ_SYNC_ERROR_BUSY:
    case LZ_SYNC_ERROR_LOCKED:
      return _ ("The server is busy. What waits is sent again in a moment.");
    case LZ_SYNC_ERROR_NOT_OURS:
      return _ ("Something else answered instead of the server, perhaps the log-in page of a "
                "network. Nothing was sent.");
    case LZ_SYNC_ERROR_LOGIN:
      return _ ("The server does not accept the user name and password, or the session has ended. "
                "Log in again.");
    case LZ_SYNC_ERROR_FORBIDDEN:
      return _ ("Your account may not do this. Ask the administrator.");
    case LZ_SYNC_ERROR_REFUSED:
      return _ ("The server does not take this. What you logged is kept here.");
    case LZ_SYNC_ERROR_NO_SPACE:
      return _ ("The server has no room left. What you logged is kept here and sent later.");
    case LZ_SYNC_ERROR_CHAIN:
      return _ ("The server's record has a gap or was changed. Nothing of it was taken; tell the "
                "administrator.");
    case LZ_SYNC_ERROR_INSECURE:
      return _ ("The address is not secure: it must begin with https://.");
    case LZ_SYNC_ERROR_NO_ACCOUNT:
      return _ ("This workstation is not connected to a server yet.");
    case LZ_SYNC_ERROR_HASH:
      return _ ("A photo came damaged from the server and was not taken.");
    case LZ_SYNC_ERROR_DEVICE_TAKEN:
      return _ ("This workstation belongs to another account. It must log out here first, or the "
                "administrator releases it.");
    case LZ_SYNC_ERROR_GONE:
      return _ ("The server does not have it.");
    case LZ_SYNC_ERROR_DIVERGED:
      return _ ("This workstation's data were copied or restored from a backup, and both copies "
                "were used. Nothing is lost: log in again here.");
    case LZ_SYNC_ERROR_GAP:
    case LZ_SYNC_ERROR_OFFSET:
    case LZ_SYNC_ERROR_FAILED:
    default:
      return _ ("Sync failed. What you logged is kept here.");
    }
}

gboolean
lz_sync_error_is_transient (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain != LZ_SYNC_ERROR)
    return g_error_matches (error, LZ_ERROR, LZ_ERROR_BUSY) ||
           g_error_matches (error, LZ_ERROR, LZ_ERROR_NO_SPACE);

  switch ((LzSyncError) error->code)
    {
    case LZ_SYNC_ERROR_OFFLINE:
    case LZ_SYNC_ERROR_BUSY:
    case LZ_SYNC_ERROR_LOCKED:
    case LZ_SYNC_ERROR_NOT_OURS:
    case LZ_SYNC_ERROR_NO_SPACE:
    case LZ_SYNC_ERROR_OFFSET:
    case LZ_SYNC_ERROR_HASH:
    case LZ_SYNC_ERROR_GAP:
    case LZ_SYNC_ERROR_FAILED:
      return TRUE;
    case LZ_SYNC_ERROR_LOGIN:
    case LZ_SYNC_ERROR_FORBIDDEN:
    case LZ_SYNC_ERROR_REFUSED:
    case LZ_SYNC_ERROR_CHAIN:
    case LZ_SYNC_ERROR_INSECURE:
    case LZ_SYNC_ERROR_NO_ACCOUNT:
    case LZ_SYNC_ERROR_DIVERGED:
    case LZ_SYNC_ERROR_GONE:
    case LZ_SYNC_ERROR_DEVICE_TAKEN:
    default:
      return FALSE;
    }
}
