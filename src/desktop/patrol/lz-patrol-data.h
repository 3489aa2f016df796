/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-patrols.h"
#include "lz-session.h"

G_BEGIN_DECLS

/*
 * What the patrol page reads and does, each in one job of the store's threads.
 */

/**
 * LzPatrolOverview:
 * @open: (nullable): the person's patrol that is under way, with what it covers so far
 * @due: (element-type LzPatrolDuty): what the person owes now
 * @missed: (element-type LzPatrolDuty): what the person missed lately, the newest first
 * @history: (element-type LzPatrol): as the filter wants it
 */
typedef struct
{
  LzPatrol *open;
  GPtrArray *due;
  GPtrArray *missed;
  GPtrArray *history;
} LzPatrolOverview;

void lz_patrol_overview_free (LzPatrolOverview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPatrolOverview, lz_patrol_overview_free)

/* @person: (nullable): whose history; @road: of which road, nil = any */
void lz_patrol_overview_read_async (LzSession *session,
                                    const char *person,
                                    const LzId *road,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
LzPatrolOverview *lz_patrol_overview_read_finish (GAsyncResult *result, GError **error);

/**
 * LzPatrolFile:
 * @patrol: with its track
 * @track: (nullable): the same, read
 * @cases: (element-type LzCaseRow): found during it
 * @notes: (element-type LzEvent): what was said on it
 */
typedef struct
{
  LzPatrol *patrol;
  LzCleanTrack *track;
  GPtrArray *cases;
  GPtrArray *notes;
} LzPatrolFile;

void lz_patrol_file_free (LzPatrolFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPatrolFile, lz_patrol_file_free)

void lz_patrol_file_read_async (LzSession *session,
                                const LzId *patrol,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LzPatrolFile *lz_patrol_file_read_finish (GAsyncResult *result, GError **error);

typedef enum
{
  LZ_PATROL_ACT_START,
  LZ_PATROL_ACT_FIX,
  LZ_PATROL_ACT_FINISH,
  LZ_PATROL_ACT_ABANDON,
  LZ_PATROL_ACT_IMPORT,
  LZ_PATROL_ACT_ENTER,
  LZ_PATROL_ACT_NOTE,
} LzPatrolActKind;

/**
 * LzPatrolAct:
 * @patrol: which; not for a start, an import or an entry by hand
 * @text: (nullable): remark, reason or note
 * @path: (nullable): the file to import
 * @covers: (nullable): what was walked, by hand
 * @from_ms, @until_ms: of an entry by hand
 * @fix: where the person is
 *
 * Something to do.
 */
typedef struct
{
  LzPatrolActKind kind;
  LzId patrol;
  char *text;
  char *path;
  GPtrArray *covers;
  gint64 from_ms;
  gint64 until_ms;
  LzTrackPoint fix;
} LzPatrolAct;

LzPatrolAct *lz_patrol_act_new (LzPatrolActKind kind, const LzId *patrol);
void lz_patrol_act_free (LzPatrolAct *self);

/* @act: (transfer full).  The finish gives the patrol. */
void lz_patrol_act_async (LzSession *session,
                          LzPatrolAct *act,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean lz_patrol_act_finish (GAsyncResult *result, LzId *patrol, GError **error);

G_END_DECLS
