/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzWindow:
 *
 * The application's window: the pages, and what concerns all of them: opening the station, toasts
 * and undo, photos dropped anywhere.
 */
#define LZ_TYPE_WINDOW (lz_window_get_type ())
G_DECLARE_FINAL_TYPE (LzWindow, lz_window, LZ, WINDOW, AdwApplicationWindow)

LzWindow *lz_window_new (AdwApplication *application, const char *station_dir);
/* Photos and folders given on the command line or dropped; few photos begin one report. */
void lz_window_take_paths (LzWindow *self, const char *const *paths);
/* On the tasks page; @id (nullable): the page alone. */
void lz_window_show_case (LzWindow *self, const LzId *id);

G_END_DECLS
