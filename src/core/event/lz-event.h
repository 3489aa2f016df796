/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-clock.h"
#include "lz-id.h"
#include "lz-point.h"

G_BEGIN_DECLS

/**
 * LzKind:
 *
 * The kinds of event.  The names (lz_kind_to_string()) are stored and travel; these numbers do not.
 */
typedef enum
{
  LZ_KIND_UNKNOWN,         /* of a newer version: kept, passed on, folded as nothing */
  LZ_KIND_REPORTED,        /* case.reported 上报 */
  LZ_KIND_SELF_HANDLED,    /* case.self_handled 自处置: before and after in one act */
  LZ_KIND_SELF_ACCEPTED,   /* case.self_accepted 自处置审核通过 */
  LZ_KIND_SELF_REFUSED,    /* case.self_refused 自处置审核不通过 */
  LZ_KIND_VERIFY_ASKED,    /* case.verify_asked 发核实 */
  LZ_KIND_VERIFIED,        /* case.verified 核实反馈 */
  LZ_KIND_REJECTED,        /* case.rejected 不予立案 */
  LZ_KIND_FILED,           /* case.filed 立案 */
  LZ_KIND_UNFILED,         /* case.unfiled 回退受理 */
  LZ_KIND_DISPATCHED,      /* case.dispatched 派遣 */
  LZ_KIND_ACCEPTED,        /* case.accepted 签收/指派 */
  LZ_KIND_RETURN_ASKED,    /* case.return_asked 申请退回 */
  LZ_KIND_RETURN_GRANTED,  /* case.return_granted */
  LZ_KIND_RETURN_REFUSED,  /* case.return_refused */
  LZ_KIND_EXTEND_ASKED,    /* case.extend_asked 申请延期 */
  LZ_KIND_EXTEND_GRANTED,  /* case.extend_granted */
  LZ_KIND_EXTEND_REFUSED,  /* case.extend_refused */
  LZ_KIND_SUSPEND_ASKED,   /* case.suspend_asked 申请挂账 */
  LZ_KIND_SUSPEND_GRANTED, /* case.suspend_granted */
  LZ_KIND_SUSPEND_REFUSED, /* case.suspend_refused */
  LZ_KIND_RESUMED,         /* case.resumed 挂账恢复 */
  LZ_KIND_RECTIFIED,       /* case.rectified 处置完成 */
  LZ_KIND_REDO_ASKED,      /* case.redo_asked 单位打回 */
  LZ_KIND_FED_BACK,        /* case.fed_back 反馈 */
  LZ_KIND_CHECK_ASKED,     /* case.check_asked 发核查 */
  LZ_KIND_CLOSED,          /* case.closed 核查合格,结案 */
  LZ_KIND_CHECK_FAILED,    /* case.check_failed 核查不合格,返工 */
  LZ_KIND_SUPERVISED,      /* case.supervised 督办, a flag */
  LZ_KIND_FORCED,          /* case.forced 强制结案 */
  LZ_KIND_VOIDED,          /* case.voided 作废 */
  LZ_KIND_REOPENED,        /* case.reopened 重新打开 */
  LZ_KIND_MERGED,          /* case.merged 并案 */
  LZ_KIND_APPEALED,        /* case.appealed 超时申诉 */
  LZ_KIND_APPEAL_GRANTED,  /* case.appeal_granted */
  LZ_KIND_APPEAL_REFUSED,  /* case.appeal_refused */
  LZ_KIND_UNACCEPTED,      /* case.unaccepted 撤回指派 */
  LZ_KIND_VOID_ASKED,      /* case.void_asked 作废申请, a flag */
  LZ_KIND_VOID_REFUSED,    /* case.void_refused 作废申请不批准 */
  LZ_KIND_ANSWERED,        /* case.answered 督办回复 */
  LZ_KIND_DUE_SET,         /* case.due_set 更正时限: by the rule, to what the calendar gives */
  LZ_KIND_NOTED,           /* case.noted 备注: never refused */
  LZ_KIND_WITHDRAWN,       /* event.withdrawn: an unsent act taken back; only its number remains */
  LZ_KIND_RECORD,          /* of a record, lz-record-kinds.h: the name tells which */
  LZ_N_KINDS
} LzKind;

/**
 * LzPhotoRole:
 *
 * What a photo shows.
 */
typedef enum
{
  LZ_PHOTO_BEFORE,
  LZ_PHOTO_AFTER,
  LZ_PHOTO_OTHER,
} LzPhotoRole;

#define LZ_SHA256_SIZE 32

/**
 * LzPhotoRef:
 * @sha256: names the photo
 * @role: what it shows
 * @size_bytes: length of the original
 * @taken_ms: when it was taken, ms UTC, 0 if the photo does not say
 * @place: where it was taken; invalid (0,0) if the photo does not say
 *
 * A photo as an event names it.  The facts are copied from the photo's own EXIF data when it is
 * taken in, so that a station without the original knows them.
 */
typedef struct
{
  guint8 sha256[LZ_SHA256_SIZE];
  LzPhotoRole role;
  gint64 size_bytes;
  gint64 taken_ms;
  LzPoint place;
} LzPhotoRef;

/**
 * LzSide:
 *
 * Side of the road, looking along growing chainage.
 */
typedef enum
{
  LZ_SIDE_NONE,
  LZ_SIDE_LEFT,
  LZ_SIDE_RIGHT,
} LzSide;

/**
 * LzBody:
 *
 * What an event says besides its envelope, all kinds together: each kind uses the members that its
 * row of the table in lz-machine.c and its schema in wire/ name; the others stay zero or %NULL.
 * What only a record has is in @facts.
 */
typedef struct
{
  /* case.reported, case.self_handled */
  char *category;     /* code in the catalogue, e.g. "T01-01" */
  LzPoint place;      /* where the problem is */
  LzId road;          /* nil: on no known road */
  gint64 chainage_cm; /* along the road from its start */
  gint64 offset_cm;   /* from the road's line */
  LzSide side;
  char *road_name; /* as it was called then; nullable */
  char *address;   /* nullable */
  char *number;    /* the visible number, "D-…" from a station; nullable */
  gint64 found_ms; /* when it was seen, if not when it was logged; 0 = occurred_at */

  /* case.filed, and where the rules file at once also case.reported */
  guint condition; /* number of the filing condition within its category, from 1 */

  /* whatever starts or moves the handling clock */
  LzLimit limit;
  gint64 due_ms;  /* the deadline that the actor's calendar gives, ms UTC; 0 = none */
  gint64 warn_ms; /* 80 % of it */

  char *unit;          /* name or code of the responsible unit; nullable */
  char *person;        /* whom the unit or the office sends; nullable */
  char *text;          /* description, note, reason or opinion; nullable */
  gint64 until_ms;     /* end of a suspension; by when a supervision order wants a reply */
  guint level;         /* of a supervision order */
  char *order;         /* its kind: "overtime" 超时, "leader" 领导, "key" 重点; nullable */
  LzId other;          /* the case merged into */
  char *source;        /* of a report that is no find of our own: "hotline" …; nullable */
  char *imported_from; /* "file:row" of a history that was imported; nullable */
  char *assist;        /* units that assist the responsible one, 协办; nullable */
  char *facts;         /* of a record: one object as canonical JSON; nullable */

  LzId patrol; /* during which the case was found */
  LzId asset;  /* that the case is about */
  LzId recurs; /* the closed case that has come back, 复发 */

  GArray *photos; /* LzPhotoRef; nullable = none */
} LzBody;

LzBody *lz_body_new (void);
LzBody *lz_body_copy (const LzBody *self);
void lz_body_free (LzBody *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzBody, lz_body_free)

void lz_body_add_photo (LzBody *self, const LzPhotoRef *photo);
guint lz_body_count_photos (const LzBody *self, LzPhotoRole role);

/**
 * LzEvent:
 * @id: the idempotency key
 * @feed: the subdistrict's 9-digit division code
 * @subject: what it is about
 * @kind: what happened
 * @kind_name: the kind as written; differs from lz_kind_to_string() for %LZ_KIND_UNKNOWN and
 *   %LZ_KIND_RECORD only
 * @actor: who, a person's id; "rule" for the office's automatic rules
 * @device: on which station
 * @device_seq: 1, 2, 3 … on each device, so that a gap shows
 * @basis: the last event of this subject that the actor had seen; nil for the first
 * @occurred_ms: the act's time by the station's clock, ms UTC
 * @body_json: the body as canonical JSON: exactly the bytes that are stored, hashed and sent
 * @body: the same, parsed; %NULL for an unknown kind
 * @home_seq: place in the home feed, set by the server; 0 = not sent yet
 * @received_ms: the server's clock at that moment; 0 = not sent yet
 *
 * One act.  Never changes once it is in the log.
 */
typedef struct
{
  LzId id;
  char *feed;
  LzId subject;
  LzKind kind;
  char *kind_name;
  char *actor;
  char *device;
  gint64 device_seq;
  LzId basis;
  gint64 occurred_ms;
  char *body_json;
  LzBody *body;
  gint64 home_seq;
  gint64 received_ms;
} LzEvent;

LzEvent *lz_event_new (void);
LzEvent *lz_event_copy (const LzEvent *self);
void lz_event_free (LzEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzEvent, lz_event_free)

const char *lz_kind_to_string (LzKind kind);
LzKind lz_kind_from_string (const char *text);
const char *lz_kind_label (LzKind kind);
/* What happened, for a timeline: also the kinds of records have their own words. */
const char *lz_event_label (const LzEvent *self);
const char *lz_photo_role_to_string (LzPhotoRole role);
gboolean lz_photo_role_from_string (const char *text, LzPhotoRole *role);
const char *lz_side_to_string (LzSide side);
gboolean lz_side_from_string (const char *text, LzSide *side);

G_END_DECLS
