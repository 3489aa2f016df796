/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-track-clean.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPatrolReplay:
 *
 * A patrol over time: a slider from its start to its end, and a button that lets it run.
 *
 * Signal `moved` (gint64 at_ms): the moment to show.
 */
#define LZ_TYPE_PATROL_REPLAY (lz_patrol_replay_get_type ())
G_DECLARE_FINAL_TYPE (LzPatrolReplay, lz_patrol_replay, LZ, PATROL_REPLAY, GtkWidget)

/* 0, 0 = nothing to replay. */
void
lz_patrol_replay_set_span (LzPatrolReplay *self, gint64 from_ms, gint64 until_ms, int offset_min);

G_END_DECLS
