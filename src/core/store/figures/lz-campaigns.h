/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-records.h"

G_BEGIN_DECLS

/**
 * SECTION: campaigns
 *
 * 专项行动: a name, a time, categories and roads, a target.  Records of type %LZ_RECORD_CAMPAIGN:
 * facts "name", "from" and "until" (ms UTC, half open), "categories" (list of codes, empty = all),
 * "roads" (list of ids, empty = all), "target" (cases to find and put right, 0 = none), "goal"
 * (text).  Which cases count is reckoned from these, so that a case is never counted by hand.
 */

/**
 * LzCampaignTally:
 * @n_cases: reported in its time, of its categories, on its roads; void, merged and rejected ones
 *   are left out
 * @n_closed: of these, closed by now
 * @n_open: still open
 * @n_overdue: open and past their deadline
 * @n_in_time: closed within their deadline
 */
typedef struct
{
  gint64 n_cases;
  gint64 n_closed;
  gint64 n_open;
  gint64 n_overdue;
  gint64 n_in_time;
} LzCampaignTally;

gboolean lz_campaigns_tally (LzStation *station,
                             const LzRecord *campaign,
                             gint64 now_ms,
                             LzCampaignTally *tally,
                             GError **error);
/* gint64 fids of its cases, the last reported first. */
GArray *lz_campaigns_list_cases (LzStation *station, const LzRecord *campaign, GError **error);

/* Campaigns that run at @now_ms. */
GPtrArray *lz_campaigns_list_running (LzStation *station, gint64 now_ms, GError **error);

gboolean lz_campaigns_open (LzStation *station, JsonObject *facts, LzId *made, GError **error);
gboolean
lz_campaigns_change (LzStation *station, const LzId *id, JsonObject *facts, GError **error);
gboolean
lz_campaigns_close (LzStation *station, const LzId *id, const char *report, GError **error);

G_END_DECLS
