/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-catalogue.h"
#include "lz-fold.h"
#include "lz-source.h"

G_BEGIN_DECLS

/**
 * LzRun:
 * @from_ms: when the handling clock began to run
 * @to_ms: when it stopped; 0 = it runs
 */
typedef struct
{
  gint64 from_ms;
  gint64 to_ms;
} LzRun;

/**
 * LzFigures:
 * @fid: the case's row in the station; no part of the fold
 * @dimension: of its category; no part of the fold
 * @state: of the case
 * @stage_ms: when it entered it
 * @recurs: it is a closed one that came back
 * @self: it was fixed on the spot, and that was accepted
 * @reported_ms: 上报
 * @filed_ms: 立案, as it stands: taken back by 回退受理
 * @accept_ms: how long it had waited for that
 * @dispatched_ms: 派遣, the first since it was filed
 * @dispatch_ms: how long it had waited for that
 * @due_ms: the deadline of the handling, as the events say; 0 = none
 * @stopped_ms: when the handling clock stopped, for good or for now; 0 = it runs
 * @done_ms: when the unit confirmed the handling, or it was closed by force; taken back when a
 *   check fails
 * @late: that was after the deadline: the fact, which no appeal changes
 * @ended_ms: when it reached a final state; 0 = open
 * @n_resent: how often it was dispatched to another unit than before
 * @n_returns: requests to return it that were granted, 退回
 * @n_refused_returns: requests to return it that were refused, 推诿
 * @appeal: 0 none, 1 pending, 2 granted, 3 refused
 * @runs: the spans during which the handling clock ran, since it was last started
 *
 * What the figures of a period need to know of a case: a fold of its events beside #LzCase, made
 * for counting.  0 stands for "has not happened".  In a #LzFigures from lz_figures_new() the words
 * and runs are its own; in one that a pass over the store hands out they are lent for that moment.
 */
typedef struct
{
  gint64 fid;
  LzDimension dimension;
  LzState state;
  gint64 stage_ms;
  LzSource source;
  gboolean recurs;
  gboolean self;
  char *feed;
  char *category;
  char *unit;
  char *reporter;
  LzId road;
  gint64 reported_ms;
  gint64 filed_ms;
  gint64 accept_ms;
  gint64 dispatched_ms;
  gint64 dispatch_ms;
  gint64 due_ms;
  gint64 stopped_ms;
  gint64 done_ms;
  gboolean late;
  gint64 ended_ms;
  gint64 verify_asked_ms;
  gint64 verified_ms;
  gint64 check_asked_ms;
  gint64 checked_ms;
  gboolean check_passed;
  gint64 supervised_ms;
  gint64 suspended_ms;
  gint64 resumed_ms;
  LzClock clock;
  guint n_resent;
  guint n_returns;
  guint n_refused_returns;
  guint n_reworks;
  guint n_extensions;
  guint appeal;
  LzRun *runs;
  guint n_runs;
} LzFigures;

LzFigures *lz_figures_new (void);
void lz_figures_free (LzFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzFigures, lz_figures_free)

/* Whether every member of the fold is the same: what doctor and the tests mean by it. */
gboolean lz_figures_equal (const LzFigures *a, const LzFigures *b);

/**
 * lz_figures_apply:
 * @self: the figures so far; all zero before the first event
 * @after: the case once @event has been folded into it
 * @event: an event that did apply (#LzCase.n_events has grown)
 *
 * Folds @event into the figures.
 */
void lz_figures_apply (LzFigures *self, const LzCase *after, const LzEvent *event);

/**
 * lz_figures_fold:
 * @events: (element-type LzEvent): of one case, in the order of the fold
 *
 * Returns: (transfer full): what they come to
 */
LzFigures *lz_figures_fold (GPtrArray *events);

/* From the first to the last moment at which something happened that is counted; an open case has
 * no last one (%G_MAXINT64).  Outside of it the case is in no count of any period. */
void lz_figures_get_span (const LzFigures *self, gint64 *start_ms, gint64 *end_ms);

G_END_DECLS
