/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-desk.h"
#include "lz-roads-private.h"

G_BEGIN_DECLS

typedef void (*LzDeskSpotFunc) (const LzDeskSpot *spot, gpointer data);
/* Takes @chief. */
typedef void (*LzDeskChiefFunc) (const LzId *road, LzDeskChief *chief, gpointer data);

gboolean lz_desk_find_spots (LzStation *station,
                             const LzHealthModel *model,
                             const LzId *road,
                             gint64 now_ms,
                             LzDeskSpotFunc func,
                             gpointer data,
                             GError **error);
/* @road: (nullable): only of this one. */
gboolean lz_desk_list_chiefs (LzStation *station,
                              const LzId *road,
                              LzDeskChiefFunc func,
                              gpointer data,
                              GError **error);
/* Takes @road. */
LzDeskRoad *lz_desk_road_new (LzRoad *road);
/* Its health, once its facts are there. */
void lz_desk_road_judge (LzDeskRoad *self,
                         const LzHealthModel *model,
                         LzHealthTerm terms[LZ_HEALTH_N_TERMS]);

/* Everything about @roads (LzId -> LzDeskRoad) but their recurrence spots; @only: (nullable): there
 * is this one alone. */
gboolean lz_desk_fill (LzStation *station,
                       GHashTable *roads,
                       const LzId *only,
                       gint64 now_ms,
                       GError **error);
/* The part of it about patrols: when the last was, and whether one is overdue. */
gboolean
lz_desk_fill_patrols (LzStation *station, GHashTable *roads, const LzId *only, GError **error);
/* (element-type LzDeskPatrol): the last @n patrols of @road, the last first. */
GPtrArray *lz_desk_list_patrols (LzStation *station, const LzId *road, guint n, GError **error);

void lz_desk_chief_free (LzDeskChief *self);
void lz_desk_spot_free (LzDeskSpot *self);

G_END_DECLS
