/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-map.h"

G_BEGIN_DECLS

typedef void (*LzMapSourceProblem) (const char *text, gpointer user_data);

/* Gives the map the base that the settings name.  One that cannot be used is told in the user's
 * words, and the station's own streets stand in. */
void lz_map_source_apply (GSettings *settings,
                          LzMap *map,
                          LzMapSourceProblem problem,
                          gpointer user_data);

G_END_DECLS
