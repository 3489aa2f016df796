/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-blobs.h"
#include "lz-calendar.h"
#include "lz-catalogue.h"
#include "lz-db.h"
#include "lz-error.h"

G_BEGIN_DECLS

/**
 * LzStation:
 *
 * One workstation's store, opened: its folder with the database (`station.gpkg`) and the photo
 * folder (`photos/`).  Used by one thread at a time; the desktop reaches it through #LzStore.
 * Every function of this folder that takes a station is synchronous and may block on the disk.
 */
typedef struct _LzStation LzStation;

/* The zone of the city in minutes east: China keeps one, and no summer time. */
#define LZ_STATION_UTC_OFFSET_MIN 480

typedef enum
{
  LZ_STATION_READ_WRITE,
  LZ_STATION_READ_ONLY, /* queries only: the desktop's second connection, reports */
} LzStationMode;

gboolean lz_station_create (const char *dir, const char *feed, const char *city, GError **error);
LzStation *lz_station_open (const char *dir, LzStationMode mode, GError **error);
void lz_station_close (LzStation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzStation, lz_station_close)

const char *lz_station_get_dir (LzStation *self);
LzDb *lz_station_get_db (LzStation *self);
LzBlobs *lz_station_get_blobs (LzStation *self);
const char *lz_station_get_device (LzStation *self);
char *lz_station_make_device (void);
const char *lz_station_get_feed (LzStation *self);
const char *lz_station_get_city (LzStation *self);
const LzCalendar *lz_station_get_calendar (LzStation *self);
const LzCatalogue *lz_station_get_catalogue (LzStation *self);

/* Reads settings, calendar, catalogue and people anew; another process may have changed them. */
gboolean lz_station_reload (LzStation *self, GError **error);
/* The same, but only if somebody changed them since: cheap enough before each job. */
gboolean lz_station_refresh (LzStation *self, GError **error);
/* Whoever changes settings that are kept in memory, people or reference data says so, in the same
 * transaction. */
gboolean lz_station_bump_revision (LzStation *self, GError **error);
gboolean lz_station_set_reference (LzStation *self,
                                   const char *name,
                                   guint version,
                                   GBytes *content,
                                   const char *source,
                                   GError **error);
GBytes *lz_station_dup_reference (LzStation *self, const char *name, GError **error);
gboolean
lz_station_find_reference (LzStation *self, const char *name, GBytes **content, GError **error);

/* The person who acts on this station: id, name and roles. */
const char *lz_station_get_actor (LzStation *self);
guint lz_station_get_roles (LzStation *self);

/* Settings of the office, in the store: "short_loop" and the like.  Unset = @fallback. */
char *lz_station_dup_setting (LzStation *self, const char *key, const char *fallback);
gboolean
lz_station_set_setting (LzStation *self, const char *key, const char *value, GError **error);

/* The station's clock in ms UTC; tests can set it. */
gint64 lz_station_now (LzStation *self);
void lz_station_set_clock (LzStation *self, gint64 (*clock) (gpointer data), gpointer data);

G_END_DECLS
