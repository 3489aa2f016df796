/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-gpx.h"

G_BEGIN_DECLS

/**
 * LzTrackPiece:
 * @first: number of its first fix among those kept
 * @n: how many
 */
typedef struct
{
  guint first;
  guint n;
} LzTrackPiece;

/**
 * LzCleanTrack:
 * @fixes: (element-type LzTrackPoint): the fixes that are believed, in the order of time
 * @pieces: (element-type LzTrackPiece): how they hang together; between two pieces the way is not
 *   known
 * @n_all: fixes before the cleaning
 * @n_timed: those with a time
 * @n_backward: left out because their time is not after the one before
 * @n_jumps: left out because nobody moves that fast
 * @n_vague: left out because the receiver itself does not trust them
 * @begun_ms: time of the first one kept, 0 if it has none
 * @ended_ms: of the last one
 * @length_m: along the pieces
 *
 * A recorded way without the faults of its receiver.
 */
typedef struct
{
  GArray *fixes;
  GArray *pieces;
  guint n_all;
  guint n_timed;
  guint n_backward;
  guint n_jumps;
  guint n_vague;
  gint64 begun_ms;
  gint64 ended_ms;
  double length_m;
} LzCleanTrack;

LzCleanTrack *lz_clean_track_new (const GPtrArray *tracks);
void lz_clean_track_free (LzCleanTrack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCleanTrack, lz_clean_track_free)

gboolean lz_clean_track_check (const LzCleanTrack *self, gint64 now_ms, GError **error);

G_END_DECLS
