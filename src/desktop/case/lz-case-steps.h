/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"

G_BEGIN_DECLS

/*
 * What a person can do with a case now, as its pane and the lists of tasks offer it.  Pure: the
 * machine's table says what is possible, here is only in which order it is offered.
 */

/* The step that brings the case forward; NULL: it is somebody else's turn, or it is done. */
const LzTransition *lz_case_steps_get_next (const LzCase *self, guint roles);

/* The step that says no: sends the case or a request back with a reason; NULL: there is none. */
const LzTransition *lz_case_steps_get_return (const LzCase *self, guint roles);

/* As many as there are kinds of act hold every list of steps. */
#define LZ_CASE_STEPS_MAX LZ_N_KINDS

/**
 * lz_case_steps_list_more:
 * @at_ms: the moment to judge at
 * @choices: (out caller-allocates) (array length=max): in the machine's order
 *
 * Lists what this person may do in the case's state besides the next step: each with the reason if
 * the case as it stands does not allow it.
 *
 * Returns: how many were put into @choices
 */
guint lz_case_steps_list_more (const LzCase *self,
                               guint roles,
                               gint64 at_ms,
                               LzChoice *choices,
                               guint max);

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
