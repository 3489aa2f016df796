/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-campaigns.h"
#include "lz-report-table.h"

G_BEGIN_DECLS

/**
 * lz_campaign_report_new:
 * @station: a station
 * @campaign: a record of that type
 * @error: (nullable): return location
 *
 * Makes the report of a campaign (专项行动): what it was for, its figures against its target, by
 * category, road and unit, and the cases behind them.  Of one that was closed the figures are
 * those that were sealed with it; of one that runs, those of now.
 *
 * Returns: (transfer full) (nullable): the report
 */
LzReport *lz_campaign_report_new (LzStation *station, const LzRecord *campaign, GError **error);

G_END_DECLS
