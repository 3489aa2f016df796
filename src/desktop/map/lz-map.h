/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-assets.h"
#include "lz-cases.h"
#include "lz-datum.h"
#include "lz-roads.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LZ_TYPE_MAP (lz_map_get_type ())
G_DECLARE_FINAL_TYPE (LzMap, lz_map, LZ, MAP, GtkWidget)

/** LZ_MAP_MIN_ZOOM, LZ_MAP_MAX_ZOOM: how far out and in the map goes. */
#define LZ_MAP_MIN_ZOOM 3
#define LZ_MAP_MAX_ZOOM 20

/*
 * The map of streets, roads and cases.  It holds no store: whoever shows it gives it arrays and
 * listens to its signals.  Main thread only.
 *
 * Signals (G_SIGNAL_RUN_LAST, no return value):
 *   "case-activated" (gint64 fid)           a pin was clicked, or Enter pressed on it
 *   "case-hovered" (gint64 fid)             the pointer rests on a pin; 0 = on none any more
 *   "cluster-activated" (GArray *fids)      a cluster that no zoom can split: gint64 fids, lent
 *   "road-activated" (const LzId *road)     a road of set_roads() was clicked; lent
 *   "place-clicked" (int lat7, int lon7)    a click on neither pin nor road, or any in pick mode
 *                                           (Enter in pick mode: the crosshair); WGS 84
 *   "asset-activated" (gint64 fid, int x, int y)  a sign was clicked; where it lies on the map
 *   "locate-clicked" ()                     the locate button
 *   "view-changed" (const LzBox *box)       the visible part, WGS 84, lent; at most once a frame
 */

GtkWidget *lz_map_new (void);

/**
 * lz_map_set_streets:
 * @self: the map
 * @streets: (element-type LzStreet) (nullable): the street map; kept by reference and read in
 *   worker threads: do not change it afterwards
 * @attribution: (nullable): whom to name in the corner
 */
void lz_map_set_streets (LzMap *self, GPtrArray *streets, const char *attribution);

/**
 * lz_map_set_roads:
 * @self: the map
 * @roads: (element-type LzRoad) (nullable): the roads to draw as bands; kept by reference, do not
 *   change it afterwards
 * @tallies: (element-type LzRoadTally) (nullable): their health: red with overdue cases, amber with
 *   warned ones, else green; a road that is not in it has none and is drawn grey.  Copied.
 */
void lz_map_set_roads (LzMap *self, GPtrArray *roads, GArray *tallies);

/**
 * lz_map_set_pins:
 * @self: the map
 * @pins: (transfer full) (nullable): the cases to draw, filtered already
 */
void lz_map_set_pins (LzMap *self, LzPins *pins);

/**
 * lz_map_set_assets:
 * @self: the map
 * @marks: (transfer full) (nullable): what is on file
 * @signs: (nullable) (element-type utf8): the character of each kind, by its index
 */
void lz_map_set_assets (LzMap *self, LzAssetMarks *marks, GPtrArray *signs);

/* The moment at which lamps are judged, ms UTC. */
void lz_map_set_now (LzMap *self, gint64 now_ms);

/* The selected case gets a halo and is drawn even inside a cluster; 0 = none. */
void lz_map_set_selected (LzMap *self, gint64 fid);
/* (nullable): the road to emphasise. */
void lz_map_set_selected_road (LzMap *self, const LzId *road);
/* Tooltip of the hovered case, in answer to "case-hovered"; until then state and lamp are shown. */
void lz_map_set_case_hint (LzMap *self, gint64 fid, const char *text);

/* Where Home leads, and what is shown as long as no other view was asked for: the extent of the
 * office's roads or streets. */
void lz_map_set_extent (LzMap *self, const LzBox *box);
void lz_map_fit_box (LzMap *self, const LzBox *box);
void lz_map_go_to (LzMap *self, LzPoint place, double zoom);
/* Moves only as far as needed to have @place well inside the view; keeps the zoom. */
void lz_map_reveal (LzMap *self, LzPoint place);
double lz_map_get_zoom (LzMap *self);
/* FALSE before the map has a size. */
gboolean lz_map_get_view (LzMap *self, LzBox *box);
LzPoint lz_map_get_center (LzMap *self);

/* Own position with its accuracy in metres (0 = unknown); NULL = none. */
void lz_map_set_position (LzMap *self, const LzPoint *place, double accuracy_m);
/* (element-type LzLine) (nullable): the way of a patrol, one line for each unbroken piece; the
 * stretches of roads that it covers, a broad green band; and those that it leaves out, a red ladder
 * of cross-bars.  Copied. */
void lz_map_set_track (LzMap *self, GPtrArray *track, GPtrArray *covered, GPtrArray *gaps);
/* Where a case being written will lie; NULL = none. */
void lz_map_set_draft (LzMap *self, const LzPoint *place);

/* Pick mode: crosshair, pins and roads do not react, a click gives "place-clicked". */
void lz_map_set_pick_mode (LzMap *self, gboolean picking);
gboolean lz_map_get_pick_mode (LzMap *self);

void lz_map_set_dark (LzMap *self, gboolean dark);

/* The base: our own streets, a raster MBTiles file, or an online source. */
void lz_map_set_base_streets (LzMap *self);

/**
 * lz_map_set_base_mbtiles:
 * @self: the map
 * @path: an MBTiles file with PNG or JPEG tiles
 * @datum: in which it was drawn
 * @error: %LZ_ERROR_INVALID or %LZ_ERROR_CORRUPT with a message for the user; the base stays as it
 *   was
 *
 * Opens the file (a few ms of reading).
 */
gboolean lz_map_set_base_mbtiles (LzMap *self, const char *path, LzDatum datum, GError **error);

/**
 * lz_map_set_base_online:
 * @self: the map
 * @url: template with {z} {x} {y} (or {-y}), and {s} {key} where the source wants them
 * @key: (nullable): what {key} stands for
 * @attribution: (nullable): whom to name in the corner
 * @max_zoom: last level of the source, 0 = 18
 * @datum: in which it draws
 * @error: %LZ_ERROR_INVALID if @url is no template
 */
gboolean lz_map_set_base_online (LzMap *self,
                                 const char *url,
                                 const char *key,
                                 const char *attribution,
                                 guint max_zoom,
                                 LzDatum datum,
                                 GError **error);

void lz_map_zoom_in (LzMap *self);
void lz_map_zoom_out (LzMap *self);
void lz_map_go_home (LzMap *self);

G_END_DECLS
