/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzState:
 *
 * The states of a case, domain §2.2.  The numbers are stored: append only.
 */
typedef enum
{
  LZ_STATE_NONE = 0,       /* no event yet */
  LZ_STATE_REPORTED = 1,   /* 待立案 */
  LZ_STATE_SELF_DONE = 2,  /* 自处置待审 */
  LZ_STATE_VERIFYING = 3,  /* 立案前核实中 */
  LZ_STATE_REJECTED = 4,   /* 不予立案, final */
  LZ_STATE_FILED = 5,      /* 已立案待派遣 */
  LZ_STATE_DISPATCHED = 6, /* 待处置 */
  LZ_STATE_HANDLING = 7,   /* 处置中 */
  LZ_STATE_EXTENDING = 8,  /* 延期审批中 */
  LZ_STATE_SUSPENDING = 9, /* 挂账审批中 */
  LZ_STATE_SUSPENDED = 10, /* 挂账中 */
  LZ_STATE_RETURNING = 11, /* 退回审批中 */
  LZ_STATE_DONE = 12,      /* 处置完成待反馈 */
  LZ_STATE_FED_BACK = 13,  /* 已反馈待结案 */
  LZ_STATE_CHECKING = 14,  /* 结案前核查中 */
  LZ_STATE_REWORK = 15,    /* 返工 */
  LZ_STATE_CLOSED = 16,    /* 结案, final */
  LZ_STATE_FORCED = 17,    /* 强制结案, final */
  LZ_STATE_VOIDED = 18,    /* 作废, final */
  LZ_STATE_MERGED = 19,    /* 并案, final */
  LZ_N_STATES
} LzState;

#define LZ_STATE_BIT(state) (1u << (state))

/* States in which the problem is not yet out of the world. */
#define LZ_STATES_OPEN                                                      \
  (LZ_STATE_BIT (LZ_STATE_REPORTED) | LZ_STATE_BIT (LZ_STATE_SELF_DONE) |   \
   LZ_STATE_BIT (LZ_STATE_VERIFYING) | LZ_STATE_BIT (LZ_STATE_FILED) |      \
   LZ_STATE_BIT (LZ_STATE_DISPATCHED) | LZ_STATE_BIT (LZ_STATE_HANDLING) |  \
   LZ_STATE_BIT (LZ_STATE_EXTENDING) | LZ_STATE_BIT (LZ_STATE_SUSPENDING) | \
   LZ_STATE_BIT (LZ_STATE_SUSPENDED) | LZ_STATE_BIT (LZ_STATE_RETURNING) |  \
   LZ_STATE_BIT (LZ_STATE_DONE) | LZ_STATE_BIT (LZ_STATE_FED_BACK) |        \
   LZ_STATE_BIT (LZ_STATE_CHECKING) | LZ_STATE_BIT (LZ_STATE_REWORK))

#define LZ_STATES_FINAL                                                \
  (LZ_STATE_BIT (LZ_STATE_REJECTED) | LZ_STATE_BIT (LZ_STATE_CLOSED) | \
   LZ_STATE_BIT (LZ_STATE_FORCED) | LZ_STATE_BIT (LZ_STATE_VOIDED) |   \
   LZ_STATE_BIT (LZ_STATE_MERGED))

/**
 * LzRole:
 *
 * What a person may do; one person can hold several, so it is a set.  The bits are stored.
 */
typedef enum
{
  LZ_ROLE_INSPECTOR = 1 << 0,  /* 巡查员 */
  LZ_ROLE_ROAD_CHIEF = 1 << 1, /* 路长 */
  LZ_ROLE_DISPATCHER = 1 << 2, /* 办事处派遣员, also 受理 and 值班长 in an office this small */
  LZ_ROLE_UNIT = 1 << 3,       /* 责任单位 */
  LZ_ROLE_CHECKER = 1 << 4,    /* 核查员 */
  LZ_ROLE_SUPERVISOR = 1 << 5, /* 督导 */
  LZ_ROLE_ADMIN = 1 << 6,      /* 管理员 */
  LZ_ROLE_RULE = 1 << 7,       /* the office's automatic rules, actor "rule" */
} LzRole;

#define LZ_ROLES_ANY 0xffu

/* Stable English keys ("dispatched"), for SQL, files and the CLI. */
const char *lz_state_to_string (LzState state);
gboolean lz_state_from_string (const char *text, LzState *state);
/* Translated words. */
const char *lz_state_label (LzState state);
const char *lz_role_to_string (LzRole role);
gboolean lz_role_from_string (const char *text, LzRole *role);
const char *lz_role_label (LzRole role);

static inline gboolean
lz_state_is_open (LzState state)
{
  return (LZ_STATES_OPEN & LZ_STATE_BIT (state)) != 0;
}

G_END_DECLS
