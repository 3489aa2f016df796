/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-record.h"
#include "lz-track-match.h"

G_BEGIN_DECLS

/**
 * LzPatrolHow:
 *
 * Where the way of a patrol is from.
 */
typedef enum
{
  LZ_PATROL_HOW_LIVE, /* this computer's own position, while it was walked */
  LZ_PATROL_HOW_FILE, /* a track of a receiver, imported */
  LZ_PATROL_HOW_HAND, /* said by the person, along the map: no evidence of its own */
} LzPatrolHow;

const char *lz_patrol_how_to_string (LzPatrolHow how);
/* Translated. */
const char *lz_patrol_how_label (LzPatrolHow how);

/**
 * LzPatrol:
 * @id: the record's
 * @state: %LZ_RECORD_OPEN under way, %LZ_RECORD_DONE sealed, %LZ_RECORD_GONE given up
 * @person: who walks
 * @feed: of which office
 * @how: where the way is from
 * @from_ms: when it began
 * @until_ms: when it ended; 0 = it has not
 * @way_cm: length of the way
 * @covers: (element-type LzRoadCover): the roads it covers something of, with their names as they
 *   were then, most first
 * @track: (nullable): the way, for lz_track_code_read()
 * @n_fixes: positions that the receiver gave
 * @n_left_out: those of them that were not believed
 * @file_name: (nullable): of the imported file
 * @file_sha256: (nullable): names the file as it came, 64 hexadecimal digits
 * @n_events: of the record; more than two: there are notes
 *
 * A patrol, 巡查, as the fold of its events.  Once it is sealed nothing of it changes: what is said
 * afterwards are notes (domain §7.2).
 */
typedef struct
{
  LzId id;
  LzRecordState state;
  char *person;
  char *feed;
  LzPatrolHow how;
  gint64 from_ms;
  gint64 until_ms;
  gint64 way_cm;
  GPtrArray *covers;
  char *track;
  guint n_fixes;
  guint n_left_out;
  char *file_name;
  char *file_sha256;
  guint n_events;
} LzPatrol;

LzPatrol *lz_patrol_new (void);
void lz_patrol_free (LzPatrol *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPatrol, lz_patrol_free)

/* What a record says; members that are not as we write them are left out.  NULL if @record is no
 * patrol. */
LzPatrol *lz_patrol_from_record (const LzRecord *record);
/* (transfer full): the facts of patrol.finished. */
JsonObject *lz_patrol_make_facts (const LzPatrol *self);

/* The state in words: "Under way", "Sealed", "Given up". */
const char *lz_patrol_state_label (const LzPatrol *self);

G_END_DECLS
