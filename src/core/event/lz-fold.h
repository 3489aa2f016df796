/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-machine.h"
#include "lz-state.h"

G_BEGIN_DECLS

/**
 * LzAppeal:
 *
 * How an appeal against the overtime stands.  A granted one exempts the case from the statistics;
 * that it was overtime stays visible (domain §2.2 row 25).  The numbers are stored.
 */
typedef enum
{
  LZ_APPEAL_NONE,
  LZ_APPEAL_PENDING,
  LZ_APPEAL_GRANTED,
  LZ_APPEAL_REFUSED,
} LzAppeal;

/**
 * LzCase:
 *
 * A case as the fold of its events.  Every member is a function of the events alone.
 */
typedef struct
{
  LzId id;
  LzState state;
  char *feed;
  char *category;
  guint condition; /* 0 = none picked yet */
  LzPoint place;
  LzId road;
  gint64 chainage_cm;
  gint64 offset_cm;
  LzSide side;
  char *road_name;
  char *address;
  char *number;
  char *text; /* the description of the report */
  char *unit;
  char *reporter; /* actor of the report */
  char *handler;  /* person whom the unit named */
  gint64 found_ms;
  gint64 reported_ms;
  gint64 changed_ms; /* of the last event that moved or noted it */
  gint64 closed_ms;  /* when it reached a final state; 0 = open */
  LzLimit limit;
  gint64 due_ms; /* 0 = no clock runs */
  gint64 warn_ms;
  gint64 stopped_ms; /* when the clock stopped for good or paused; 0 = running */
  guint n_photos;
  guint n_before;
  guint n_after;
  guint n_notes;
  guint n_extensions;
  guint n_suspensions;
  guint n_reworks;
  guint n_events;
  guint supervision; /* level, 0 = none */
  char *order;       /* kind of the last supervision: "overtime", "leader", "key" */
  gint64 reply_ms;   /* until when the supervisor wants a reply; 0 = none, or it was given */
  gboolean void_asked;
  char *tasked;       /* whom the office sent to verify or check it, while that is asked */
  gboolean sent_back; /* its last move was a sending back, a refusal or a reopening */
  guint appeal;       /* LzAppeal */
  gint64 until_ms;    /* end of the suspension, granted or asked for */
  gint64 stage_ms;    /* when it entered its state */
  char *assist;       /* units that assist, 协办 */
  LzId patrol;        /* during which it was found */
  LzId asset;         /* that it is about */
  LzId recurs;        /* the closed case that has come back */
  LzId merged_into;
  LzId last_event; /* the basis of the next act */
} LzCase;

LzCase *lz_case_new (void);
LzCase *lz_case_copy (const LzCase *self);
void lz_case_free (LzCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCase, lz_case_free)

gboolean lz_case_equal (const LzCase *a, const LzCase *b);
LzLamp lz_case_lamp_at (const LzCase *self, gint64 now_ms);
gboolean lz_case_is_overdue_at (const LzCase *self, gint64 now_ms);

/* Whether a unit has just returned it: its clock stands still, for that unit to go on with. */
static inline gboolean
lz_case_was_returned (const LzCase *self)
{
  return self->state == LZ_STATE_FILED && self->unit != NULL;
}

/**
 * LzChoice:
 * @row: what it would do
 * @why_not: (nullable): why it cannot be done, untranslated; %NULL = it can
 *
 * An act and whether a person may make it now.
 */
typedef struct
{
  const LzTransition *row;
  const char *why_not;
} LzChoice;

guint
lz_fold_list_choices (const LzCase *self, guint roles, gint64 at_ms, LzChoice *choices, guint max);

const LzTransition *lz_fold_find_row (const LzCase *self, LzKind kind);
gboolean lz_fold_check (const LzCase *self, const LzEvent *event, guint roles, GError **error);
void lz_fold_apply (LzCase *self, const LzEvent *event);

G_END_DECLS
