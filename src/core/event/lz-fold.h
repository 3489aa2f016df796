/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-machine.h"
#include "lz-state.h"

G_BEGIN_DECLS

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
  guint appeal;      /* 0 none, 1 pending, 2 granted, 3 refused */
  gint64 until_ms;   /* end of the suspension */
  gint64 stage_ms;   /* when it entered its state */
  char *assist;      /* units that assist, 协办 */
  LzId patrol;       /* during which it was found */
  LzId asset;        /* that it is about */
  LzId recurs;       /* the closed case that has come back */
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

gboolean lz_fold_check (const LzCase *self, const LzEvent *event, guint roles, GError **error);
void lz_fold_apply (LzCase *self, const LzEvent *event);

G_END_DECLS
