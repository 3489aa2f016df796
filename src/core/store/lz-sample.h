/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * lz_station_create_sample:
 * @dir: a folder; made if it is missing
 * @error: (nullable): %LZ_ERROR_CONSTRAINT if @dir holds a station already
 *
 * Makes a station to try things on: 花园街道 of 贵溪市 with its real streets (OpenStreetMap),
 * made-up people of the trade's roles, and the longest roads in the care of the station's person.
 * It has no cases.  What fails leaves no half of a station behind, except an empty folder.
 *
 * Returns: %TRUE once it is durable
 */
gboolean lz_station_create_sample (const char *dir, GError **error);

/**
 * lz_station_create_city:
 * @dir: a folder; made if it is missing
 * @name: a subdistrict, town or township of the built-in divisions, by its name or its 9-digit
 *   code, or a county or city, which means its first subdistrict
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if the divisions have no @name
 *
 * Makes a station for an office; its streets are imported later.
 *
 * Returns: %TRUE once it is durable
 */
gboolean lz_station_create_city (const char *dir, const char *name, GError **error);

G_END_DECLS
