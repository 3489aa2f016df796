/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-state.h"

G_BEGIN_DECLS

/**
 * LzRecordType:
 *
 * What else besides cases an office keeps.  The numbers are stored: append only.
 */
typedef enum
{
  LZ_RECORD_NONE = 0,
  LZ_RECORD_PATROL = 1,   /* 巡查 */
  LZ_RECORD_CAMPAIGN = 2, /* 专项行动 */
  LZ_RECORD_ASSET = 3,    /* 部件 and what else is kept on file: shops, sign boards, sites … */
  LZ_RECORD_BULLETIN = 4, /* 通报: the sealed figures of a period */
  LZ_RECORD_ROUTE = 5,    /* which unit handles a category */
  LZ_RECORD_NOTICE = 6,   /* 曝光台, 点赞榜, 聚焦路长 */
  LZ_RECORD_FIRM = 7,     /* 建筑垃圾清运公司 */
  LZ_RECORD_INSPECTION = 8, /* a road's inspection, scored */
  LZ_RECORD_PHRASE = 9,     /* the office's own reply and opinion templates */
  LZ_RECORD_COMMUNITY = 10, /* in which community a road lies */
  LZ_N_RECORD_TYPES
} LzRecordType;

/**
 * LzRecordState:
 *
 * The states of any record.  The numbers are stored.
 */
typedef enum
{
  LZ_RECORD_NEW = 0,  /* no event yet */
  LZ_RECORD_OPEN = 1, /* under way, in force */
  LZ_RECORD_DONE = 2, /* finished: sealed, closed, published */
  LZ_RECORD_GONE = 3, /* given up, retired, taken down */
} LzRecordState;

#define LZ_RECORD_BIT(state) (1u << (state))

/**
 * LzRecordKind:
 * @name: of the event, "patrol.finished"
 * @type: of the record that it is about
 * @from: the states it may start from, a set of LZ_RECORD_BIT()
 * @to: the state after it; %LZ_RECORD_NEW = stays where it is
 * @roles: who may, a set of #LzRole
 * @needs: space-separated members that its facts must have; "text" = a reason, "place" = a place,
 *   "road" = a road, which are not among the facts
 * @own: only who began the record may
 * @label: what happened, untranslated msgid
 *
 * One row of the table of records: all that can happen to one.
 */
typedef struct
{
  const char *name;
  LzRecordType type;
  guint from;
  LzRecordState to;
  guint roles;
  const char *needs;
  gboolean own;
  const char *label;
} LzRecordKind;

const LzRecordKind *lz_record_kind_find (const char *name);
const LzRecordKind *lz_record_kind_get_rows (guint *n_rows);

/* Stable English keys ("patrol", "open"). */
const char *lz_record_type_to_string (LzRecordType type);
gboolean lz_record_type_from_string (const char *text, LzRecordType *type);
const char *lz_record_state_to_string (LzRecordState state);
/* Translated words. */
const char *lz_record_type_label (LzRecordType type);

G_END_DECLS
