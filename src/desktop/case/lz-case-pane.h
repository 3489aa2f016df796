/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-facts.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzCasePane:
 *
 * One case: what, where, until when, its photos, its history, and what to do next.
 *
 * Signal `shown` (LzCaseFacts *facts): a case is on show; lent.
 * Signal `closed`: the person closed the pane.
 */
#define LZ_TYPE_CASE_PANE (lz_case_pane_get_type ())
G_DECLARE_FINAL_TYPE (LzCasePane, lz_case_pane, LZ, CASE_PANE, GtkWidget)

void lz_case_pane_set_session (LzCasePane *self, LzSession *session);
void lz_case_pane_show_row (LzCasePane *self, gint64 fid);
void lz_case_pane_show_case (LzCasePane *self, const LzId *id);
void lz_case_pane_clear (LzCasePane *self);
/* %NULL while nothing is on show. */
const LzCaseFacts *lz_case_pane_get_facts (LzCasePane *self);
/* The main button, for its shortcut. */
void lz_case_pane_take_next_step (LzCasePane *self);
/* The step that says no, with a reason; nothing where there is none. */
void lz_case_pane_send_back (LzCasePane *self);

G_END_DECLS
