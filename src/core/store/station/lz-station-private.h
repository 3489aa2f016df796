/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-road-index.h"
#include "lz-station.h"

G_BEGIN_DECLS

#define LZ_STATION_DATABASE "station.gpkg"
#define LZ_STATION_PHOTOS   "photos"

/**
 * LzRoadCache:
 * @revision: of the roads (setting "roads_revision") when it was made
 * @mine: roads assigned to the station's person
 * @all: every road; %NULL = to be made
 *
 * The roads by place, kept while nobody changes them.
 */
typedef struct
{
  gint64 revision;
  LzRoadIndex *mine;
  LzRoadIndex *all;
} LzRoadCache;

LzDb *lz_station_db_open (const char *path, gboolean read_only, GError **error);

LzRoadCache *lz_station_get_road_cache (LzStation *self);
gboolean lz_station_project_categories (LzStation *self, GError **error);
LzCatalogue *lz_station_load_catalogue (LzStation *self, GError **error);
LzCalendar *lz_station_load_calendar (LzStation *self, GError **error);

/* The database and the photos of a folder, made if they are not there; nothing is read yet. */
LzStation *lz_station_open_parts (const char *dir, LzStationMode mode, GError **error);

/* What a new station gets beyond the built-in data, in the same transaction. */
typedef gboolean (*LzStationFill) (LzStation *station, gpointer data, GError **error);

gboolean lz_station_create_with (const char *dir,
                                 const char *feed,
                                 const char *city,
                                 LzStationFill more,
                                 gpointer data,
                                 GError **error);

G_END_DECLS
