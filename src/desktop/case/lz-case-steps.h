/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"

G_BEGIN_DECLS

/*
 * What a person can do with a case now, as its pane and the lists of tasks offer it.  Pure: the
 * machine's table and the fold's own objections, nothing of ours.
 */

/* The step that brings the case forward; NULL: it is somebody else's turn, or it is done. */
const LzTransition *lz_case_steps_get_next (const LzCase *self, guint roles);

/* The step that says no: sends the case or a request back with a reason; NULL: there is none. */
const LzTransition *lz_case_steps_get_return (const LzCase *self, guint roles);

/**
 * lz_case_steps_dup_objection:
 * @self: a case
 * @row: a step that its state allows
 * @roles: of the person
 * @now_ms: the moment to judge at, ms UTC
 *
 * Asks the fold whether @row would be allowed if everything that it needs were given.
 *
 * Returns: (transfer full) (nullable): why not, in the user's words; %NULL where it is possible
 */
char *lz_case_steps_dup_objection (const LzCase *self,
                                   const LzTransition *row,
                                   guint roles,
                                   gint64 now_ms);

/**
 * lz_case_steps_dup_waiting:
 * @self: a case
 *
 * Says whose turn it is, for somebody who can do nothing: "Dispatch: waits for Dispatcher".
 *
 * Returns: (transfer full) (nullable): %NULL where nothing is left to do
 */
char *lz_case_steps_dup_waiting (const LzCase *self);

G_END_DECLS
