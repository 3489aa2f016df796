/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-patrol-duty.h"
#include "lz-patrol.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: patrols
 *
 * Patrols, 巡查: started, walked, finished and then sealed; what they cover of which road; who owes
 * which patrol and who missed one.  Blocking functions over a station, for a job of LzStore, the
 * CLI and tests.  What a person may not do is %LZ_ERROR_REFUSED, a track or an entry that cannot
 * count is %LZ_ERROR_INVALID, both with the reason in the user's words.
 *
 * For a road chief's desk: lz_patrols_list_latest_duties() says what is due and what was missed,
 * lz_patrols_list_last() when each road was patrolled last and how much of it, and
 * lz_patrols_cover_road() what of one road is covered in a span of time.
 */

/* Under way. */

/* Begins a patrol of the station's person; refused while one is under way. */
gboolean lz_patrols_start (LzStation *station, LzId *patrol, GError **error);

/* The patrol of @person (%NULL = the station's) that is under way; FALSE, without @error, if there
 * is none.  One that was begun more than a day ago and forgotten counts too. */
gboolean
lz_patrols_find_open (LzStation *station, const char *person, LzId *patrol, GError **error);

/* Keeps where the person has been, durably: a patrol under way survives a crash. */
gboolean lz_patrols_add_fixes (LzStation *station,
                               const LzId *patrol,
                               const LzTrackPoint *fixes,
                               guint n_fixes,
                               GError **error);

/**
 * lz_patrols_finish:
 * @patrol: one that is under way
 * @by_hand: (nullable) (element-type LzRoadCover): what was walked, where nothing recorded it;
 *   %NULL = what the fixes say
 * @text: (nullable): a remark
 *
 * Matches the way to the roads and seals the patrol.  Without fixes and without @by_hand there is
 * nothing to seal, and with both a claim would pass for a record: refused.
 */
gboolean lz_patrols_finish (LzStation *station,
                            const LzId *patrol,
                            const GPtrArray *by_hand,
                            const char *text,
                            GError **error);

/* Gives a patrol up that is under way; nothing of it counts. */
gboolean
lz_patrols_abandon (LzStation *station, const LzId *patrol, const char *reason, GError **error);

/* Over already. */

/**
 * lz_patrols_import:
 * @path: a file of tracks (lz_tracks_read())
 * @text: (nullable): a remark
 * @patrol: (out) (optional): the patrol
 *
 * Takes a recorded track in as a finished, sealed patrol of the station's person; the file is kept
 * as it came.  Refused with the reason: no track, no times, times that run backwards, jumps, a
 * receiver too uncertain, nothing on a road of the office, imported before.
 */
gboolean lz_patrols_import (LzStation *station,
                            const char *path,
                            const char *text,
                            GCancellable *cancellable,
                            LzId *patrol,
                            GError **error);

/* Enters a patrol by hand: @covers says which stretches were walked between the two moments. */
gboolean lz_patrols_enter (LzStation *station,
                           gint64 from_ms,
                           gint64 until_ms,
                           const GPtrArray *covers,
                           const char *text,
                           LzId *patrol,
                           GError **error);

/* All that is allowed on a sealed patrol. */
gboolean lz_patrols_note (LzStation *station, const LzId *patrol, const char *text, GError **error);

/* Reading. */

/**
 * LzPatrolQuery:
 * @person: (nullable): who walked; %NULL = anybody
 * @road: of which it covers something; nil = any
 * @from_ms, @until_ms: it began in there, half open; 0 = open-ended
 * @limit: at most so many; 0 = all
 *
 * Which patrols to list.
 */
typedef struct
{
  const char *person;
  LzId road;
  gint64 from_ms;
  gint64 until_ms;
  guint limit;
} LzPatrolQuery;

/* (element-type LzPatrol): the newest first, without their tracks; what was given up too. */
GPtrArray *lz_patrols_list (LzStation *station, const LzPatrolQuery *query, GError **error);

/* With its track.  One that is under way says what it covers so far. */
LzPatrol *lz_patrols_load (LzStation *station, const LzId *patrol, GError **error);

/* (element-type gint64): rows of the cases that were found during it, oldest first. */
GArray *lz_patrols_list_cases (LzStation *station, const LzId *patrol, GError **error);

/* The notes on it and what else happened, as LzEvent: lz_log_list_events(). */

/* What all finished patrols that ended in the span (half open, 0 = open-ended) cover of a road
 * together; @person %NULL = anybody's. */
LzRoadCover *lz_patrols_cover_road (LzStation *station,
                                    const LzId *road,
                                    const char *person,
                                    gint64 from_ms,
                                    gint64 until_ms,
                                    GError **error);

/* (element-type LzPatrolVisit): the last visit by anybody of each road that has one; @road:
 * (nullable): of this one only. */
GPtrArray *lz_patrols_list_last (LzStation *station, const LzId *road, GError **error);

/**
 * lz_patrols_list_duties:
 * @person: (nullable): whose; %NULL = everybody's
 * @road: (nullable): on which road; %NULL = on all
 * @from_ms: from the period that holds this moment; the one that holds now is always the last.
 *   Give the station's now for what is due at the moment
 *
 * What is owed by the office's rules (`patrol.tsv` of the reference data, else
 * `data/patrol/frequency.tsv`), the working calendar and the assignments of roads, and whether it
 * was done.  "Missed" are those whose state is %LZ_PATROL_MISSED.
 *
 * Returns: (element-type LzPatrolDuty): by road, each in the order of time
 */
GPtrArray *lz_patrols_list_duties (LzStation *station,
                                   const char *person,
                                   const LzId *road,
                                   gint64 from_ms,
                                   GError **error);

/* (element-type LzPatrolDuty): of everybody and each road (@road: (nullable): of this one only) the
 * duty of the period that holds the present, where a patrol is owed in it, after the last one that
 * was owed before.  Reads no more visits than these need, and of a duty the last visit only if it
 * is among them. */
GPtrArray *lz_patrols_list_latest_duties (LzStation *station, const LzId *road, GError **error);

LzPatrolRules *lz_patrols_load_rules (LzStation *station, GError **error);

/* The file that a patrol was imported from, as it came. */
GBytes *lz_patrols_dup_file (LzStation *station, const LzPatrol *patrol, GError **error);

G_END_DECLS
