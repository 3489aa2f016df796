/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

G_BEGIN_DECLS

/*
 * One act on many cases; lz_acts_undo_async() takes it back as a whole.
 */

/**
 * LzManyDone:
 * @kind: what was done
 * @n_done: on so many cases
 * @n_refused: so many do not allow it
 * @reason: (nullable): why the first of these does not, in the user's words
 */
typedef struct
{
  LzKind kind;
  guint n_done;
  guint n_refused;
  char *reason;
} LzManyDone;

void lz_many_done_free (LzManyDone *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzManyDone, lz_many_done_free)

/**
 * lz_acts_run_many_async:
 * @session: a session
 * @kind: what to do
 * @fids: (transfer full): gint64, row numbers of the cases
 * @body: (transfer full): what to say on each; a condition or unit that it lacks is taken from the
 *   case's own report and from the office's routing
 *
 * All in one transaction.  Cases whose state or history does not allow the act are left out and
 * counted.  When it is done the session tells it with its signal `acted-many`.
 */
void lz_acts_run_many_async (LzSession *session,
                             LzKind kind,
                             GArray *fids,
                             LzBody *body,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean lz_acts_run_many_finish (LzSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
