/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-id.h"
#include "lz-patrol-rules.h"
#include "lz-spans.h"

G_BEGIN_DECLS

/**
 * LzPatrolCharge:
 * @road: a road
 * @road_name: its name
 * @person: who answers for it
 * @level: at which level, 1 to 4
 * @since_ms: since when
 * @length_cm: of the road
 *
 * A road in somebody's charge.
 */
typedef struct
{
  LzId road;
  char *road_name;
  char *person;
  guint level;
  gint64 since_ms;
  gint64 length_cm;
} LzPatrolCharge;

/**
 * LzPatrolVisit:
 * @patrol: the patrol
 * @road: the road it went along
 * @person: who walked
 * @from_ms: when the patrol began: the period it counts for
 * @until_ms: when it ended
 * @length_cm: how long the road was then
 * @spans: (element-type LzSpan): what was covered of it
 *
 * One road of one finished patrol.
 */
typedef struct
{
  LzId patrol;
  LzId road;
  char *person;
  gint64 from_ms;
  gint64 until_ms;
  gint64 length_cm;
  GArray *spans;
} LzPatrolVisit;

void lz_patrol_visit_free (LzPatrolVisit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPatrolVisit, lz_patrol_visit_free)

/**
 * LzPatrolDutyState:
 * @LZ_PATROL_DUE: not yet done, still time
 * @LZ_PATROL_DONE: enough of the road was covered in the period
 * @LZ_PATROL_MISSED: the period is over
 */
typedef enum
{
  LZ_PATROL_DUE,
  LZ_PATROL_DONE,
  LZ_PATROL_MISSED,
} LzPatrolDutyState;

/**
 * LzPatrolDuty:
 * @rule: what is owed
 * @percent: covered so far in the period, by all visits together
 * @last_ms: end of the last visit ever, of this person to this road; 0 = none
 *
 * What one person owes one road in one period, and whether it was done.
 */
typedef struct
{
  LzId road;
  char *road_name;
  char *person;
  guint level;
  LzPatrolRule rule; /* without its source */
  LzPatrolPeriod period;
  LzPatrolDutyState state;
  guint percent;
  gint64 last_ms;
} LzPatrolDuty;

void lz_patrol_duty_free (LzPatrolDuty *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPatrolDuty, lz_patrol_duty_free)

/* "due", "done", "missed"; and translated. */
const char *lz_patrol_duty_state_to_string (LzPatrolDutyState state);
const char *lz_patrol_duty_state_label (LzPatrolDutyState state);

/**
 * lz_patrol_duties:
 * @rules: the office's rules
 * @calendar: the city's
 * @charge: a road in somebody's charge
 * @visits: (element-type LzPatrolVisit): visits of any roads by any people; those of this person to
 *   this road count
 * @from_ms: from the period that holds this moment …
 * @now_ms: … to the one that holds this
 * @duties: (element-type LzPatrolDuty): takes one for each period in which a patrol is owed, oldest
 *   first
 *
 * A period counts from the first whole one of the charge: nobody misses a patrol of a day on which
 * he was given the road.  Frequencies: domain §5.1.  Pure; any thread.
 */
void lz_patrol_duties (const LzPatrolRules *rules,
                       const LzCalendar *calendar,
                       const LzPatrolCharge *charge,
                       const GPtrArray *visits,
                       gint64 from_ms,
                       gint64 now_ms,
                       GPtrArray *duties);

/* (transfer container) (element-type LzPatrolDuty) / LzPatrolVisit: arrays that own what is in
 * them. */
GPtrArray *lz_patrol_duties_new (void);
GPtrArray *lz_patrol_visits_new (void);

G_END_DECLS
