/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cli.h"
#include "lz-figures-report.h"

G_BEGIN_DECLS

/* @period: (nullable): as typed; %NULL = the last whole one of @kind. */
gboolean lz_cli_report_choose (LzStation *station,
                               const char *period,
                               LzPeriodKind kind,
                               LzTallyQuery *query,
                               GError **error);
/* As JSON, or on a terminal what a person reads first. */
void lz_cli_report_print (LzCli *self, const LzReport *report);
gboolean lz_cli_report_choose_format (const char *out, LzReportFormat *format, GError **error);
void lz_cli_report_tell_written (LzCli *self, const char *out);

G_END_DECLS
