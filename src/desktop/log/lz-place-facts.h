/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-assets.h"
#include "lz-session.h"

G_BEGIN_DECLS

/**
 * LzPlaceFacts:
 * @found: a road is near enough
 * @road: which
 * @similar: (element-type LzCaseRow): open cases like it nearby, the nearest first
 * @assets: (element-type LzRecord): on file nearby, the nearest first
 * @kinds: of these
 *
 * What the log form wants to know of a place.
 */
typedef struct
{
  LzPoint place;
  gboolean found;
  LzId road;
  char *road_name;
  gint64 chainage_cm;
  gint64 offset_cm;
  LzSide side;
  GPtrArray *similar;
  GPtrArray *assets;
  LzAssetKinds *kinds;
} LzPlaceFacts;

void lz_place_facts_free (LzPlaceFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPlaceFacts, lz_place_facts_free)

/* @category: (nullable): without one nothing is similar */
void lz_place_facts_read_async (LzSession *session,
                                LzPoint place,
                                const char *category,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LzPlaceFacts *lz_place_facts_read_finish (LzSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
