/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-line.h"
#include "lz-office.h"
#include "lz-routes.h"
#include "lz-stmt.h"
#include "lz-tasks.h"

#include <glib/gi18n-lib.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

#define INSPECTORS (LZ_ROLE_INSPECTOR | LZ_ROLE_ROAD_CHIEF)
#define CHECKERS   (LZ_ROLE_INSPECTOR | LZ_ROLE_CHECKER)
#define DISPATCHER LZ_ROLE_DISPATCHER
#define UNIT       LZ_ROLE_UNIT
#define OVERSEERS  (LZ_ROLE_DISPATCHER | LZ_ROLE_SUPERVISOR | LZ_ROLE_ROAD_CHIEF)

/* clang-format off */
/* ?1 now, ?2 person, ?3 names of the unit as JSON, ?4 end of the day, ?5 limit (-1 = none), ?6 what entered its stage by
 * then is late, ?7 is warned, ?8 reports not taken count since then, ?9 the cutoffs of all stages as
 * JSON: [[state, cutoff], …].  A case whose clock stands still is judged at the moment it stopped. */
#define AT "(CASE stopped_at WHEN 0 THEN ?1 ELSE stopped_at END)"

/* By which of its names is the dispatch's affair. */
#define WITH_UNIT "(?3 IS NULL OR unit IN (SELECT value FROM json_each (?3)))"

#define BY_DEADLINE                                                                                \
  "sum (due_at > 0 AND " AT " > due_at), sum (due_at > 0 AND " AT " > warn_at AND " AT " <= due_at),"   \
  " sum (due_at > 0 AND stopped_at = 0 AND due_at >= ?1 AND due_at < ?4),"                         \
  " sum (due_at > 0 AND stopped_at = 0 AND due_at >= ?4 AND due_at < ?4 + 86400000)"
#define BY_STAGE                                                                                   \
  "sum (stage_at <= ?6), sum (stage_at > ?6 AND stage_at <= ?7), 0, 0"

#define COUNT(by, where) "SELECT count (*), " by " FROM case_row " where
#define LIST(where, order) "SELECT fid FROM case_row " where " ORDER BY " order " LIMIT ?5"
#define NEAR(where) "SELECT fid, lat7, lon7 FROM case_row " where

/* A list and its count, from one condition. */
#define DEADLINE(where, order) COUNT (BY_DEADLINE, where), LIST (where, order), NEAR (where)
#define STAGE(where, order) COUNT (BY_STAGE, where), LIST (where, order), NEAR (where)

#define IN_STAGE(states, more)                                                                     \
  "INDEXED BY case_in_stage WHERE closed_at = 0 AND state IN (" states ")" more
#define OF_UNIT(states, more)                                                                      \
  "WHERE closed_at = 0 AND state IN (" states ") AND " WITH_UNIT more
#define FOR_ME " AND (tasked IS NULL OR tasked = ?2)"
#define SINCE "stage_at, fid"
#define BY_DUE "due_at = 0, due_at, fid"

#define LATE                                                                                       \
  "WHERE fid IN (SELECT c.fid FROM json_each (?9) AS j JOIN case_row AS c"                         \
  " INDEXED BY case_in_stage ON c.closed_at = 0 AND c.state = j.value ->> 0"                       \
  " AND c.stage_at <= j.value ->> 1)"

/* Names no column but those of the index: the table is not touched. */
#define PAST                                                                                       \
  "INDEXED BY case_running WHERE closed_at = 0 AND stopped_at = 0 AND due_at > 0 AND due_at < ?1"  \
  " AND " WITH_UNIT

static const struct
{
  const char *name;
  const char *label;
  guint roles;
  LzState stage; /* whose limit counts; NONE = the case's deadline */
  const char *sql_count;
  const char *sql_list;
  const char *sql_near;
} lists[LZ_N_TASKS] = {
  [LZ_TASKS_DRAFTS] = { "drafts", N_("Drafts"), INSPECTORS, LZ_STATE_NONE,
    "SELECT count (*), 0, 0, 0, 0 FROM draft", "SELECT id FROM draft ORDER BY changed_at DESC LIMIT ?5", NULL },
  [LZ_TASKS_SENT_BACK] = { "sent_back", N_("Sent back to me"), INSPECTORS, LZ_STATE_NONE,
    DEADLINE ("INDEXED BY case_sent_back WHERE sent_back = 1 AND reporter = ?2"
              " AND (state = 1 OR (state = 4 AND changed_at >= ?8))", "changed_at DESC, fid") },
  [LZ_TASKS_TO_VERIFY] = { "to_verify", N_("To verify before filing"), CHECKERS, LZ_STATE_VERIFYING,
    STAGE (IN_STAGE ("3", FOR_ME), SINCE) },
  [LZ_TASKS_TO_CHECK] = { "to_check", N_("To check before closing"), CHECKERS, LZ_STATE_CHECKING,
    STAGE (IN_STAGE ("14", FOR_ME), SINCE) },
  [LZ_TASKS_TO_FILE] = { "to_file", N_("To file"), DISPATCHER, LZ_STATE_REPORTED,
    STAGE (IN_STAGE ("1", ""), SINCE) },
  [LZ_TASKS_TO_REVIEW] = { "to_review", N_("Fixed on the spot, to review"), DISPATCHER | LZ_ROLE_CHECKER, LZ_STATE_SELF_DONE,
    STAGE (IN_STAGE ("2", ""), SINCE) },
  [LZ_TASKS_TO_DISPATCH] = { "to_dispatch", N_("To dispatch"), DISPATCHER, LZ_STATE_FILED,
    STAGE (IN_STAGE ("5", ""), SINCE) },
  [LZ_TASKS_RETURN_ASKED] = { "return_asked", N_("Return requested"), DISPATCHER, LZ_STATE_RETURNING,
    STAGE (IN_STAGE ("11", ""), SINCE) },
  [LZ_TASKS_EXTEND_ASKED] = { "extend_asked", N_("Extension requested"), DISPATCHER, LZ_STATE_NONE,
    DEADLINE (IN_STAGE ("8", ""), BY_DUE) },
  [LZ_TASKS_SUSPEND_ASKED] = { "suspend_asked", N_("Suspension requested"), DISPATCHER, LZ_STATE_NONE,
    DEADLINE (IN_STAGE ("9", ""), BY_DUE) },
  [LZ_TASKS_VOID_ASKED] = { "void_asked", N_("Voiding requested"), DISPATCHER, LZ_STATE_NONE,
    DEADLINE ("INDEXED BY case_void_asked WHERE void_asked = 1", SINCE) },
  [LZ_TASKS_APPEALED] = { "appealed", N_("Overtime appealed"), DISPATCHER, LZ_STATE_NONE,
    "SELECT count (*), 0, 0, 0, 0 FROM case_row INDEXED BY case_appealed WHERE appeal = 1",
    LIST ("INDEXED BY case_appealed WHERE appeal = 1", "changed_at, fid"), NULL },
  [LZ_TASKS_TO_CLOSE] = { "to_close", N_("To close"), DISPATCHER | LZ_ROLE_CHECKER, LZ_STATE_FED_BACK,
    STAGE (IN_STAGE ("13", ""), SINCE) },
  [LZ_TASKS_TO_ACCEPT] = { "to_accept", N_("To accept"), UNIT, LZ_STATE_NONE,
    DEADLINE (OF_UNIT ("6", " AND sent_back = 0"), BY_DUE) },
  [LZ_TASKS_IN_HAND] = { "in_hand", N_("In hand"), UNIT, LZ_STATE_NONE,
    DEADLINE (OF_UNIT ("7, 8, 9", " AND sent_back = 0"), BY_DUE) },
  [LZ_TASKS_TO_REDO] = { "to_redo", N_("Sent back to the unit"), UNIT, LZ_STATE_NONE,
    DEADLINE (OF_UNIT ("6, 7, 15", " AND sent_back = 1"), BY_DUE) },
  [LZ_TASKS_TO_CONFIRM] = { "to_confirm", N_("To confirm"), UNIT, LZ_STATE_NONE,
    DEADLINE (OF_UNIT ("12", ""), BY_DUE) },
  [LZ_TASKS_REPLY_WANTED] = { "reply_wanted", N_("Supervised, reply wanted"), UNIT | DISPATCHER, LZ_STATE_NONE,
    DEADLINE ("INDEXED BY case_supervised WHERE supervision > 0 AND closed_at = 0 AND reply_at > 0"
              " AND " WITH_UNIT, "reply_at, fid") },
  [LZ_TASKS_SUSPENDED] = { "suspended", N_("Suspended"), DISPATCHER, LZ_STATE_NONE,
    DEADLINE ("INDEXED BY case_suspended WHERE state = 10", "until_at, fid") },
  [LZ_TASKS_LATE] = { "late", N_("Waiting too long"), OVERSEERS, LZ_STATE_NONE,
    "SELECT count (*), count (*), 0, 0, 0 FROM case_row " LATE, LIST (LATE, SINCE), NEAR (LATE) },
  [LZ_TASKS_OVERDUE] = { "overdue", N_("Overdue"), OVERSEERS | UNIT, LZ_STATE_NONE,
    "SELECT count (*), count (*), 0, 0, 0 FROM case_row " PAST, LIST (PAST, "due_at, fid"), NEAR (PAST) },
  [LZ_TASKS_SUPERVISED] = { "supervised", N_("Under supervision"), OVERSEERS, LZ_STATE_NONE,
    DEADLINE ("INDEXED BY case_supervised WHERE supervision > 0 AND closed_at = 0",
              "supervision DESC, " BY_DUE) },
};

static const char sql_unit[] = "SELECT unit FROM person WHERE id = ?1";
/* clang-format on */

const char *
lz_tasks_to_string (LzTaskList list)
{
  g_return_val_if_fail ((guint) list < LZ_N_TASKS, NULL);

  return lists[list].name;
}

gboolean
lz_tasks_from_string (const char *text, LzTaskList *list)
{
  for (guint i = 0; i < LZ_N_TASKS; i++)
    if (g_strcmp0 (lists[i].name, text) == 0)
      {
        *list = (LzTaskList) i;
        return TRUE;
      }
  return FALSE;
}

const char *
lz_tasks_label (LzTaskList list)
{
  g_return_val_if_fail ((guint) list < LZ_N_TASKS, NULL);

  return _ (lists[list].label);
}

guint
lz_tasks_get_roles (LzTaskList list)
{
  g_return_val_if_fail ((guint) list < LZ_N_TASKS, 0);

  return lists[list].roles;
}

/**
 * lz_tasks_query_init:
 * @station: a station
 * @query: (out caller-allocates): the station's person, now; of a person who is of a unit and has
 * no office role only what is with that unit
 * @unit: (out) (transfer full) (nullable): owns the query's unit: keep it as long
 * @error: (nullable): return location
 *
 * Returns: %TRUE on success
 */
gboolean
lz_tasks_query_init (LzStation *station, LzTaskQuery *query, char **unit, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_unit, error);
  g_autoptr (GError) failure = NULL;

  *unit = NULL;
  *query =
      (LzTaskQuery){ .now_ms = lz_station_now (station), .person = lz_station_get_actor (station) };
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, query->person);
  if (lz_db_step (db, stmt, "looking for a person's unit", &failure) &&
      (lz_station_get_roles (station) & ~(guint) LZ_ROLE_UNIT) == 0)
    query->unit = *unit = lz_stmt_dup_text (stmt, 0);
  return lz_stmt_ended (&failure, error);
}

/* What all statements need, worked out once. */
typedef struct
{
  const LzTaskQuery *query;
  const LzCalendar *calendar;
  LzRules *rules;
  char *cutoffs;
  char *unit_names; /* nullable: of any unit */
  gint64 day_end_ms;
  gint64 sent_back_ms;
} Ready;

static void
ready_clear (Ready *self)
{
  g_clear_pointer (&self->rules, lz_rules_free);
  g_free (self->cutoffs);
  g_free (self->unit_names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ready, ready_clear)

static gboolean
make_ready (LzStation *station, const LzTaskQuery *query, Ready *ready, GError **error)
{
  g_autoptr (GString) cutoffs = g_string_new ("[");

  ready->query = query;
  ready->calendar = lz_station_get_calendar (station);
  ready->rules = lz_office_load_rules (station, error);
  if (ready->rules == NULL)
    return FALSE;
  if (query->unit != NULL)
    {
      ready->unit_names = lz_routes_dup_unit_names (station, query->unit, error);
      if (ready->unit_names == NULL)
        return FALSE;
    }
  for (guint state = 0; state < LZ_N_STATES; state++)
    {
      gint64 cutoff = lz_rules_stage_cutoff (ready->rules, ready->calendar, (LzState) state,
                                             query->now_ms, NULL);

      if (cutoff != 0)
        g_string_append_printf (cutoffs, "%s[%u,%" G_GINT64_FORMAT "]", cutoffs->len > 1 ? "," : "",
                                state, cutoff);
    }
  g_string_append_c (cutoffs, ']');
  ready->cutoffs = g_string_free (g_steal_pointer (&cutoffs), FALSE);
  ready->day_end_ms = lz_calendar_day_end (ready->calendar, query->now_ms);
  ready->sent_back_ms =
      query->now_ms - lz_rules_get (ready->rules, LZ_RULE_SENT_BACK_DAYS) * DAY_MS;
  return TRUE;
}

/* Every statement has some of the parameters. */
static void
bind (LzStation *station, LzStmt *stmt, LzTaskList list, const Ready *ready, guint limit)
{
  const LzTaskQuery *query = ready->query;
  gint64 warned_ms = 0;
  gint64 late_ms = lz_rules_stage_cutoff (ready->rules, ready->calendar, lists[list].stage,
                                          query->now_ms, &warned_ms);
  const char *person = query->person != NULL ? query->person : lz_station_get_actor (station);
  int n = sqlite3_bind_parameter_count (stmt);

  sqlite3_bind_int64 (stmt, 1, query->now_ms);
  if (n >= 2)
    lz_stmt_bind_text (stmt, 2, person);
  if (n >= 3)
    lz_stmt_bind_text (stmt, 3, ready->unit_names);
  if (n >= 4)
    sqlite3_bind_int64 (stmt, 4, ready->day_end_ms);
  if (n >= 5)
    sqlite3_bind_int64 (stmt, 5, limit > 0 ? (gint64) limit : -1);
  if (n >= 6)
    sqlite3_bind_int64 (stmt, 6, late_ms);
  if (n >= 7)
    sqlite3_bind_int64 (stmt, 7, warned_ms);
  if (n >= 8)
    sqlite3_bind_int64 (stmt, 8, ready->sent_back_ms);
  if (n >= 9)
    lz_stmt_bind_text (stmt, 9, ready->cutoffs);
}

static gboolean
count_one (LzStation *station,
           LzTaskList list,
           const Ready *ready,
           LzTaskCount *count,
           GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, lists[list].sql_count, error);

  if (stmt == NULL)
    return FALSE;
  bind (station, stmt, list, ready, 0);
  if (!lz_db_step (db, stmt, "counting tasks", error))
    return FALSE;
  count->n = (guint) sqlite3_column_int64 (stmt, 0);
  count->n_overdue = (guint) sqlite3_column_int64 (stmt, 1);
  count->n_warned = (guint) sqlite3_column_int64 (stmt, 2);
  count->n_today = (guint) sqlite3_column_int64 (stmt, 3);
  count->n_tomorrow = (guint) sqlite3_column_int64 (stmt, 4);
  return TRUE;
}

/**
 * lz_tasks_count:
 * @station: a station
 * @query: for whom
 * @roles: whose lists: a set of #LzRole; the others stay 0
 * @counts: (out caller-allocates): one for each #LzTaskList
 * @error: (nullable): return location
 *
 * Counts the work of each list; all of it is read from small indexes of open cases.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_tasks_count (LzStation *station,
                const LzTaskQuery *query,
                guint roles,
                LzTaskCount counts[LZ_N_TASKS],
                GError **error)
{
  g_auto (Ready) ready = { 0 };

  memset (counts, 0, sizeof (LzTaskCount) * LZ_N_TASKS);
  if (!make_ready (station, query, &ready, error))
    return FALSE;
  for (guint list = 0; list < LZ_N_TASKS; list++)
    if ((lists[list].roles & roles) != 0 &&
        !count_one (station, (LzTaskList) list, &ready, &counts[list], error))
      return FALSE;
  return TRUE;
}

typedef struct
{
  gint64 fid;
  double distance_m;
} Spot;

static int
compare_spots (gconstpointer a, gconstpointer b)
{
  const Spot *left = a, *right = b;

  if (left->distance_m < right->distance_m)
    return -1;
  if (left->distance_m > right->distance_m)
    return 1;
  return left->fid < right->fid ? -1 : left->fid > right->fid;
}

static GArray *
read_spots (LzDb *db, LzStmt *stmt, LzPoint near, guint limit, GError **error)
{
  g_autoptr (GArray) spots = g_array_new (FALSE, FALSE, sizeof (Spot));
  g_autoptr (GError) failure = NULL;
  GArray *fids;

  while (lz_db_step (db, stmt, "listing tasks", &failure))
    {
      LzPoint place = { sqlite3_column_int (stmt, 1), sqlite3_column_int (stmt, 2) };
      Spot spot = { sqlite3_column_int64 (stmt, 0), lz_distance_m (place, near) };

      g_array_append_val (spots, spot);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  g_array_sort (spots, compare_spots);
  fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < spots->len && (limit == 0 || i < limit); i++)
    g_array_append_val (fids, g_array_index (spots, Spot, i).fid);
  return fids;
}

/**
 * lz_tasks_list:
 * @station: a station
 * @list: which work
 * @query: for whom
 * @limit: at most so many; 0 = all
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): the cases' fids, gint64, the most pressing first or, with a
 *   place, the nearest; of %LZ_TASKS_DRAFTS the ids of drafts
 */
GArray *
lz_tasks_list (LzStation *station,
               LzTaskList list,
               const LzTaskQuery *query,
               guint limit,
               GError **error)
{
  LzDb *db = lz_station_get_db (station);
  gboolean by_way = lz_point_is_valid (query->near) && lists[list].sql_near != NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, by_way ? lists[list].sql_near : lists[list].sql_list, error);
  g_auto (Ready) ready = { 0 };

  if (stmt == NULL || !make_ready (station, query, &ready, error))
    return NULL;
  bind (station, stmt, list, &ready, limit);
  if (by_way)
    return read_spots (db, stmt, query->near, limit, error);
  return lz_db_read_fids (db, stmt, "listing tasks", error);
}
