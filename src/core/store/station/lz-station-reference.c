/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-station-private.h"
#include "lz-stmt.h"

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
  LzDb *db = lz_station_get_db (self);
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT content FROM reference WHERE name = ?1", error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, name);
  if (lz_db_step (db, stmt, "reading reference data", &failure))
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
  LzDb *db = lz_station_get_db (self);
  const LzCatalogue *catalogue = lz_station_get_catalogue (self);
  guint n = lz_catalogue_get_n_categories (catalogue);

  if (!lz_db_exec (db, "DELETE FROM category", error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!insert_category (db, lz_catalogue_get_category (catalogue, i), error))
      return FALSE;

  /* A new catalogue may put a category into another dimension. */
  return lz_db_exec (db,
                     "UPDATE case_row SET dimension = k.dimension FROM category AS k"
                     " WHERE k.code = case_row.category AND k.dimension <> case_row.dimension",
                     error) &&
         lz_db_exec (db,
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
  LzDb *db = lz_station_get_db (self);
  g_autoptr (LzStmt) stmt = NULL;
  gsize size;
  const void *data = g_bytes_get_data (content, &size);

  if (!lz_db_begin (db, error))
    return FALSE;

  stmt = lz_db_borrow (db,
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
  if (!lz_db_run (db, stmt, "keeping reference data", error))
    goto rollback;
  if (!lz_station_bump_revision (self, error) || !lz_station_reload (self, error) ||
      !lz_station_project_categories (self, error))
    goto rollback;
  return lz_db_commit (db, error);

rollback:
  lz_db_rollback (db);
  lz_station_reload (self, NULL);
  return FALSE;
}

LzCatalogue *
lz_station_load_catalogue (LzStation *self, GError **error)
{
  g_autoptr (GBytes) categories = lz_station_dup_reference (self, "catalogue.tsv", error);
  g_autoptr (GBytes) tasks = NULL;

  if (categories == NULL)
    return NULL;
  tasks = lz_station_dup_reference (self, "tasks.tsv", error);
  return tasks != NULL ? lz_catalogue_parse (categories, tasks, error) : NULL;
}

LzCalendar *
lz_station_load_calendar (LzStation *self, GError **error)
{
  g_autoptr (LzCalendar) calendar = lz_calendar_new (LZ_STATION_UTC_OFFSET_MIN);
  g_autoptr (GBytes) days = lz_station_dup_reference (self, "calendar.tsv", error);

  if (days == NULL || !lz_calendar_load_tsv (calendar, days, error))
    return NULL;
  return g_steal_pointer (&calendar);
}
