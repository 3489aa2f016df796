/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-map.h"
#include "lz-patrol-data.h"

G_BEGIN_DECLS

/*
 * A patrol on the map.
 */

/* Draws what @covers say of the session's roads and the way of @track.  Both nullable. */
void lz_patrol_map_show (LzMap *map,
                         LzSession *session,
                         const GPtrArray *covers,
                         const LzCleanTrack *track);
/* (transfer full): pins of cases (element-type LzCaseRow). */
LzPins *lz_patrol_map_make_pins (const GPtrArray *cases);
/* The box around both; FALSE: there is nothing. */
gboolean lz_patrol_map_get_box (LzSession *session,
                                const GPtrArray *covers,
                                const LzCleanTrack *track,
                                LzBox *box);
/* Where somebody was at that moment: between the fixes before and after. */
LzPoint lz_patrol_map_place_at (const LzCleanTrack *track, gint64 at_ms);

G_END_DECLS
