/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figures.h"
#include "lz-period.h"
#include "lz-station.h"

G_BEGIN_DECLS

/* A case that can count in the period of this number; @figures is lent for that moment. */
typedef void (*LzTallyPassVisit) (const LzFigures *figures, guint period, gpointer data);

/**
 * lz_tally_pass_run:
 * @periods: (array length=n): in any order, overlapping or not
 * @visit: called for every case with each of the periods that it reaches into, in no order
 * @error: (nullable): return location
 *
 * Reads the figures of the cases that reach into some period, each of them once.
 *
 * Returns: %TRUE if all were visited
 */
gboolean lz_tally_pass_run (LzStation *station,
                            const LzPeriod *periods,
                            guint n,
                            LzTallyPassVisit visit,
                            gpointer data,
                            GError **error);

G_END_DECLS
