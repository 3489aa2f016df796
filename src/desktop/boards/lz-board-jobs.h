/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-notices.h"
#include "lz-session.h"

G_BEGIN_DECLS

/*
 * What the boards read and write, each in one job of the store.
 */

/**
 * LzNoticeProposal:
 * @draft: title and words by the office's table
 * @photos: (element-type LzPhotoRef): the first before and the last after; none of a road
 */
typedef struct
{
  LzNoticeDraft draft;
  GArray *photos;
} LzNoticeProposal;

void lz_notice_proposal_free (LzNoticeProposal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzNoticeProposal, lz_notice_proposal_free)

/* About @kase, else about @road alone. */
void lz_notice_propose_async (LzSession *session,
                              const char *kind,
                              const LzId *kase,
                              const LzId *road,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
LzNoticeProposal *lz_notice_propose_finish (GAsyncResult *result, GError **error);

/* @notice: copied */
void lz_notice_list_async (LzSession *session,
                           const LzNotice *notice,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void lz_notice_remove_async (LzSession *session,
                             const LzId *id,
                             const char *reason,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean lz_notice_done_finish (GAsyncResult *result, GError **error);

/**
 * LzBoardEntry:
 * @record: what stands on the board
 * @photos: (element-type LzPhotoRef)
 */
typedef struct
{
  LzRecord *record;
  GArray *photos;
} LzBoardEntry;

/* @kind: which board */
void lz_board_read_async (LzSession *session,
                          const char *kind,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* (transfer full) (element-type LzBoardEntry): what is up, the last first */
GPtrArray *lz_board_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
