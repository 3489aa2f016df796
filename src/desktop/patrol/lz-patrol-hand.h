/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-patrol-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPatrolHand:
 *
 * What was walked, said by hand: stretches of roads, by chainage or by two clicks on the map, and
 * when; then it is sealed.
 *
 * Signal `left` (): given up, back to the overview.
 * Signal `sealed` (const LzId *patrol): done.
 * Signal `changed` (): the stretches changed; lz_patrol_hand_get_covers().
 * Signal `picking` (gboolean picking): the map shall say where the next end is.
 * Signal `told` (const char *text): something to say in a toast.
 */
#define LZ_TYPE_PATROL_HAND (lz_patrol_hand_get_type ())
G_DECLARE_FINAL_TYPE (LzPatrolHand, lz_patrol_hand, LZ, PATROL_HAND, GtkWidget)

void lz_patrol_hand_set_session (LzPatrolHand *self, LzSession *session);
/* Begins anew.  @patrol: (nullable): the one under way that is to be finished; %NULL = another one,
 * of which the time is asked too. */
void lz_patrol_hand_begin (LzPatrolHand *self, const LzId *patrol);
/* Where somebody clicked: the nearer end of a stretch, on the nearest road. */
void lz_patrol_hand_take_place (LzPatrolHand *self, LzPoint place);
/* (element-type LzRoadCover): lent. */
GPtrArray *lz_patrol_hand_get_covers (LzPatrolHand *self);

G_END_DECLS
