/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-rebuild.h"
#include "lz-station-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A station gets its name last: one without was cut short while it was made, and holds nothing. */
static gboolean
check_finished (LzStation *self, GError **error)
{
  gint64 n = 0;

  if (!lz_db_get_int64 (lz_station_get_db (self),
                        "SELECT count(*) FROM sqlite_schema WHERE name = 'setting'", &n, error))
    return FALSE;
  if (n > 0 &&
      !lz_db_get_int64 (lz_station_get_db (self), "SELECT count(*) FROM setting", &n, error))
    return FALSE;
  if (n > 0)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
               _ ("The station in “%s” was not finished when it was made. Make it again."),
               lz_station_get_dir (self));
  return FALSE;
}

/* A newer version keeps more of each case: its rows are made anew from the log, once. */
static gboolean
bring_up_to_date (LzStation *self, LzStationMode mode, GError **error)
{
  g_autofree char *state = lz_station_dup_setting (self, "projections", "");

  return mode == LZ_STATION_READ_ONLY || strcmp (state, "stale") != 0 || lz_rebuild (self, error);
}

/**
 * lz_station_open:
 * @dir: the station's folder
 * @mode: for writing, or for queries only
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is no station in @dir
 *
 * Returns: (transfer full) (nullable): the station
 */
LzStation *
lz_station_open (const char *dir, LzStationMode mode, GError **error)
{
  g_autofree char *database = g_build_filename (dir, LZ_STATION_DATABASE, NULL);
  g_autoptr (LzStation) self = NULL;

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no station in “%s”."), dir);
      return NULL;
    }
  self = lz_station_open_parts (dir, mode, error);
  if (self == NULL || !check_finished (self, error) || !lz_station_reload (self, error) ||
      !bring_up_to_date (self, mode, error))
    return NULL;
  return g_steal_pointer (&self);
}
