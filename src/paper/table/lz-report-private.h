/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-report-table.h"
#include "lz-station.h"

G_BEGIN_DECLS

/* Where there is no figure: 0 below the line, a median of nothing. */
#define LZ_REPORT_NO_FIGURE "—"
#define LZ_REPORT_HOUR_MS   3600000.0

/* "2026-11-23 18:00" in the city's zone. */
char *lz_report_dup_time (gint64 at_ms, gboolean only_date);

gboolean lz_report_write_xlsx (const LzReport *self,
                               const char *path,
                               GCancellable *cancellable,
                               GError **error);
gboolean lz_report_write_csv (const LzReport *self,
                              const char *path,
                              GCancellable *cancellable,
                              GError **error);
gboolean lz_report_write_json (const LzReport *self,
                               const char *path,
                               GCancellable *cancellable,
                               GError **error);

gboolean lz_report_write_pdf (const LzReport *self,
                              const char *path,
                              GCancellable *cancellable,
                              GError **error);

/* What all sheets share: lz-sheet.c. */
char *lz_report_dup_formula (const LzReportTable *table,
                             const char *formula,
                             guint sheet_row,
                             guint first_row,
                             guint last_row);
char *lz_report_dup_cell_name (guint sheet_row, guint column, gboolean absolute);

G_END_DECLS
