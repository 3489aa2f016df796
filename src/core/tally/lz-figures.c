/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-figures.h"

LzFigures *
lz_figures_new (void)
{
  return g_new0 (LzFigures, 1);
}

void
lz_figures_free (LzFigures *self)
{
  if (self == NULL)
    return;

  g_free (self->feed);
  g_free (self->category);
  g_free (self->unit);
  g_free (self->reporter);
  g_free (self->runs);
  g_free (self);
}

static gboolean
same_runs (const LzFigures *a, const LzFigures *b)
{
  if (a->n_runs != b->n_runs)
    return FALSE;
  for (guint i = 0; i < a->n_runs; i++)
    if (a->runs[i].from_ms != b->runs[i].from_ms || a->runs[i].to_ms != b->runs[i].to_ms)
      return FALSE;
  return TRUE;
}

gboolean
lz_figures_equal (const LzFigures *a, const LzFigures *b)
{
  return a->state == b->state && a->stage_ms == b->stage_ms && a->source == b->source &&
         a->recurs == b->recurs && a->self == b->self && g_strcmp0 (a->feed, b->feed) == 0 &&
         g_strcmp0 (a->category, b->category) == 0 && g_strcmp0 (a->unit, b->unit) == 0 &&
         g_strcmp0 (a->reporter, b->reporter) == 0 && lz_id_equal (&a->road, &b->road) &&
         a->reported_ms == b->reported_ms && a->filed_ms == b->filed_ms &&
         a->accept_ms == b->accept_ms && a->dispatched_ms == b->dispatched_ms &&
         a->dispatch_ms == b->dispatch_ms && a->due_ms == b->due_ms &&
         a->stopped_ms == b->stopped_ms && a->done_ms == b->done_ms && a->late == b->late &&
         a->ended_ms == b->ended_ms && a->verify_asked_ms == b->verify_asked_ms &&
         a->verified_ms == b->verified_ms && a->check_asked_ms == b->check_asked_ms &&
         a->checked_ms == b->checked_ms && a->check_passed == b->check_passed &&
         a->supervised_ms == b->supervised_ms && a->suspended_ms == b->suspended_ms &&
         a->resumed_ms == b->resumed_ms && a->clock == b->clock && a->n_resent == b->n_resent &&
         a->n_returns == b->n_returns && a->n_refused_returns == b->n_refused_returns &&
         a->n_reworks == b->n_reworks && a->n_extensions == b->n_extensions &&
         a->appeal == b->appeal && same_runs (a, b);
}

/* -- the fold -----------------------------------------------------------------------------------
 */

static void
begin_run (LzFigures *self, gint64 at_ms)
{
  if (self->n_runs > 0 && self->runs[self->n_runs - 1].to_ms == 0)
    return;
  self->runs = g_renew (LzRun, self->runs, self->n_runs + 1);
  self->runs[self->n_runs++] = (LzRun){ at_ms, 0 };
}

static void
end_run (LzFigures *self, gint64 at_ms)
{
  if (self->n_runs > 0 && self->runs[self->n_runs - 1].to_ms == 0)
    self->runs[self->n_runs - 1].to_ms = at_ms;
}

/* Whether the unit has it, domain §2.2: while it does, the handling clock runs. */
static gboolean
is_running (LzState state)
{
  return ((LZ_STATE_BIT (LZ_STATE_DISPATCHED) | LZ_STATE_BIT (LZ_STATE_HANDLING) |
           LZ_STATE_BIT (LZ_STATE_EXTENDING) | LZ_STATE_BIT (LZ_STATE_SUSPENDING) |
           LZ_STATE_BIT (LZ_STATE_DONE) | LZ_STATE_BIT (LZ_STATE_REWORK)) &
          LZ_STATE_BIT (state)) != 0;
}

/* Back at intake: it is neither filed nor dispatched any more. */
static void
unfile (LzFigures *self)
{
  self->filed_ms = self->accept_ms = 0;
  self->dispatched_ms = self->dispatch_ms = 0;
  self->done_ms = 0;
  self->n_runs = 0;
}

/* To the unit that returned it the clock goes on, for another it starts anew. */
static void
take_dispatch (LzFigures *self, const LzEvent *event)
{
  if (self->dispatched_ms == 0)
    {
      self->dispatched_ms = event->occurred_ms;
      self->dispatch_ms = event->occurred_ms - self->stage_ms;
    }
  else if (g_strcmp0 (self->unit, event->body->unit) != 0)
    {
      self->n_resent++;
      self->n_runs = 0;
    }
}

static void
take_report (LzFigures *self, const LzCase *after, const LzEvent *event)
{
  if (self->state != LZ_STATE_NONE)
    return;
  self->feed = g_strdup (after->feed);
  self->category = g_strdup (after->category);
  self->reporter = g_strdup (after->reporter);
  self->road = after->road;
  self->reported_ms = after->reported_ms;
  self->source = lz_source_from_string (event->body->source);
  self->recurs = !lz_id_is_nil (&event->body->recurs);
}

static void
take_answer (LzFigures *self, const LzEvent *event)
{
  if (self->state != LZ_STATE_CHECKING)
    return;
  self->checked_ms = event->occurred_ms;
  self->check_passed = event->kind == LZ_KIND_CLOSED;
}

static void
take_event (LzFigures *self, const LzCase *after, const LzEvent *event)
{
  gint64 at_ms = event->occurred_ms;

  switch ((guint) event->kind)
    {
    case LZ_KIND_REPORTED:
    case LZ_KIND_SELF_HANDLED:
      take_report (self, after, event);
      break;
    case LZ_KIND_SELF_ACCEPTED:
      self->self = TRUE;
      break;
    case LZ_KIND_VERIFY_ASKED:
      self->verify_asked_ms = at_ms;
      self->verified_ms = 0;
      break;
    case LZ_KIND_VERIFIED:
      self->verified_ms = at_ms;
      break;
    case LZ_KIND_FILED:
      self->filed_ms = at_ms;
      self->accept_ms = at_ms - self->stage_ms;
      break;
    case LZ_KIND_UNFILED:
      unfile (self);
      break;
    case LZ_KIND_DISPATCHED:
      take_dispatch (self, event);
      break;
    case LZ_KIND_RETURN_GRANTED:
      self->n_returns++;
      break;
    case LZ_KIND_RETURN_REFUSED:
      self->n_refused_returns++;
      break;
    case LZ_KIND_SUSPEND_GRANTED:
      self->suspended_ms = at_ms;
      self->resumed_ms = 0;
      break;
    case LZ_KIND_FED_BACK:
    case LZ_KIND_FORCED:
      if (self->dispatched_ms != 0 && self->done_ms == 0)
        self->done_ms = at_ms;
      break;
    case LZ_KIND_CHECK_ASKED:
      self->check_asked_ms = at_ms;
      self->checked_ms = 0;
      break;
    case LZ_KIND_CLOSED:
      take_answer (self, event);
      break;
    case LZ_KIND_CHECK_FAILED:
      take_answer (self, event);
      self->done_ms = 0;
      break;
    case LZ_KIND_REOPENED:
      self->self = FALSE;
      self->done_ms = 0;
      self->n_runs = 0;
      if (after->state == LZ_STATE_REPORTED)
        unfile (self);
      break;
    case LZ_KIND_SUPERVISED:
      if (self->supervised_ms == 0)
        self->supervised_ms = at_ms;
      break;
    default:
      break;
    }
}

/* What is not counted from here on but stands in the case. */
static void
take_case (LzFigures *self, const LzCase *after)
{
  if (g_strcmp0 (self->unit, after->unit) != 0)
    {
      g_free (self->unit);
      self->unit = g_strdup (after->unit);
    }
  self->state = after->state;
  self->due_ms = after->due_ms;
  self->stopped_ms = after->stopped_ms;
  self->ended_ms = after->closed_ms;
  self->clock = after->limit.clock;
  self->n_reworks = after->n_reworks;
  self->n_extensions = after->n_extensions;
  self->appeal = after->appeal;
  self->late = self->done_ms != 0 && self->due_ms != 0 &&
               (self->stopped_ms != 0 ? self->stopped_ms : self->done_ms) > self->due_ms;
}

void
lz_figures_apply (LzFigures *self, const LzCase *after, const LzEvent *event)
{
  g_return_if_fail (self != NULL && after != NULL && event != NULL);

  if (event->body == NULL || event->kind == LZ_KIND_UNKNOWN)
    return; /* of a newer version: it moves nothing */

  take_event (self, after, event);
  if (is_running (after->state))
    begin_run (self, event->occurred_ms);
  else
    end_run (self, event->occurred_ms);
  if (self->state == LZ_STATE_SUSPENDED && after->state != LZ_STATE_SUSPENDED)
    self->resumed_ms = event->occurred_ms;
  if (self->state != after->state)
    self->stage_ms = event->occurred_ms;
  take_case (self, after);
}

LzFigures *
lz_figures_fold (GPtrArray *events)
{
  g_autoptr (LzCase) folded = lz_case_new ();
  LzFigures *self = lz_figures_new ();

  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);
      guint n_events = folded->n_events;

      lz_fold_apply (folded, event);
      if (folded->n_events != n_events)
        lz_figures_apply (self, folded, event);
    }
  return self;
}

void
lz_figures_get_span (const LzFigures *self, gint64 *start_ms, gint64 *end_ms)
{
  const gint64 times[] = { self->filed_ms,       self->dispatched_ms, self->done_ms,
                           self->ended_ms,       self->verified_ms,   self->verify_asked_ms,
                           self->check_asked_ms, self->checked_ms,    self->supervised_ms,
                           self->suspended_ms,   self->resumed_ms };

  *start_ms = *end_ms = self->reported_ms;
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (times[i] != 0)
      {
        *start_ms = MIN (*start_ms, times[i]);
        *end_ms = MAX (*end_ms, times[i]);
      }
  if (lz_state_is_open (self->state))
    *end_ms = G_MAXINT64;
}
