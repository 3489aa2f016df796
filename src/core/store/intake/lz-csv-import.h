/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: csv-import
 *
 * Real histories as cases.  A mapping, a key file (see `data/import/boston311.ini`, which explains
 * every key), says which column is what.  A row becomes a case with the events of its life: it was
 * reported, filed, dispatched with its deadline and, if it is closed, closed by force, since such
 * histories bring no photo of the rectification.
 */

/**
 * LzCsvReport:
 * @n_rows: rows read
 * @n_cases: cases made
 * @n_events: events made
 * @n_known: rows that were imported before
 * @n_skipped: rows left out
 * @reasons: (element-type utf8): "row 17: reason" of the first of them, translated
 */
typedef struct
{
  guint n_rows;
  guint n_cases;
  guint n_events;
  guint n_known;
  guint n_skipped;
  GPtrArray *reasons;
} LzCsvReport;

void lz_csv_report_free (LzCsvReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCsvReport, lz_csv_report_free)

typedef void (*LzCsvProgress) (guint n_rows, gpointer data);

/**
 * lz_csv_import_cases:
 * @station: a station
 * @path: a CSV file, gzip-compressed or not
 * @map_path: its mapping
 * @place: (nullable): "given" or "streets" instead of what the mapping says
 * @progress: (nullable) (scope call): told now and then how many rows are done
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it; what was committed stays
 * @error: (nullable): %LZ_ERROR_INVALID if the mapping is wrong or names a column that is missing
 *
 * Imports cases, some thousands to a commit.  A row that was imported before is known by its origin
 * and not taken twice, so that a broken import can simply be run again.
 *
 * Returns: (transfer full) (nullable): what became of the rows
 */
LzCsvReport *lz_csv_import_cases (LzStation *station,
                                  const char *path,
                                  const char *map_path,
                                  const char *place,
                                  LzCsvProgress progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
