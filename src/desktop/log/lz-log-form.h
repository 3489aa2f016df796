/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzLogForm:
 *
 * A case being written: photos, category, condition and deadline, place, words.  Saved as a draft
 * at each pause; nothing is logged until the person confirms it.  Also goes through drafts one
 * after the other.
 *
 * Signals:
 *   "place-changed" (const LzPoint *place)  the form has a place; %NULL = none
 *   "finished" (const LzId *subject)        logged; %NULL = thrown away
 *   "closed" ()                             put aside, the draft stays
 *   "step" (int by)                         the next or the one before
 *   "case-wanted" (const LzId *id)          show this case instead
 */
#define LZ_TYPE_LOG_FORM (lz_log_form_get_type ())
G_DECLARE_FINAL_TYPE (LzLogForm, lz_log_form, LZ, LOG_FORM, GtkWidget)

void lz_log_form_set_session (LzLogForm *self, LzSession *session);
/* @draft: (transfer full) */
void lz_log_form_edit (LzLogForm *self, LzDraft *draft);
/* Which of how many drafts; 0 of 0: a single one. */
void lz_log_form_set_queue (LzLogForm *self, guint at, guint total);
void lz_log_form_set_place (LzLogForm *self, LzPoint place);
void lz_log_form_add_paths (LzLogForm *self, const char *const *paths);
void lz_log_form_submit (LzLogForm *self);
/* Saves what is not saved yet and forgets the draft. */
void lz_log_form_leave (LzLogForm *self);

G_END_DECLS
