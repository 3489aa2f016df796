/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-roads-private.h"
#include "lz-stmt.h"

static LzStreet *
read_street (LzStmt *stmt)
{
  g_autoptr (LzLine) line = lz_stmt_dup_line (stmt, 6);
  LzStreet *street;

  if (line == NULL)
    return NULL; /* the doctor names it; the rest of the map is drawn */
  street = lz_street_new ((LzStreetClass) sqlite3_column_int (stmt, 1),
                          (const char *) sqlite3_column_text (stmt, 2), g_steal_pointer (&line));
  street->source_id = sqlite3_column_int64 (stmt, 0);
  street->oneway = sqlite3_column_int (stmt, 3);
  street->bridge = sqlite3_column_int (stmt, 4);
  street->layer = sqlite3_column_int (stmt, 5);
  return street;
}

/* Those of all areas: few, and asked for without a box nearly always.  By the number of the street:
 * an array of LzLine. */
static GHashTable *
load_holes (LzDb *db, GError **error)
{
  g_autoptr (GHashTable) holes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT street, line FROM street_hole ORDER BY street, n", error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "reading holes in areas", &failure))
    {
      gint64 street = sqlite3_column_int64 (stmt, 0);
      LzLine *line = lz_stmt_dup_line (stmt, 1);
      GPtrArray *of = g_hash_table_lookup (holes, &street);

      if (line == NULL)
        continue;
      if (of == NULL)
        {
          of = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_line_free);
          g_hash_table_insert (holes, g_memdup2 (&street, sizeof street), of);
        }
      g_ptr_array_add (of, line);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&holes) : NULL;
}

/**
 * lz_roads_list_streets:
 * @station: a station
 * @box: (nullable): only what touches it; %NULL = all
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (element-type LzStreet) (nullable): the street map, in the order of the
 *   classes, which is the order of drawing
 */
GPtrArray *
lz_roads_list_streets (LzStation *station, const LzBox *box, GError **error)
{
  const LzBox world = { G_MININT32, G_MININT32, G_MAXINT32, G_MAXINT32 };
  const LzBox *within = box != NULL ? box : &world;
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) streets = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_street_free);
  g_autoptr (GHashTable) holes = load_holes (db, error);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "SELECT source_id, cls, name, oneway, bridge, layer, line, id FROM street"
                    " WHERE south7 <= ?3 AND north7 >= ?1 AND west7 <= ?4 AND east7 >= ?2"
                    " ORDER BY cls, layer, id",
                    error);

  if (holes == NULL || stmt == NULL)
    return NULL;
  sqlite3_bind_int (stmt, 1, within->south7);
  sqlite3_bind_int (stmt, 2, within->west7);
  sqlite3_bind_int (stmt, 3, within->north7);
  sqlite3_bind_int (stmt, 4, within->east7);
  while (lz_db_step (db, stmt, "reading the streets", &failure))
    {
      LzStreet *street = read_street (stmt);
      gint64 id = sqlite3_column_int64 (stmt, 7);
      GPtrArray *of = g_hash_table_lookup (holes, &id);

      if (street == NULL)
        continue;
      street->holes = of != NULL ? g_ptr_array_ref (of) : NULL;
      g_ptr_array_add (streets, street);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&streets);
}

/**
 * lz_roads_get_extent:
 * @station: a station
 * @box: (out): what the streets cover; a river or railway that leads away does not widen it
 * @error: (nullable): return location
 *
 * Returns: %FALSE, without @error set, if there are no streets
 */
gboolean
lz_roads_get_extent (LzStation *station, LzBox *box, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "SELECT min (south7), min (west7), max (north7), max (east7) FROM street"
                    " WHERE cls BETWEEN ?1 AND ?2",
                    error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, LZ_STREET_SERVICE);
  sqlite3_bind_int (stmt, 2, LZ_STREET_MOTORWAY);
  if (!lz_db_step (db, stmt, "measuring the street map", error))
    return FALSE;
  if (sqlite3_column_type (stmt, 0) == SQLITE_NULL)
    return FALSE;
  *box = (LzBox){ sqlite3_column_int (stmt, 0), sqlite3_column_int (stmt, 1),
                  sqlite3_column_int (stmt, 2), sqlite3_column_int (stmt, 3) };
  return TRUE;
}

/**
 * lz_roads_dup_attribution:
 * @station: a station
 *
 * Returns: (transfer full) (nullable): whom to name on the street map
 */
char *
lz_roads_dup_attribution (LzStation *station)
{
  return lz_station_dup_setting (station, "attribution", NULL);
}
