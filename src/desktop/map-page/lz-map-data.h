/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-filter.h"
#include "lz-ledgers.h"
#include "lz-session.h"

G_BEGIN_DECLS

/*
 * What the map page reads for its map, each in one job of the read thread.
 */

typedef struct
{
  LzPins *pins; /* what the filter wants to see */
  LzFilterCounts counts;
} LzMapPins;

void lz_map_pins_free (LzMapPins *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzMapPins, lz_map_pins_free)

/* @query: (transfer full)
 * @ledger: (nullable): only what stands in this ledger */
void lz_map_pins_read_async (LzSession *session,
                             LzCaseQuery *query,
                             const LzLedgerQuery *ledger,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LzMapPins *lz_map_pins_read_finish (GAsyncResult *result, GError **error);

typedef struct
{
  GPtrArray *streets;
  char *attribution;
  gboolean has_extent;
  LzBox extent;
} LzMapStreets;

void lz_map_streets_free (LzMapStreets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzMapStreets, lz_map_streets_free)

void lz_map_streets_read_async (LzSession *session,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LzMapStreets *lz_map_streets_read_finish (GAsyncResult *result, GError **error);

/* What the map tells of a case under the pointer. */
typedef struct
{
  gint64 fid;
  char *text;
} LzMapHint;

void lz_map_hint_read_async (LzSession *session,
                             gint64 fid,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LzMapHint *lz_map_hint_read_finish (GAsyncResult *result, GError **error);

/* (transfer full): the roads to colour: those of the person, or all where none is assigned. */
GPtrArray *lz_map_pick_roads (GPtrArray *roads);
/* The box around assigned roads; FALSE: there are none. */
gboolean lz_map_get_extent_of_roads (GPtrArray *roads, LzBox *extent);

G_END_DECLS
