/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-map-view.h"

G_BEGIN_DECLS

/*
 * A patrol: its way as a thin blue line, what it covers of the roads as broad green bands, and the
 * gaps as red ladders: told apart without colour too.
 */
#define LZ_TYPE_TRACK_LAYER (lz_track_layer_get_type ())
G_DECLARE_FINAL_TYPE (LzTrackLayer, lz_track_layer, LZ, TRACK_LAYER, ShumateLayer)

LzTrackLayer *lz_track_layer_new (ShumateViewport *viewport);
/* As lz_map_set_track(). */
void lz_track_layer_set_lines (LzTrackLayer *self,
                               GPtrArray *track,
                               GPtrArray *covered,
                               GPtrArray *gaps);
void lz_track_layer_set_datum (LzTrackLayer *self, LzDatum datum);

G_END_DECLS
