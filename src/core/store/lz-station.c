/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-data.h"
#include "lz-doctor.h"
#include "lz-state.h"
#include "lz-station-private.h"
#include "lz-stmt.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define DATABASE_NAME "station.gpkg"
#define PHOTOS_NAME   "photos"

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

/**
 * lz_station_find_reference:
 * @self: a station
 * @name: as for lz_station_dup_reference()
 * @content: (out) (transfer full) (nullable): the file; %NULL if the station has none
 * @error: (nullable): return location
 *
 * Returns: %FALSE if it could not be looked for
 */
gboolean
lz_station_find_reference (LzStation *self, const char *name, GBytes **content, GError **error)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (self->db, "SELECT content FROM reference WHERE name = ?1", error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, name);
  if (lz_db_step (self->db, stmt, "reading reference data", &failure))
    *content = g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
  else if (failure == NULL)
    *content = NULL;
  else
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/**
 * lz_station_dup_reference:
 * @self: a station
 * @name: "catalogue.tsv", "tasks.tsv", "calendar.tsv", "divisions.tsv" …
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if the station has none
 *
 * Returns: (transfer full) (nullable): the file as it was given to the station
 */
GBytes *
lz_station_dup_reference (LzStation *self, const char *name, GError **error)
{
  GBytes *content;

  if (!lz_station_find_reference (self, name, &content, error))
    return NULL;
  if (content == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "no reference data “%s”", name);
  return content;
}

static gboolean
insert_category (LzDb *db, const LzCategory *category, GError **error)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "INSERT INTO category (code, name, name_en, dimension, initials)"
                    " VALUES (?1, ?2, ?3, ?4, ?5)",
                    error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, category->code);
  lz_stmt_bind_text (stmt, 2, category->name);
  lz_stmt_bind_text (stmt, 3, category->name_en);
  sqlite3_bind_int64 (stmt, 4, category->dimension);
  lz_stmt_bind_text (stmt, 5, category->initials);
  return lz_db_run (db, stmt, "keeping a category", error);
}

gboolean
lz_station_project_categories (LzStation *self, GError **error)
{
  guint n = lz_catalogue_get_n_categories (self->catalogue);

  if (!lz_db_exec (self->db, "DELETE FROM category", error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!insert_category (self->db, lz_catalogue_get_category (self->catalogue, i), error))
      return FALSE;

  /* A new catalogue may put a category into another dimension. */
  return lz_db_exec (self->db,
                     "UPDATE case_row SET dimension = k.dimension FROM category AS k"
                     " WHERE k.code = case_row.category AND k.dimension <> case_row.dimension",
                     error) &&
         lz_db_exec (self->db,
                     "UPDATE case_figures SET dimension = k.dimension FROM category AS k"
                     " WHERE k.code = case_figures.category"
                     " AND k.dimension <> case_figures.dimension",
                     error);
}

/**
 * lz_station_set_reference:
 * @self: a station
 * @name: which data
 * @version: of the data
 * @content: the file
 * @source: where it came from
 * @error: (nullable): return location
 *
 * Replaces reference data and reads it at once; data that cannot be read is refused and the old
 * stays.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_station_set_reference (LzStation *self,
                          const char *name,
                          guint version,
                          GBytes *content,
                          const char *source,
                          GError **error)
{
  g_autoptr (LzStmt) stmt = NULL;
  gsize size;
  const void *data = g_bytes_get_data (content, &size);

  if (!lz_db_begin (self->db, error))
    return FALSE;

  stmt = lz_db_borrow (self->db,
                       "INSERT INTO reference (name, version, content, source)"
                       " VALUES (?1, ?2, ?3, ?4)"
                       " ON CONFLICT (name) DO UPDATE SET version = excluded.version,"
                       " content = excluded.content, source = excluded.source",
                       error);
  if (stmt == NULL)
    goto rollback;
  lz_stmt_bind_text (stmt, 1, name);
  sqlite3_bind_int64 (stmt, 2, version);
  sqlite3_bind_blob (stmt, 3, data, (int) size, SQLITE_STATIC);
  lz_stmt_bind_text (stmt, 4, source);
  if (!lz_db_run (self->db, stmt, "keeping reference data", error))
    goto rollback;
  if (!lz_station_bump_revision (self, error) || !lz_station_reload (self, error) ||
      !lz_station_project_categories (self, error))
    goto rollback;
  return lz_db_commit (self->db, error);

rollback:
  lz_db_rollback (self->db);
  lz_station_reload (self, NULL);
  return FALSE;
}

static LzCatalogue *
load_catalogue (LzStation *self, GError **error)
{
  g_autoptr (GBytes) categories = lz_station_dup_reference (self, "catalogue.tsv", error);
  g_autoptr (GBytes) tasks = NULL;

  if (categories == NULL)
    return NULL;
  tasks = lz_station_dup_reference (self, "tasks.tsv", error);
  return tasks != NULL ? lz_catalogue_parse (categories, tasks, error) : NULL;
}

static LzCalendar *
load_calendar (LzStation *self, GError **error)
{
  g_autoptr (LzCalendar) calendar = lz_calendar_new (LZ_STATION_UTC_OFFSET_MIN);
  g_autoptr (GBytes) days = lz_station_dup_reference (self, "calendar.tsv", error);

  if (days == NULL || !lz_calendar_load_tsv (calendar, days, error))
    return NULL;
  return g_steal_pointer (&calendar);
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
  g_autoptr (LzCatalogue) catalogue = load_catalogue (self, error);
  g_autoptr (LzCalendar) calendar = catalogue != NULL ? load_calendar (self, error) : NULL;
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

static LzStation *
open_parts (const char *dir, LzStationMode mode, GError **error)
{
  g_autoptr (LzStation) self = g_new0 (LzStation, 1);
  g_autofree char *database = g_build_filename (dir, DATABASE_NAME, NULL);
  g_autofree char *photos = g_build_filename (dir, PHOTOS_NAME, NULL);

  self->dir = g_strdup (dir);
  self->db = lz_station_db_open (database, mode == LZ_STATION_READ_ONLY, error);
  if (self->db == NULL)
    return NULL;
  self->blobs = lz_blobs_open (photos, error);
  if (self->blobs == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/* A station gets its name last: one without was cut short while it was made, and holds nothing. */
static gboolean
check_finished (LzStation *self, GError **error)
{
  gint64 n = 0;

  if (!lz_db_get_int64 (self->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'setting'", &n,
                        error))
    return FALSE;
  if (n > 0 && !lz_db_get_int64 (self->db, "SELECT count(*) FROM setting", &n, error))
    return FALSE;
  if (n > 0)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
               _ ("The station in “%s” was not finished when it was made. Make it again."),
               self->dir);
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
  g_autofree char *database = g_build_filename (dir, DATABASE_NAME, NULL);
  g_autoptr (LzStation) self = NULL;

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no station in “%s”."), dir);
      return NULL;
    }
  self = open_parts (dir, mode, error);
  if (self == NULL || !check_finished (self, error) || !lz_station_reload (self, error) ||
      !bring_up_to_date (self, mode, error))
    return NULL;
  return g_steal_pointer (&self);
}

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
      stmt = lz_db_borrow (self->db,
                           "INSERT INTO reference (name, version, content, source)"
                           " VALUES (?1, 1, ?2, ?3)",
                           error);
      if (stmt == NULL)
        return FALSE;
      lz_stmt_bind_text (stmt, 1, first_references[i].name);
      sqlite3_bind_blob (stmt, 2, g_bytes_get_data (content, NULL),
                         (int) g_bytes_get_size (content), SQLITE_STATIC);
      lz_stmt_bind_text (stmt, 3, first_references[i].source);
      if (!lz_db_run (self->db, stmt, "keeping reference data", error))
        return FALSE;
    }
  return TRUE;
}

/* A station of its own, without a server: the one person there does everything. */
static gboolean
add_local_person (LzStation *self, GError **error)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (self->db, "INSERT INTO person (id, name, roles) VALUES ('local', ?1, ?2)",
                    error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, _ ("This workstation"));
  sqlite3_bind_int64 (stmt, 2,
                      LZ_ROLE_INSPECTOR | LZ_ROLE_ROAD_CHIEF | LZ_ROLE_DISPATCHER | LZ_ROLE_UNIT |
                          LZ_ROLE_CHECKER);
  return lz_db_run (self->db, stmt, "adding the station's person", error);
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

  if (g_mkdir_with_parents (dir, 0700) != 0)
    return lz_error_set_errno (error, errno, "making the folder", dir);
  self = open_parts (dir, LZ_STATION_READ_WRITE, error);
  if (self == NULL || !lz_db_begin (self->db, error))
    return FALSE;

  if (!lz_db_get_int64 (self->db, "SELECT count(*) FROM setting", &n_settings, error))
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
  return lz_db_commit (self->db, error);

rollback:
  lz_db_rollback (self->db);
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
