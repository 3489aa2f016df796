/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzReminder:
 *
 * Tells the person on the desktop, once for each case, before a deadline passes and when something
 * is sent back, where the settings want it.  The notification opens the case with the application's
 * action `show-case`.
 */
#define LZ_TYPE_REMINDER (lz_reminder_get_type ())
G_DECLARE_FINAL_TYPE (LzReminder, lz_reminder, LZ, REMINDER, GObject)

LzReminder *lz_reminder_new (GApplication *application, LzSession *session);

G_END_DECLS
