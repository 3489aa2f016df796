/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzUnitMenu:
 *
 * A button that says which units assist, and opens the list of all known ones to tick.
 */
#define LZ_TYPE_UNIT_MENU (lz_unit_menu_get_type ())
G_DECLARE_FINAL_TYPE (LzUnitMenu, lz_unit_menu, LZ, UNIT_MENU, GtkWidget)

void lz_unit_menu_set_units (LzUnitMenu *self, const GPtrArray *units);
void lz_unit_menu_set_chosen (LzUnitMenu *self, const char *chosen);
char *lz_unit_menu_dup_chosen (LzUnitMenu *self);

G_END_DECLS
