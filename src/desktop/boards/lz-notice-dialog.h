/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzNoticeDialog:
 *
 * Puts a case, or something without one, on a board: title and words as the office's table proposes
 * them, photos before and after, both to be changed before it is up.
 */
#define LZ_TYPE_NOTICE_DIALOG (lz_notice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LzNoticeDialog, lz_notice_dialog, LZ, NOTICE_DIALOG, AdwWindow)

/* @kase: (nullable): the case it is about */
void
lz_notice_dialog_open (GtkWindow *parent, LzSession *session, const char *kind, const LzId *kase);

G_END_DECLS
