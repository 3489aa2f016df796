/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-drafts.h"
#include "lz-session.h"

G_BEGIN_DECLS

/**
 * LzDraftCell:
 * @id: the draft's number once it was saved; the writing thread's alone
 *
 * What the saves of one draft and the act that ends it share, so that they may be queued one
 * behind the other before the first has told the number.  Counted references.
 */
typedef struct
{
  gint64 id;
} LzDraftCell;

LzDraftCell *lz_draft_cell_new (gint64 id);
LzDraftCell *lz_draft_cell_ref (LzDraftCell *self);
void lz_draft_cell_unref (LzDraftCell *self);

/* @draft: (transfer full) */
void lz_draft_cell_save_async (LzDraftCell *self,
                               LzSession *session,
                               LzDraft *draft,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean lz_draft_cell_save_finish (LzSession *session, GAsyncResult *result, GError **error);
void lz_draft_cell_remove_async (LzDraftCell *self,
                                 LzSession *session,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean lz_draft_cell_remove_finish (LzSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
