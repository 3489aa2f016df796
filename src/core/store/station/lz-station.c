/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-station-private.h"
#include "lz-stmt.h"

#include <errno.h>
#include <glib/gstdio.h>

struct _LzStation
{
  char *dir;
  LzDb *db;
  LzBlobs *blobs;
  char *device;
  char *feed;
  char *city;
  char *actor;
  guint roles;
  gint64 revision;
  LzCalendar *calendar;
  LzCatalogue *catalogue;
  LzRoadCache roads;
  gint64 (*clock) (gpointer data);
  gpointer clock_data;
};

static void
drop_roads (LzStation *self)
{
  g_clear_pointer (&self->roads.mine, lz_road_index_unref);
  g_clear_pointer (&self->roads.all, lz_road_index_unref);
}

void
lz_station_close (LzStation *self)
{
  if (self == NULL)
    return;

  lz_db_close (self->db);
  g_clear_pointer (&self->blobs, lz_blobs_unref);
  g_clear_pointer (&self->calendar, lz_calendar_unref);
  g_clear_pointer (&self->catalogue, lz_catalogue_unref);
  drop_roads (self);
  g_free (self->dir);
  g_free (self->device);
  g_free (self->feed);
  g_free (self->city);
  g_free (self->actor);
  g_free (self);
}

const char *
lz_station_get_dir (LzStation *self)
{
  return self->dir;
}

LzDb *
lz_station_get_db (LzStation *self)
{
  return self->db;
}

LzBlobs *
lz_station_get_blobs (LzStation *self)
{
  return self->blobs;
}

const char *
lz_station_get_device (LzStation *self)
{
  return self->device;
}

const char *
lz_station_get_feed (LzStation *self)
{
  return self->feed;
}

const char *
lz_station_get_city (LzStation *self)
{
  return self->city;
}

const LzCalendar *
lz_station_get_calendar (LzStation *self)
{
  return self->calendar;
}

const LzCatalogue *
lz_station_get_catalogue (LzStation *self)
{
  return self->catalogue;
}

const char *
lz_station_get_actor (LzStation *self)
{
  return self->actor;
}

guint
lz_station_get_roles (LzStation *self)
{
  return self->roles;
}

LzRoadCache *
lz_station_get_road_cache (LzStation *self)
{
  return &self->roads;
}

gint64
lz_station_now (LzStation *self)
{
  return self->clock != NULL ? self->clock (self->clock_data) : g_get_real_time () / 1000;
}

void
lz_station_set_clock (LzStation *self, gint64 (*clock) (gpointer data), gpointer data)
{
  self->clock = clock;
  self->clock_data = data;
}

/**
 * lz_station_dup_setting:
 * @self: a station
 * @key: name of a setting
 * @fallback: (nullable): what it counts as while unset or unreadable
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
lz_station_dup_setting (LzStation *self, const char *key, const char *fallback)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (self->db, "SELECT value FROM setting WHERE key = ?1", NULL);

  if (stmt == NULL)
    return g_strdup (fallback);

  lz_stmt_bind_text (stmt, 1, key);
  if (sqlite3_step (stmt) != SQLITE_ROW)
    return g_strdup (fallback);
  return g_strdup ((const char *) sqlite3_column_text (stmt, 0));
}

/**
 * lz_station_set_setting:
 * @self: a station
 * @key: name of a setting
 * @value: (nullable): its value; %NULL = unset
 * @error: (nullable): return location
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_station_set_setting (LzStation *self, const char *key, const char *value, GError **error)
{
  g_autoptr (LzStmt) stmt = NULL;

  if (value == NULL)
    stmt = lz_db_borrow (self->db, "DELETE FROM setting WHERE key = ?1", error);
  else
    stmt = lz_db_borrow (self->db,
                         "INSERT INTO setting (key, value) VALUES (?1, ?2)"
                         " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                         error);
  if (stmt == NULL)
    return FALSE;

  lz_stmt_bind_text (stmt, 1, key);
  if (value != NULL)
    lz_stmt_bind_text (stmt, 2, value);
  return lz_db_run (self->db, stmt, "keeping a setting", error);
}

static guint
load_roles (LzStation *self, const char *person)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (self->db, "SELECT roles FROM person WHERE id = ?1", NULL);

  if (stmt == NULL)
    return 0;
  lz_stmt_bind_text (stmt, 1, person);
  return sqlite3_step (stmt) == SQLITE_ROW ? (guint) sqlite3_column_int64 (stmt, 0) : 0;
}

static gint64
read_revision (LzStation *self)
{
  g_autofree char *text = lz_station_dup_setting (self, "revision", "0");

  return g_ascii_strtoll (text, NULL, 10);
}

gboolean
lz_station_bump_revision (LzStation *self, GError **error)
{
  g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, read_revision (self) + 1);

  return lz_station_set_setting (self, "revision", next, error);
}

gboolean
lz_station_refresh (LzStation *self, GError **error)
{
  return read_revision (self) == self->revision || lz_station_reload (self, error);
}

gboolean
lz_station_reload (LzStation *self, GError **error)
{
  g_autoptr (LzCatalogue) catalogue = lz_station_load_catalogue (self, error);
  g_autoptr (LzCalendar) calendar =
      catalogue != NULL ? lz_station_load_calendar (self, error) : NULL;
  g_autofree char *device = lz_station_dup_setting (self, "device", NULL);

  if (calendar == NULL)
    return FALSE;
  if (device == NULL)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "%s: the station has no name", self->dir);
      return FALSE;
    }

  g_clear_pointer (&self->catalogue, lz_catalogue_unref);
  self->catalogue = g_steal_pointer (&catalogue);
  g_clear_pointer (&self->calendar, lz_calendar_unref);
  self->calendar = g_steal_pointer (&calendar);
  drop_roads (self);
  g_free (self->device);
  self->device = g_steal_pointer (&device);
  g_free (self->feed);
  self->feed = lz_station_dup_setting (self, "feed", "");
  g_free (self->city);
  self->city = lz_station_dup_setting (self, "city", "");
  g_free (self->actor);
  self->actor = lz_station_dup_setting (self, "actor", "local");
  self->roles = load_roles (self, self->actor);
  self->revision = read_revision (self);
  return TRUE;
}

LzStation *
lz_station_open_parts (const char *dir, LzStationMode mode, GError **error)
{
  g_autoptr (LzStation) self = g_new0 (LzStation, 1);
  g_autofree char *database = g_build_filename (dir, LZ_STATION_DATABASE, NULL);
  g_autofree char *photos = g_build_filename (dir, LZ_STATION_PHOTOS, NULL);

  self->dir = g_strdup (dir);
  self->db = lz_station_db_open (database, mode == LZ_STATION_READ_ONLY, error);
  if (self->db == NULL)
    return NULL;
  self->blobs = lz_blobs_open (photos, error);
  if (self->blobs == NULL)
    return NULL;
  return g_steal_pointer (&self);
}
