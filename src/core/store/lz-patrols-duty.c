/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-office.h"
#include "lz-patrols-private.h"
#include "lz-roads-private.h"
#include "lz-stmt.h"

/* clang-format off */
static const char sql_cover[] =
  "SELECT length_cm, spans FROM patrol_road WHERE road = ?1 AND (?2 IS NULL OR person = ?2)"
  " AND (?3 = 0 OR until_at >= ?3) AND (?4 = 0 OR until_at < ?4)";

static const char sql_road[] = "SELECT name, length_m FROM road WHERE id = ?1";

#define VISIT_COLUMNS "r.id, p.road, p.person, p.from_at, p.until_at, p.length_cm, p.spans"

static const char sql_last[] =
  "SELECT " VISIT_COLUMNS " FROM (SELECT DISTINCT road FROM patrol_road) AS d"
  " JOIN patrol_road AS p ON p.road = d.road AND p.until_at ="
  "  (SELECT max (until_at) FROM patrol_road WHERE road = d.road)"
  " JOIN record AS r ON r.fid = p.record_fid GROUP BY p.road";

/* What counts since some moment, and of each pair the last before it, for "last patrol". */
static const char sql_visits[] =
  "SELECT " VISIT_COLUMNS " FROM patrol_road AS p JOIN record AS r ON r.fid = p.record_fid"
  " WHERE (?1 IS NULL OR p.person = ?1) AND (?2 IS NULL OR p.road = ?2)"
  "  AND (p.until_at >= ?3 OR p.until_at ="
  "   (SELECT max (q.until_at) FROM patrol_road AS q WHERE q.road = p.road AND q.person = p.person))";

static const char sql_charges[] =
  "SELECT a.road, r.name, a.person, a.level, a.since, r.length_m FROM assignment AS a"
  " JOIN road AS r ON r.id = a.road WHERE (?1 IS NULL OR a.person = ?1) AND (?2 IS NULL OR a.road = ?2)"
  " ORDER BY r.name, r.fid, a.person";
/* clang-format on */

/* The longest period there is, and a day. */
#define LONGEST_PERIOD_MS (32 * 24 * 3600 * G_GINT64_CONSTANT (1000))

LzPatrolRules *
lz_patrols_load_rules (LzStation *station, GError **error)
{
  g_autoptr (GBytes) bytes = lz_office_dup_table (station, "patrol.tsv", error);

  return bytes != NULL ? lz_patrol_rules_parse (bytes, error) : NULL;
}

static LzRoadCover *
load_cover (LzStation *station, const LzId *road, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_road, error);
  LzRoadCover *cover;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, road);
  if (!lz_db_step (db, stmt, "reading a road", &failure))
    {
      if (lz_stmt_ended (&failure, error))
        g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "there is no such road");
      return NULL;
    }
  cover = lz_road_cover_new (road, (gint64) (sqlite3_column_double (stmt, 1) * 100), NULL);
  cover->name = lz_stmt_dup_text (stmt, 0);
  return cover;
}

LzRoadCover *
lz_patrols_cover_road (LzStation *station,
                       const LzId *road,
                       const char *person,
                       gint64 from_ms,
                       gint64 until_ms,
                       GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzRoadCover) cover = load_cover (station, road, error);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = cover != NULL ? lz_db_borrow (db, sql_cover, error) : NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, road);
  lz_stmt_bind_text (stmt, 2, person);
  sqlite3_bind_int64 (stmt, 3, from_ms);
  sqlite3_bind_int64 (stmt, 4, until_ms);
  while (lz_db_step (db, stmt, "reading what patrols cover", &failure))
    {
      g_autoptr (GArray) spans =
          lz_spans_from_string ((const char *) sqlite3_column_text (stmt, 1));

      if (spans != NULL)
        lz_spans_add_all (cover->spans, spans);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&cover) : NULL;
}

static gboolean
read_visits (LzDb *db, LzStmt *stmt, GPtrArray *visits, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (lz_db_step (db, stmt, "reading what patrols cover", &failure))
    {
      LzPatrolVisit *visit = g_new0 (LzPatrolVisit, 1);

      visit->patrol = lz_stmt_column_id (stmt, 0);
      visit->road = lz_stmt_column_id (stmt, 1);
      visit->person = lz_stmt_dup_text (stmt, 2);
      visit->from_ms = sqlite3_column_int64 (stmt, 3);
      visit->until_ms = sqlite3_column_int64 (stmt, 4);
      visit->length_cm = sqlite3_column_int64 (stmt, 5);
      visit->spans = lz_spans_from_string ((const char *) sqlite3_column_text (stmt, 6));
      if (visit->spans == NULL)
        visit->spans = lz_spans_new (); /* the doctor names it */
      g_ptr_array_add (visits, visit);
    }
  return lz_stmt_ended (&failure, error);
}

GPtrArray *
lz_patrols_list_last (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) visits = lz_patrol_visits_new ();
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_last, error);

  return stmt != NULL && read_visits (db, stmt, visits, error) ? g_steal_pointer (&visits) : NULL;
}

static GPtrArray *
list_visits (LzStation *station,
             const char *person,
             const LzId *road,
             gint64 from_ms,
             GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) visits = lz_patrol_visits_new ();
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_visits, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, person);
  if (road != NULL)
    lz_stmt_bind_id (stmt, 2, road);
  sqlite3_bind_int64 (stmt, 3, from_ms);
  return read_visits (db, stmt, visits, error) ? g_steal_pointer (&visits) : NULL;
}

static void
free_visits (gpointer data)
{
  g_ptr_array_unref (data);
}

/* A chief's visits of a road among those of 500 roads and a year are looked up, not searched. */
static GHashTable *
group_by_road (GPtrArray *visits)
{
  GHashTable *roads = g_hash_table_new_full (lz_id_hash, lz_id_equal, NULL, free_visits);

  for (guint i = 0; i < visits->len; i++)
    {
      LzPatrolVisit *visit = visits->pdata[i];
      GPtrArray *of_road = g_hash_table_lookup (roads, &visit->road);

      if (of_road == NULL)
        {
          of_road = g_ptr_array_new ();
          g_hash_table_insert (roads, &visit->road, of_road);
        }
      g_ptr_array_add (of_road, visit);
    }
  return roads;
}

GPtrArray *
lz_patrols_list_duties (LzStation *station,
                        const char *person,
                        const LzId *road,
                        gint64 from_ms,
                        GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) duties = lz_patrol_duties_new ();
  g_autoptr (LzPatrolRules) rules = lz_patrols_load_rules (station, error);
  g_autoptr (GPtrArray) visits =
      rules != NULL ? list_visits (station, person, road, from_ms - LONGEST_PERIOD_MS, error)
                    : NULL;
  g_autoptr (GHashTable) roads = visits != NULL ? group_by_road (visits) : NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = roads != NULL ? lz_db_borrow (db, sql_charges, error) : NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, person);
  if (road != NULL)
    lz_stmt_bind_id (stmt, 2, road);
  while (lz_db_step (db, stmt, "reading who answers for which road", &failure))
    {
      LzPatrolCharge charge = { .road = lz_stmt_column_id (stmt, 0),
                                .road_name = (char *) sqlite3_column_text (stmt, 1),
                                .person = (char *) sqlite3_column_text (stmt, 2),
                                .level = (guint) sqlite3_column_int (stmt, 3),
                                .since_ms = sqlite3_column_int64 (stmt, 4),
                                .length_cm = (gint64) (sqlite3_column_double (stmt, 5) * 100) };
      GPtrArray *of_road = g_hash_table_lookup (roads, &charge.road);

      lz_patrol_duties (rules, lz_station_get_calendar (station), &charge,
                        of_road != NULL ? of_road : none, from_ms, lz_station_now (station),
                        duties);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&duties) : NULL;
}
