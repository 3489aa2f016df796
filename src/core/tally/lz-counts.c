/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-counts.h"

#define BIT(name) LZ_COUNT_BIT (LZ_COUNT_##name)

LzTallySpan
lz_tally_span_new (const LzPeriod *period,
                   gint64 now_ms,
                   const LzRules *rules,
                   const LzCalendar *calendar)
{
  return (LzTallySpan){ *period, MIN (period->to_ms, now_ms), rules, calendar };
}

/* Until when a case may wait in @state for the office's next step; without a limit, for ever. */
static gint64
find_limit (const LzTallySpan *span, LzState state, gint64 since_ms)
{
  gint64 due_ms = lz_rules_stage_due (span->rules, span->calendar, state, since_ms, NULL);

  return due_ms != 0 ? due_ms : G_MAXINT64;
}

static gboolean
falls (const LzTallySpan *span, gint64 at_ms)
{
  return at_ms != 0 && at_ms >= span->period.from_ms && at_ms < span->as_of_ms;
}

/* It had happened when the period ended. */
static gboolean
by_then (const LzTallySpan *span, gint64 at_ms)
{
  return at_ms != 0 && at_ms < span->as_of_ms;
}

/* The problem was one that the office's own people should have seen. */
static gboolean
is_outside (LzSource source)
{
  return source == LZ_SOURCE_HOTLINE || source == LZ_SOURCE_PUBLIC || source == LZ_SOURCE_MEDIA ||
         source == LZ_SOURCE_LEADER;
}

static guint64
judge_report (const LzFigures *f, const LzTallySpan *span)
{
  gboolean fixed = f->self && f->state == LZ_STATE_CLOSED;
  guint64 bits = BIT (REPORTED);

  if (!falls (span, f->reported_ms))
    return 0;
  if (f->source == LZ_SOURCE_OWN)
    bits |= BIT (OWN_REPORTED) | (f->filed_ms != 0 || fixed ? BIT (VALID_REPORTED) : 0);
  bits |= fixed ? BIT (SELF_HANDLED) : BIT (TO_FILE);
  if (!fixed && f->filed_ms != 0)
    bits |= BIT (REPORTED_FILED);
  if (f->recurs)
    bits |= BIT (RECURRED);
  return bits;
}

static guint64
judge_filing (const LzFigures *f, const LzTallySpan *span)
{
  guint64 bits = BIT (FILED);
  gboolean void_ = f->state == LZ_STATE_VOIDED;

  if (!falls (span, f->filed_ms) || f->state == LZ_STATE_MERGED)
    return 0;
  bits |= f->filed_ms <= find_limit (span, LZ_STATE_REPORTED, f->filed_ms - f->accept_ms)
              ? BIT (FILED_ON_TIME)
              : 0;
  bits |= void_ ? BIT (VOIDED) : BIT (FILED_RIGHT);
  bits |= is_outside (f->source) ? BIT (MISSED) : 0;
  bits |= f->source == LZ_SOURCE_HOTLINE || f->source == LZ_SOURCE_PUBLIC ? BIT (COMPLAINED) : 0;
  if (f->dispatched_ms == 0 && f->ended_ms != 0)
    return bits; /* it never came to that */

  bits |= BIT (DUE_DISPATCH);
  if (!by_then (span, f->dispatched_ms))
    return bits;
  bits |= BIT (DISPATCHED);
  bits |= f->dispatched_ms <= find_limit (span, LZ_STATE_FILED, f->dispatched_ms - f->dispatch_ms)
              ? BIT (DISPATCHED_ON_TIME)
              : 0;
  bits |= f->n_resent == 0 && f->n_returns == 0 ? BIT (DISPATCHED_RIGHT) : 0;
  bits |= f->n_returns > 0 ? BIT (RETURNED) : 0;
  bits |= f->n_refused_returns > 0 ? BIT (SHIRKED) : 0;
  return bits;
}

static guint64
judge_tasks (const LzFigures *f, const LzTallySpan *span)
{
  guint64 bits = 0;

  if (falls (span, f->verify_asked_ms))
    {
      gboolean done = by_then (span, f->verified_ms);
      gint64 until_ms = find_limit (span, LZ_STATE_VERIFYING, f->verify_asked_ms);

      bits |= done || until_ms < span->as_of_ms ? BIT (DUE_VERIFY) : 0;
      bits |= done ? BIT (VERIFIED) : 0;
      bits |= done && f->verified_ms <= until_ms ? BIT (VERIFIED_ON_TIME) : 0;
    }
  if (falls (span, f->check_asked_ms))
    {
      gboolean done = by_then (span, f->checked_ms);
      gint64 until_ms = find_limit (span, LZ_STATE_CHECKING, f->check_asked_ms);

      bits |= done || until_ms < span->as_of_ms ? BIT (DUE_CHECK) : 0;
      bits |= done ? BIT (CHECKED) : 0;
      bits |= done && f->checked_ms <= until_ms ? BIT (CHECKED_ON_TIME) : 0;
      bits |= done && f->check_passed ? BIT (CHECK_PASSED) : 0;
    }
  return bits;
}

/* Whether the unit still had it when the period ended, past the deadline. */
static gboolean
is_overdue_open (const LzFigures *f, const LzTallySpan *span)
{
  gint64 at_ms = span->as_of_ms;

  if (!by_then (span, f->dispatched_ms) || f->due_ms == 0 || by_then (span, f->done_ms) ||
      by_then (span, f->ended_ms) || f->state == LZ_STATE_MERGED || f->state == LZ_STATE_FILED)
    return FALSE;
  if (by_then (span, f->stopped_ms))
    at_ms = f->stopped_ms;
  return at_ms > f->due_ms;
}

static guint64
judge_handling (const LzFigures *f, const LzTallySpan *span)
{
  gboolean exempt = f->appeal == LZ_APPEAL_GRANTED;
  guint64 bits = 0;

  if (f->state == LZ_STATE_VOIDED)
    return 0;
  if (is_overdue_open (f, span))
    return BIT (DUE_HANDLE) | BIT (OVERDUE_OPEN);
  if (!falls (span, f->done_ms))
    return 0;
  bits = BIT (DUE_HANDLE) | BIT (HANDLED);
  bits |= f->late && !exempt ? BIT (HANDLED_LATE) : BIT (HANDLED_ON_TIME);
  bits |= f->late ? BIT (OVERTIME) : 0;
  bits |= f->late && exempt ? BIT (EXEMPTED) : 0;
  return bits;
}

static guint64
judge_closing (const LzFigures *f, const LzTallySpan *span, guint64 handling)
{
  gboolean closed = f->state == LZ_STATE_CLOSED || f->state == LZ_STATE_FORCED;
  guint64 bits = 0;

  if (f->self)
    return 0;
  if (closed && falls (span, f->ended_ms))
    {
      gboolean on_time = !f->late || f->appeal == LZ_APPEAL_GRANTED;

      bits = BIT (CLOSED) | (on_time ? BIT (CLOSED_ON_TIME) : 0);
      bits |= f->state == LZ_STATE_FORCED ? BIT (FORCED) : 0;
    }
  else if (by_then (span, f->done_ms) && !by_then (span, f->ended_ms))
    bits = BIT (AWAITING_CLOSE);
  else if ((handling & BIT (OVERDUE_OPEN)) == 0)
    return 0;
  bits |= BIT (DUE_CLOSE);
  bits |= f->n_reworks > 0 ? BIT (REWORKED) : 0;
  bits |= f->n_extensions > 0 ? BIT (EXTENDED) : 0;
  return bits;
}

guint64
lz_counts_judge (const LzFigures *figures, const LzTallySpan *span)
{
  const LzFigures *f = figures;
  guint64 bits = judge_report (f, span) | judge_filing (f, span) | judge_tasks (f, span);
  guint64 handling = judge_handling (f, span);

  bits |= handling | judge_closing (f, span, handling);
  bits |= f->state == LZ_STATE_REJECTED && falls (span, f->ended_ms) ? BIT (REJECTED) : 0;
  bits |= falls (span, f->supervised_ms) ? BIT (SUPERVISED) : 0;
  if (by_then (span, f->suspended_ms) && !by_then (span, f->resumed_ms))
    bits |= BIT (SUSPENDED);
  if (by_then (span, f->reported_ms) && !by_then (span, f->ended_ms))
    bits |= BIT (OPEN);
  return bits;
}

gint64
lz_count_time (LzCount count, const LzFigures *figures, const LzTallySpan *span)
{
  const LzFigures *f = figures;
  gint64 last_ms = span->as_of_ms - 1;

  if (count <= LZ_COUNT_RECURRED)
    return f->reported_ms;
  if (count <= LZ_COUNT_SHIRKED)
    return f->filed_ms;
  if (count <= LZ_COUNT_VERIFIED_ON_TIME)
    return f->verify_asked_ms;
  if (count <= LZ_COUNT_CHECK_PASSED)
    return f->check_asked_ms;
  if (count <= LZ_COUNT_EXEMPTED)
    return falls (span, f->done_ms) ? f->done_ms : last_ms;
  if (count <= LZ_COUNT_REJECTED)
    return falls (span, f->ended_ms) ? f->ended_ms : last_ms;
  return count == LZ_COUNT_SUPERVISED ? f->supervised_ms : last_ms;
}
