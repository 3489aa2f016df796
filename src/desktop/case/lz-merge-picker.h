/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzMergePicker:
 *
 * The case into which another one goes: cases of its category nearby, or one by its number, side
 * by side with the one that goes.
 *
 * Signal `changed`: another case was picked.
 */
#define LZ_TYPE_MERGE_PICKER (lz_merge_picker_get_type ())
G_DECLARE_FINAL_TYPE (LzMergePicker, lz_merge_picker, LZ, MERGE_PICKER, GtkWidget)

void lz_merge_picker_set_case (LzMergePicker *self, LzSession *session, const LzCase *item);
/* NULL: none yet. */
const LzId *lz_merge_picker_get_picked (LzMergePicker *self);

G_END_DECLS
