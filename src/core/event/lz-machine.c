/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-machine.h"

#include <glib/gi18n-lib.h>

#define S(state) LZ_STATE_BIT (LZ_STATE_##state)

#define INSPECTOR  LZ_ROLE_INSPECTOR
#define CHIEF      LZ_ROLE_ROAD_CHIEF
#define DISPATCHER LZ_ROLE_DISPATCHER
#define UNIT       LZ_ROLE_UNIT
#define CHECKER    LZ_ROLE_CHECKER
#define SUPERVISOR LZ_ROLE_SUPERVISOR
#define ADMIN      LZ_ROLE_ADMIN
#define RULE       LZ_ROLE_RULE
#define ALL_STATES (LZ_STATES_OPEN | LZ_STATES_FINAL)
#define VOIDABLE   (S (REPORTED) | S (SELF_DONE) | S (FILED) | S (DISPATCHED))
#define CLOCKED    (LZ_STATES_OPEN & ~(S (REPORTED) | S (SELF_DONE) | S (VERIFYING)))

/* The machine: domain §2.2 as one table.  Numbers in comments are the rows there; what has none is
 * ours, with the reason.  Order matters to menus only. */
/* clang-format off */
static const LzTransition rows[] = {
  /* 1 上报 */
  { LZ_KIND_REPORTED, S (NONE), LZ_STATE_REPORTED,
    INSPECTOR | CHIEF | DISPATCHER | CHECKER | SUPERVISOR | ADMIN,
    LZ_NEEDS_CATEGORY | LZ_NEEDS_PLACE, LZ_EFFECT_NONE, N_("Report") },
  /* 2 自处置, 即查即改 */
  { LZ_KIND_SELF_HANDLED, S (NONE), LZ_STATE_SELF_DONE, INSPECTOR | CHIEF,
    LZ_NEEDS_CATEGORY | LZ_NEEDS_PLACE | LZ_NEEDS_BEFORE | LZ_NEEDS_AFTER, LZ_EFFECT_NONE,
    N_("Fixed on the Spot") },
  { LZ_KIND_SELF_HANDLED, S (REPORTED), LZ_STATE_SELF_DONE, INSPECTOR | CHIEF,
    LZ_NEEDS_AFTER, LZ_EFFECT_NONE, N_("Fixed on the Spot") },
  /* 3 自处置审核 */
  { LZ_KIND_SELF_ACCEPTED, S (SELF_DONE), LZ_STATE_CLOSED, DISPATCHER | CHECKER,
    LZ_NEEDS_NOTHING, LZ_EFFECT_STOP, N_("Accept and Close") },
  { LZ_KIND_SELF_REFUSED, S (SELF_DONE), LZ_STATE_REPORTED, DISPATCHER | CHECKER,
    LZ_NEEDS_TEXT, LZ_EFFECT_NONE, N_("Do Not Accept") },
  /* 4, 5 立案前核实 */
  { LZ_KIND_VERIFY_ASKED, S (REPORTED), LZ_STATE_VERIFYING, DISPATCHER,
    LZ_NEEDS_NOTHING, LZ_EFFECT_NONE, N_("Send for Verification") },
  { LZ_KIND_VERIFIED, S (VERIFYING), LZ_STATE_REPORTED, INSPECTOR | CHECKER,
    LZ_NEEDS_TEXT | LZ_NEEDS_PHOTO, LZ_EFFECT_NONE, N_("Report Verification") },
  /* 6, 7, 8 立案 */
  { LZ_KIND_FILED, S (REPORTED), LZ_STATE_FILED, DISPATCHER | RULE,
    LZ_NEEDS_CONDITION, LZ_EFFECT_NONE, N_("File") },
  { LZ_KIND_REJECTED, S (REPORTED), LZ_STATE_REJECTED, DISPATCHER,
    LZ_NEEDS_TEXT, LZ_EFFECT_CLEAR, N_("Do Not File") },
  { LZ_KIND_UNFILED, S (FILED), LZ_STATE_REPORTED, DISPATCHER,
    LZ_NEEDS_TEXT, LZ_EFFECT_CLEAR, N_("Send Back to Intake") },
  /* 9 派遣: to the unit that returned it the clock goes on, to another it starts anew, §2.1 */
  { LZ_KIND_DISPATCHED, S (FILED), LZ_STATE_DISPATCHED, DISPATCHER | RULE,
    LZ_NEEDS_UNIT | LZ_NEEDS_DUE, LZ_EFFECT_START, N_("Dispatch") },
  /* 11 签收/指派 */
  { LZ_KIND_ACCEPTED, S (DISPATCHED) | S (REWORK), LZ_STATE_HANDLING, UNIT,
    LZ_NEEDS_NOTHING, LZ_EFFECT_NONE, N_("Accept Task") },
  /* ours: the first half of 12, "take back any internal assignment first" */
  { LZ_KIND_UNACCEPTED, S (HANDLING), LZ_STATE_DISPATCHED, UNIT,
    LZ_NEEDS_TEXT, LZ_EFFECT_NONE, N_("Take Back Assignment") },
  /* 12, 13 退回; granted, it can only be dispatched again or go back to intake: LZ_NEEDS_NOT_RETURNED */
  { LZ_KIND_RETURN_ASKED, S (DISPATCHED), LZ_STATE_RETURNING, UNIT,
    LZ_NEEDS_TEXT, LZ_EFFECT_PAUSE, N_("Request Return") },
  { LZ_KIND_RETURN_GRANTED, S (RETURNING), LZ_STATE_FILED, DISPATCHER,
    LZ_NEEDS_NOTHING, LZ_EFFECT_NONE, N_("Grant Return") },
  { LZ_KIND_RETURN_REFUSED, S (RETURNING), LZ_STATE_DISPATCHED, DISPATCHER,
    LZ_NEEDS_TEXT | LZ_NEEDS_DUE, LZ_EFFECT_RESUME, N_("Refuse Return") },
  /* 14 延期; the unit's own request is its 初审 */
  { LZ_KIND_EXTEND_ASKED, S (HANDLING), LZ_STATE_EXTENDING, UNIT,
    LZ_NEEDS_TEXT | LZ_NEEDS_IN_TIME | LZ_NEEDS_EXTENSIONS, LZ_EFFECT_NONE,
    N_("Request Extension") },
  { LZ_KIND_EXTEND_GRANTED, S (EXTENDING), LZ_STATE_HANDLING, DISPATCHER,
    LZ_NEEDS_DUE, LZ_EFFECT_EXTEND, N_("Grant Extension") },
  { LZ_KIND_EXTEND_REFUSED, S (EXTENDING), LZ_STATE_HANDLING, DISPATCHER,
    LZ_NEEDS_TEXT, LZ_EFFECT_NONE, N_("Refuse Extension") },
  /* 15, 16 挂账; the rule ends it at its end date */
  { LZ_KIND_SUSPEND_ASKED, S (HANDLING), LZ_STATE_SUSPENDING, UNIT,
    LZ_NEEDS_TEXT | LZ_NEEDS_UNTIL | LZ_NEEDS_NO_SUSPENSION, LZ_EFFECT_NONE,
    N_("Request Suspension") },
  { LZ_KIND_SUSPEND_GRANTED, S (SUSPENDING), LZ_STATE_SUSPENDED, DISPATCHER,
    LZ_NEEDS_UNTIL, LZ_EFFECT_PAUSE, N_("Grant Suspension") },
  { LZ_KIND_SUSPEND_REFUSED, S (SUSPENDING), LZ_STATE_HANDLING, DISPATCHER,
    LZ_NEEDS_TEXT, LZ_EFFECT_NONE, N_("Refuse Suspension") },
  { LZ_KIND_RESUMED, S (SUSPENDED), LZ_STATE_HANDLING, DISPATCHER | RULE,
    LZ_NEEDS_DUE, LZ_EFFECT_RESUME, N_("Resume") },
  /* 17 处置完成; straight from dispatch too, since a small office accepts by doing */
  { LZ_KIND_RECTIFIED, S (DISPATCHED) | S (HANDLING) | S (REWORK), LZ_STATE_DONE, UNIT,
    LZ_NEEDS_AFTER, LZ_EFFECT_NONE, N_("Rectified") },
  /* 18 单位打回 */
  { LZ_KIND_REDO_ASKED, S (DONE), LZ_STATE_HANDLING, UNIT,
    LZ_NEEDS_TEXT, LZ_EFFECT_NONE, N_("Send Back to Handler") },
  /* 19 反馈: the unit's confirmation stops the clock; in the short loop the rule gives it */
  { LZ_KIND_FED_BACK, S (DONE), LZ_STATE_FED_BACK, UNIT | RULE,
    LZ_NEEDS_NOTHING, LZ_EFFECT_STOP, N_("Confirm and Report Back") },
  /* 20, 21, 22 结案前核查 */
  { LZ_KIND_CLOSED, S (FED_BACK) | S (CHECKING), LZ_STATE_CLOSED, DISPATCHER | CHECKER,
    LZ_NEEDS_NOTHING, LZ_EFFECT_STOP, N_("Check Passed, Close") },
  { LZ_KIND_CHECK_ASKED, S (FED_BACK), LZ_STATE_CHECKING, DISPATCHER,
    LZ_NEEDS_NOTHING, LZ_EFFECT_NONE, N_("Send for Check") },
  { LZ_KIND_CHECK_FAILED, S (FED_BACK) | S (CHECKING), LZ_STATE_REWORK, DISPATCHER | CHECKER,
    LZ_NEEDS_TEXT | LZ_NEEDS_DUE, LZ_EFFECT_RESUME, N_("Check Failed, Redo") },
  /* 23 督办: a flag; with an until date a reply is wanted */
  { LZ_KIND_SUPERVISED, LZ_STATES_OPEN, LZ_STATE_NONE, SUPERVISOR | CHIEF | DISPATCHER,
    LZ_NEEDS_TEXT | LZ_NEEDS_ORDER, LZ_EFFECT_NONE, N_("Supervise") },
  { LZ_KIND_ANSWERED, ALL_STATES, LZ_STATE_NONE, UNIT | DISPATCHER,
    LZ_NEEDS_TEXT | LZ_NEEDS_REPLY_WANTED, LZ_EFFECT_NONE, N_("Reply to Supervision") },
  /* 24 强制结案 */
  { LZ_KIND_FORCED, LZ_STATES_OPEN, LZ_STATE_FORCED, SUPERVISOR | ADMIN,
    LZ_NEEDS_TEXT, LZ_EFFECT_STOP, N_("Close by Force") },
  /* 10 作废; before handling has begun, so also of what the rules dispatched at once.  The asking
   * is a flag: whatever moves the case otherwise has answered it. */
  { LZ_KIND_VOID_ASKED, VOIDABLE, LZ_STATE_NONE, INSPECTOR | CHIEF | DISPATCHER,
    LZ_NEEDS_TEXT | LZ_NEEDS_NO_VOID_ASKED, LZ_EFFECT_NONE, N_("Request Voiding") },
  { LZ_KIND_VOIDED, VOIDABLE, LZ_STATE_VOIDED, DISPATCHER,
    LZ_NEEDS_TEXT | LZ_NEEDS_NOT_RETURNED, LZ_EFFECT_CLEAR, N_("Void") },
  { LZ_KIND_VOID_REFUSED, VOIDABLE, LZ_STATE_NONE, DISPATCHER,
    LZ_NEEDS_TEXT | LZ_NEEDS_VOID_ASKED, LZ_EFFECT_NONE, N_("Refuse Voiding") },
  /* ours: a final state that turns out to be wrong is answered by another event, never edited.
   * What no unit has had goes to intake, so that it is on somebody's list. */
  { LZ_KIND_REOPENED, S (CLOSED) | S (FORCED), LZ_STATE_REWORK, DISPATCHER | CHECKER,
    LZ_NEEDS_TEXT | LZ_NEEDS_DUE | LZ_NEEDS_HAS_UNIT, LZ_EFFECT_START, N_("Reopen") },
  { LZ_KIND_REOPENED, LZ_STATES_FINAL, LZ_STATE_REPORTED, DISPATCHER | CHECKER,
    LZ_NEEDS_TEXT, LZ_EFFECT_CLEAR, N_("Reopen") },
  /* duplicates, domain §2.2 end; also what the rules dispatched at once */
  { LZ_KIND_MERGED, S (REPORTED) | S (FILED) | S (DISPATCHED), LZ_STATE_MERGED, DISPATCHER,
    LZ_NEEDS_OTHER | LZ_NEEDS_NOT_RETURNED, LZ_EFFECT_CLEAR, N_("Merge") },
  /* 25 超时申诉 */
  { LZ_KIND_APPEALED, S (CLOSED), LZ_STATE_NONE, UNIT,
    LZ_NEEDS_TEXT | LZ_NEEDS_OVERDUE | LZ_NEEDS_NO_APPEAL, LZ_EFFECT_NONE,
    N_("Appeal Overtime") },
  { LZ_KIND_APPEAL_GRANTED, S (CLOSED), LZ_STATE_NONE, DISPATCHER,
    LZ_NEEDS_APPEAL, LZ_EFFECT_NONE, N_("Grant Appeal") },
  { LZ_KIND_APPEAL_REFUSED, S (CLOSED), LZ_STATE_NONE, DISPATCHER,
    LZ_NEEDS_APPEAL | LZ_NEEDS_TEXT, LZ_EFFECT_NONE, N_("Refuse Appeal") },
  /* ours: a deadline that is not what the office's calendar gives is put right, not refused, since
   * the act that set it may have been made with no network */
  { LZ_KIND_DUE_SET, CLOCKED, LZ_STATE_NONE, RULE,
    LZ_NEEDS_DUE, LZ_EFFECT_SET, N_("Set Deadline") },
  /* evidence is never refused */
  { LZ_KIND_NOTED, ALL_STATES, LZ_STATE_NONE, LZ_ROLES_ANY,
    LZ_NEEDS_NOTHING, LZ_EFFECT_NONE, N_("Add Note") },
};

/* The one step that brings a case in this state forward. */
static const LzKind next_steps[LZ_N_STATES] = {
  [LZ_STATE_REPORTED] = LZ_KIND_FILED,
  [LZ_STATE_SELF_DONE] = LZ_KIND_SELF_ACCEPTED,
  [LZ_STATE_VERIFYING] = LZ_KIND_VERIFIED,
  [LZ_STATE_FILED] = LZ_KIND_DISPATCHED,
  [LZ_STATE_DISPATCHED] = LZ_KIND_RECTIFIED,
  [LZ_STATE_HANDLING] = LZ_KIND_RECTIFIED,
  [LZ_STATE_EXTENDING] = LZ_KIND_EXTEND_GRANTED,
  [LZ_STATE_SUSPENDING] = LZ_KIND_SUSPEND_GRANTED,
  [LZ_STATE_SUSPENDED] = LZ_KIND_RESUMED,
  [LZ_STATE_RETURNING] = LZ_KIND_RETURN_GRANTED,
  [LZ_STATE_DONE] = LZ_KIND_FED_BACK,
  [LZ_STATE_FED_BACK] = LZ_KIND_CLOSED,
  [LZ_STATE_CHECKING] = LZ_KIND_CLOSED,
  [LZ_STATE_REWORK] = LZ_KIND_RECTIFIED,
};
/* clang-format on */

/**
 * lz_machine_get_rows:
 * @n_rows: (out): how many
 *
 * Returns: (transfer none) (array length=n_rows): the whole table
 */
const LzTransition *
lz_machine_get_rows (guint *n_rows)
{
  *n_rows = G_N_ELEMENTS (rows);
  return rows;
}

/**
 * lz_machine_find:
 * @kind: an event
 * @from: the state that it meets
 *
 * Finds the first row of @kind for @from; lz_fold_find_row() also looks at the case.
 *
 * Returns: (nullable): its row, or %NULL where it is not legal
 */
const LzTransition *
lz_machine_find (LzKind kind, LzState from)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].kind == kind && (rows[i].from & LZ_STATE_BIT (from)) != 0)
      return &rows[i];
  return NULL;
}

/**
 * lz_machine_next_step:
 * @state: of a case
 * @roles: of the person
 *
 * Returns: (nullable): what this person can do to bring the case forward; %NULL if it is for
 *   somebody else, or nothing is left to do
 */
const LzTransition *
lz_machine_next_step (LzState state, guint roles)
{
  const LzTransition *row;

  g_return_val_if_fail ((guint) state < LZ_N_STATES, NULL);

  if (next_steps[state] == LZ_KIND_UNKNOWN)
    return NULL;
  row = lz_machine_find (next_steps[state], state);
  return row != NULL && (row->roles & roles) != 0 ? row : NULL;
}

/**
 * lz_machine_list_actions:
 * @state: of a case
 * @roles: of the person
 * @actions: (out caller-allocates) (array length=max): the rows, in the table's order
 * @max: how many fit
 *
 * Lists everything that this person may do with a case in @state, conditions of the single case
 * aside (see lz_fold_check()).
 *
 * Returns: how many were put into @actions
 */
guint
lz_machine_list_actions (LzState state, guint roles, const LzTransition **actions, guint max)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows) && n < max; i++)
    if ((rows[i].from & LZ_STATE_BIT (state)) != 0 && (rows[i].roles & roles) != 0)
      actions[n++] = &rows[i];
  return n;
}
