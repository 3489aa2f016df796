/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-roads-private.h"
#include "lz-stmt.h"

void
lz_assignment_clear (LzAssignment *self)
{
  g_clear_pointer (&self->person, g_free);
}

static gboolean
save_road (LzDb *db, const LzRoad *road, GError **error)
{
  LzRoadShape shape = {
    .name = road->name,
    .cls = road->grade,
    .from_name = road->from_name,
    .to_name = road->to_name,
    .length_m = road->length_m,
    .line = road->line,
    .parts = road->parts,
  };

  return lz_roads_save_shape (db, &shape, &road->id, error);
}

static gboolean
remember (LzDb *db, const LzId *id, GError **error)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "INSERT OR IGNORE INTO temp.given (id) VALUES (?1)", error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, id);
  return lz_db_run (db, stmt, "taking the roads", error);
}

static gboolean
assign (LzDb *db, const LzAssignment *assignment, GError **error)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "INSERT INTO assignment (road, person, level, since) VALUES (?1, ?2, ?3, ?4)"
                    " ON CONFLICT (road, person) DO UPDATE SET level = excluded.level",
                    error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &assignment->road);
  lz_stmt_bind_text (stmt, 2, assignment->person);
  sqlite3_bind_int64 (stmt, 3, assignment->level);
  sqlite3_bind_int64 (stmt, 4, assignment->since_ms);
  return lz_db_run (db, stmt, "assigning a road", error);
}

static gboolean
take_all (LzStation *station, GPtrArray *roads, GArray *assignments, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_exec (db, "CREATE TEMP TABLE IF NOT EXISTS given (id BLOB PRIMARY KEY) WITHOUT ROWID",
                   error) ||
      !lz_db_exec (db, "DELETE FROM temp.given", error))
    return FALSE;
  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = g_ptr_array_index (roads, i);

      if (!save_road (db, road, error) || !remember (db, &road->id, error))
        return FALSE;
    }
  if (!lz_db_exec (db,
                   "DELETE FROM road WHERE id NOT IN (SELECT id FROM temp.given)"
                   " AND NOT EXISTS (SELECT 1 FROM case_row WHERE case_row.road = road.id)",
                   error) ||
      !lz_db_exec (db, "DELETE FROM assignment", error))
    return FALSE;
  for (guint i = 0; i < assignments->len; i++)
    if (!assign (db, &g_array_index (assignments, LzAssignment, i), error))
      return FALSE;
  return lz_roads_update_contents (db, error) && lz_roads_bump_revision (station, error);
}

gboolean
lz_roads_take (LzStation *station, GPtrArray *roads, GArray *assignments, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (take_all (station, roads, assignments, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

gboolean
lz_roads_take_streets (LzStation *station, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = lz_streets_read_bytes (bytes, report, cancellable, error);

  if (streets == NULL || !lz_db_begin (db, error))
    return FALSE;
  if (lz_roads_replace_streets (db, streets, cancellable, error) &&
      lz_station_set_setting (station, "attribution", report->attribution, error) &&
      lz_roads_bump_revision (station, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}
