/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-tally-query.h"

G_BEGIN_DECLS

/**
 * LzChiefInputs:
 * @patrols: patrols done, of those owed whose time ran out in the period (lz_patrols_list_duties())
 * @valid: valid reports of the reports made as a finder
 * @inspection: points of the inspections of own roads, of those that there were to get
 * @rechecks: cases on own roads closed in the period that the chief has seen again since, with a
 * note and a photo, of all that were closed there
 * @records: sealed patrols begun in the period whose way was recorded and not entered by hand, of
 * all
 * @exposed: entries on the 曝光台 about the person or own roads
 * @praised: the same on the 点赞榜
 * @false_photos: inspections of the period that found a false photo of the person or, where they
 * name nobody, on own roads, 弄虚作假
 *
 * What a road chief's month is scored by besides the cases on own roads, domain §5.3.
 */
typedef struct
{
  LzRatio patrols;
  LzRatio valid;
  LzRatio inspection;
  LzRatio rechecks;
  LzRatio records;
  gint64 exposed;
  gint64 praised;
  gint64 false_photos;
} LzChiefInputs;

/**
 * lz_chief_inputs_load:
 * @span: period and moment
 * @duties: (element-type LzPatrolDuty): everybody's patrols owed since @span began or earlier,
 *   lz_patrols_list_duties(): read once for a period and the one before it
 * @inspectors: (nullable): the period's table by %LZ_BY_INSPECTOR
 * @chiefs: (nullable): the period's table by %LZ_BY_CHIEF
 *
 * Returns: (transfer full) (nullable) (element-type utf8 LzChiefInputs): everybody who answers for
 *   a road
 */
GHashTable *lz_chief_inputs_load (LzStation *station,
                                  const LzTallySpan *span,
                                  const GPtrArray *duties,
                                  const LzTally *inspectors,
                                  const LzTally *chiefs,
                                  GError **error);

/* An #LzScoreInput; @data: #LzChiefInputs. */
gboolean lz_chief_inputs_read (const char *key, LzRatio *value, gpointer data);

G_END_DECLS
