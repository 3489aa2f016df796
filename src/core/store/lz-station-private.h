/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-road-index.h"
#include "lz-station.h"

G_BEGIN_DECLS

LzRoadIndex **lz_station_get_road_index (LzStation *self);
gboolean lz_station_project_categories (LzStation *self, GError **error);

G_END_DECLS
