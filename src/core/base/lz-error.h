/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LZ_ERROR:
 *
 * Error domain of the core library.  A code exists where some caller acts on it; the rest is
 * %LZ_ERROR_FAILED.  A message says what was being done; the window and the CLI put it into the
 * user's words where they show it (see lz_error_explain()).
 */
#define LZ_ERROR (lz_error_quark ())

/**
 * LzError:
 * @LZ_ERROR_FAILED: anything that no caller tells apart
 * @LZ_ERROR_NOT_FOUND: the thing asked for does not exist
 * @LZ_ERROR_INVALID: input that breaks a rule of ours: a bad code, a malformed file or body
 * @LZ_ERROR_REFUSED: a legal request that the rules refuse here: wrong state, role or evidence
 * @LZ_ERROR_BUSY: another process holds the store; trying again may help
 * @LZ_ERROR_CONSTRAINT: a uniqueness or integrity rule of the database
 * @LZ_ERROR_NO_SPACE: the disk, or the quota, is full
 * @LZ_ERROR_READ_ONLY: the folder or the file may not be written
 * @LZ_ERROR_CORRUPT: a damaged database or blob
 * @LZ_ERROR_TOO_NEW: written by a newer version of this program
 * @LZ_ERROR_NOT_A_PHOTO: a file that is no photo that we can read
 * @LZ_ERROR_BROKEN_PHOTO: a photo whose data is cut off or damaged
 * @LZ_ERROR_TOO_LARGE: a file or picture beyond what we take in
 */
typedef enum
{
  LZ_ERROR_FAILED,
  LZ_ERROR_NOT_FOUND,
  LZ_ERROR_INVALID,
  LZ_ERROR_REFUSED,
  LZ_ERROR_BUSY,
  LZ_ERROR_CONSTRAINT,
  LZ_ERROR_NO_SPACE,
  LZ_ERROR_READ_ONLY,
  LZ_ERROR_CORRUPT,
  LZ_ERROR_TOO_NEW,
  LZ_ERROR_NOT_A_PHOTO,
  LZ_ERROR_BROKEN_PHOTO,
  LZ_ERROR_TOO_LARGE,
} LzError;

GQuark lz_error_quark (void);

const char *lz_error_explain (const GError *error);

gboolean lz_error_set_errno (GError **error, int saved_errno, const char *doing, const char *path);

G_END_DECLS
