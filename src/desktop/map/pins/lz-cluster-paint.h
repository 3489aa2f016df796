/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-pin-set.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** LZ_CLUSTER_STEPS: a cluster's ring is cut into so many parts. */
#define LZ_CLUSTER_STEPS 16

/**
 * LzClusterPaint:
 *
 * Draws the pictures of clusters: a disc with a ring and a number.  What does not change from one
 * to the next is made once, so that a screen full of new numbers is drawn within a frame.
 */
typedef struct _LzClusterPaint LzClusterPaint;

/* @scale: pixels a unit; @size: of letters and ring, 1 usually. */
LzClusterPaint *lz_cluster_paint_new (gboolean dark, int scale, double size);
void lz_cluster_paint_free (LzClusterPaint *self);

/* @slices: parts of the ring for each kind, LZ_CLUSTER_STEPS together.  The picture is a square of
 * lz_cluster_paint_side(). */
GdkTexture *lz_cluster_paint_draw (LzClusterPaint *self,
                                   double radius,
                                   const guint8 slices[LZ_PIN_N_KINDS],
                                   const char *label);
double lz_cluster_paint_side (double radius);

G_END_DECLS
