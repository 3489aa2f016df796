/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-state.h"

G_BEGIN_DECLS

/**
 * LzNeeds:
 *
 * What an event must bring with it to be legal.
 */
typedef enum
{
  LZ_NEEDS_NOTHING = 0,
  LZ_NEEDS_CATEGORY = 1 << 0,
  LZ_NEEDS_PLACE = 1 << 1,
  LZ_NEEDS_BEFORE = 1 << 2, /* a photo of the problem */
  LZ_NEEDS_AFTER = 1 << 3,  /* a photo of it put right */
  LZ_NEEDS_TEXT = 1 << 4,   /* a reason or opinion */
  LZ_NEEDS_CONDITION = 1 << 5,
  LZ_NEEDS_UNIT = 1 << 6,
  LZ_NEEDS_UNTIL = 1 << 7,
  LZ_NEEDS_DUE = 1 << 8,         /* a new deadline */
  LZ_NEEDS_OTHER = 1 << 9,       /* another case */
  LZ_NEEDS_IN_TIME = 1 << 10,    /* the case is not overdue */
  LZ_NEEDS_EXTENSIONS = 1 << 11, /* fewer than two extensions so far */
  LZ_NEEDS_NO_SUSPENSION = 1 << 12,
  LZ_NEEDS_OVERDUE = 1 << 13, /* the case ended overdue */
  LZ_NEEDS_NO_APPEAL = 1 << 14,
  LZ_NEEDS_APPEAL = 1 << 15,
  LZ_NEEDS_PHOTO = 1 << 16, /* any photo */
  LZ_NEEDS_ORDER = 1 << 17, /* a kind of supervision, or none */
  LZ_NEEDS_REPLY_WANTED = 1 << 18,
  LZ_NEEDS_VOID_ASKED = 1 << 19,
  LZ_NEEDS_NO_VOID_ASKED = 1 << 20,
  LZ_NEEDS_NOT_RETURNED = 1 << 21, /* no unit has just returned it */
  LZ_NEEDS_HAS_UNIT = 1 << 22,     /* the row is passed over for a case that no unit has had */
} LzNeeds;

/* Of these, what the body brings; the rest is a matter of the case as it stands. */
#define LZ_NEEDS_OF_BODY                                                                   \
  (LZ_NEEDS_CATEGORY | LZ_NEEDS_PLACE | LZ_NEEDS_BEFORE | LZ_NEEDS_AFTER | LZ_NEEDS_TEXT | \
   LZ_NEEDS_CONDITION | LZ_NEEDS_UNIT | LZ_NEEDS_UNTIL | LZ_NEEDS_DUE | LZ_NEEDS_OTHER |   \
   LZ_NEEDS_PHOTO | LZ_NEEDS_ORDER)

/**
 * LzClockEffect:
 *
 * What a transition does to the handling clock, domain §2.1.
 */
typedef enum
{
  LZ_EFFECT_NONE,
  LZ_EFFECT_START, /* with the body's due time: the whole limit, or what is left of it for the unit
                      that returned the case */
  LZ_EFFECT_PAUSE,
  LZ_EFFECT_RESUME, /* with the body's due time, which has the paused time added */
  LZ_EFFECT_EXTEND,
  LZ_EFFECT_STOP,
  LZ_EFFECT_CLEAR, /* the deadline no longer stands */
  LZ_EFFECT_SET,   /* to the body's, whether it runs or stands still */
} LzClockEffect;

/**
 * LzTransition:
 * @kind: the event that makes it
 * @from: the states it may start from, a set of LZ_STATE_BIT()
 * @to: the state after it; %LZ_STATE_NONE = stays where it is
 * @roles: who may, a set of #LzRole
 * @needs: what the event must bring
 * @effect: on the clock
 * @label: the word on the button, untranslated msgid
 *
 * One row of the machine.  Rows of one kind differ in @from.
 */
typedef struct
{
  LzKind kind;
  guint32 from;
  LzState to;
  guint roles;
  guint needs;
  LzClockEffect effect;
  const char *label;
} LzTransition;

const LzTransition *lz_machine_get_rows (guint *n_rows);
const LzTransition *lz_machine_find (LzKind kind, LzState from);
const LzTransition *lz_machine_next_step (LzState state, guint roles);
guint lz_machine_list_actions (LzState state, guint roles, const LzTransition **actions, guint max);

G_END_DECLS
