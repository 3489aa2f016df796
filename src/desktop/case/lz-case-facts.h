/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-evidence.h"
#include "lz-firm-cases.h"
#include "lz-record.h"
#include "lz-session.h"

G_BEGIN_DECLS

/**
 * LzCaseFacts:
 * @item: the case as the fold of its events
 * @fid: its row number
 * @events: (element-type LzEvent): its history, the oldest first
 * @photos: #LzPhotoRef in order of the events
 * @merged_into: (nullable): the case into which it went, where the station has it
 * @recurs: (nullable): the closed case that has come back in it, the same
 * @asset: (nullable): what it is about, where the station has it
 * @asset_title: (nullable): what that is called
 * @evidence: #LzEvidence of each photo, in order of the events
 * @flags: of the case as a whole, a set of #LzEvidenceFlag
 * @has_pair: there is a photo before and one after: @pair
 * @firm: which hauling firm and vehicle it names
 * @is_hauling: it is of a category that a hauling firm can be charged for
 * @boards: of the boards on which it stands, their names; %NULL-terminated
 * @between: (nullable): the crossings on either side of it, "A — B"
 *
 * Everything the case pane shows, read in one job.
 */
typedef struct
{
  LzCase *item;
  gint64 fid;
  GPtrArray *events;
  GArray *photos;
  LzCase *merged_into;
  LzCase *recurs;
  LzRecord *asset;
  char *asset_title;
  GArray *evidence;
  guint flags;
  gboolean has_pair;
  LzEvidencePair pair;
  LzFirmLink firm;
  gboolean is_hauling;
  GStrv boards;
  char *between;
} LzCaseFacts;

void lz_case_facts_free (LzCaseFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCaseFacts, lz_case_facts_free)

void lz_case_facts_load_async (LzSession *session,
                               const LzId *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Reads the case behind a row number. */
void lz_case_facts_load_row_async (LzSession *session,
                                   gint64 fid,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
LzCaseFacts *lz_case_facts_load_finish (GAsyncResult *result, GError **error);

/* When it counts as put right: 结案条件 of the condition that it was filed under; nullable. */
const char *lz_case_facts_get_closing (LzSession *session, const LzCase *item);

char *lz_crossings_dup_between (GPtrArray *roads, const LzId *road, double chainage_m);

G_END_DECLS
