/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-desk-private.h"
#include "lz-event-table.h"
#include "lz-office.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
/* The index of open cases holds all of it. */
#define OPEN(where)                                                                                \
  "SELECT road, dimension, count(*),"                                                              \
  " sum (due_at > 0 AND (CASE stopped_at WHEN 0 THEN ?1 ELSE stopped_at END) > due_at)"            \
  " FROM case_row INDEXED BY case_open WHERE closed_at = 0 AND road " where                        \
  " GROUP BY road, dimension"

static const char sql_open[] = OPEN ("IS NOT NULL");
static const char sql_open_of_one[] = OPEN ("= ?2");

/* Few at any time. */
static const char sql_supervised[] =
  "SELECT road, count(*) FROM case_row INDEXED BY case_supervised"
  " WHERE supervision > 0 AND closed_at = 0 AND road IS NOT NULL GROUP BY road";

static const char sql_chiefs[] =
  "SELECT a.road, a.person, p.name, p.phone, a.level, a.since FROM assignment AS a"
  " LEFT JOIN person AS p ON p.id = a.person WHERE ?1 IS NULL OR a.road = ?1"
  " ORDER BY a.road, a.level = 4 DESC, a.level, a.since";
/* clang-format on */

LzHealthModel *
lz_desk_dup_health_model (LzStation *station, GError **error)
{
  g_autoptr (GBytes) table = lz_office_dup_table (station, "road-health.tsv", error);

  return table != NULL ? lz_health_model_parse (table, error) : NULL;
}

void
lz_desk_road_free (LzDeskRoad *self)
{
  if (self == NULL)
    return;
  lz_road_free (self->road);
  g_free (self->chiefs);
  g_free (self);
}

void
lz_desk_chief_free (LzDeskChief *self)
{
  g_free (self->person);
  g_free (self->name);
  g_free (self->phone);
  g_free (self);
}

static LzDeskRoad *
find_road (GHashTable *roads, LzStmt *stmt)
{
  LzId id = lz_stmt_column_id (stmt, 0);

  return g_hash_table_lookup (roads, &id);
}

static gboolean
count_open (LzStation *station, GHashTable *roads, const LzId *only, gint64 now_ms, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, only != NULL ? sql_open_of_one : sql_open, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, now_ms);
  if (only != NULL)
    lz_stmt_bind_id (stmt, 2, only);
  while (lz_db_step (db, stmt, "counting open cases by road", &failure))
    {
      LzDeskRoad *road = find_road (roads, stmt);
      guint dimension = (guint) sqlite3_column_int (stmt, 1);
      guint open = (guint) sqlite3_column_int64 (stmt, 2);
      guint overdue = (guint) sqlite3_column_int64 (stmt, 3);

      if (road == NULL)
        continue;
      road->facts.open += open;
      road->facts.overdue += overdue;
      if (dimension < LZ_N_DIMENSIONS)
        {
          road->open[dimension] = open;
          road->overdue[dimension] = overdue;
        }
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
count_supervised (LzStation *station, GHashTable *roads, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_supervised, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "counting supervised cases by road", &failure))
    {
      LzDeskRoad *road = find_road (roads, stmt);

      if (road != NULL)
        road->facts.supervised = (guint) sqlite3_column_int64 (stmt, 1);
    }
  return lz_stmt_ended (&failure, error);
}

static void
count_spot (const LzDeskSpot *spot, gpointer data)
{
  ((LzDeskRoad *) data)->facts.spots++;
}

gboolean
lz_desk_list_chiefs (LzStation *station,
                     const LzId *road,
                     LzDeskChiefFunc func,
                     gpointer data,
                     GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_chiefs, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  if (road != NULL)
    lz_stmt_bind_id (stmt, 1, road);
  while (lz_db_step (db, stmt, "reading the road chiefs", &failure))
    {
      LzId id = lz_stmt_column_id (stmt, 0);
      LzDeskChief *chief = g_new0 (LzDeskChief, 1);

      chief->person = lz_stmt_dup_text (stmt, 1);
      chief->name = lz_stmt_dup_text (stmt, 2);
      if (chief->name == NULL)
        chief->name = g_strdup (chief->person);
      chief->phone = lz_stmt_dup_text (stmt, 3);
      chief->level = (guint) sqlite3_column_int (stmt, 4);
      chief->since_ms = sqlite3_column_int64 (stmt, 5);
      func (&id, chief, data);
    }
  return lz_stmt_ended (&failure, error);
}

static void
name_chief (const LzId *id, LzDeskChief *chief, gpointer data)
{
  LzDeskRoad *road = g_hash_table_lookup (data, id);

  if (road != NULL)
    {
      g_autofree char *before = road->chiefs;

      road->chiefs = *before != '\0' ? g_strjoin (_ (", "), before, chief->name, NULL)
                                     : g_strdup (chief->name);
    }
  lz_desk_chief_free (chief);
}

gboolean
lz_desk_fill (LzStation *station,
              GHashTable *roads,
              const LzId *only,
              gint64 now_ms,
              GError **error)
{
  return count_open (station, roads, only, now_ms, error) &&
         count_supervised (station, roads, error) &&
         lz_desk_list_chiefs (station, only, name_chief, roads, error) &&
         lz_desk_fill_patrols (station, roads, only, error);
}

LzDeskRoad *
lz_desk_road_new (LzRoad *road)
{
  LzDeskRoad *self = g_new0 (LzDeskRoad, 1);

  self->road = road;
  self->facts.length_m = road->length_m;
  self->chiefs = g_strdup ("");
  return self;
}

void
lz_desk_road_judge (LzDeskRoad *self,
                    const LzHealthModel *model,
                    LzHealthTerm terms[LZ_HEALTH_N_TERMS])
{
  self->health = lz_health_reckon (model, &self->facts, terms);
  self->grade = lz_health_grade (model, self->health);
}

/**
 * lz_desk_list:
 * @station: a station
 * @mine: only the roads of the station's person
 * @now_ms: the moment to judge at
 * @error: (nullable): return location
 *
 * How every road stands.  Reads what is open and what was reported lately, whatever the history.
 *
 * Returns: (transfer full) (element-type LzDeskRoad) (nullable): the roads, by name
 */
GPtrArray *
lz_desk_list (LzStation *station, gboolean mine, gint64 now_ms, GError **error)
{
  g_autoptr (LzHealthModel) model = lz_desk_dup_health_model (station, error);
  g_autoptr (GPtrArray) roads = model != NULL ? lz_roads_list (station, mine, error) : NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_desk_road_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (lz_id_hash, lz_id_equal);
  LzHealthTerm terms[LZ_HEALTH_N_TERMS];

  if (roads == NULL)
    return NULL;
  g_ptr_array_set_free_func (roads, NULL); /* the list takes them */
  for (guint i = 0; i < roads->len; i++)
    {
      LzDeskRoad *road = lz_desk_road_new (roads->pdata[i]);

      g_ptr_array_add (list, road);
      g_hash_table_insert (by_id, &road->road->id, road);
    }
  if (!lz_desk_fill (station, by_id, NULL, now_ms, error))
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      LzDeskRoad *road = list->pdata[i];

      if (!lz_desk_find_spots (station, model, &road->road->id, now_ms, count_spot, road, error))
        return NULL;
      lz_desk_road_judge (road, model, terms);
    }
  return g_steal_pointer (&list);
}
