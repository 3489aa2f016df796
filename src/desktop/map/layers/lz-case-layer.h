/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-map-view.h"
#include "lz-pin-set.h"

G_BEGIN_DECLS

/*
 * All cases of the map in one layer: pins whose shape and colour say how they stand, and clusters
 * with a ring that shows the mix.  Tab leads into it, arrow keys from one to the next, Enter opens.
 *
 * Signals: "activated" (gint64 fid), "hovered" (gint64 fid, 0 = none), "cluster-activated"
 * (GArray *fids, LzWorldBox *extent): the pins of a cluster, WGS 84, both lent.
 */
#define LZ_TYPE_CASE_LAYER (lz_case_layer_get_type ())
G_DECLARE_FINAL_TYPE (LzCaseLayer, lz_case_layer, LZ, CASE_LAYER, ShumateLayer)

LzCaseLayer *lz_case_layer_new (ShumateViewport *viewport);

/* @pins: (transfer full) (nullable) */
void lz_case_layer_set_pins (LzCaseLayer *self, LzPins *pins);
void lz_case_layer_set_now (LzCaseLayer *self, gint64 now_ms);
void lz_case_layer_set_selected (LzCaseLayer *self, gint64 fid);
void lz_case_layer_set_hint (LzCaseLayer *self, gint64 fid, const char *text);
void lz_case_layer_set_dark (LzCaseLayer *self, gboolean dark);
/* How much larger than usual pins and clusters are. */
void lz_case_layer_set_size (LzCaseLayer *self, double size);
void lz_case_layer_set_datum (LzCaseLayer *self, LzDatum datum);
/* While it does not react, clicks go through it. */
void lz_case_layer_set_reacts (LzCaseLayer *self, gboolean reacts);

/* TRUE if a pin or cluster is at (x, y) of the widget. */
gboolean lz_case_layer_pick (LzCaseLayer *self, double x, double y);

/* As a click there. */
void lz_case_layer_activate_at (LzCaseLayer *self, double x, double y);

/* What the last frame drew: for tests and benches. */
guint lz_case_layer_get_n_drawn (LzCaseLayer *self);
GArray *lz_case_layer_get_items (LzCaseLayer *self);

G_END_DECLS
