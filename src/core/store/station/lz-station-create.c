/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-data.h"
#include "lz-state.h"
#include "lz-station-private.h"
#include "lz-stmt.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* The data that a new station starts with. */
static const struct
{
  const char *name;
  const char *resource;
  const char *source;
} first_references[] = {
  { "catalogue.tsv", "catalogue/catalogue.tsv", "built in" },
  { "tasks.tsv", "catalogue/tasks.tsv", "built in" },
  { "calendar.tsv", "calendar/china-2026.tsv", "built in" },
};

/**
 * lz_station_make_device:
 *
 * Returns: (transfer full): a new name for a station: 12 hexadecimal digits at random
 */
char *
lz_station_make_device (void)
{
  LzId random = lz_id_new (g_get_real_time () / 1000);

  return g_strdup_printf ("%02x%02x%02x%02x%02x%02x", random.bytes[10], random.bytes[11],
                          random.bytes[12], random.bytes[13], random.bytes[14], random.bytes[15]);
}

static gboolean
fill (LzStation *self, const char *feed, const char *city, GError **error)
{
  LzDb *db = lz_station_get_db (self);
  g_autofree char *device = lz_station_make_device ();

  if (!lz_station_set_setting (self, "device", device, error) ||
      !lz_station_set_setting (self, "feed", feed, error) ||
      !lz_station_set_setting (self, "city", city, error) ||
      !lz_station_set_setting (self, "actor", "local", error) ||
      !lz_station_set_setting (self, "short_loop", "1", error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (first_references); i++)
    {
      g_autoptr (GBytes) content = lz_data_lookup (first_references[i].resource, error);
      g_autoptr (LzStmt) stmt = NULL;

      if (content == NULL)
        return FALSE;
      stmt = lz_db_borrow (db,
                           "INSERT INTO reference (name, version, content, source)"
                           " VALUES (?1, 1, ?2, ?3)",
                           error);
      if (stmt == NULL)
        return FALSE;
      lz_stmt_bind_text (stmt, 1, first_references[i].name);
      sqlite3_bind_blob (stmt, 2, g_bytes_get_data (content, NULL),
                         (int) g_bytes_get_size (content), SQLITE_STATIC);
      lz_stmt_bind_text (stmt, 3, first_references[i].source);
      if (!lz_db_run (db, stmt, "keeping reference data", error))
        return FALSE;
    }
  return TRUE;
}

/* A station of its own, without a server: the one person there does everything. */
static gboolean
add_local_person (LzStation *self, GError **error)
{
  LzDb *db = lz_station_get_db (self);
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "INSERT INTO person (id, name, roles) VALUES ('local', ?1, ?2)", error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, _ ("This workstation"));
  sqlite3_bind_int64 (stmt, 2,
                      LZ_ROLE_INSPECTOR | LZ_ROLE_ROAD_CHIEF | LZ_ROLE_DISPATCHER | LZ_ROLE_UNIT |
                          LZ_ROLE_CHECKER);
  return lz_db_run (db, stmt, "adding the station's person", error);
}

gboolean
lz_station_create_with (const char *dir,
                        const char *feed,
                        const char *city,
                        LzStationFill more,
                        gpointer data,
                        GError **error)
{
  g_autoptr (LzStation) self = NULL;
  gint64 n_settings;
  LzDb *db;

  if (g_mkdir_with_parents (dir, 0700) != 0)
    return lz_error_set_errno (error, errno, "making the folder", dir);
  self = lz_station_open_parts (dir, LZ_STATION_READ_WRITE, error);
  db = self != NULL ? lz_station_get_db (self) : NULL;
  if (db == NULL || !lz_db_begin (db, error))
    return FALSE;

  if (!lz_db_get_int64 (db, "SELECT count(*) FROM setting", &n_settings, error))
    goto rollback;
  if (n_settings > 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CONSTRAINT, _ ("There is a station in “%s” already."),
                   dir);
      goto rollback;
    }
  if (!fill (self, feed, city, error) || !add_local_person (self, error) ||
      !lz_station_reload (self, error) || !lz_station_project_categories (self, error) ||
      (more != NULL && !more (self, data, error)))
    goto rollback;
  return lz_db_commit (db, error);

rollback:
  lz_db_rollback (db);
  return FALSE;
}

/**
 * lz_station_create:
 * @dir: a folder; made if it is missing
 * @feed: the subdistrict's 9-digit division code
 * @city: its name
 * @error: (nullable): %LZ_ERROR_CONSTRAINT if @dir holds a station already
 *
 * Makes an empty station with the built-in catalogue and calendar, and one person who may do
 * everything.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_station_create (const char *dir, const char *feed, const char *city, GError **error)
{
  return lz_station_create_with (dir, feed, city, NULL, NULL, error);
}
