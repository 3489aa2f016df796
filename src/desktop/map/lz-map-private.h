/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-asset-layer.h"
#include "lz-case-layer.h"
#include "lz-map.h"
#include "lz-mark-layer.h"
#include "lz-road-layer.h"
#include "lz-street-labels.h"
#include "lz-track-layer.h"

G_BEGIN_DECLS

typedef enum
{
  LZ_MAP_BASE_STREETS,
  LZ_MAP_BASE_MBTILES,
  LZ_MAP_BASE_ONLINE,
} LzMapBase;

/**
 * LzMapMotion:
 *
 * A move of the view that is under way: the zoom goes from one level to another and the place under
 * a point of the widget from one to another.
 */
typedef struct
{
  guint tick;
  gint64 start_us;
  gint64 duration_us;
  double from_zoom;
  double to_zoom;
  LzWorld from;
  LzWorld to;
  double x; /* of the point, px from the middle */
  double y;
} LzMapMotion;

struct _LzMap
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  ShumateMap *map;
  GtkWidget *controls;
  GtkWidget *zoom_in;
  GtkWidget *zoom_out;
  GtkWidget *scale;
  GtkLabel *attribution;

  ShumateViewport *viewport;
  ShumateMapLayer *base_layer;
  ShumateMapLayer *names_layer;
  LzRoadLayer *road_layer;
  LzTrackLayer *track_layer;
  LzAssetLayer *asset_layer;
  LzCaseLayer *case_layer;
  LzMarkLayer *mark_layer;

  LzMapBase base;
  LzDatum datum;
  ShumateMapSource *other_base; /* of MBTiles or online */
  char *base_attribution;
  gboolean dark;
  double text_scale;
  LzStreetMap *streets;
  LzStreetLabels *labels;
  char *streets_attribution;
  GCancellable *preparing;

  LzMapMotion motion;
  guint settle_timeout;
  double scrolled;
  double pointer_x;
  double pointer_y;
  double press_x;
  double press_y;

  gboolean placed; /* somebody chose what is shown */
  gboolean has_home;
  LzBox home;
  gboolean has_pending_fit; /* asked for before there was a size */
  LzBox pending_fit;
  gboolean picking;
  guint view_tick;
};

/* lz-map-base.c */
void _lz_map_update_base (LzMap *self);
void _lz_map_update_text_scale (LzMap *self);
void _lz_map_update_attribution (LzMap *self);

/* lz-map-move.c */
void _lz_map_init_moves (LzMap *self);
void _lz_map_stop (LzMap *self);
gboolean _lz_map_get_map_view (LzMap *self, LzMapView *view);
/* Moves so that @to lies @x, @y px off the middle; @to as shown. */
void _lz_map_move (LzMap *self, LzWorld to, double x, double y, double zoom, gboolean animate);
void _lz_map_fit (LzMap *self, LzWorldBox shown, double max_zoom, gboolean animate);
void _lz_map_fit_in (LzMap *self, const LzBox *box, int width, int height);

G_END_DECLS
