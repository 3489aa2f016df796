/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-catalogue.h"
#include "lz-fold.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzCaseRow:
 * @fid: the row's number in the station, for lists
 * @stage_ms: when it entered its state
 * @delivered: the server has confirmed every event and photo of it
 * @thumbnail: SHA-256 of its first photo; all zero = none
 *
 * What a list shows of a case.
 */
typedef struct
{
  gint64 fid;
  LzId id;
  char *number;
  LzState state;
  char *category;
  char *category_name;
  guint dimension;
  char *road_name;
  gint64 chainage_cm;
  gint64 offset_cm;
  LzSide side;
  LzPoint place;
  char *text;
  char *unit;
  gint64 reported_ms;
  gint64 changed_ms;
  gint64 due_ms;
  gint64 warn_ms;
  gint64 stopped_ms;
  gint64 stage_ms;
  guint n_photos;
  gboolean delivered;
  guint8 thumbnail[LZ_SHA256_SIZE];
} LzCaseRow;

LzCaseRow *lz_case_row_copy (const LzCaseRow *self);
void lz_case_row_free (LzCaseRow *self);
LzLamp lz_case_row_lamp_at (const LzCaseRow *self, gint64 now_ms);

typedef enum
{
  LZ_SORT_REPORTED,
  LZ_SORT_CHANGED,
  LZ_SORT_DUE,
  LZ_SORT_NUMBER,
  LZ_SORT_CATEGORY,
  LZ_SORT_STATE,
  LZ_SORT_ROAD, /* by road, then chainage */
  LZ_N_SORTS
} LzSort;

/**
 * LzCaseQuery:
 * @states: a set of LZ_STATE_BIT(); 0 = all
 * @dimensions: a set of 1 << dimension; 0 = all
 * @lamps: a set of 1 << #LzLamp at @now_ms; 0 = all
 * @among: (nullable): only these rows, a JSON array of fids, lz_fids_dup_json()
 * @road: nil = all
 * @my_roads: only cases on roads assigned to the station's person
 * @text: (nullable): words, Chinese characters, pinyin initials, or a part of the number
 * @now_ms: the moment at which lamps are judged
 *
 * Which cases, in which order.  A plain value.
 */
typedef struct
{
  guint32 states;
  guint32 dimensions;
  guint32 lamps;
  const char *among;
  LzId road;
  gboolean my_roads;
  const char *text;
  gint64 now_ms;
  LzSort sort;
  gboolean descending;
} LzCaseQuery;

/* gint64 fids ascending; and as a JSON array, for #LzCaseQuery.among. */
void lz_fids_sort (GArray *fids);
char *lz_fids_dup_json (const GArray *fids);

/* gint64 fids in order; @limit 0 = all.  A cancelled or failed query gives NULL. */
GArray *lz_cases_list (LzStation *station, const LzCaseQuery *query, guint limit, GError **error);
gint64 lz_cases_count (LzStation *station, const LzCaseQuery *query, GError **error);
/* LzCaseRow in the order of @fids; rows that are gone are left out. */
GPtrArray *lz_cases_load_rows (LzStation *station, const gint64 *fids, guint n, GError **error);
LzCase *lz_cases_load (LzStation *station, const LzId *id, GError **error);
LzCase *lz_cases_load_by_name (LzStation *station, const char *name, GError **error);
gboolean lz_cases_get_fid (LzStation *station, const LzId *id, gint64 *fid, GError **error);
gboolean lz_cases_get_id (LzStation *station, gint64 fid, LzId *id, GError **error);
/* LzPhotoRef of the case in order of its events. */
GArray *lz_cases_list_photos (LzStation *station, const LzId *id, GError **error);

/**
 * LzPins:
 * @n: how many cases
 * @morton: their places on the Z-order curve (lz_point_morton()), ascending
 * @fids: their rows
 * @states: one #LzState each
 * @warn_s: warning time in s UTC, 0 = no clock runs
 * @due_s: deadline in s UTC, 0 = none
 * @stopped: 1 where the clock stands still
 * @dimensions: one each
 *
 * The map's view of the cases: arrays side by side, one map tile = one range of them.
 */
typedef struct
{
  guint n;
  guint64 *morton;
  gint64 *fids;
  guint8 *states;
  guint32 *warn_s;
  guint32 *due_s;
  guint8 *stopped;
  guint8 *dimensions;
} LzPins;

/* Of @n cases, everything 0. */
LzPins *lz_pins_new (guint n);
LzPins *lz_cases_load_pins (LzStation *station, const LzCaseQuery *query, GError **error);
void lz_pins_free (LzPins *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPins, lz_pins_free)

/* Open cases of @category within @radius_m of @place, reported in the last @hours: nearest first.
 */
GPtrArray *lz_cases_find_similar (LzStation *station,
                                  const char *category,
                                  LzPoint place,
                                  double radius_m,
                                  guint hours,
                                  GError **error);

/**
 * LzRoadTally:
 *
 * Open and overdue cases of a road, for its line in the list and its colour.
 */
typedef struct
{
  LzId road;
  guint n_open;
  guint n_warned;
  guint n_overdue;
} LzRoadTally;

GArray *lz_cases_tally_roads (LzStation *station, gint64 now_ms, GError **error);

/**
 * LzOpenTally:
 * @n_open: cases that are open
 * @n_by_dimension: of these, by #LzDimension
 * @n_warned: past 80 % of their limit, not overdue
 * @n_overdue: past their deadline
 * @n_due_today: to be done by the end of the local day
 */
typedef struct
{
  guint n_open;
  guint n_by_dimension[LZ_N_DIMENSIONS];
  guint n_warned;
  guint n_overdue;
  guint n_due_today;
} LzOpenTally;

gboolean lz_cases_tally_open (LzStation *station,
                              gint64 now_ms,
                              gint64 day_end_ms,
                              LzOpenTally *tally,
                              GError **error);

GHashTable *lz_cases_count_uses (LzStation *station, guint latest, GError **error);

G_END_DECLS
