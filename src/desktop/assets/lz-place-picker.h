/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPlacePicker:
 *
 * A small map and a line with the coordinates: a click on the map, Enter at its crosshair or what
 * is written in the line says where something is.
 *
 * Signal `changed`: the person said another place.
 */
#define LZ_TYPE_PLACE_PICKER (lz_place_picker_get_type ())
G_DECLARE_FINAL_TYPE (LzPlacePicker, lz_place_picker, LZ, PLACE_PICKER, GtkWidget)

GtkWidget *lz_place_picker_new (void);
void lz_place_picker_set_session (LzPlacePicker *self, LzSession *session);
/* (0,0) = nowhere yet: the map shows @around, a road, if there is one. */
void lz_place_picker_set_place (LzPlacePicker *self, LzPoint place, const LzId *around);
/* FALSE: what is written is no place.  (0,0) where nothing is. */
gboolean lz_place_picker_get_place (LzPlacePicker *self, LzPoint *place);

G_END_DECLS
