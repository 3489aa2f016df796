/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * lz_recurs_find:
 * @station: a station
 * @category: code of a category
 * @place: where something was found
 * @at_ms: when, ms UTC
 * @id: (out): the nearest closed case of which it may be a recurrence; nil = of none
 * @error: (nullable): return location
 *
 * Looks for 复发: a case of the same category that was closed near @place not long before @at_ms
 * (%LZ_RULE_RECURS_M, %LZ_RULE_RECURS_DAYS).
 *
 * Returns: %TRUE on success, also if there is none
 */
gboolean lz_recurs_find (LzStation *station,
                         const char *category,
                         LzPoint place,
                         gint64 at_ms,
                         LzId *id,
                         GError **error);

G_END_DECLS
