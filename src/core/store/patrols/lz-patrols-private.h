/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-patrols.h"

G_BEGIN_DECLS

/* A matcher over all roads of the office. */
LzTrackMatcher *lz_patrols_make_matcher (LzStation *station, GError **error);

/* What has been recorded of a patrol under way, cleaned; perhaps without a fix. */
LzCleanTrack *lz_patrols_read_fixes (LzStation *station, const LzId *patrol, GError **error);

/* Fills in what @track says: covers with names, way, track. */
gboolean lz_patrols_take_track (LzStation *station,
                                LzPatrol *patrol,
                                const LzCleanTrack *track,
                                GError **error);

G_END_DECLS
