/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-gpkg-geometry.h"
#include "lz-pinyin.h"
#include "lz-roads-match.h"
#include "lz-roads-private.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

static gboolean
insert_holes (LzDb *db, gint64 street, const GPtrArray *holes, GError **error)
{
  for (guint i = 0; i < holes->len; i++)
    {
      g_autoptr (LzStmt) stmt =
          lz_db_borrow (db, "INSERT INTO street_hole (street, n, line) VALUES (?1, ?2, ?3)", error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, street);
      sqlite3_bind_int64 (stmt, 2, i);
      lz_stmt_bind_line (stmt, 3, holes->pdata[i]);
      if (!lz_db_run (db, stmt, "keeping a hole in an area", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_street (LzDb *db, const LzStreet *street, GError **error)
{
  LzBox box = lz_line_box (street->line);
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "INSERT INTO street (source_id, cls, name, oneway, bridge, layer,"
                    " south7, west7, north7, east7, line)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                    error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, street->source_id);
  sqlite3_bind_int (stmt, 2, (int) street->cls);
  lz_stmt_bind_text (stmt, 3, street->name);
  sqlite3_bind_int (stmt, 4, street->oneway);
  sqlite3_bind_int (stmt, 5, street->bridge);
  sqlite3_bind_int (stmt, 6, street->layer);
  sqlite3_bind_int (stmt, 7, box.south7);
  sqlite3_bind_int (stmt, 8, box.west7);
  sqlite3_bind_int (stmt, 9, box.north7);
  sqlite3_bind_int (stmt, 10, box.east7);
  lz_stmt_bind_line (stmt, 11, street->line);
  return lz_db_run (db, stmt, "keeping a street", error) &&
         (street->holes == NULL ||
          insert_holes (db, sqlite3_last_insert_rowid (lz_db_get_handle (db)), street->holes,
                        error));
}

gboolean
lz_roads_replace_streets (LzDb *db, GPtrArray *streets, GCancellable *cancellable, GError **error)
{
  if (!lz_db_exec (db, "DELETE FROM street_hole", error) ||
      !lz_db_exec (db, "DELETE FROM street", error))
    return FALSE;
  for (guint i = 0; i < streets->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !insert_street (db, g_ptr_array_index (streets, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
replace_parts (LzDb *db, gint64 fid, GPtrArray *parts, GError **error)
{
  g_autoptr (LzStmt) clear = lz_db_borrow (db, "DELETE FROM road_part WHERE road = ?1", error);
  g_autoptr (LzStmt) insert =
      lz_db_borrow (db, "INSERT INTO road_part (road, part, line) VALUES (?1, ?2, ?3)", error);

  if (clear == NULL || insert == NULL)
    return FALSE;
  sqlite3_bind_int64 (clear, 1, fid);
  if (!lz_db_run (db, clear, "replacing a road", error))
    return FALSE;

  for (guint i = 0; i < parts->len; i++)
    {
      sqlite3_bind_int64 (insert, 1, fid);
      sqlite3_bind_int64 (insert, 2, i);
      lz_stmt_bind_line (insert, 3, g_ptr_array_index (parts, i));
      if (!lz_db_run (db, insert, "keeping a road", error))
        return FALSE;
      sqlite3_reset (insert);
    }
  return TRUE;
}

/* @id: of the road that it is known as, or a new one. */
gboolean
lz_roads_save_shape (LzDb *db, const LzRoadShape *shape, const LzId *id, GError **error)
{
  g_autofree char *initials = lz_pinyin_initials (shape->name);
  LzBox box;
  g_autoptr (GBytes) geometry = lz_gpkg_write_lines (shape->parts, &box);
  g_autoptr (LzStmt) stmt = lz_db_borrow (
      db,
      "INSERT INTO road (id, geom, name, initials, grade, from_name, to_name, length_m, line)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
      " ON CONFLICT (id) DO UPDATE SET geom = excluded.geom, name = excluded.name,"
      " initials = excluded.initials, grade = excluded.grade, from_name = excluded.from_name,"
      " to_name = excluded.to_name, length_m = excluded.length_m, line = excluded.line"
      " RETURNING fid",
      error);
  gint64 fid;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, id);
  sqlite3_bind_blob (stmt, 2, g_bytes_get_data (geometry, NULL), (int) g_bytes_get_size (geometry),
                     SQLITE_TRANSIENT);
  lz_stmt_bind_text (stmt, 3, shape->name);
  lz_stmt_bind_text (stmt, 4, initials);
  sqlite3_bind_int (stmt, 5, (int) shape->cls);
  lz_stmt_bind_text (stmt, 6, shape->from_name);
  lz_stmt_bind_text (stmt, 7, shape->to_name);
  sqlite3_bind_double (stmt, 8, shape->length_m);
  lz_stmt_bind_line (stmt, 9, shape->line);
  if (!lz_db_step (db, stmt, "keeping a road", error))
    return FALSE;
  fid = sqlite3_column_int64 (stmt, 0);
  return lz_db_run (db, stmt, "keeping a road", error) &&
         replace_parts (db, fid, shape->parts, error);
}

static GPtrArray *
load_known (LzDb *db, GError **error)
{
  g_autoptr (GPtrArray) known =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_known_road_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT id, name, line FROM road ORDER BY fid", error);

  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "reading the roads", &failure))
    {
      LzKnownRoad *road = g_new0 (LzKnownRoad, 1);

      road->id = lz_stmt_column_id (stmt, 0);
      road->name = lz_stmt_dup_text (stmt, 1);
      road->line = lz_stmt_dup_line (stmt, 2);
      g_ptr_array_add (known, road);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&known);
}

/* Takes away a road that the new map does not have, unless somebody answers for it or a case or a
 * draft lies on it. */
static gboolean
drop_road (LzDb *db, const LzKnownRoad *road, gboolean *dropped, GError **error)
{
  char text[LZ_ID_STRING_SIZE];
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "DELETE FROM road WHERE id = ?1"
                    " AND NOT EXISTS (SELECT 1 FROM assignment WHERE road = ?1)"
                    " AND NOT EXISTS (SELECT 1 FROM case_row WHERE road = ?1)"
                    " AND NOT EXISTS (SELECT 1 FROM draft WHERE instr (body, ?2) > 0)",
                    error);

  if (stmt == NULL)
    return FALSE;
  lz_id_format (&road->id, text);
  lz_stmt_bind_id (stmt, 1, &road->id);
  lz_stmt_bind_text (stmt, 2, text);
  if (!lz_db_run (db, stmt, "removing a road", error))
    return FALSE;
  *dropped = sqlite3_changes (lz_db_get_handle (db)) > 0;
  return TRUE;
}

static gboolean
drop_unmatched (LzDb *db, GPtrArray *known, LzImportReport *report, GError **error)
{
  guint n_kept = 0;

  for (guint i = 0; i < known->len; i++)
    {
      const LzKnownRoad *road = g_ptr_array_index (known, i);
      gboolean dropped = TRUE;

      if (!road->matched && !drop_road (db, road, &dropped, error))
        return FALSE;
      if (!dropped)
        n_kept++;
    }
  if (n_kept > 0)
    g_ptr_array_add (
        report->skipped,
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                      "%u road of before is not in this map; it stays"
                                      " because of its cases or its road chief",
                                      "%u roads of before are not in this map; they stay"
                                      " because of their cases or their road chiefs",
                                      n_kept),
                         n_kept));
  return TRUE;
}

static gboolean
replace_roads (LzStation *station,
               GPtrArray *shapes,
               LzImportReport *report,
               GCancellable *cancellable,
               GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) known = load_known (db, error);
  g_autofree LzKnownRoad **matches = NULL;

  if (known == NULL)
    return FALSE;
  matches = lz_roads_match (shapes, known);
  for (guint i = 0; i < shapes->len; i++)
    {
      LzId id = matches[i] != NULL ? matches[i]->id : lz_id_new (lz_station_now (station));

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !lz_roads_save_shape (db, g_ptr_array_index (shapes, i), &id, error))
        return FALSE;
    }
  return drop_unmatched (db, known, report, error);
}

/* FALSE without @error set if there are no roads. */
static gboolean
measure_roads (LzDb *db, LzBox *box, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, "SELECT line FROM road_part", error);
  gboolean any = FALSE;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "measuring the roads", &failure))
    {
      g_autoptr (LzLine) line = lz_stmt_dup_line (stmt, 0);
      LzBox one;

      if (line == NULL)
        continue;
      one = lz_line_box (line);
      box->south7 = any ? MIN (box->south7, one.south7) : one.south7;
      box->west7 = any ? MIN (box->west7, one.west7) : one.west7;
      box->north7 = any ? MAX (box->north7, one.north7) : one.north7;
      box->east7 = any ? MAX (box->east7, one.east7) : one.east7;
      any = TRUE;
    }
  return lz_stmt_ended (&failure, error) && any;
}

/* What gpkg_contents says of the layer "roads". */
gboolean
lz_roads_update_contents (LzDb *db, GError **error)
{
  g_autoptr (GError) failure = NULL;
  LzBox box;
  gboolean any = measure_roads (db, &box, &failure);
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "UPDATE gpkg_contents SET min_x = ?1, min_y = ?2, max_x = ?3, max_y = ?4,"
                    " last_change = strftime ('%Y-%m-%dT%H:%M:%fZ', 'now')"
                    " WHERE table_name = 'roads'",
                    error);

  if (!lz_stmt_ended (&failure, error) || stmt == NULL)
    return FALSE;
  if (any)
    {
      sqlite3_bind_double (stmt, 1, box.west7 / LZ_POINT_SCALE);
      sqlite3_bind_double (stmt, 2, box.south7 / LZ_POINT_SCALE);
      sqlite3_bind_double (stmt, 3, box.east7 / LZ_POINT_SCALE);
      sqlite3_bind_double (stmt, 4, box.north7 / LZ_POINT_SCALE);
    }
  return lz_db_run (db, stmt, "measuring the roads", error);
}

static gboolean
replace_all (LzStation *station,
             GPtrArray *streets,
             GPtrArray *shapes,
             LzImportReport *report,
             GCancellable *cancellable,
             GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (lz_roads_replace_streets (db, streets, cancellable, error) &&
      replace_roads (station, shapes, report, cancellable, error) &&
      lz_roads_update_contents (db, error) &&
      lz_station_set_setting (station, "attribution", report->attribution, error) &&
      lz_roads_bump_revision (station, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

static LzImportReport *
take (LzStation *station,
      GPtrArray *streets,
      LzImportReport *report,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (LzImportReport) owned = report;
  g_autoptr (GPtrArray) shapes = NULL;

  if (streets == NULL)
    return NULL;
  if (streets->len == 0)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There are no streets in it."));
      return NULL;
    }
  shapes = lz_streets_join (streets, report);
  if (!replace_all (station, streets, shapes, report, cancellable, error))
    return NULL;
  return g_steal_pointer (&owned);
}

/**
 * lz_roads_import:
 * @station: a station
 * @path: OSM XML, GeoJSON or GeoPackage, gzip-compressed or not
 * @cancellable: (nullable): until it is written
 * @error: (nullable): return location
 *
 * Replaces the station's street map.  A road of the map that has the name of a known one and lies
 * where that lies is the same: it keeps its id, its cases and its assignments.  A known road that
 * the map does not have goes, unless it has a case, a draft or an assignment.  All or nothing.
 *
 * Returns: (transfer full) (nullable): what was taken in and what was left out
 */
LzImportReport *
lz_roads_import (LzStation *station, const char *path, GCancellable *cancellable, GError **error)
{
  LzImportReport *report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = lz_streets_read (path, report, cancellable, error);

  return take (station, streets, report, cancellable, error);
}

/**
 * lz_roads_import_bytes:
 * @station: a station
 * @bytes: the content of such a file
 * @cancellable: (nullable): until it is written
 * @error: (nullable): return location
 *
 * As lz_roads_import(), from memory.
 *
 * Returns: (transfer full) (nullable): what was taken in and what was left out
 */
LzImportReport *
lz_roads_import_bytes (LzStation *station, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  LzImportReport *report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = lz_streets_read_bytes (bytes, report, cancellable, error);

  return take (station, streets, report, cancellable, error);
}
