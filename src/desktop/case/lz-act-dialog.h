/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"
#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzActDialog:
 *
 * One step of a case, or of many at once: asks for exactly what the machine's row says it needs –
 * photos, a reason, a filing condition, units, a date, another case … – and does it.
 */
#define LZ_TYPE_ACT_DIALOG (lz_act_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LzActDialog, lz_act_dialog, LZ, ACT_DIALOG, AdwWindow)

LzActDialog *lz_act_dialog_new (GtkWindow *parent,
                                LzSession *session,
                                const LzCase *item,
                                const LzTransition *row);
/* @common: what the cases have in common, its category %NULL where they differ; @fids: gint64 */
LzActDialog *lz_act_dialog_new_many (GtkWindow *parent,
                                     LzSession *session,
                                     const LzCase *common,
                                     const LzTransition *row,
                                     GArray *fids);
/* The day that a request named, in ms UTC, for its grant. */
void lz_act_dialog_set_until (LzActDialog *self, gint64 until_ms);

G_END_DECLS
