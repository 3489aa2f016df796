/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"
#include "lz-rules.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzTaskList:
 *
 * The lists of work, each for some roles; in the order in which a first screen shows them.
 */
typedef enum
{
  LZ_TASKS_DRAFTS,        /* inspector: being written; its ids are drafts, not cases */
  LZ_TASKS_SENT_BACK,     /* inspector: my reports that were not taken */
  LZ_TASKS_TO_VERIFY,     /* inspector, checker: 立案前核实, for me or for anybody */
  LZ_TASKS_TO_CHECK,      /* inspector, checker: 结案前核查 */
  LZ_TASKS_TO_FILE,       /* dispatcher: 待立案 */
  LZ_TASKS_TO_REVIEW,     /* dispatcher: 自处置待审 */
  LZ_TASKS_TO_DISPATCH,   /* dispatcher: 待派遣, those without an owner among them */
  LZ_TASKS_RETURN_ASKED,  /* dispatcher: 申请退回 */
  LZ_TASKS_EXTEND_ASKED,  /* dispatcher: 申请延期 */
  LZ_TASKS_SUSPEND_ASKED, /* dispatcher: 申请挂账 */
  LZ_TASKS_VOID_ASKED,    /* dispatcher: 申请作废 */
  LZ_TASKS_APPEALED,      /* dispatcher: 超时申诉 */
  LZ_TASKS_TO_CLOSE,      /* dispatcher, checker: 已反馈待结案 */
  LZ_TASKS_TO_ACCEPT,     /* unit: 待签收 */
  LZ_TASKS_IN_HAND,       /* unit: 处置中, by deadline */
  LZ_TASKS_TO_REDO,       /* unit: sent back to it: 返工, 打回, refused requests */
  LZ_TASKS_TO_CONFIRM,    /* unit: 处置完成待反馈 */
  LZ_TASKS_REPLY_WANTED,  /* unit, dispatcher: 督办 to be answered */
  LZ_TASKS_SUSPENDED,     /* dispatcher: 挂账台账, by end date */
  LZ_TASKS_LATE,          /* dispatcher, supervisor: waits too long in its stage */
  LZ_TASKS_OVERDUE,       /* dispatcher, supervisor, unit: past the deadline */
  LZ_TASKS_SUPERVISED,    /* supervisor: 督办, highest level first */
  LZ_N_TASKS
} LzTaskList;

/* Stable keys ("to_file"), for the CLI and settings. */
const char *lz_tasks_to_string (LzTaskList list);
gboolean lz_tasks_from_string (const char *text, LzTaskList *list);
/* Translated words. */
const char *lz_tasks_label (LzTaskList list);
/* A set of #LzRole: whose list it is. */
guint lz_tasks_get_roles (LzTaskList list);

/**
 * LzTaskQuery:
 * @now_ms: the moment to judge at
 * @person: (nullable): whose verifications, checks and reports; %NULL = the station's person
 * @unit: (nullable): only what is with this unit, by its id or any of its names; %NULL = with any
 * @near: sort by the way from here, where it is valid; else each list has its own order
 *
 * For whom the lists are made.  lz_tasks_query_init() fills in who works at the station.
 */
typedef struct
{
  gint64 now_ms;
  const char *person;
  const char *unit;
  LzPoint near;
} LzTaskQuery;

/**
 * LzTaskCount:
 * @n: how many
 * @n_overdue: past their deadline, or in stages before dispatch past the stage's limit
 * @n_warned: past 80 % of it
 * @n_today: due in what is left of the office's day
 * @n_tomorrow: due on the day after
 */
typedef struct
{
  guint n;
  guint n_overdue;
  guint n_warned;
  guint n_today;
  guint n_tomorrow;
} LzTaskCount;

gboolean lz_tasks_query_init (LzStation *station, LzTaskQuery *query, char **unit, GError **error);
gboolean lz_tasks_count (LzStation *station,
                         const LzTaskQuery *query,
                         guint roles,
                         LzTaskCount counts[LZ_N_TASKS],
                         GError **error);
GArray *lz_tasks_list (LzStation *station,
                       LzTaskList list,
                       const LzTaskQuery *query,
                       guint limit,
                       GError **error);

/**
 * LzUnitTally:
 * @unit: (nullable): %NULL = with no unit
 * @n_open: what it has to handle
 *
 * A unit's load, for the dispatcher.
 */
typedef struct
{
  char *unit;
  guint n_open;
  guint n_overdue;
  guint n_warned;
  guint n_today;
  guint n_tomorrow;
  guint n_sent_back;
} LzUnitTally;

GArray *lz_tasks_tally_units (LzStation *station, gint64 now_ms, GError **error);

/* How many open cases are supervised, by level: guint, index = level. */
GArray *lz_tasks_tally_supervised (LzStation *station, GError **error);

/**
 * LzLampChange:
 * @at_ms: the last moment of the lamp as it is; 0 = no lamp will change
 * @id: the case; the first of them
 * @n: how many change then
 * @to: what it turns to
 */
typedef struct
{
  gint64 at_ms;
  LzId id;
  guint n;
  LzLamp to;
} LzLampChange;

gboolean lz_tasks_find_lamp_change (LzStation *station,
                                    gint64 after_ms,
                                    const char *unit,
                                    LzLampChange *change,
                                    GError **error);
/* fids whose deadline passes in this half-open time, soonest first. */
GArray *lz_tasks_list_turning_red (LzStation *station,
                                   gint64 from_ms,
                                   gint64 until_ms,
                                   const char *unit,
                                   guint limit,
                                   GError **error);

G_END_DECLS
