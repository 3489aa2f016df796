/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-station-private.h"
#include "lz-store-resources.h"

/* GeoPackage 1.3, clause 1.1.1.1.1: "GPKG" and 1.3.0. */
#define GPKG_APPLICATION_ID 1196444487

static const char *const migrations[] = {
  "0001-station.sql",      "0002-projections.sql", "0003-sync.sql",    "0004-records.sql",
  "0005-tasks.sql",        "0006-figures.sql",     "0007-patrol.sql",  "0008-bulk.sql",
  "0009-papers.sql",       "0010-desk.sql",        "0011-firms.sql",   "0012-bulletin-draft.sql",
  "0013-street-holes.sql", "0014-rechecks.sql",    "0015-by-road.sql",
};

static gboolean
mark (LzDb *db, GError **error)
{
  gint64 application_id;

  if (!lz_db_get_int64 (db, "PRAGMA application_id", &application_id, error))
    return FALSE;
  if (application_id == GPKG_APPLICATION_ID)
    return TRUE;

  /* In this order: a program killed in between does both again. */
  return lz_db_exec (db, "PRAGMA user_version = 10300", error) &&
         lz_db_exec (db, "PRAGMA application_id = 1196444487", error);
}

/* The header's user_version is the GeoPackage's. */
static gboolean
read_version (LzDb *db, gint64 *version, GError **error)
{
  gint64 n_tables;

  if (!lz_db_get_int64 (db, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'",
                        &n_tables, error))
    return FALSE;
  if (n_tables == 0)
    {
      *version = 0;
      return TRUE;
    }
  return lz_db_get_int64 (db, "SELECT version FROM schema_version", version, error);
}

static gboolean
write_version (LzDb *db, guint version, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("INSERT INTO schema_version VALUES (%u)", version);

  return lz_db_exec (db, "DELETE FROM schema_version", error) && lz_db_exec (db, stamp, error);
}

/* The connection to a station's file, or to what was made of one. */
LzDb *
lz_station_db_open (const char *path, gboolean read_only, GError **error)
{
  static const LzDbSchema schema = {
    .reader_cache_kib = 16384,
    .writer_cache_kib = 16384,
    .mark = mark,
    .get_resource = lz_store_get_resource,
    .folder = "/org/luzhang/Luzhang/sql/",
    .scripts = migrations,
    .n_scripts = G_N_ELEMENTS (migrations),
    .read_version = read_version,
    .write_version = write_version,
  };

  return lz_db_open (path, &schema, read_only, error);
}
