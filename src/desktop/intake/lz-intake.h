/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-drafts.h"
#include "lz-session.h"

G_BEGIN_DECLS

/**
 * LzIntake:
 *
 * Takes photos and folders in as drafts, in a thread with a connection of its own, so that logging
 * goes on meanwhile.  What was taken in when it is cancelled stays.
 *
 * Signals:
 *   "progress" (guint done, guint total)
 *   "finished" (LzIntakeReport *report, const GError *error)  one of them is %NULL; lent
 */
#define LZ_TYPE_INTAKE (lz_intake_get_type ())
G_DECLARE_FINAL_TYPE (LzIntake, lz_intake, LZ, INTAKE, GObject)

LzIntake *lz_intake_new (LzSession *session);
void lz_intake_start (LzIntake *self, const char *const *paths, gint64 clock_shift_ms);
void lz_intake_cancel (LzIntake *self);
/* Corrects the cameras' clock of an intake that is done; "finished" again, with its new drafts. */
void lz_intake_correct (LzIntake *self, gint64 batch, gint64 clock_shift_ms);
gboolean lz_intake_is_running (LzIntake *self);

G_END_DECLS
