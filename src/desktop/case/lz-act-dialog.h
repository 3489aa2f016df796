/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"
#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzActDialog:
 *
 * One step of a case: asks for what the machine's row says it needs – photos, a reason, a filing
 * condition, a unit … – and does it.
 */
#define LZ_TYPE_ACT_DIALOG (lz_act_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LzActDialog, lz_act_dialog, LZ, ACT_DIALOG, AdwWindow)

LzActDialog *lz_act_dialog_new (GtkWindow *parent,
                                LzSession *session,
                                const LzCase *item,
                                const LzTransition *row);

G_END_DECLS
