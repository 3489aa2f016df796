/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-figures-table.h"
#include "lz-stmt.h"

#include <string.h>

#define HOUR_MS G_GINT64_CONSTANT (3600000)

/* clang-format off */
static const char sql_add[] =
  "INSERT INTO case_figures (" LZ_FIGURES_COLUMNS ", span, start_at, end_at)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
  " ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38,"
  " ?39, ?40, ?41)";

static const char sql_remove[] =
  "DELETE FROM case_figures WHERE fid = ?1";

static const char sql_load[] =
  "SELECT " LZ_FIGURES_COLUMNS ", span, start_at, end_at FROM case_figures WHERE fid = ?1";
/* clang-format on */

/* -- reading ------------------------------------------------------------------------------------
 */

static void
read_runs (LzStmt *stmt, int column, GArray *runs)
{
  const guint8 *bytes = sqlite3_column_blob (stmt, column);
  guint n = (guint) sqlite3_column_bytes (stmt, column) / sizeof (LzRun);

  g_array_set_size (runs, 0);
  for (guint i = 0; i < n; i++)
    {
      gint64 pair[2];
      LzRun run;

      memcpy (pair, bytes + i * sizeof pair, sizeof pair);
      run = (LzRun){ GINT64_FROM_LE (pair[0]), GINT64_FROM_LE (pair[1]) };
      g_array_append_val (runs, run);
    }
}

void
lz_figures_table_read (LzStmt *stmt, LzFigures *f, GArray *runs)
{
  int i = 0;

  f->fid = sqlite3_column_int64 (stmt, i++);
  f->state = (LzState) sqlite3_column_int (stmt, i++);
  f->stage_ms = sqlite3_column_int64 (stmt, i++);
  f->dimension = (LzDimension) sqlite3_column_int (stmt, i++);
  f->source = (LzSource) sqlite3_column_int (stmt, i++);
  f->recurs = sqlite3_column_int (stmt, i++);
  f->self = sqlite3_column_int (stmt, i++);
  f->feed = (char *) sqlite3_column_text (stmt, i++);
  f->category = (char *) sqlite3_column_text (stmt, i++);
  f->unit = (char *) sqlite3_column_text (stmt, i++);
  f->reporter = (char *) sqlite3_column_text (stmt, i++);
  f->road = lz_stmt_column_id (stmt, i++);
  f->reported_ms = sqlite3_column_int64 (stmt, i++);
  f->filed_ms = sqlite3_column_int64 (stmt, i++);
  f->accept_ms = sqlite3_column_int64 (stmt, i++);
  f->dispatched_ms = sqlite3_column_int64 (stmt, i++);
  f->dispatch_ms = sqlite3_column_int64 (stmt, i++);
  f->due_ms = sqlite3_column_int64 (stmt, i++);
  f->stopped_ms = sqlite3_column_int64 (stmt, i++);
  f->done_ms = sqlite3_column_int64 (stmt, i++);
  f->late = sqlite3_column_int (stmt, i++);
  f->ended_ms = sqlite3_column_int64 (stmt, i++);
  f->verify_asked_ms = sqlite3_column_int64 (stmt, i++);
  f->verified_ms = sqlite3_column_int64 (stmt, i++);
  f->check_asked_ms = sqlite3_column_int64 (stmt, i++);
  f->checked_ms = sqlite3_column_int64 (stmt, i++);
  f->check_passed = sqlite3_column_int (stmt, i++);
  f->supervised_ms = sqlite3_column_int64 (stmt, i++);
  f->suspended_ms = sqlite3_column_int64 (stmt, i++);
  f->resumed_ms = sqlite3_column_int64 (stmt, i++);
  f->clock = (LzClock) sqlite3_column_int (stmt, i++);
  f->n_resent = (guint) sqlite3_column_int (stmt, i++);
  f->n_returns = (guint) sqlite3_column_int (stmt, i++);
  f->n_refused_returns = (guint) sqlite3_column_int (stmt, i++);
  f->n_reworks = (guint) sqlite3_column_int (stmt, i++);
  f->n_extensions = (guint) sqlite3_column_int (stmt, i++);
  f->appeal = (guint) sqlite3_column_int (stmt, i++);
  read_runs (stmt, i, runs);
  f->runs = (LzRun *) (gpointer) runs->data;
  f->n_runs = runs->len;
}

LzFigures *
lz_figures_table_load (LzStation *station, gint64 fid, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_load, error);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (LzRun));
  LzFigures *self;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, fid);
  if (!lz_db_step (db, stmt, "reading the figures of a case", error))
    return NULL;
  self = lz_figures_new ();
  lz_figures_table_read (stmt, self, runs);
  self->feed = g_strdup (self->feed);
  self->category = g_strdup (self->category);
  self->unit = g_strdup (self->unit);
  self->reporter = g_strdup (self->reporter);
  self->runs = g_memdup2 (self->runs, runs->len * sizeof (LzRun));
  return self;
}

/* -- writing ------------------------------------------------------------------------------------
 */

static int
find_span (gint64 start_ms, gint64 end_ms)
{
  int span = 0;

  if (end_ms == G_MAXINT64)
    return LZ_FIGURES_OPEN_SPAN;
  while (span < LZ_FIGURES_LAST_SPAN && end_ms - start_ms > HOUR_MS << span)
    span++;
  return span;
}

static void
bind_runs (LzStmt *stmt, int column, const LzFigures *f)
{
  g_autofree gint64 *bytes = g_new (gint64, f->n_runs * 2 + 1);

  for (guint i = 0; i < f->n_runs; i++)
    {
      bytes[2 * i] = GINT64_TO_LE (f->runs[i].from_ms);
      bytes[2 * i + 1] = GINT64_TO_LE (f->runs[i].to_ms);
    }
  if (f->n_runs > 0)
    sqlite3_bind_blob (stmt, column, bytes, (int) (f->n_runs * sizeof (LzRun)), SQLITE_TRANSIENT);
}

static void
bind_figures (LzStmt *stmt, gint64 fid, LzDimension dimension, const LzFigures *f)
{
  gint64 start_ms, end_ms;
  int i = 1;

  sqlite3_bind_int64 (stmt, i++, fid);
  sqlite3_bind_int (stmt, i++, f->state);
  sqlite3_bind_int64 (stmt, i++, f->stage_ms);
  sqlite3_bind_int (stmt, i++, dimension);
  sqlite3_bind_int (stmt, i++, f->source);
  sqlite3_bind_int (stmt, i++, f->recurs);
  sqlite3_bind_int (stmt, i++, f->self);
  lz_stmt_lend_text (stmt, i++, f->feed);
  lz_stmt_lend_text (stmt, i++, f->category);
  lz_stmt_lend_text (stmt, i++, f->unit);
  lz_stmt_lend_text (stmt, i++, f->reporter);
  lz_stmt_lend_id (stmt, i++, &f->road);
  sqlite3_bind_int64 (stmt, i++, f->reported_ms);
  sqlite3_bind_int64 (stmt, i++, f->filed_ms);
  sqlite3_bind_int64 (stmt, i++, f->accept_ms);
  sqlite3_bind_int64 (stmt, i++, f->dispatched_ms);
  sqlite3_bind_int64 (stmt, i++, f->dispatch_ms);
  sqlite3_bind_int64 (stmt, i++, f->due_ms);
  sqlite3_bind_int64 (stmt, i++, f->stopped_ms);
  sqlite3_bind_int64 (stmt, i++, f->done_ms);
  sqlite3_bind_int (stmt, i++, f->late);
  sqlite3_bind_int64 (stmt, i++, f->ended_ms);
  sqlite3_bind_int64 (stmt, i++, f->verify_asked_ms);
  sqlite3_bind_int64 (stmt, i++, f->verified_ms);
  sqlite3_bind_int64 (stmt, i++, f->check_asked_ms);
  sqlite3_bind_int64 (stmt, i++, f->checked_ms);
  sqlite3_bind_int (stmt, i++, f->check_passed);
  sqlite3_bind_int64 (stmt, i++, f->supervised_ms);
  sqlite3_bind_int64 (stmt, i++, f->suspended_ms);
  sqlite3_bind_int64 (stmt, i++, f->resumed_ms);
  sqlite3_bind_int (stmt, i++, f->clock);
  sqlite3_bind_int64 (stmt, i++, f->n_resent);
  sqlite3_bind_int64 (stmt, i++, f->n_returns);
  sqlite3_bind_int64 (stmt, i++, f->n_refused_returns);
  sqlite3_bind_int64 (stmt, i++, f->n_reworks);
  sqlite3_bind_int64 (stmt, i++, f->n_extensions);
  sqlite3_bind_int64 (stmt, i++, f->appeal);
  bind_runs (stmt, i++, f);
  lz_figures_get_span (f, &start_ms, &end_ms);
  sqlite3_bind_int (stmt, i++, find_span (start_ms, end_ms));
  sqlite3_bind_int64 (stmt, i++, start_ms);
  sqlite3_bind_int64 (stmt, i, end_ms);
}

static LzDimension
find_dimension (LzStation *station, const LzFigures *figures)
{
  const LzCategory *category =
      figures->category != NULL
          ? lz_catalogue_find (lz_station_get_catalogue (station), figures->category)
          : NULL;

  return category != NULL ? category->dimension : LZ_DIMENSION_NONE;
}

gboolean
lz_figures_table_add (LzStation *station, gint64 fid, const LzFigures *figures, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add, error);

  if (stmt == NULL)
    return FALSE;
  bind_figures (stmt, fid, find_dimension (station, figures), figures);
  return lz_db_run (db, stmt, "adding the figures of a case", error);
}

gboolean
lz_figures_table_remove (LzStation *station, gint64 fid, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_remove, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  return lz_db_run (db, stmt, "removing the figures of a case", error);
}

gboolean
lz_figures_table_write (LzStation *station, gint64 fid, const LzFigures *figures, GError **error)
{
  return lz_figures_table_remove (station, fid, error) &&
         lz_figures_table_add (station, fid, figures, error);
}

gboolean
lz_figures_table_compare (LzStation *station,
                          gint64 fid,
                          const LzFigures *figures,
                          gboolean *equal,
                          GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_load, error);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (LzRun));
  g_autoptr (GError) failure = NULL;
  gint64 start_ms, end_ms;
  LzFigures row = { 0 };
  int span;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  *equal = lz_db_step (db, stmt, "reading the figures of a case", &failure);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (!*equal)
    return TRUE;
  lz_figures_table_read (stmt, &row, runs);
  lz_figures_get_span (figures, &start_ms, &end_ms);
  span = sqlite3_column_count (stmt) - 3; /* the last three, behind LZ_FIGURES_COLUMNS */
  *equal = lz_figures_equal (figures, &row) && row.dimension == find_dimension (station, figures) &&
           sqlite3_column_int (stmt, span) == find_span (start_ms, end_ms) &&
           sqlite3_column_int64 (stmt, span + 1) == start_ms &&
           sqlite3_column_int64 (stmt, span + 2) == end_ms;
  return TRUE;
}
