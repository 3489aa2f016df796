/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: communities
 *
 * In which community (社区) each road lies: what figures by community go by.  Records of type
 * %LZ_RECORD_COMMUNITY (fact "community", a 12-digit code; the road is the record's own), so that
 * all stations of the office say the same.  Blocking functions.
 */

/**
 * LzCommunitiesReport:
 * @n_rows: rows or areas read
 * @n_roads: roads that have a community by it
 * @reasons: (element-type utf8): "row 17: reason" of what was left out, translated
 */
typedef struct
{
  guint n_rows;
  guint n_roads;
  GPtrArray *reasons;
} LzCommunitiesReport;

void lz_communities_report_free (LzCommunitiesReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCommunitiesReport, lz_communities_report_free)

/* The community of a road, a 12-digit code; %NULL takes it away.  %LZ_ERROR_REFUSED if the
 * station's person may not. */
gboolean
lz_communities_set (LzStation *station, const LzId *road, const char *community, GError **error);

/* A community by its 12-digit code or, within the station's office, its name: its code. */
char *lz_communities_find (LzStation *station, const char *name, GError **error);

/* (element-type LzId utf8): road → code. */
GHashTable *lz_communities_load (LzStation *station, GError **error);

/**
 * lz_communities_import:
 * @station: a station
 * @path: a table (CSV) with a column "road" (道路) and one "community" (社区), or areas (GeoJSON)
 * whose "code" or "name" is a community
 * @error: (nullable): %LZ_ERROR_INVALID, or from #GIOError
 *
 * Says of many roads at once where they lie.  Of a road that crosses areas the one counts in which
 * most of it lies.  Roads that the file does not name, or that are in no area, stay as they are.
 *
 * Returns: (transfer full) (nullable): what became of it, once it is durable
 */
LzCommunitiesReport *lz_communities_import (LzStation *station, const char *path, GError **error);

G_END_DECLS
