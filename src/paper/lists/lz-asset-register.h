/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-assets.h"
#include "lz-report-table.h"

G_BEGIN_DECLS

/**
 * lz_asset_register_new:
 * @station: a station
 * @query: which assets, as for lz_records_list()
 * @error: (nullable): return location
 *
 * Makes a register of assets, with the fields of their kind as columns where all are of one kind;
 * the CSV that lz_report_write() makes of it can be imported again.
 *
 * Returns: (transfer full) (nullable): the register
 */
LzReport *lz_asset_register_new (LzStation *station, const LzRecordQuery *query, GError **error);

G_END_DECLS
