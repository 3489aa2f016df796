/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-base"

#include "config.h"

#include "lz-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

/* clang-format off */
G_DEFINE_QUARK (lz_error_quark, lz_error)
/* clang-format on */

/**
 * lz_error_explain:
 * @error: an error of any domain
 *
 * Says what @error means to the person at the workstation and what to do about it, translated.
 * The technical message stays in `error->message` for the details.
 *
 * Returns: (transfer none): a sentence or two
 */
const char *
lz_error_explain (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _ ("The disk is full. Nothing was lost; free some space and try again.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    return _ ("The file or folder may not be opened. Ask for the permission, or choose another.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return _ ("The file or folder is not there.");
  if (error->domain != LZ_ERROR)
    return _ ("Something went wrong. Nothing that was saved before is harmed.");

  switch ((LzError) error->code)
    {
    case LZ_ERROR_NOT_FOUND:
      return _ ("It could not be found.");
    case LZ_ERROR_INVALID:
      return _ ("The input is not valid.");
    case LZ_ERROR_REFUSED:
      return _ ("The rules do not allow this here.");
    case LZ_ERROR_BUSY:
      return _ ("Another program is using the store. Try again in a moment.");
    case LZ_ERROR_CONSTRAINT:
      return _ ("This would break a rule of the store, so it was not saved.");
    case LZ_ERROR_NO_SPACE:
      return _ ("The disk is full. Nothing was lost; free some space and try again.");
    case LZ_ERROR_READ_ONLY:
      return _ ("The folder is read-only. Nothing was changed.");
    case LZ_ERROR_CORRUPT:
      return _ ("The store is damaged. Stop working in it and restore the last backup.");
    case LZ_ERROR_TOO_NEW:
      return _ ("This was written by a newer version of Luzhang. Update the program.");
    case LZ_ERROR_NOT_A_PHOTO:
      return _ ("This file is not a photo that can be read.");
    case LZ_ERROR_BROKEN_PHOTO:
      return _ ("This photo is damaged.");
    case LZ_ERROR_TOO_LARGE:
      return _ ("This file is too large.");
    case LZ_ERROR_FAILED:
    default:
      return _ ("Something went wrong. Nothing that was saved before is harmed.");
    }
}

/**
 * lz_error_set_errno:
 * @error: (nullable): where to put the error
 * @saved_errno: the errno of the failed call
 * @doing: what was being done, such as "writing"
 * @path: the file concerned
 *
 * Turns a failed system call into an error, telling apart a full disk and a read-only folder.
 *
 * Returns: always %FALSE, so that a caller can return it
 */
gboolean
lz_error_set_errno (GError **error, int saved_errno, const char *doing, const char *path)
{
  int code;

  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error (error, LZ_ERROR, LZ_ERROR_NO_SPACE, "%s %s: %s", doing, path,
                   g_strerror (saved_errno));
      return FALSE;
    case EROFS:
      g_set_error (error, LZ_ERROR, LZ_ERROR_READ_ONLY, "%s %s: %s", doing, path,
                   g_strerror (saved_errno));
      return FALSE;
    default:
      code = (int) g_io_error_from_errno (saved_errno);
      g_set_error (error, G_IO_ERROR, code, "%s %s: %s", doing, path, g_strerror (saved_errno));
      return FALSE;
    }
}
