/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figures.h"
#include "lz-station.h"

G_BEGIN_DECLS

/* The table `case_figures`.  Whoever writes a case's row writes its figures in the same
 * transaction (lz-projection.c). */

#define LZ_FIGURES_COLUMNS                                                                       \
  "fid, state, stage_at, dimension, source, recurs, self, feed, category, unit, reporter, road," \
  " reported_at, filed_at, accept_ms, dispatched_at, dispatch_ms, due_at, stopped_at, done_at,"  \
  " late, ended_at, verify_asked_at, verified_at, check_asked_at, checked_at, check_passed,"     \
  " supervised_at, suspended_at, resumed_at, clock, n_resent, n_returns, n_refused_returns,"     \
  " n_reworks, n_extensions, appeal, runs"

/* Spans are powers of two of an hour up to this one, which also holds all longer ones. */
#define LZ_FIGURES_LAST_SPAN 20
#define LZ_FIGURES_OPEN_SPAN 63

/* LZ_FIGURES_COLUMNS of the current row; words and runs are lent until the next step, the runs by
 * @runs, which the caller keeps. */
void lz_figures_table_read (LzStmt *stmt, LzFigures *figures, GArray *runs);

/* The figures of a case; NULL without @error: there are none. */
LzFigures *lz_figures_table_load (LzStation *station, gint64 fid, GError **error);

/* Whether the row is what @figures say, the columns that are made from them included. */
gboolean lz_figures_table_compare (LzStation *station,
                                   gint64 fid,
                                   const LzFigures *figures,
                                   gboolean *equal,
                                   GError **error);

/* Puts @figures in place of what is there for the case in row @fid. */
gboolean
lz_figures_table_write (LzStation *station, gint64 fid, const LzFigures *figures, GError **error);
/* The same where nothing is there yet: one row and no more, see lz-projection.c. */
gboolean
lz_figures_table_add (LzStation *station, gint64 fid, const LzFigures *figures, GError **error);
gboolean lz_figures_table_remove (LzStation *station, gint64 fid, GError **error);

G_END_DECLS
