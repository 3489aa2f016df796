/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-point.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LzLine:
 * @points: (array length=n): at least two
 * @n: how many
 *
 * A chain of points on the ground.
 */
typedef struct
{
  LzPoint *points;
  guint n;
} LzLine;

LzLine *lz_line_new (const LzPoint *points, guint n);
LzLine *lz_line_copy (const LzLine *self);
void lz_line_free (LzLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzLine, lz_line_free)

/**
 * LzProjection:
 * @chainage_m: from the start along the line
 * @offset_m: from the line, never negative
 * @side: -1 left, 0 on the line, 1 right, looking along growing chainage
 * @foot: the nearest point on the line
 */
typedef struct
{
  double chainage_m;
  double offset_m;
  int side;
  LzPoint foot;
} LzProjection;

double lz_distance_m (LzPoint a, LzPoint b);
double lz_line_length_m (const LzLine *self);
LzBox lz_line_box (const LzLine *self);
void lz_line_project (const LzLine *self, LzPoint point, LzProjection *projection);
LzPoint lz_line_point_at (const LzLine *self, double chainage_m);
LzLine *lz_line_cut (const LzLine *self, double from_m, double to_m);

/* "K0+425": kilometres and metres. */
char *lz_chainage_dup_label (double chainage_m);

/* Little-endian pairs of 32-bit integers with a 32-bit count before: how lines lie in the store. */
GBytes *lz_line_to_bytes (const LzLine *self);
LzLine *lz_line_from_bytes (gconstpointer data, gsize size);

G_END_DECLS
