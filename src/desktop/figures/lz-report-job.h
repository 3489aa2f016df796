/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figures-report.h"
#include "lz-report-hold.h"
#include "lz-session.h"

G_BEGIN_DECLS

/**
 * lz_report_job_async:
 * @kind: which report
 * @query: period and moment
 * @of: (nullable): only this road, unit or chief
 * @model: (nullable): key of the score model of units
 *
 * Makes a report on the read thread, lz_figures_report_new().  Of a month that was published the
 * monthly one by the office's own form is what was published then; any other says that it was
 * counted now beside it, lz_report_hold_is_sealed().
 */
void lz_report_job_async (LzSession *session,
                          LzFiguresKind kind,
                          const LzTallyQuery *query,
                          const char *of,
                          const char *model,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* Returns: (transfer full) (nullable): the report */
LzReportHold *lz_report_job_finish (GAsyncResult *result, GError **error);

G_END_DECLS
