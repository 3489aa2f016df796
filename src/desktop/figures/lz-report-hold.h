/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-report-table.h"

G_BEGIN_DECLS

/**
 * LzReportHold:
 *
 * A finished report that several hold: the tables on the screen, the worker that writes it into a
 * file.  Nobody changes it any more, so threads may read it at the same time.
 */
typedef struct _LzReportHold LzReportHold;

/* @report: (transfer full) */
LzReportHold *lz_report_hold_new (LzReport *report);
LzReportHold *lz_report_hold_ref (LzReportHold *self);
void lz_report_hold_unref (LzReportHold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzReportHold, lz_report_hold_unref)

const LzReport *lz_report_hold_get (const LzReportHold *self);
/* By its key; NULL: there is no such table. */
const LzReportTable *lz_report_hold_find_table (const LzReportHold *self, const char *key);

G_END_DECLS
