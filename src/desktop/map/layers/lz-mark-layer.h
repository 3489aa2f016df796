/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-map-view.h"

G_BEGIN_DECLS

/*
 * The few marks above the cases: own position with its accuracy, a case being written, and the
 * crosshair of picking with the keyboard.
 */
#define LZ_TYPE_MARK_LAYER (lz_mark_layer_get_type ())
G_DECLARE_FINAL_TYPE (LzMarkLayer, lz_mark_layer, LZ, MARK_LAYER, ShumateLayer)

LzMarkLayer *lz_mark_layer_new (ShumateViewport *viewport);
void lz_mark_layer_set_position (LzMarkLayer *self, const LzPoint *place, double accuracy_m);
void lz_mark_layer_set_draft (LzMarkLayer *self, const LzPoint *place);
void lz_mark_layer_set_crosshair (LzMarkLayer *self, gboolean shown);
void lz_mark_layer_set_datum (LzMarkLayer *self, LzDatum datum);

G_END_DECLS
