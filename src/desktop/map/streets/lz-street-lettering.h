/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-street-labels.h"

G_BEGIN_DECLS

/* Sets a name over or beside a point; NULL if it has no letters.  Free with
 * g_atomic_rc_box_release(). */
LzStreetLabel *lz_street_lettering_spot (const LzTextRun *run,
                                         const LzStreetSpot *spot,
                                         double size,
                                         double world_px);

gboolean lz_street_lettering_is_taken (const LzStreetLabel *label, const GPtrArray *taken);

/* Sets a name along a chain, again and again if that is long: wherever its anchors lie in @block
 * (px of the world) and nothing @taken is in the way.  Adds to @taken and @labels. */
void lz_street_lettering_chain (const LzTextRun *run,
                                const LzStreetChain *chain,
                                double size,
                                double world_px,
                                const LzWorldBox *block,
                                GPtrArray *taken,
                                GPtrArray *labels);

G_END_DECLS
