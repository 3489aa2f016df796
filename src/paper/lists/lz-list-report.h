/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-ledgers.h"
#include "lz-report-table.h"

G_BEGIN_DECLS

/**
 * lz_list_report_new:
 * @station: a station
 * @fids: (element-type gint64): the cases, in order
 * @ledger: (nullable): the ledger in which they stand
 * @error: (nullable): return location
 *
 * A list of cases as one table: what every list tells of them, then what the ledger does.  Blocks.
 *
 * Returns: (transfer full) (nullable): the report
 */
LzReport *
lz_list_report_new (LzStation *station, GArray *fids, const LzLedgerQuery *ledger, GError **error);

/**
 * lz_list_write:
 * @station: a station
 * @fids: (element-type gint64): the cases, in order
 * @ledger: (nullable): the ledger in which they stand
 * @path: the file; its ending says how: .xlsx, .csv, .json, .geojson, .gpkg or .pdf
 * @cancellable: (nullable): stops it, and leaves nothing
 * @error: (nullable): %LZ_ERROR_INVALID for another ending
 *
 * Writes a list of cases into a file.  CSV, GeoJSON and GeoPackage have the columns of the
 * station's layer `cases` (lz-export.h), the others those of lz_list_report_new(); the cases and
 * what the ledger tells of them are the same in all.  Blocks.
 *
 * Returns: %TRUE once the file is durable
 */
gboolean lz_list_write (LzStation *station,
                        GArray *fids,
                        const LzLedgerQuery *ledger,
                        const char *path,
                        GCancellable *cancellable,
                        GError **error);

/* Whether a list can be written into a file of this name. */
gboolean lz_list_can_write (const char *path);

G_END_DECLS
