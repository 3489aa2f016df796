/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-draft-cell.h"
#include "lz-log.h"
#include "lz-session.h"

G_BEGIN_DECLS

/*
 * Acts of the person at the window, and taking them back, also after a restart.
 */

/**
 * lz_acts_run_async:
 * @kind: what to do
 * @subject: (nullable): the case; %NULL begins a new one
 * @body: (transfer full): what to say
 * @draft: (nullable): the draft that becomes the event
 *
 * When it is done the session tells it with its signal `acted`.
 */
void lz_acts_run_async (LzSession *session,
                        LzKind kind,
                        const LzId *subject,
                        LzBody *body,
                        LzDraftCell *draft,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean
lz_acts_run_finish (LzSession *session, GAsyncResult *result, LzId *subject, GError **error);

/**
 * LzUndone:
 * @kind: what was taken back
 * @label: the same in words, translated
 * @subject: the case, or what else it was about
 * @is_draft: it was a report and is a draft again
 * @n: how many acts that was: more than one where they were logged as one
 */
typedef struct
{
  LzKind kind;
  const char *label;
  LzId subject;
  gboolean is_draft;
  guint n;
} LzUndone;

/* Takes the last act back that is not sent yet.  LZ_ERROR_NOT_FOUND: there is none. */
void lz_acts_undo_async (LzSession *session, GAsyncReadyCallback callback, gpointer user_data);
gboolean
lz_acts_undo_finish (LzSession *session, GAsyncResult *result, LzUndone *undone, GError **error);
/* What came of it, for the person.  @error: (nullable): why nothing could be taken back */
char *lz_acts_dup_undone_text (const LzUndone *undone, const GError *error);

G_END_DECLS
