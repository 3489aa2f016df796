/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-actor.h"
#include "lz-log.h"

G_BEGIN_DECLS

/* Names, numbers and writes an event that the rules allow, and brings the projections up to date;
 * inside a transaction.  Its kind_name, feed, basis and body are there.  @cause: (nullable). */
gboolean lz_log_write (LzStation *station, LzEvent *event, const LzId *cause, GError **error);

/* Checks and writes an act on a case: its kind, subject, actor, time and body are there. */
gboolean lz_log_append (LzStation *station,
                        const LzCase *self,
                        LzEvent *event,
                        guint roles,
                        const LzId *cause,
                        GError **error);

/* lz_log_act() for a case, inside a transaction.  Refused with no events in @result: nothing was
 * written. */
gboolean lz_log_act_in_transaction (LzStation *station,
                                    const LzAct *act,
                                    LzActResult *result,
                                    GError **error);

gboolean
lz_log_act_on_record (LzStation *station, const LzAct *act, LzActResult *result, GError **error);

G_END_DECLS
