/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-calendar.h"
#include "lz-fold.h"

G_BEGIN_DECLS

/**
 * LzDeadline:
 * @limit: the limit that the clock counts; 0 = no limit
 * @due_ms: the deadline, ms UTC; 0 = none
 * @warn_ms: when the lamp turns yellow, ms UTC
 */
typedef struct
{
  LzLimit limit;
  gint64 due_ms;
  gint64 warn_ms;
} LzDeadline;

/**
 * lz_deadline_compute:
 * @calendar: of the office
 * @self: the case as it stands before @event
 * @event: an act whose body may leave the deadline out
 * @deadline: (out caller-allocates): what the act should set
 *
 * Works out the deadline that an act sets (domain §2.1): the whole limit at dispatch, what is left
 * of it when a case goes back to the unit that returned it, after a pause, or for rework, and one
 * more of the limit at an extension.  The station fills its acts with it and the server compares:
 * the same calendar gives the same moment everywhere.
 *
 * Returns: whether @event sets a deadline at all
 */
gboolean lz_deadline_compute (const LzCalendar *calendar,
                              const LzCase *self,
                              const LzEvent *event,
                              LzDeadline *deadline);

G_END_DECLS
