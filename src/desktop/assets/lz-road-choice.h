/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A row in which one of the office's roads is chosen, the person's own first; its first choice,
 * already in the row's model or "the nearest one", is none. */
void lz_road_choice_set (AdwComboRow *row, LzSession *session, const LzId *road);
/* Nil where none is chosen. */
LzId lz_road_choice_get (AdwComboRow *row);

/* The same for a drop-down, whose first choice is @all. */
void lz_road_choice_fill (GtkDropDown *drop_down, LzSession *session, const char *all);
LzId lz_road_choice_get_of (GtkDropDown *drop_down);

G_END_DECLS
