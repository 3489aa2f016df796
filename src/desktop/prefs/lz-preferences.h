/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzPreferences:
 *
 * The settings of this person on this computer, applied at once, and facts about the station.
 */
#define LZ_TYPE_PREFERENCES (lz_preferences_get_type ())
G_DECLARE_FINAL_TYPE (LzPreferences, lz_preferences, LZ, PREFERENCES, AdwPreferencesWindow)

/* @session: (nullable): without one the station's facts are left out */
LzPreferences *lz_preferences_new (GtkWindow *parent, LzSession *session);

G_END_DECLS
