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
  "SELECT " VISIT_COLUMNS " FROM road AS d CROSS JOIN patrol_road AS p ON p.road = d.id AND p.until_at ="
  "  (SELECT max (until_at) FROM patrol_road WHERE road = d.id)"
  " JOIN record AS r ON r.fid = p.record_fid WHERE ?1 IS NULL OR d.id = ?1 GROUP BY p.road";

/* Of one person to one road. */
static const char sql_visits_of_charge[] =
  "SELECT " VISIT_COLUMNS " FROM patrol_road AS p INDEXED BY patrol_road_by_road"
  " JOIN record AS r ON r.fid = p.record_fid"
  " WHERE p.person = ?1 AND p.road = ?2 AND p.until_at >= ?3";

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

/* More days off in a row there are not. */
#define MAX_DAYS_OFF 60

/* Of road chiefs: 1 to 4. */
#define N_LEVELS 5

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
lz_patrols_list_last (LzStation *station, const LzId *road, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) visits = lz_patrol_visits_new ();
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_last, error);

  if (stmt == NULL)
    return NULL;
  if (road != NULL)
    lz_stmt_bind_id (stmt, 1, road);
  return read_visits (db, stmt, visits, error) ? g_steal_pointer (&visits) : NULL;
}

/* @sql: takes person, road and moment. */
static GPtrArray *
list_visits (LzStation *station,
             const char *sql,
             const char *person,
             const LzId *road,
             gint64 from_ms,
             GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) visits = lz_patrol_visits_new ();
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

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

/* What duties are worked out from. */
typedef struct
{
  LzStation *station;
  LzPatrolRules *rules;
  GPtrArray *duties;
} Owed;

static void
owed_clear (Owed *self)
{
  g_clear_pointer (&self->rules, lz_patrol_rules_free);
  g_clear_pointer (&self->duties, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Owed, owed_clear)

static gboolean
owed_init (Owed *self, LzStation *station, GError **error)
{
  self->station = station;
  self->rules = lz_patrols_load_rules (station, error);
  self->duties = lz_patrol_duties_new ();
  return self->rules != NULL;
}

static void
add_duties (Owed *self, const LzPatrolCharge *charge, const GPtrArray *visits, gint64 from_ms)
{
  lz_patrol_duties (self->rules, lz_station_get_calendar (self->station), charge, visits, from_ms,
                    lz_station_now (self->station), self->duties);
}

typedef gboolean (*ChargeFunc) (Owed *self,
                                const LzPatrolCharge *charge,
                                gpointer data,
                                GError **error);

static gboolean
each_charge (Owed *self,
             const char *person,
             const LzId *road,
             ChargeFunc func,
             gpointer data,
             GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_charges, error);

  if (stmt == NULL)
    return FALSE;
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

      if (!func (self, &charge, data, error))
        return FALSE;
    }
  return lz_stmt_ended (&failure, error);
}

/* All visits were read before. */
typedef struct
{
  GHashTable *by_road;
  GPtrArray *none;
  gint64 from_ms;
} Since;

static gboolean
add_since (Owed *self, const LzPatrolCharge *charge, gpointer data, GError **error)
{
  const Since *since = data;
  const GPtrArray *visits = g_hash_table_lookup (since->by_road, &charge->road);

  add_duties (self, charge, visits != NULL ? visits : since->none, since->from_ms);
  return TRUE;
}

GPtrArray *
lz_patrols_list_duties (LzStation *station,
                        const char *person,
                        const LzId *road,
                        gint64 from_ms,
                        GError **error)
{
  g_auto (Owed) owed = { 0 };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GHashTable) by_road = NULL;

  if (!owed_init (&owed, station, error))
    return NULL;
  visits = list_visits (station, sql_visits, person, road, from_ms - LONGEST_PERIOD_MS, error);
  if (visits == NULL)
    return NULL;
  by_road = group_by_road (visits);
  return each_charge (&owed, person, road, add_since, &(Since){ by_road, none, from_ms }, error)
             ? g_steal_pointer (&owed.duties)
             : NULL;
}

/* The start of the last period before the present one in which a patrol was owed. */
static gint64
find_last_owed (const LzPatrolRule *rule, const LzCalendar *calendar, gint64 now_ms)
{
  LzPatrolPeriod period;

  lz_patrol_period_at (rule, calendar, now_ms, &period);
  for (guint i = 0; i < MAX_DAYS_OFF; i++)
    if (lz_patrol_period_at (rule, calendar, period.from_ms - 1, &period))
      break;
  return period.from_ms;
}

static gboolean
add_latest (Owed *self, const LzPatrolCharge *charge, gpointer data, GError **error)
{
  gint64 *from_ms = data; /* by level */
  const LzPatrolRule *rule = lz_patrol_rules_find (self->rules, charge->level);
  g_autoptr (GPtrArray) visits = NULL;

  if (rule == NULL || charge->level >= N_LEVELS)
    return TRUE;
  if (from_ms[charge->level] == 0)
    from_ms[charge->level] = find_last_owed (rule, lz_station_get_calendar (self->station),
                                             lz_station_now (self->station));
  visits = list_visits (self->station, sql_visits_of_charge, charge->person, &charge->road,
                        from_ms[charge->level], error);
  if (visits == NULL)
    return FALSE;
  add_duties (self, charge, visits, from_ms[charge->level]);
  return TRUE;
}

GPtrArray *
lz_patrols_list_latest_duties (LzStation *station, const LzId *road, GError **error)
{
  g_auto (Owed) owed = { 0 };
  gint64 from_ms[N_LEVELS] = { 0 };

  return owed_init (&owed, station, error) &&
                 each_charge (&owed, NULL, road, add_latest, from_ms, error)
             ? g_steal_pointer (&owed.duties)
             : NULL;
}
