/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-deadline.h"

/* When the paused clock runs out if it goes on at @at_ms. */
static gint64
resume_at (const LzCalendar *calendar, const LzCase *self, gint64 target_ms, gint64 at_ms)
{
  gint64 left;

  if (self->stopped_ms == 0 || target_ms <= self->stopped_ms)
    return target_ms; /* it did not stand still, or had run out before */
  left = lz_calendar_elapsed (calendar, self->limit.clock, self->stopped_ms, target_ms);
  return lz_calendar_advance (calendar, self->limit.clock, at_ms, left);
}

static void
resume (const LzCalendar *calendar, const LzCase *self, gint64 at_ms, LzDeadline *deadline)
{
  deadline->limit = self->limit;
  deadline->due_ms = resume_at (calendar, self, self->due_ms, at_ms);
  deadline->warn_ms = resume_at (calendar, self, self->warn_ms, at_ms);
}

static void
start (const LzCalendar *calendar, LzLimit limit, gint64 at_ms, LzDeadline *deadline)
{
  deadline->limit = limit;
  deadline->due_ms = lz_calendar_due (calendar, limit, at_ms);
  deadline->warn_ms = lz_calendar_warn (calendar, limit, at_ms);
}

/* One more of the original limit, counted on from the present deadline; the lamp turns yellow at
 * the same share of the longer limit. */
static void
extend (const LzCalendar *calendar, const LzCase *self, LzDeadline *deadline)
{
  LzClock clock = self->limit.clock;
  gint64 limit_ms = lz_calendar_limit_ms (calendar, self->limit);

  deadline->limit = self->limit;
  deadline->due_ms = lz_calendar_advance (calendar, clock, self->due_ms, limit_ms);
  deadline->warn_ms =
      lz_calendar_advance (calendar, clock, self->warn_ms, lz_calendar_warn_ms (limit_ms));
}

gboolean
lz_deadline_compute (const LzCalendar *calendar,
                     const LzCase *self,
                     const LzEvent *event,
                     LzDeadline *deadline)
{
  const LzTransition *row = lz_fold_find_row (self, event->kind);
  const LzBody *body = event->body;
  gboolean same_unit;

  *deadline = (LzDeadline){ 0 };
  if (row == NULL || body == NULL || (row->needs & LZ_NEEDS_DUE) == 0)
    return FALSE;

  switch ((guint) row->effect)
    {
    case LZ_EFFECT_START:
      same_unit = event->kind == LZ_KIND_DISPATCHED && lz_case_was_returned (self) &&
                  self->due_ms != 0 && g_strcmp0 (self->unit, body->unit) == 0;
      if (same_unit)
        resume (calendar, self, event->occurred_ms, deadline);
      else
        start (calendar, body->limit.count > 0 ? body->limit : self->limit, event->occurred_ms,
               deadline);
      return deadline->due_ms != 0;
    case LZ_EFFECT_RESUME:
      resume (calendar, self, event->occurred_ms, deadline);
      return self->due_ms != 0;
    case LZ_EFFECT_EXTEND:
      extend (calendar, self, deadline);
      return self->due_ms != 0;
    default:
      return FALSE;
    }
}
