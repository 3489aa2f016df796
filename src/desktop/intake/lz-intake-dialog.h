/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzIntakeDialog:
 *
 * The intake of a batch of photos: what the camera's clock says, progress with a way to cancel, and
 * what came of it.
 *
 * Signal `review` (GArray *ids): the person wants to go through the drafts; gint64, lent.
 */
#define LZ_TYPE_INTAKE_DIALOG (lz_intake_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LzIntakeDialog, lz_intake_dialog, LZ, INTAKE_DIALOG, AdwWindow)

LzIntakeDialog *
lz_intake_dialog_new (GtkWindow *parent, LzSession *session, const char *const *paths);

G_END_DECLS
