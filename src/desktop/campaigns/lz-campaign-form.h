/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-record.h"
#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzCampaignForm:
 *
 * A dialog in which a campaign is made or edited: its name, its days, what counts for it, its
 * target.
 *
 * Signal `saved` (const LzId *id).
 */
#define LZ_TYPE_CAMPAIGN_FORM (lz_campaign_form_get_type ())
G_DECLARE_FINAL_TYPE (LzCampaignForm, lz_campaign_form, LZ, CAMPAIGN_FORM, AdwWindow)

/* @campaign: (nullable): the one to edit */
LzCampaignForm *
lz_campaign_form_new (GtkWindow *parent, LzSession *session, const LzRecord *campaign);

G_END_DECLS
