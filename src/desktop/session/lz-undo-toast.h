/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* For windows beside the main one: says that something was saved, with a button that takes it back;
 * what came of that is said in the same place. */
void lz_undo_toast_show (AdwToastOverlay *toasts, LzSession *session, const char *text);

/* The same, but what takes it back is the action @name with the text @target. */
void lz_undo_toast_offer (AdwToastOverlay *toasts,
                          const char *text,
                          const char *name,
                          const char *target);

/* Says something. */
void lz_undo_toast_tell (AdwToastOverlay *toasts, const char *text);

G_END_DECLS
