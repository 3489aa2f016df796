/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync.h"

#include "lz-atomic.h"

#include <glib/gstdio.h>

/* Until the account says which; an office's code is never this. */
#define NO_FEED "000000000"

/* A folder that was there before stays, without the empty station that was made in it. */
static void
discard (const char *dir, gboolean was_there)
{
  static const char *const parts[] = { "station.gpkg", "station.gpkg-wal", "station.gpkg-shm",
                                       "photos" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (dir, parts[i], NULL);

      lz_atomic_remove_tree (path);
    }
  if (!was_there)
    g_rmdir (dir);
}

gboolean
lz_sync_login_dir (const char *dir,
                   const char *url,
                   const char *user,
                   const char *password,
                   gboolean insist,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStation) station = lz_station_open (dir, LZ_STATION_READ_WRITE, &failure);
  gboolean was_there;

  if (station != NULL)
    return lz_sync_login (station, url, user, password, insist, cancellable, error);
  if (!g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  was_there = g_file_test (dir, G_FILE_TEST_EXISTS);
  if (!lz_station_create (dir, NO_FEED, "", error))
    return FALSE;
  station = lz_station_open (dir, LZ_STATION_READ_WRITE, error);
  if (station != NULL && lz_sync_login (station, url, user, password, insist, cancellable, error))
    return TRUE;
  g_clear_pointer (&station, lz_station_close);
  discard (dir, was_there);
  return FALSE;
}
