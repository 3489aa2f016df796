/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-id.h"
#include "lz-report-table.h"

G_BEGIN_DECLS

/**
 * LzReportHold:
 *
 * A finished report that several hold: the tables on the screen, the worker that writes it into a
 * file.  Nobody changes it any more, so threads may read it at the same time.
 */
typedef struct _LzReportHold LzReportHold;

/* @report: (transfer full), counted now */
LzReportHold *lz_report_hold_new (LzReport *report);
LzReportHold *lz_report_hold_ref (LzReportHold *self);
void lz_report_hold_unref (LzReportHold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzReportHold, lz_report_hold_unref)

/* The bulletin that published its period, and whether its figures are those that were published:
 * where they are not, they were counted now beside them.  Nil: nothing was published. */
void lz_report_hold_set_bulletin (LzReportHold *self, const LzId *bulletin, gboolean sealed);
const LzId *lz_report_hold_get_bulletin (const LzReportHold *self);
gboolean lz_report_hold_is_sealed (const LzReportHold *self);

const LzReport *lz_report_hold_get (const LzReportHold *self);
/* By its key; NULL: there is no such table. */
const LzReportTable *lz_report_hold_find_table (const LzReportHold *self, const char *key);

G_END_DECLS
