/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-roads-private.h"
#include "lz-station-private.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

/* What read_road() reads. ?1 is the station's person. */
#define ROAD_COLUMNS                                                              \
  "r.fid, r.id, r.name, r.initials, r.grade, r.from_name, r.to_name, r.length_m," \
  " r.line, a.level"
#define ROAD_TABLES " FROM road AS r LEFT JOIN assignment AS a ON a.road = r.id AND a.person = ?1"

const char *
lz_road_level_label (guint level)
{
  static const char *const levels[] = {
    N_ ("not assigned"),         N_ ("1st-level road chief"), N_ ("2nd-level road chief"),
    N_ ("3rd-level road chief"), N_ ("general road chief"),
  };

  return _ (levels[MIN (level, G_N_ELEMENTS (levels) - 1)]);
}

LzRoad *
lz_road_copy (const LzRoad *self)
{
  LzRoad *copy = g_new0 (LzRoad, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->initials = g_strdup (self->initials);
  copy->from_name = g_strdup (self->from_name);
  copy->to_name = g_strdup (self->to_name);
  copy->line = lz_line_copy (self->line);
  copy->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_line_free);
  for (guint i = 0; i < self->parts->len; i++)
    g_ptr_array_add (copy->parts, lz_line_copy (g_ptr_array_index (self->parts, i)));
  return copy;
}

void
lz_road_free (LzRoad *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->initials);
  g_free (self->from_name);
  g_free (self->to_name);
  g_clear_pointer (&self->line, lz_line_free);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

static LzRoad *
read_road (LzStmt *stmt)
{
  LzRoad *road = g_new0 (LzRoad, 1);

  road->id = lz_stmt_column_id (stmt, 1);
  road->name = lz_stmt_dup_text (stmt, 2);
  road->initials = lz_stmt_dup_text (stmt, 3);
  road->grade = (LzStreetClass) sqlite3_column_int (stmt, 4);
  road->from_name = lz_stmt_dup_text (stmt, 5);
  road->to_name = lz_stmt_dup_text (stmt, 6);
  road->length_m = sqlite3_column_double (stmt, 7);
  road->line = lz_stmt_dup_line (stmt, 8);
  road->level = (guint) sqlite3_column_int (stmt, 9);
  road->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_line_free);
  return road;
}

static void
set_damaged (GError **error, const char *what)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "the line of %s is damaged", what);
}

/* Hands each piece to its road; pieces of roads that are not in @by_fid are passed over, and so are
 * damaged ones: lz_doctor_run() names them. */
static gboolean
add_parts (LzDb *db, LzStmt *stmt, GHashTable *by_fid, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (lz_db_step (db, stmt, "reading the pieces of roads", &failure))
    {
      gint64 fid = sqlite3_column_int64 (stmt, 0);
      LzRoad *road = g_hash_table_lookup (by_fid, &fid);
      LzLine *line;

      if (road == NULL)
        continue;
      line = lz_stmt_dup_line (stmt, 1);
      if (line == NULL)
        g_info ("a piece of %s is damaged", road->name);
      else
        g_ptr_array_add (road->parts, line);
    }
  return lz_stmt_ended (&failure, error);
}

/* LZ_ERROR_CORRUPT: its line is damaged, and it is not added. */
static gboolean
add_road (LzStmt *stmt, GPtrArray *roads, GHashTable *by_fid, GError **error)
{
  gint64 fid = sqlite3_column_int64 (stmt, 0);
  LzRoad *road = read_road (stmt);

  if (road->line == NULL)
    {
      set_damaged (error, road->name);
      lz_road_free (road);
      return FALSE;
    }
  g_ptr_array_add (roads, road);
  g_hash_table_insert (by_fid, g_memdup2 (&fid, sizeof fid), road);
  return TRUE;
}

/**
 * lz_roads_list:
 * @station: a station
 * @mine: only roads assigned to the station's person
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (element-type LzRoad) (nullable): the roads in the order of their
 *   reading (pinyin initials), then of their names; a road whose line is damaged is left out, so
 *   that work goes on without it
 */
GPtrArray *
lz_roads_list (LzStation *station, gboolean mine, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) roads = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_road_free);
  g_autoptr (GHashTable) by_fid = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) parts = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "SELECT " ROAD_COLUMNS ROAD_TABLES " WHERE NOT ?2 OR a.level > 0"
                    " ORDER BY r.initials, r.name, r.fid",
                    error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, lz_station_get_actor (station));
  sqlite3_bind_int (stmt, 2, mine);
  while (lz_db_step (db, stmt, "reading the roads", &failure))
    {
      g_autoptr (GError) damage = NULL;

      if (!add_road (stmt, roads, by_fid, &damage))
        g_info ("%s", damage->message);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;

  parts = lz_db_borrow (db, "SELECT road, line FROM road_part ORDER BY road, part", error);
  if (parts == NULL || !add_parts (db, parts, by_fid, error))
    return NULL;
  return g_steal_pointer (&roads);
}

/* The road on which @stmt stands after its first step, with its pieces. */
static LzRoad *
load_found (LzDb *db, LzStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) roads = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_road_free);
  g_autoptr (GHashTable) by_fid = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (LzStmt) parts = NULL;

  if (!add_road (stmt, roads, by_fid, error))
    return NULL;
  parts =
      lz_db_borrow (db, "SELECT road, line FROM road_part WHERE road = ?1 ORDER BY part", error);
  if (parts == NULL)
    return NULL;
  sqlite3_bind_int64 (parts, 1, sqlite3_column_int64 (stmt, 0));
  if (!add_parts (db, parts, by_fid, error))
    return NULL;
  return g_ptr_array_steal_index (roads, 0);
}

/**
 * lz_roads_load:
 * @station: a station
 * @id: of a road
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is none
 *
 * Returns: (transfer full) (nullable): the road
 */
LzRoad *
lz_roads_load (LzStation *station, const LzId *id, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT " ROAD_COLUMNS ROAD_TABLES " WHERE r.id = ?2", error);
  char text[LZ_ID_STRING_SIZE];

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, lz_station_get_actor (station));
  lz_stmt_bind_id (stmt, 2, id);
  if (lz_db_step (db, stmt, "reading a road", &failure))
    return load_found (db, stmt, error);

  lz_id_format (id, text);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no road “%s”."), text);
  return NULL;
}

/**
 * lz_roads_find_by_name:
 * @station: a station
 * @name: of a road
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is none
 *
 * Of several roads with that name the one assigned to the station's person, then the longest.
 *
 * Returns: (transfer full) (nullable): the road
 */
LzRoad *
lz_roads_find_by_name (LzStation *station, const char *name, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "SELECT " ROAD_COLUMNS ROAD_TABLES " WHERE r.name = ?2"
                    " ORDER BY a.level IS NULL, r.length_m DESC, r.fid LIMIT 1",
                    error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, lz_station_get_actor (station));
  lz_stmt_bind_text (stmt, 2, name);
  if (lz_db_step (db, stmt, "looking for a road", &failure))
    return load_found (db, stmt, error);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no road “%s”."), name);
  return NULL;
}

gboolean
lz_roads_bump_revision (LzStation *station, GError **error)
{
  return lz_db_exec (lz_station_get_db (station),
                     "INSERT INTO setting (key, value) VALUES ('roads_revision', '1')"
                     " ON CONFLICT (key) DO UPDATE"
                     " SET value = CAST (CAST (value AS INTEGER) + 1 AS TEXT)",
                     error);
}

static gboolean
change_assignment (LzStation *station, LzStmt *stmt, const char *doing, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (lz_db_run (db, stmt, doing, error) && lz_roads_bump_revision (station, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

static gboolean
check_road (LzStation *station, const LzId *road, GError **error)
{
  g_autoptr (LzRoad) found = lz_roads_load (station, road, error);

  return found != NULL;
}

/**
 * lz_roads_assign:
 * @station: a station
 * @road: a road
 * @person: (nullable): who answers for it; %NULL = the station's person
 * @level: 1 一级, 2 二级, 3 三级, 4 总路长; an earlier one of the same person is replaced
 * @error: (nullable): %LZ_ERROR_NOT_FOUND, %LZ_ERROR_INVALID
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_roads_assign (LzStation *station,
                 const LzId *road,
                 const char *person,
                 guint level,
                 GError **error)
{
  g_autoptr (LzStmt) stmt = NULL;
  const char *who = person != NULL ? person : lz_station_get_actor (station);

  if (level < 1 || level > 4)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("A road chief's level is 1 to 4, not %u."),
                   level);
      return FALSE;
    }
  if (!check_road (station, road, error) || !lz_people_check (station, who, error))
    return FALSE;

  stmt = lz_db_borrow (lz_station_get_db (station),
                       "INSERT INTO assignment (road, person, level, since)"
                       " VALUES (?1, ?2, ?3, ?4)"
                       " ON CONFLICT (road, person) DO UPDATE"
                       " SET level = excluded.level, since = excluded.since",
                       error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, road);
  lz_stmt_bind_text (stmt, 2, who);
  sqlite3_bind_int64 (stmt, 3, level);
  sqlite3_bind_int64 (stmt, 4, lz_station_now (station));
  return change_assignment (station, stmt, "assigning a road", error);
}

/**
 * lz_roads_unassign:
 * @station: a station
 * @road: a road
 * @person: (nullable): who no longer answers for it; %NULL = the station's person
 * @error: (nullable): return location; a road that was not assigned is no error
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_roads_unassign (LzStation *station, const LzId *road, const char *person, GError **error)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (lz_station_get_db (station),
                    "DELETE FROM assignment WHERE road = ?1 AND person = ?2", error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, road);
  lz_stmt_bind_text (stmt, 2, person != NULL ? person : lz_station_get_actor (station));
  return change_assignment (station, stmt, "taking a road from its chief", error);
}
