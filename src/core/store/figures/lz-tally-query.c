/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-cases.h"
#include "lz-communities.h"
#include "lz-event-table.h"
#include "lz-office.h"
#include "lz-stmt.h"
#include "lz-tally-pass.h"
#include "lz-tally-query.h"

#include <string.h>

/* clang-format off */
static const char sql_chiefs[] =
  "SELECT road, person FROM assignment ORDER BY road, person";
/* clang-format on */

/* -- what the cases do not say ------------------------------------------------------------------
 */

void
lz_tally_maps_clear (LzTallyMaps *maps)
{
  g_clear_pointer (&maps->chiefs, g_hash_table_unref);
  g_clear_pointer (&maps->communities, g_hash_table_unref);
}

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
  return lz_stmt_ended (&failure, error);
}

gboolean
lz_tally_maps_load (LzStation *station, LzTallyMaps *maps, GError **error)
{
  maps->communities = lz_communities_load (station, error);
  return maps->communities != NULL && load_chiefs (station, maps, error);
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
  lz_tally_maps_clear (&frame->maps);
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
  return lz_tally_maps_load (station, &frame->maps, error);
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
  g_clear_pointer (&self->cases, g_array_unref);
  g_clear_pointer (&self->rules, lz_rules_free);
  g_free (self);
}

/* One of the periods that are counted together. */
typedef struct
{
  Frame frame;
  LzTallies *result;
} Counting;

static void
counting_clear (gpointer data)
{
  Counting *self = data;

  frame_clear (&self->frame);
  g_clear_pointer (&self->result, lz_tallies_free);
}

static void
keep_case (LzTallies *result, const LzFigures *figures, guint64 bits)
{
  LzTallyCase kept = { figures->fid, figures->reported_ms, bits, NULL };

  g_array_append_val (result->cases, kept);
}

/* The others are sums of one that is counted. */
static gboolean
is_counted (const Counting *self, LzTallyBy by)
{
  return self->result->tallies[by] != NULL &&
         lz_tally_by_get_finer (by, self->frame.query.bys) == by;
}

static void
count_case (const LzFigures *figures, guint period, gpointer data)
{
  const Counting *self = &g_array_index ((GArray *) data, Counting, period);
  const LzTallySpan *span = &self->frame.span;
  LzHandlingTime time = { 0 };
  guint64 bits;

  if (!is_wanted (&self->frame, figures))
    return;
  bits = lz_counts_judge (figures, span);
  if ((bits & LZ_COUNT_BIT (LZ_COUNT_HANDLED)) != 0)
    time = lz_tally_measure (span->calendar, figures);
  for (guint i = 0; bits != 0 && i < LZ_N_BYS; i++)
    if (is_counted (self, (LzTallyBy) i))
      lz_tally_add (self->result->tallies[i], figures, bits, &time);
  if ((bits & self->frame.query.keep) != 0)
    keep_case (self->result, figures, bits);
}

static gboolean
begin_counting (Counting *self, LzStation *station, const LzTallyQuery *query, GError **error)
{
  if (!frame_init (&self->frame, station, query, error))
    return FALSE;
  self->result = g_new0 (LzTallies, 1);
  self->result->span = self->frame.span;
  self->result->cases = g_array_new (FALSE, FALSE, sizeof (LzTallyCase));
  for (guint i = 0; i < LZ_N_BYS; i++)
    if ((query->bys & 1u << i) != 0)
      self->result->tallies[i] = lz_tally_new ((LzTallyBy) i, &self->frame.span, &self->frame.maps);
  return TRUE;
}

static int
compare_cases (gconstpointer a, gconstpointer b)
{
  const LzTallyCase *x = a, *y = b;

  if (x->reported_ms != y->reported_ms)
    return x->reported_ms < y->reported_ms ? -1 : 1;
  return (x->fid > y->fid) - (x->fid < y->fid);
}

static LzTallies *
end_counting (Counting *self)
{
  LzTally **tallies = self->result->tallies;

  for (guint i = 0; i < LZ_N_BYS; i++)
    if (tallies[i] != NULL)
      {
        if (!is_counted (self, (LzTallyBy) i))
          lz_tally_sum_up (tallies[i],
                           tallies[lz_tally_by_get_finer ((LzTallyBy) i, self->frame.query.bys)]);
        lz_tally_finish (tallies[i]);
      }
  g_array_sort (self->result->cases, compare_cases);
  self->result->rules = g_steal_pointer (&self->frame.rules);
  return g_steal_pointer (&self->result);
}

/**
 * lz_tally_query_run_many:
 * @station: a station
 * @queries: (array length=n): what to count
 * @error: (nullable): return location
 *
 * Counts several periods in one pass: a case that reaches into some of them is read once.
 *
 * Returns: (transfer full) (nullable) (element-type LzTallies): the tables of each query
 */
GPtrArray *
lz_tally_query_run_many (LzStation *station, const LzTallyQuery *queries, guint n, GError **error)
{
  g_autoptr (GArray) counting = g_array_sized_new (FALSE, TRUE, sizeof (Counting), n);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_tallies_free);
  g_autofree LzPeriod *periods = g_new (LzPeriod, n);

  g_array_set_clear_func (counting, counting_clear);
  g_array_set_size (counting, n);
  for (guint i = 0; i < n; i++)
    {
      periods[i] = queries[i].period;
      if (!begin_counting (&g_array_index (counting, Counting, i), station, &queries[i], error))
        return NULL;
    }
  if (!lz_tally_pass_run (station, periods, n, count_case, counting, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (results, end_counting (&g_array_index (counting, Counting, i)));
  return g_steal_pointer (&results);
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
  g_autoptr (GPtrArray) results = lz_tally_query_run_many (station, query, 1, error);

  return results != NULL ? g_ptr_array_steal_index (results, 0) : NULL;
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
list_case (const LzFigures *figures, guint period, gpointer data)
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
      !lz_tally_pass_run (station, &query->period, 1, list_case, &listing, error))
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
visit_case (const LzFigures *figures, guint period, gpointer data)
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
         lz_tally_pass_run (station, &query->period, 1, visit_case, &visiting, error);
}

/* -- every case ---------------------------------------------------------------------------------
 */

typedef struct
{
  const Frame *frame;
  GArray *rows; /* LzTallyCase */
} Judging;

static void
judge_case (const LzFigures *figures, guint period, gpointer data)
{
  Judging *self = data;
  LzTallyCase row = { figures->fid, figures->reported_ms, 0, NULL };

  if (is_wanted (self->frame, figures))
    row.bits = lz_counts_judge (figures, &self->frame->span);
  if ((row.bits & self->frame->query.counts) == 0)
    return;
  row.unit = g_intern_string (figures->unit != NULL ? figures->unit : "");
  g_array_append_val (self->rows, row);
}

static int
compare_fids (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const LzTallyCase *) a)->fid, y = ((const LzTallyCase *) b)->fid;

  return (x > y) - (x < y);
}

/* In the order of the rows, which lie so: neighbours are on one page. */
static gboolean
find_ids (LzStation *station, GArray *rows, GArray *cases, GError **error)
{
  g_array_sort (rows, compare_fids);
  g_array_set_size (cases, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const LzTallyCase *row = &g_array_index (rows, LzTallyCase, i);
      LzJudgedCase *judged = &g_array_index (cases, LzJudgedCase, i);

      judged->bits = row->bits;
      judged->unit = row->unit;
      if (!lz_cases_get_id (station, row->fid, &judged->id, error))
        return FALSE;
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
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LzTallyCase));
  g_autoptr (GArray) cases = g_array_new (FALSE, FALSE, sizeof (LzJudgedCase));
  Judging judging = { &frame, rows };

  if (!frame_init (&frame, station, query, error) ||
      !lz_tally_pass_run (station, &query->period, 1, judge_case, &judging, error) ||
      !find_ids_at_once (station, rows, cases, error))
    return NULL;
  g_array_sort (cases, compare_judged);
  return g_steal_pointer (&cases);
}
