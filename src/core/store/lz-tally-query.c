/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-cases.h"
#include "lz-communities.h"
#include "lz-event-table.h"
#include "lz-figures-table.h"
#include "lz-office.h"
#include "lz-stmt.h"
#include "lz-tally-query.h"

#include <string.h>

#define HOUR_MS G_GINT64_CONSTANT (3600000)

/* clang-format off */
/* ?1 span, ?2 and ?3 when the case began, ?4 when it ended at the earliest. */
static const char sql_pass[] =
  "SELECT " LZ_FIGURES_COLUMNS " FROM case_figures"
  " WHERE span = ?1 AND start_at >= ?2 AND start_at < ?3 AND end_at >= ?4";

static const char sql_id[] =
  "SELECT id FROM case_row WHERE fid = ?1";

static const char sql_chiefs[] =
  "SELECT road, person FROM assignment ORDER BY road, person";
/* clang-format on */

/* Called for every case that can count in the period. */
typedef void (*Visit) (const LzFigures *figures, gpointer data);

/* -- what the cases do not say ------------------------------------------------------------------
 */

static void
maps_clear (LzTallyMaps *maps)
{
  g_clear_pointer (&maps->chiefs, g_hash_table_unref);
  g_clear_pointer (&maps->communities, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzTallyMaps, maps_clear)

static gboolean
load_chiefs (LzStation *station, LzTallyMaps *maps, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_chiefs, error);
  g_autoptr (GError) failure = NULL;

  maps->chiefs =
      g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading who answers for the roads", &failure))
    {
      LzId road = lz_stmt_column_id (stmt, 0);
      GPtrArray *people = g_hash_table_lookup (maps->chiefs, &road);

      if (people == NULL)
        {
          people = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (maps->chiefs, g_memdup2 (&road, sizeof road), people);
        }
      g_ptr_array_add (people, lz_stmt_dup_text (stmt, 1));
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* -- the pass -----------------------------------------------------------------------------------
 */

static gboolean
visit_span (LzStation *station,
            int span,
            const LzPeriod *period,
            Visit visit,
            gpointer data,
            GArray *runs,
            GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_pass, error);
  g_autoptr (GError) failure = NULL;
  gboolean any_start = span >= LZ_FIGURES_LAST_SPAN;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, span);
  sqlite3_bind_int64 (stmt, 2, any_start ? G_MININT64 : period->from_ms - (HOUR_MS << span));
  sqlite3_bind_int64 (stmt, 3, period->to_ms);
  sqlite3_bind_int64 (stmt, 4, period->from_ms);
  while (lz_db_step (db, stmt, "counting cases", &failure))
    {
      LzFigures figures;

      lz_figures_table_read (stmt, &figures, runs);
      visit (&figures, data);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
visit_period (LzStation *station,
              const LzPeriod *period,
              Visit visit,
              gpointer data,
              GError **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (LzRun));

  for (int span = 0; span <= LZ_FIGURES_LAST_SPAN; span++)
    if (!visit_span (station, span, period, visit, data, runs, error))
      return FALSE;
  return visit_span (station, LZ_FIGURES_OPEN_SPAN, period, visit, data, runs, error);
}

/* What is the same for the whole of a query. */
typedef struct
{
  LzTallyQuery query;
  LzTallySpan span;
  LzTallyMaps maps;
  LzRules *rules;
} Frame;

static void
frame_clear (Frame *frame)
{
  maps_clear (&frame->maps);
  g_clear_pointer (&frame->rules, lz_rules_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Frame, frame_clear)

static gboolean
frame_init (Frame *frame, LzStation *station, const LzTallyQuery *query, GError **error)
{
  gint64 now_ms = query->now_ms != 0 ? query->now_ms : lz_station_now (station);

  frame->query = *query;
  if (query->counts == 0)
    frame->query.counts = ~G_GUINT64_CONSTANT (0);
  frame->rules = lz_office_load_rules (station, error);
  if (frame->rules == NULL)
    return FALSE;
  frame->span =
      lz_tally_span_new (&query->period, now_ms, frame->rules, lz_station_get_calendar (station));
  frame->maps.communities = lz_communities_load (station, error);
  return frame->maps.communities != NULL && load_chiefs (station, &frame->maps, error);
}

static gboolean
is_wanted (const Frame *frame, const LzFigures *figures)
{
  return frame->query.within == LZ_BY_ALL ||
         lz_tally_is_within (frame->query.within,
                             frame->query.within_value != NULL ? frame->query.within_value : "",
                             figures, &frame->maps);
}

/* -- counting -----------------------------------------------------------------------------------
 */

void
lz_tallies_free (LzTallies *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < LZ_N_BYS; i++)
    lz_tally_free (self->tallies[i]);
  g_clear_pointer (&self->rules, lz_rules_free);
  g_free (self);
}

typedef struct
{
  const Frame *frame;
  const LzCalendar *calendar;
  LzTallies *result;
} Counting;

static void
count_case (const LzFigures *figures, gpointer data)
{
  Counting *self = data;
  LzHandlingTime time = { 0 };
  guint64 bits;

  if (!is_wanted (self->frame, figures))
    return;
  bits = lz_counts_judge (figures, &self->frame->span);
  if ((bits & LZ_COUNT_BIT (LZ_COUNT_HANDLED)) != 0)
    time = lz_tally_measure (self->calendar, figures);
  for (guint i = 0; bits != 0 && i < LZ_N_BYS; i++)
    if (self->result->tallies[i] != NULL)
      lz_tally_add (self->result->tallies[i], figures, bits, &time);
}

/**
 * lz_tally_query_run:
 * @station: a station
 * @query: what to count
 * @error: (nullable): return location
 *
 * Reads only the cases that reach into the period: a week of a year costs a fiftieth of it.
 *
 * Returns: (transfer full) (nullable): the tables, finished
 */
LzTallies *
lz_tally_query_run (LzStation *station, const LzTallyQuery *query, GError **error)
{
  g_auto (Frame) frame = { 0 };
  g_autoptr (LzTallies) result = g_new0 (LzTallies, 1);
  Counting counting = { &frame, lz_station_get_calendar (station), result };

  if (!frame_init (&frame, station, query, error))
    return NULL;
  result->span = frame.span;
  for (guint i = 0; i < LZ_N_BYS; i++)
    if ((query->bys & 1u << i) != 0)
      result->tallies[i] = lz_tally_new ((LzTallyBy) i, &frame.span, &frame.maps);
  if (!visit_period (station, &query->period, count_case, &counting, error))
    return NULL;
  for (guint i = 0; i < LZ_N_BYS; i++)
    if (result->tallies[i] != NULL)
      lz_tally_finish (result->tallies[i]);
  result->rules = g_steal_pointer (&frame.rules);
  return g_steal_pointer (&result);
}

/* -- opening a figure ---------------------------------------------------------------------------
 */

typedef struct
{
  const Frame *frame;
  LzTallyBy by;
  const char *value;
  LzCount count;
  GArray *fids;
} Listing;

static void
list_case (const LzFigures *figures, gpointer data)
{
  Listing *self = data;

  if (is_wanted (self->frame, figures) &&
      lz_tally_is_in (self->by, self->value, self->count, figures, &self->frame->span,
                      &self->frame->maps))
    g_array_append_val (self->fids, figures->fid);
}

GArray *
lz_tally_query_list (LzStation *station,
                     const LzTallyQuery *query,
                     LzTallyBy by,
                     const char *value,
                     LzCount count,
                     GError **error)
{
  g_auto (Frame) frame = { 0 };
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Listing listing = { &frame, by, value, count, fids };

  g_return_val_if_fail (value != NULL, NULL);

  if (!frame_init (&frame, station, query, error) ||
      !visit_period (station, &query->period, list_case, &listing, error))
    return NULL;
  lz_fids_sort (fids);
  return g_steal_pointer (&fids);
}

/* -- what else is decided of each case ----------------------------------------------------------
 */

typedef struct
{
  const Frame *frame;
  LzTallyVisit visit;
  gpointer data;
} Visiting;

static void
visit_case (const LzFigures *figures, gpointer data)
{
  const Visiting *self = data;

  if (is_wanted (self->frame, figures))
    self->visit (figures, &self->frame->span, self->data);
}

gboolean
lz_tally_query_visit (LzStation *station,
                      const LzTallyQuery *query,
                      LzTallyVisit visit,
                      gpointer data,
                      GError **error)
{
  g_auto (Frame) frame = { 0 };
  Visiting visiting = { &frame, visit, data };

  g_return_val_if_fail (visit != NULL, FALSE);

  return frame_init (&frame, station, query, error) &&
         visit_period (station, &query->period, visit_case, &visiting, error);
}

/* -- every case ---------------------------------------------------------------------------------
 */

typedef struct
{
  gint64 fid;
  guint64 bits;
} JudgedRow;

typedef struct
{
  const Frame *frame;
  GArray *rows;
} Judging;

static void
judge_case (const LzFigures *figures, gpointer data)
{
  Judging *self = data;
  JudgedRow row = { figures->fid, 0 };

  if (is_wanted (self->frame, figures))
    row.bits = lz_counts_judge (figures, &self->frame->span);
  if ((row.bits & self->frame->query.counts) != 0)
    g_array_append_val (self->rows, row);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const JudgedRow *) a)->fid, y = ((const JudgedRow *) b)->fid;

  return (x > y) - (x < y);
}

/* In the order of the rows, which lie so: neighbours are on one page. */
static gboolean
find_ids (LzStation *station, GArray *rows, GArray *cases, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_id, error);

  if (stmt == NULL)
    return FALSE;
  g_array_sort (rows, compare_rows);
  g_array_set_size (cases, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const JudgedRow *row = &g_array_index (rows, JudgedRow, i);
      LzJudgedCase *judged = &g_array_index (cases, LzJudgedCase, i);

      sqlite3_bind_int64 (stmt, 1, row->fid);
      if (!lz_db_step (db, stmt, "reading the name of a case", error))
        return FALSE;
      *judged = (LzJudgedCase){ lz_stmt_column_id (stmt, 0), row->bits };
      sqlite3_reset (stmt);
    }
  return TRUE;
}

/* All from one snapshot, and without a lock for each case. */
static gboolean
find_ids_at_once (LzStation *station, GArray *rows, GArray *cases, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  gboolean own = !lz_db_in_transaction (db);
  gboolean ok;

  if (own && !lz_db_exec (db, "BEGIN", error))
    return FALSE;
  ok = find_ids (station, rows, cases, error);
  if (own)
    lz_db_exec (db, "COMMIT", NULL);
  return ok;
}

static int
compare_judged (gconstpointer a, gconstpointer b)
{
  return memcmp (((const LzJudgedCase *) a)->id.bytes, ((const LzJudgedCase *) b)->id.bytes,
                 sizeof (LzId));
}

GArray *
lz_tally_query_judge (LzStation *station, const LzTallyQuery *query, GError **error)
{
  g_auto (Frame) frame = { 0 };
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (JudgedRow));
  g_autoptr (GArray) cases = g_array_new (FALSE, FALSE, sizeof (LzJudgedCase));
  Judging judging = { &frame, rows };

  if (!frame_init (&frame, station, query, error) ||
      !visit_period (station, &query->period, judge_case, &judging, error) ||
      !find_ids_at_once (station, rows, cases, error))
    return NULL;
  g_array_sort (cases, compare_judged);
  return g_steal_pointer (&cases);
}
