/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-campaigns.h"
#include "lz-session.h"

G_BEGIN_DECLS

/*
 * What the window of campaigns asks the store for, each in one job.
 */

/**
 * LzCampaignEntry: a campaign with its figures of now
 */
typedef struct
{
  LzRecord *record;
  LzCampaignTally tally;
} LzCampaignEntry;

/* (element-type LzCampaignEntry): those that run first, the last begun first. */
void lz_campaign_list_async (LzSession *session,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *lz_campaign_list_finish (GAsyncResult *result, GError **error);

/**
 * LzCampaignFacts:
 * @cases: (element-type LzCaseRow): the last reported of its cases
 * @n_cases: how many there are
 */
typedef struct
{
  LzRecord *record;
  LzCampaignTally tally;
  GPtrArray *cases;
  guint n_cases;
} LzCampaignFacts;

void lz_campaign_facts_free (LzCampaignFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCampaignFacts, lz_campaign_facts_free)

void lz_campaign_read_async (LzSession *session,
                             const LzId *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LzCampaignFacts *lz_campaign_read_finish (GAsyncResult *result, GError **error);

/* Opens one, or changes the one with @id; @facts: (transfer full) */
void lz_campaign_save_async (LzSession *session,
                             const LzId *id,
                             JsonObject *facts,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void lz_campaign_close_async (LzSession *session,
                              const LzId *id,
                              const char *report,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean lz_campaign_act_finish (GAsyncResult *result, LzId *id, GError **error);

/* Its report, by the ending of @path: PDF, XLSX, CSV or JSON. */
void lz_campaign_write_async (LzSession *session,
                              const LzId *id,
                              const char *path,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean lz_campaign_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
