/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"
#include "lz-sync-table.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  LZ_DECISION_REDO,
  LZ_DECISION_NOTE,
  LZ_DECISION_DROP,
} LzDecision;

/**
 * LzRefusalPane:
 *
 * One refused act: what I did, why it was refused, how the case stands now, and what can be done
 * about it.
 *
 * Signal `decided` (int decision, const char *reason): the person chose; @reason for a drop only.
 * Signal `case-wanted`: show the case.
 */
#define LZ_TYPE_REFUSAL_PANE (lz_refusal_pane_get_type ())
G_DECLARE_FINAL_TYPE (LzRefusalPane, lz_refusal_pane, LZ, REFUSAL_PANE, AdwBin)

void lz_refusal_pane_set_session (LzRefusalPane *self, LzSession *session);
/* @refusal: lent until the next call */
void lz_refusal_pane_show (LzRefusalPane *self, const LzRefusal *refusal);
/* While a decision is being written. */
void lz_refusal_pane_set_busy (LzRefusalPane *self, gboolean busy);
/* Says for a moment what became of the one before. */
void lz_refusal_pane_tell (LzRefusalPane *self, const char *text);
/* Says why a decision could not be taken; NULL takes it away. */
void lz_refusal_pane_set_problem (LzRefusalPane *self, const GError *error);

/* "Rectified" */
const char *lz_refusal_get_kind (const LzRefusal *refusal);
/* "Rectified · D-0042": what a list and a screen reader say of it. */
char *lz_refusal_dup_title (const LzRefusal *refusal);

G_END_DECLS
