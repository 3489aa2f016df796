/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-roads-private.h"
#include "lz-station-private.h"
#include "lz-stmt.h"

static gboolean
read_revision (LzDb *db, gint64 *revision, GError **error)
{
  return lz_db_get_int64 (db,
                          "SELECT ifnull ((SELECT CAST (value AS INTEGER) FROM setting"
                          " WHERE key = 'roads_revision'), 0)",
                          revision, error);
}

/* All pieces count for nearness: on the far carriageway of a wide avenue one is on the avenue. */
static gboolean
fill_indexes (LzStation *station, LzRoadIndex *mine, LzRoadIndex *all, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (
      db,
      "SELECT r.id, p.line, a.level FROM road AS r JOIN road_part AS p ON p.road = r.fid"
      " LEFT JOIN assignment AS a ON a.road = r.id AND a.person = ?1 ORDER BY r.fid, p.part",
      error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, lz_station_get_actor (station));
  while (lz_db_step (db, stmt, "reading the roads", &failure))
    {
      g_autoptr (LzLine) line = lz_stmt_dup_line (stmt, 1);
      LzId id = lz_stmt_column_id (stmt, 0);

      if (line == NULL)
        continue; /* the doctor names it; the other roads still serve */
      lz_road_index_add (all, &id, line);
      if (sqlite3_column_int (stmt, 2) > 0)
        lz_road_index_add (mine, &id, line);
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
ensure_cache (LzStation *station, LzRoadCache *cache, GError **error)
{
  g_autoptr (LzRoadIndex) mine = NULL;
  g_autoptr (LzRoadIndex) all = NULL;
  gint64 revision;

  if (!read_revision (lz_station_get_db (station), &revision, error))
    return FALSE;
  if (cache->all != NULL && cache->revision == revision)
    return TRUE;

  mine = lz_road_index_new ();
  all = lz_road_index_new ();
  if (!fill_indexes (station, mine, all, error))
    return FALSE;
  lz_road_index_build (mine);
  lz_road_index_build (all);
  g_clear_pointer (&cache->mine, lz_road_index_unref);
  g_clear_pointer (&cache->all, lz_road_index_unref);
  cache->mine = g_steal_pointer (&mine);
  cache->all = g_steal_pointer (&all);
  cache->revision = revision;
  return TRUE;
}

/* Chainage, side and offset count along the road's one line, whichever piece is nearest. */
static gboolean
project (LzStation *station,
         LzPoint point,
         const LzId *id,
         char **road_name,
         LzProjection *projection,
         GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzLine) line = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, "SELECT name, line FROM road WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, id);
  if (!lz_db_step (db, stmt, "reading a road", error))
    return FALSE;
  line = lz_stmt_dup_line (stmt, 1);
  if (line == NULL)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "the line of a road is damaged");
      return FALSE;
    }
  if (road_name != NULL)
    *road_name = lz_stmt_dup_text (stmt, 0);
  if (projection != NULL)
    lz_line_project (line, point, projection);
  return TRUE;
}

/**
 * lz_roads_snap:
 * @station: a station
 * @point: a place
 * @road: (out): the road it is on
 * @road_name: (out) (optional) (transfer full): its name
 * @projection: (out) (optional): chainage, side and offset
 * @error: (nullable): return location
 *
 * Finds the nearest road assigned to the station's person within 60 m, else the nearest of all.
 *
 * Returns: %FALSE, without @error set, if there is none; the out values are untouched then
 */
gboolean
lz_roads_snap (LzStation *station,
               LzPoint point,
               LzId *road,
               char **road_name,
               LzProjection *projection,
               GError **error)
{
  LzRoadCache *cache = lz_station_get_road_cache (station);
  LzProjection nearest;
  LzId id;

  if (!lz_point_is_valid (point) || !ensure_cache (station, cache, error))
    return FALSE;
  if (!lz_road_index_find (cache->mine, point, LZ_ROADS_SNAP_M, &id, &nearest) &&
      !lz_road_index_find (cache->all, point, LZ_ROADS_SNAP_M, &id, &nearest))
    return FALSE;
  if (!project (station, point, &id, road_name, projection, error))
    return FALSE;
  *road = id;
  return TRUE;
}
