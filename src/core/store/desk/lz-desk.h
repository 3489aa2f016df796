/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-assets.h"
#include "lz-cases.h"
#include "lz-health.h"
#include "lz-records.h"
#include "lz-roads.h"

G_BEGIN_DECLS

/**
 * SECTION: desk
 *
 * The road chief's desk: how each road stands, and the file of one road (一路一档, domain §5.2).
 * Blocking functions over a station, for a job of LzStore, the CLI and tests.
 */

/* The office's own table "road-health.tsv", else the built-in one. */
LzHealthModel *lz_desk_dup_health_model (LzStation *station, GError **error);

/**
 * LzDeskRoad:
 * @road: without its line and parts
 * @open, @overdue: by #LzDimension
 * @facts: what its health is reckoned from
 * @health: 0 to 100
 * @patrolled_ms: end of its last patrol, 0 = never
 * @chiefs: names by level, joined for people; "" = nobody
 */
typedef struct
{
  LzRoad *road;
  guint open[LZ_N_DIMENSIONS];
  guint overdue[LZ_N_DIMENSIONS];
  LzHealthFacts facts;
  int health;
  LzHealthGrade grade;
  gint64 patrolled_ms;
  char *chiefs;
} LzDeskRoad;

void lz_desk_road_free (LzDeskRoad *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzDeskRoad, lz_desk_road_free)

GPtrArray *lz_desk_list (LzStation *station, gboolean mine, gint64 now_ms, GError **error);

/**
 * LzDeskChief: who answers for a road
 */
typedef struct
{
  char *person;
  char *name;
  char *phone;
  guint level;
  gint64 since_ms;
} LzDeskChief;

/**
 * LzDeskWeek:
 * @begins_ms: Monday 0:00 in the office's zone
 * @reported: cases reported in it
 * @closed: cases that ended in it
 */
typedef struct
{
  gint64 begins_ms;
  guint reported;
  guint closed;
} LzDeskWeek;

/**
 * LzDeskCase: an open case on the strip map
 */
typedef struct
{
  LzId id;
  gint64 chainage_cm;
  LzSide side;
  LzLamp lamp;
  LzState state;
  char *category;
} LzDeskCase;

/**
 * LzDeskSpot:
 * @from_cm, @to_cm: where the cases lie
 * @n: cases of @category there in the time that the model says
 *
 * Where the same problem keeps coming back.
 */
typedef struct
{
  char *category;
  gint64 from_cm;
  gint64 to_cm;
  LzSide side;
  guint n;
  gint64 last_ms;
} LzDeskSpot;

/**
 * LzDeskPatrol:
 * @person: who made it
 * @percent: of this road that it covered
 *
 * A finished patrol, as one road saw it.
 */
typedef struct
{
  LzId id;
  char *person;
  gint64 until_ms;
  int percent;
} LzDeskPatrol;

/**
 * LzDeskFile:
 * @summary: as in the list
 * @terms: how its health was reckoned
 * @chiefs: (element-type LzDeskChief): 总路长 first, then 一级 …
 * @weeks: (element-type LzDeskWeek): the last twelve, the oldest first
 * @cases: (element-type LzDeskCase): open ones by chainage
 * @spots: (element-type LzDeskSpot): the worst first
 * @assets: (element-type LzRecord): what is on file for it: sign boards, shops, feature street …
 * @kinds: what there can be among them
 * @pictures: of the sign boards: from #LzId to #GArray of #LzPhotoRef
 * @patrols: (element-type LzDeskPatrol): the last ten patrols of it, the last first
 *
 * The file of a road.
 */
typedef struct
{
  LzDeskRoad *summary;
  LzHealthTerm terms[LZ_HEALTH_N_TERMS];
  LzHealthModel *model;
  GPtrArray *chiefs;
  GArray *weeks;
  GPtrArray *cases;
  GPtrArray *spots;
  GPtrArray *assets;
  LzAssetKinds *kinds;
  GHashTable *pictures;
  GPtrArray *patrols;
} LzDeskFile;

void lz_desk_file_free (LzDeskFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzDeskFile, lz_desk_file_free)

LzDeskFile *lz_desk_load (LzStation *station, const LzId *road, gint64 now_ms, GError **error);

G_END_DECLS
