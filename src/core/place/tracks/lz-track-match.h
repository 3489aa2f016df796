/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-id.h"
#include "lz-line.h"
#include "lz-spans.h"
#include "lz-streets.h"
#include "lz-track-clean.h"

G_BEGIN_DECLS

/**
 * LzRoadCover:
 * @road: a road
 * @name: (nullable): what it was called then; the matcher does not know
 * @length_cm: of its line
 * @spans: (element-type LzSpan): the stretches that were walked or driven, by chainage
 *
 * How much of a road a track covers.  lz_spans_dup_gaps() gives what is missing.
 */
typedef struct
{
  LzId road;
  char *name;
  gint64 length_cm;
  GArray *spans;
} LzRoadCover;

LzRoadCover *lz_road_cover_new (const LzId *road, gint64 length_cm, GArray *spans);
LzRoadCover *lz_road_cover_copy (const LzRoadCover *self);
void lz_road_cover_free (LzRoadCover *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzRoadCover, lz_road_cover_free)

guint lz_road_cover_get_percent (const LzRoadCover *self);
GPtrArray *lz_road_covers_new (void);
LzRoadCover *lz_road_covers_find (const GPtrArray *covers, const LzId *road);

/**
 * LzTrackMatcher:
 *
 * Says on which roads a track was, and which stretches of them it covers.  Made of all roads of the
 * office, also those that nobody asks about: a parallel street takes what is its own.  Build it,
 * then only read it; any thread.
 */
typedef struct _LzTrackMatcher LzTrackMatcher;

LzTrackMatcher *lz_track_matcher_new (void);
void lz_track_matcher_free (LzTrackMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTrackMatcher, lz_track_matcher_free)

void lz_track_matcher_add_road (LzTrackMatcher *self,
                                const LzId *road,
                                LzStreetClass grade,
                                const LzLine *line,
                                const GPtrArray *parts);
void lz_track_matcher_build (LzTrackMatcher *self);

/**
 * LzTrackMatch:
 * @covers: (element-type LzRoadCover): the roads of which something is covered, most first
 * @n_matched: fixes that lie on a road
 * @n_fixes: all fixes of the cleaned track
 *
 * What a track covers.
 */
typedef struct
{
  GPtrArray *covers;
  guint n_matched;
  guint n_fixes;
} LzTrackMatch;

LzTrackMatch *lz_track_matcher_match (const LzTrackMatcher *self, const LzCleanTrack *track);
void lz_track_match_free (LzTrackMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTrackMatch, lz_track_match_free)

G_END_DECLS
