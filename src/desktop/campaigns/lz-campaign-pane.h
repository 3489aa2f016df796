/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-campaign-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzCampaignPane:
 *
 * One campaign: its progress against the target, what counts for it, and its cases.
 *
 * Signal `case-wanted` (const LzId *id).
 */
#define LZ_TYPE_CAMPAIGN_PANE (lz_campaign_pane_get_type ())
G_DECLARE_FINAL_TYPE (LzCampaignPane, lz_campaign_pane, LZ, CAMPAIGN_PANE, GtkWidget)

/* @facts: (transfer full) */
void lz_campaign_pane_show (LzCampaignPane *self, LzSession *session, LzCampaignFacts *facts);
/* %NULL while none is shown. */
const LzRecord *lz_campaign_pane_get_campaign (LzCampaignPane *self);

/* "2026-03-05 — 2026-03-31": its days, in the office's zone. */
char *lz_campaign_dup_days (LzSession *session, const LzRecord *campaign);

G_END_DECLS
