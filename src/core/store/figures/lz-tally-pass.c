/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the figures of the cases of some periods: see 0006-figures.sql for how they lie. */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-figures-table.h"
#include "lz-stmt.h"
#include "lz-tally-pass.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)

/* clang-format off */
/* ?1 span, ?2 and ?3 when the case began, ?4 when it ended at the earliest. */
static const char sql_pass[] =
  "SELECT " LZ_FIGURES_COLUMNS ", start_at, end_at FROM case_figures"
  " WHERE span = ?1 AND start_at >= ?2 AND start_at < ?3 AND end_at >= ?4";
/* clang-format on */

typedef struct
{
  LzStation *station;
  const LzPeriod *periods;
  guint n;
  LzTallyPassVisit visit;
  gpointer data;
  GArray *runs;
} Pass;

/* Beginnings of cases that are read together: [from_ms, to_ms), of those that ended at @end_ms or
 * later. */
typedef struct
{
  gint64 from_ms;
  gint64 to_ms;
  gint64 end_ms;
} Range;

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const Range *) a)->from_ms, y = ((const Range *) b)->from_ms;

  return (x > y) - (x < y);
}

/* Where the cases of @span lie that reach into the periods; no two of the ranges overlap. */
static GArray *
list_ranges (const Pass *self, int span)
{
  GArray *ranges = g_array_sized_new (FALSE, FALSE, sizeof (Range), self->n);
  guint last = 0;

  for (guint i = 0; i < self->n; i++)
    {
      const LzPeriod *period = &self->periods[i];
      Range range = { period->from_ms - (HOUR_MS << MIN (span, LZ_FIGURES_LAST_SPAN)),
                      period->to_ms, period->from_ms };

      if (span >= LZ_FIGURES_LAST_SPAN)
        range.from_ms = G_MININT64;
      g_array_append_val (ranges, range);
    }
  g_array_sort (ranges, compare_ranges);
  for (guint i = 1; i < ranges->len; i++)
    {
      Range *before = &g_array_index (ranges, Range, last);
      const Range *range = &g_array_index (ranges, Range, i);

      if (range->from_ms > before->to_ms)
        g_array_index (ranges, Range, ++last) = *range;
      else
        {
          before->to_ms = MAX (before->to_ms, range->to_ms);
          before->end_ms = MIN (before->end_ms, range->end_ms);
        }
    }
  g_array_set_size (ranges, MIN (ranges->len, last + 1));
  return ranges;
}

static void
visit_row (const Pass *self, LzStmt *stmt)
{
  int column = sqlite3_column_count (stmt) - 2; /* the last two, behind LZ_FIGURES_COLUMNS */
  gint64 start_ms = sqlite3_column_int64 (stmt, column);
  gint64 end_ms = sqlite3_column_int64 (stmt, column + 1);
  LzFigures figures;

  lz_figures_table_read (stmt, &figures, self->runs);
  for (guint i = 0; i < self->n; i++)
    if (start_ms < self->periods[i].to_ms && end_ms >= self->periods[i].from_ms)
      self->visit (&figures, i, self->data);
}

static gboolean
visit_range (const Pass *self, int span, const Range *range, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_pass, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, span);
  sqlite3_bind_int64 (stmt, 2, range->from_ms);
  sqlite3_bind_int64 (stmt, 3, range->to_ms);
  sqlite3_bind_int64 (stmt, 4, range->end_ms);
  while (lz_db_step (db, stmt, "counting cases", &failure))
    visit_row (self, stmt);
  return lz_stmt_ended (&failure, error);
}

static gboolean
visit_span (const Pass *self, int span, GError **error)
{
  g_autoptr (GArray) ranges = list_ranges (self, span);

  for (guint i = 0; i < ranges->len; i++)
    if (!visit_range (self, span, &g_array_index (ranges, Range, i), error))
      return FALSE;
  return TRUE;
}

gboolean
lz_tally_pass_run (LzStation *station,
                   const LzPeriod *periods,
                   guint n,
                   LzTallyPassVisit visit,
                   gpointer data,
                   GError **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (LzRun));
  const Pass pass = { station, periods, n, visit, data, runs };

  for (int span = 0; span <= LZ_FIGURES_LAST_SPAN; span++)
    if (!visit_span (&pass, span, error))
      return FALSE;
  return visit_span (&pass, LZ_FIGURES_OPEN_SPAN, error);
}
