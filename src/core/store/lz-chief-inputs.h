/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-tally-query.h"

G_BEGIN_DECLS

/**
 * LzChiefInputs:
 * @patrols: patrols done, of those owed whose time ran out in the period (lz_patrols_list_duties())
 * @valid: valid reports of the reports made as a finder
 * @inspection: points of the inspections of own roads, of those that there were to get
 * @exposed: entries on the 曝光台 about the person or own roads
 * @praised: the same on the 点赞榜
 *
 * What a road chief's month is scored by besides the cases on own roads, domain §5.3.
 */
typedef struct
{
  LzRatio patrols;
  LzRatio valid;
  LzRatio inspection;
  gint64 exposed;
  gint64 praised;
} LzChiefInputs;

/**
 * lz_chief_inputs_load:
 * @span: period and moment
 * @inspectors: (nullable): the period's table by %LZ_BY_INSPECTOR
 *
 * Returns: (transfer full) (nullable) (element-type utf8 LzChiefInputs): everybody who answers for
 *   a road
 */
GHashTable *lz_chief_inputs_load (LzStation *station,
                                  const LzTallySpan *span,
                                  const LzTally *inspectors,
                                  GError **error);

/* An #LzScoreInput; @data: #LzChiefInputs. */
gboolean lz_chief_inputs_read (const char *key, LzRatio *value, gpointer data);

G_END_DECLS
